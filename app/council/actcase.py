"""An act and the text that it lets sign, told in the vocabulary of :mod:`app.law`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.council.casework import KINDS, commune_facts, day_told, happened_on, known, overrides_told
from app.council.contests import contest_of
from app.council.meter import happened
from app.council.models import ActEventKind, ActModel, ActStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from app.council.models import Act, CheckOverride
    from app.council.reckoning import Setting

_TEXT_KINDS = {"oath": "oath", "charter": "charter", "pact": "pact", "convention": "convention"}
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PARTNERS = {"commune": "local_authority", "foreign_authority": "local_authority", "intercommunal": "local_authority"}


def act_case(act: Act, setting: Setting, overrides: Iterable[CheckOverride] = (), *, on: date) -> dict[str, Any]:
    """An act with its dates, its annexes and the text to be signed."""
    return known(
        {
            "title": act.title,
            "on": on.isoformat(),
            "commune": known({"name": act.body.name, **commune_facts(setting)}),
            "acts": [_act(act)],
            "texts": [_text(act)] if act.version is not None else None,
            "overrides": overrides_told(overrides),
        }
    )


def _act(act: Act) -> dict[str, Any]:
    voted = act.status in {ActStatus.ADOPTED, ActStatus.REJECTED}
    annexes = None
    if act.version is not None:
        annexes = ["text", *(["translation"] if len(act.version.document.get("languages", [])) > 1 else [])]
    elif act.model == ActModel.CONVENTION:
        annexes = []
    return known(
        {
            "number": act.number or None,
            "title": act.title,
            "kind": [KINDS[ActModel(act.model)]],
            "adopted_on": day_told(act.voted_on),
            "outcome": act.status if voted else None,
            "authorises_signature": act.model == ActModel.CONVENTION,
            "annexes": annexes,
            "transmitted_on": happened_on(act.transmitted_on) if voted else None,
            "published_on": happened_on(act.published_on) if voted else None,
            "prefect_request_on": day_told(happened(act, ActEventKind.PAPERS_ASKED)),
            "completed_on": day_told(happened(act, ActEventKind.PAPERS_GIVEN)),
            "appeal": _appeal(act),
            "contested": contest_of(act).is_open or None,
            "publication_mode": act.publication_mode or None,
            "actes_code": act.matter or None,
            "actes_label": act.matter_label or None,
            "visas": [one["article"] for one in act.visas if one.get("article")] or None,
            "wording": "\n".join([*act.recitals, *act.articles]) or None,
        }
    )


def _appeal(act: Act) -> dict[str, Any] | None:
    """The *recours gracieux* and its answer; none yet is told as such, for silence refuses it."""
    lodged = happened(act, ActEventKind.GRACIOUS_APPEAL)
    if lodged is None:
        return None
    return {"lodged_on": day_told(lodged), "answered_on": happened_on(contest_of(act).answered_on)}


def _text(act: Act) -> dict[str, Any]:
    """The text to be signed, as its frozen version says."""
    document: dict[str, Any] = act.version.document if act.version is not None else {}
    languages = list(document.get("languages", []))
    signed = happened(act, ActEventKind.TEXT_SIGNED)
    authority = {one.get("language"): one.get("status") for one in document.get("authority", [])}
    return known(
        {
            "title": act.convention.title if act.convention else None,
            "kind": _TEXT_KINDS.get(str(document.get("kind", ""))),
            "authorised_by": act.number or None,
            "object": act.title,
            "estimated_amount": _amount(document),
            "languages": languages or None,
            "authentic_languages": [one for one, status in authority.items() if status == "authentic"] or None,
            "authentic_clause": bool(authority) or None,
            "versions": [_version(document, language) for language in languages] if len(languages) > 1 else None,
            "partner": _partner(document),
            "signatory": _delegate(act) or _signatory(document),
            "signed_on": day_told(signed) or _signing_day(document),
            "transmitted_on": happened_on(happened(act, ActEventKind.TEXT_TRANSMITTED)) if signed else None,
        }
    )


def _version(document: Mapping[str, Any], language: str) -> dict[str, Any]:
    written = [one for one in document.get("articles", []) if (one.get("body", {}).get(language) or "").strip()]
    return {"language": language, "articles": len(written)}


def _partner(document: Mapping[str, Any]) -> dict[str, Any] | None:
    found = next((one for one in document.get("parties", []) if one.get("country") not in {None, "FR"}), None)
    if found is None:
        return None
    kind = _PARTNERS.get(str(found.get("body", "")))
    return known({"name": found.get("name"), "kind": kind, "country": found.get("country")})


def _delegate(act: Act) -> dict[str, Any] | None:
    """Who signs instead of the mayor, with what arrêté."""
    told = act.signatory
    if not told:
        return None
    if told["capacity"] == "replaces":
        return {"name": told["name"], "capacity": "deputy", "replaces_mayor": True}
    return known(
        {
            "name": told["name"],
            "capacity": told["capacity"],
            "replaces_mayor": False,
            "delegation_number": told["number"],
            "delegation_on": told["decided_on"] or False,
            "delegation_transmitted_on": told["transmitted_on"] or False,
            "delegation_published_on": told["published_on"] or False,
            "delegation_covers": True,
        }
    )


def _signatory(document: Mapping[str, Any]) -> dict[str, Any] | None:
    ours = {one["id"] for one in document.get("parties", []) if one.get("country") == "FR" and "id" in one}
    found = next((one for one in document.get("signatories", []) if ours & set(one.get("parties", []))), None)
    if found is None:
        return None
    return known({"name": found.get("name"), "capacity": "mayor" if found.get("role") == "mayor" else None})


def _amount(document: Mapping[str, Any]) -> str | None:
    """What the budget of the text adds up to; 0 where it says that no money is promised."""
    if (document.get("model") or {}).get("answers", {}).get("argent") == "rien":
        return "0"
    lines = (document.get("fields", {}).get("budget") or {}).get("lines", [])
    shares = [Decimal(str(share)) for line in lines for share in (line.get("shares") or {}).values()]
    return str(sum(shares, Decimal(0))) if shares else None


def _signing_day(document: Mapping[str, Any]) -> str | None:
    """The first day foreseen for the signature, when it is a whole day."""
    days = [str((one.get("date") or {}).get("date") or "") for one in document.get("signings", [])]
    whole = sorted(day for day in days if _WHOLE_DAY.fullmatch(day))
    return whole[0] if whole else None
