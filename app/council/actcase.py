"""An act and the text that it lets sign, told in the vocabulary of :mod:`app.law`."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.council.casework import KINDS, commune_facts, day_told, happened_on, known, overrides_told
from app.council.contests import dated_facts, happened
from app.council.drafting import plain_code
from app.council.mandate import lets_sign
from app.council.models import ActEventKind, ActModel, ActStatus, PublicationMode
from app.council.promised import association_told, mission_told, subsidy_told
from app.council.told import online_told, told_day, told_sum
from app.law import tables
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.council.models import Act, CheckOverride
    from app.council.queries.around import Around
    from app.council.reckoning import Setting

_TEXT_KINDS = {
    "oath": "oath",
    "charter": "charter",
    "pact": "pact",
    "convention": "convention",
    "town_committee": "association",
}
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EUROS = re.compile(r"(\d[\d\s]*)€")
_PARTNERS = {"commune": "local_authority", "foreign_authority": "local_authority", "intercommunal": "local_authority"}


def act_case(
    act: Act,
    setting: Setting,
    overrides: Iterable[CheckOverride] = (),
    around: Around | None = None,
    *,
    on: date,
) -> dict[str, Any]:
    """An act with its dates, its annexes, the text to be signed; with ``around``, the aid or the journey it grants."""
    subsidy = subsidy_told(act, around) if around is not None else None
    mission = mission_told(act, around.held_on, on) if around is not None else None
    held_on = around.held_on if around is not None else None
    return known(
        {
            "title": act.title,
            "on": on.isoformat(),
            "commune": known({"name": act.body.name, **commune_facts(setting, act.published_on or on)}),
            "acts": [_act(act, on, held_on, is_local=setting.is_local_law)],
            "texts": [_text(act)] if act.version is not None else None,
            "subsidies": [subsidy] if subsidy else None,
            "association": association_told(around) if subsidy and around is not None else None,
            "missions": [mission] if mission else None,
            "overrides": overrides_told(overrides),
        }
    )


def _act(act: Act, on: date, held_on: date | None, *, is_local: bool) -> dict[str, Any]:
    voted = act.status in {ActStatus.ADOPTED, ActStatus.REJECTED}
    signs = _lets_sign(act)
    annexes = None
    if act.version is not None:
        annexes = ["text", *(["translation"] if len(act.version.document.get("languages", [])) > 1 else [])]
    elif signs:
        annexes = []
    return known(
        {
            "number": act.number or None,
            "title": act.title,
            "kind": [KINDS[ActModel(act.model)]],
            "adopted_on": day_told(act.voted_on or held_on),
            "outcome": act.status if voted else None,
            "authorises_signature": signs,
            "annexes": annexes,
            **(_days(act, is_local=is_local) if voted else {}),
            "publication_mode": act.publication_mode or None,
            "online": online_told(act) if act.publication_mode == PublicationMode.ELECTRONIC else None,
            "takes_effect_on": day_told(told_day(act.answers, "effet")),
            "estimated_amount": _promised(act),
            "actes_code": act.matter or None,
            "actes_label": act.matter_label or None,
            "visas": _cited(act, on, is_local=is_local) or None,
            "wording": "\n".join([*act.recitals, *act.articles]) or None,
        }
    )


def _promised(act: Act) -> str | None:
    amount = told_sum(act, "montant_chiffres" if act.model == ActModel.SUBSIDY else "montant")
    return str(amount) if amount is not None else None


def _cited(act: Act, on: date, *, is_local: bool) -> list[str]:
    """The articles as the act cites them: under the number of the day, and those that hold in Alsace-Moselle there."""
    local = tables.local_articles() if is_local else {}
    day = act.voted_on or on
    named = (one["article"] for one in act.visas if one.get("article"))
    return list(dict.fromkeys(plain_code(local.get(code, code), day) for code in named))


def _lets_sign(act: Act) -> bool:
    """Whether the act has a text signed: where one is annexed, an article must say so."""
    if act.version is not None:
        return lets_sign(act)
    says = any("à signer" in article for article in act.articles)
    return act.model == ActModel.CONVENTION or (act.model == ActModel.SUBSIDY and says)


def _days(act: Act, *, is_local: bool) -> dict[str, Any]:
    """The days from which the delays are counted, as the page of the act counts them."""
    told = dated_facts(act, is_local=is_local)
    return {name: _plain(value) for name, value in asdict(told).items() if value is not None}


def _plain(value: Any) -> Any:  # noqa: ANN401  # a fact: a day, yes or no, or an object of these
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if one is not None}
    return value.isoformat() if isinstance(value, date) else value


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
            "signed_on": day_told(signed),
            "signing_planned_on": _signing_day(document) if signed is None else None,
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
    fields = document.get("fields", {})
    if grant := (fields.get("subvention_eur") or {}).get("value"):
        return str(grant)
    if (document.get("model") or {}).get("answers", {}).get("argent") == "rien":
        return _said_of_nothing(document)
    lines = (fields.get("budget") or {}).get("lines", [])
    shares = [Decimal(str(share)) for line in lines for share in (line.get("shares") or {}).values()]
    return str(sum(shares, Decimal(0))) if shares else None


def _said_of_nothing(document: Mapping[str, Any]) -> str:
    """The sum in the article that promises no money: 0, unless somebody wrote another one there by hand."""
    articles = (one for one in document.get("articles", []) if one.get("id") == "financement_nul")
    words = next((str(one.get("body", {}).get("fr", "")) for one in articles), "")
    return next((re.sub(r"\s", "", found[1]) for found in _EUROS.finditer(words)), "0")


def _signing_day(document: Mapping[str, Any]) -> str | None:
    """The first day to come that is foreseen for the signature, when it is a whole one; a past one tells nothing."""
    meant = [one for one in document.get("signings", []) if one.get("status") not in {"cancelled", "postponed"}]
    days = [str((one.get("date") or {}).get("date") or "") for one in meant]
    ahead = sorted(day for day in days if _WHOLE_DAY.fullmatch(day) and day > clock.today().isoformat())
    return ahead[0] if ahead else None
