"""What an act grants, told in the vocabulary of :mod:`app.law`: an aid to an association, a mission to travellers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.council.casework import day_told, happened_on, known
from app.council.contests import happened
from app.council.models import ActEventKind, ActModel, ActStatus
from app.council.told import is_said, told_day, told_sum

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.council.models import Act, Subsidy
    from app.council.queries.around import Around


def mission_told(act: Act, held_on: date | None, on: date) -> dict[str, Any] | None:
    """The journey for which an act gives a special mandate; voted on ``held_on``, the day of its meeting."""
    if act.model != ActModel.TRAVEL:
        return None
    departs = told_day(act.answers, "depart")
    return known(
        {
            "traveller": "elected",
            "purpose": act.answers.get("mission") or None,
            "mandate_voted_on": _mandate(act, held_on, on, departs),
            "departs_on": day_told(departs),
            "returns_on": day_told(told_day(act.answers, "retour")),
            "reimbursed": True,
        }
    )


def _mandate(act: Act, held_on: date | None, on: date, departs: date | None) -> str | bool | None:
    """The day of the vote, or that of the meeting foreseen; no vote at all where the journey has begun without one."""
    if act.status == ActStatus.REJECTED:
        return False
    if act.voted_on or held_on:
        return day_told(act.voted_on or held_on)
    return False if departs is not None and departs < on else None


def subsidy_told(act: Act, around: Around) -> dict[str, Any] | None:
    """The aid that an act grants, with what is noted of it and of the year's others."""
    if act.model != ActModel.SUBSIDY:
        return None
    noted = [one for one in around.aids if one.act_id == act.id]
    others = [one for one in around.aids if one.act_id != act.id]
    cash, in_kind = _of_year(noted, others) if noted else _as_answered(act, others)
    action = str(act.answers.get("action") or "")
    is_named = is_said(act, action)
    return known(
        {
            "title": act.title,
            "beneficiary": around.association.name if around.association else act.answers.get("beneficiaire"),
            "year": around.year,
            "cash": cash,
            "in_kind": in_kind,
            "awarded_on": day_told(act.voted_on or around.held_on),
            "distinct_deliberation": True,
            "earmarked": is_named or None,
            "action": action if is_named else None,
            "period": _said(act, "periode"),
            "conditions_of_use": is_named or None,
            "previous": _earlier(around.earlier) or None,
            **_papers(act, noted),
        }
    )


def _said(act: Act, name: str) -> str | None:
    words = str(act.answers.get(name) or "")
    return words if is_said(act, words) else None


def _of_year(noted: Iterable[Subsidy], others: Iterable[Subsidy]) -> tuple[str, str | None]:
    aids = [*noted, *others]
    values = [one.in_kind for one in aids]
    told = None if None in values else str(sum((one for one in values if one is not None), Decimal(0)))
    return str(sum((one.cash for one in aids), Decimal(0))), told


def _as_answered(act: Act, others: list[Subsidy]) -> tuple[str | None, str | None]:
    """What the act promises with what is noted of the year; what it says of aid in kind is already the year's."""
    cash, in_kind = told_sum(act, "montant_chiffres"), told_sum(act, "nature")
    valued = sum((one.in_kind for one in others if one.in_kind is not None), Decimal(0))
    return (
        str(cash + sum((one.cash for one in others), Decimal(0))) if cash is not None else None,
        str(max(in_kind, valued)) if in_kind is not None else None,
    )


def _papers(act: Act, noted: list[Subsidy]) -> dict[str, Any]:
    """The papers around the aid; those that the act alone tells, as long as the aid itself is not noted."""
    contract = told_day(act.answers, "contrat")
    if len(noted) != 1:
        signed = happened(act, ActEventKind.TEXT_SIGNED)
        return {
            "cer_signed_on": day_told(contract),
            "convention_signed_on": False if act.version_id is None else day_told(signed),
            "report_received_on": False if not noted else None,
        }
    one = noted[0]
    return {
        "cer_signed_on": day_told(one.contract_signed_on or contract),
        "convention_signed_on": happened_on(one.convention_signed_on or happened(act, ActEventKind.TEXT_SIGNED)),
        "paid_on": happened_on(one.paid_on),
        "data_published_on": happened_on(one.convention_published_on),
        "financial_year_ends_on": day_told(one.year_ends_on),
        "report_received_on": happened_on(one.report_received_on),
    }


def _earlier(aids: Iterable[Subsidy]) -> list[dict[str, Any]]:
    return [
        {"year": one.year, "earmarked": True, "report_received_on": happened_on(one.report_received_on)} for one in aids
    ]


def association_told(around: Around) -> dict[str, Any] | None:
    """The association that is aided, where it is one that the house knows."""
    told = around.association
    if told is None:
        return None
    return known({"name": told.name, "siret": told.siret or False, "rna": told.rna or None, **around.chairs})
