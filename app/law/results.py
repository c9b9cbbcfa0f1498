"""The values worked out from a case: strength, quorum, delays, votes, dates of acts, totals of subsidies.

The keys are documented in README.md. A value that the facts do not allow is ``None``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.law import acts, council, money, tables
from app.law.appointing import appointed
from app.law.checks.convocation import bounds
from app.law.checks.money import amounts_of, needs_convention, report_due
from app.law.checks.publicity import lawful_mode
from app.law.checks.quorum import excluded_count
from app.law.checks.votes import requests, result_of
from app.law.convocation import urgent_notice
from app.law.dispensation import second_meeting
from app.law.enforceability import dates_of
from app.law.signed import is_convention

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from app.law.presence import Presence
    from app.law.situation import Situation
    from app.law.vocabulary.acts import Act, SignedText
    from app.law.vocabulary.item import AgendaItem
    from app.law.vocabulary.money import Subsidy


def of(situation: Situation) -> dict[str, Any]:
    """Return every value, section by section; a section that the facts do not touch is left out."""
    case = situation.case
    found: dict[str, Any] = {"law": "alsace_moselle" if situation.is_local else "general"}
    if case.commune or case.council:
        found["council"] = _council(situation)
    if case.meeting:
        found["convocation"] = _convocation(situation)
        if situation.meeting.second_convocation_of:
            found["second_convocation"] = _second(situation)
        found["meeting"] = _meeting(situation)
    if case.items:
        found["items"] = [
            _item(situation, index, item, presence)
            for index, (item, presence) in enumerate(zip(case.items, situation.presences, strict=True))
        ]
    if case.acts:
        found["acts"] = [_act(situation, act) for act in case.acts]
    if case.texts:
        found["texts"] = [_text(situation, text) for text in case.texts]
    if case.subsidies:
        found["subsidies"] = [_subsidy(situation, one) for one in case.subsidies]
    return found


def _iso(days: Mapping[str, date | None]) -> dict[str, str | None]:
    return {name: day.isoformat() if day else None for name, day in days.items()}


def _council(situation: Situation) -> dict[str, Any]:
    strength, most = situation.strength, situation.most_in_office
    population = situation.commune.population
    return {
        "legal_strength": strength.members if strength else None,
        "is_deemed_complete": strength.is_deemed_complete if strength else None,
        "strength_population": situation.strength_population,
        "members_in_office": situation.in_office,
        "quorum": council.quorum(most) if most is not None else None,
        "quorum_basis": None if most is None else ("legal_strength" if situation.in_office is None else "in_office"),
        "lawful_publication_mode": lawful_mode(situation),
        "electronic_transmission_compulsory": None
        if population is None
        else population > tables.number("seuil_actes_obligatoire", situation.law_day),
    }


def _convocation(situation: Situation) -> dict[str, Any]:
    sent, held, notice = situation.sent_on, situation.held_on, situation.notice
    urgent = urgent_notice(situation.side, on=situation.law_day, alsace_moselle=situation.is_local)
    is_known = situation.side is not None or bool(situation.meeting.first_after_renewal)
    days = bounds(notice, sent, held) if is_known else {"sent_on": sent, "meeting_on": held}
    return {
        "clear_days": (held - sent).days - 1 if sent and held else None,
        "required_clear_days": notice.full - 1 if is_known and notice.full == notice.firm and notice.is_clear else None,
        "required_days": notice.required if is_known else None,
        "days_are_clear": notice.is_clear,
        "sources_conflict": is_known and notice.full != notice.firm,
        "required_clear_days_if_urgent": urgent.required if urgent.is_clear else None,
        "required_days_if_urgent": urgent.required,
        "explanatory_note_required": {"under": False, "at_least": True}.get(situation.side or ""),
        **_iso(days),
    }


def _second(situation: Situation) -> dict[str, Any]:
    second = second_meeting(situation)
    sent, held = situation.sent_on, situation.held_on
    dispenses = second.dispenses if second else None
    return {
        "clear_days": (held - sent).days - 1 if sent and held else None,
        "required_days": situation.second_notice.required,
        "earliest_meeting_date": second.earliest.isoformat() if second and second.earliest else None,
        "quorum_required": None if dispenses is None else not dispenses,
        "new_items": second.new_items if second else None,
    }


def _meeting(situation: Situation) -> dict[str, Any]:
    room = situation.opening
    most = situation.most_in_office
    asked = council.quorum(most) if most is not None else None
    present = room.before.count if room.before else None
    return {
        "present": present,
        "represented": room.represented,
        "voters": room.entitled,
        "quorum": asked,
        "quorum_reached": _reached(present, asked, is_sure=situation.in_office is not None),
    }


def _reached(present: int | None, asked: int | None, *, is_sure: bool) -> bool | None:
    if present is None or asked is None:
        return None
    return True if present >= asked else (False if is_sure else None)


def _item(situation: Situation, index: int, item: AgendaItem, presence: Presence) -> dict[str, Any]:
    most = situation.most_in_office_at(index)
    asked = None if most is None else council.quorum(most, excluded=excluded_count(situation, presence))
    present = presence.taking_part.count if presence.taking_part else None
    found: dict[str, Any] = {
        "title": item.title,
        "present": present,
        "represented": presence.represented,
        "voters": presence.entitled,
        "quorum": asked,
        "quorum_reached": _reached(present, asked, is_sure=situation.in_office_at(index) is not None),
    }
    if item.vote:
        result = result_of(item.vote, situation.meeting.president)
        public, secret = requests(situation, item.vote, presence)
        found |= {
            "votes_cast": result.cast if result else None,
            "majority": result.majority if result else None,
            "outcome": result.outcome if result else None,
            "reason": result.reason if result else None,
            "public_request_valid": public,
            "secret_request_valid": secret,
        }
    if item.appointment:
        outcome = appointed(item.appointment, situation.held_on, "").outcome
        found["elected"] = list(outcome.elected) if outcome else None
        found["round"] = outcome.round if outcome else None
    return found


def _act(situation: Situation, act: Act) -> dict[str, Any]:
    days = dates_of(situation, act)
    return {"number": act.number, **_iso(days), "may_sign_from": _iso(days)["enforceable_on"]}


def _text(situation: Situation, text: SignedText) -> dict[str, Any]:
    act = situation.act_of(text)
    may_sign = dates_of(situation, act)["enforceable_on"] if act else None
    is_one = is_convention(text)
    sent, signed = text.transmitted_on or None, text.signed_on or None
    is_refused = act is not None and act.outcome == "rejected"
    in_force = acts.binds_from(signed, sent) if is_one and not is_refused else None
    return {"is_convention": is_one, **_iso({"may_sign_from": may_sign, "in_force_on": in_force})}


def _subsidy(situation: Situation, told: Subsidy) -> dict[str, Any]:
    known, lacks = amounts_of(told)
    aid = money.yearly_aid(known, on=told.awarded_on)
    signed, population = told.convention_signed_on or None, situation.commune.population
    is_needed = needs_convention(told)
    over = None if population is None else population > tables.number("seuil_open_data_population", told.awarded_on)
    opens = False if is_needed is False or over is False else (True if is_needed and over else None)
    return {
        "total": str(aid.total) if not lacks else None,
        "known_total": str(aid.total),
        "threshold": aid.threshold,
        "convention_required": is_needed,
        "open_data_required": opens,
        "audit_chamber_may_verify": _over(aid.total, "seuil_controle_chambre_comptes", told, is_whole=not lacks),
        **_iso(
            {
                "report_due_on": report_due(told) if told.earmarked is not False else None,
                "payment_due_on": money.payment_due_on(told.notified_on) if told.notified_on else None,
                "open_data_due_on": money.open_data_due_on(signed) if opens and signed else None,
            }
        ),
    }


def _over(total: Decimal, name: str, told: Subsidy, *, is_whole: bool) -> bool | None:
    """Say whether what is known goes over a threshold; None while an unknown aid could still do so."""
    is_over = total > tables.number(name, told.awarded_on)
    return is_over if is_over or is_whole else None
