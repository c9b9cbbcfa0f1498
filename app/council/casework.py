"""A meeting or an act told in the vocabulary of :mod:`app.law`, so that its checks judge what was recorded here.

The same JSON may be downloaded and run through ``flask law check``: a page and the command say the same. What nobody
recorded is left out, and comes back as unknown.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.council.meter import happened
from app.council.models import (
    ActEventKind,
    ActModel,
    ActStatus,
    Attendance,
    BallotKind,
    Channel,
    MeetingStatus,
    Outcome,
)
from app.council.reckoning import is_there, last_dispatch
from app.law.answer import as_json, judge
from app.law.reading import UnreadableFacts, case_from
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from app.council.models import Act, AgendaPoint, CheckOverride, Meeting, Seat
    from app.council.queries import Interested
    from app.council.reckoning import Setting

_CHANNELS = {
    Channel.ELECTRONIC: "email",
    Channel.POST: "post",
    Channel.HAND: "hand",
    Channel.PIGEON_HOLE: "pigeonhole",
}
_KINDS = {
    ActModel.PRINCIPLE: "twinning",
    ActModel.CONVENTION: "convention",
    ActModel.COMMITTEE: "committee",
    ActModel.REPRESENTATIVES: "appointment",
    ActModel.SUBSIDY: "subsidy",
    ActModel.TRAVEL: "mission",
    ActModel.ENDING: "suspension",
    ActModel.FREE: "other",
}
_TEXT_KINDS = {"oath": "oath", "charter": "charter", "pact": "pact", "convention": "convention"}
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OFFICES = frozenset({"president", "vice_president", "treasurer", "secretary", "board_member"})
_PARTNERS = {"commune": "local_authority", "foreign_authority": "local_authority", "intercommunal": "local_authority"}


def judged(case: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the law's checks say of a case, as plain values; None when its facts contradict themselves."""
    try:
        return as_json(judge(case_from(case)))
    except UnreadableFacts:
        return None


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {name: value for name, value in facts.items() if value is not None and value not in ("", {})}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _happened(day: date | None) -> str | bool:
    """A date, or « not yet »."""
    return day.isoformat() if day else False


def meeting_case(
    meeting: Meeting,
    setting: Setting,
    overrides: Iterable[CheckOverride] = (),
    interested: Mapping[int, Sequence[Interested]] | None = None,
    runs: Mapping[int, int] | None = None,
    *,
    on: date,
) -> dict[str, Any]:
    """A meeting with its convocation, its evening and its votes.

    ``runs`` says in how many meetings in a row somebody is represented; nobody in it: this one is the first.
    """
    return _told(
        {
            "title": f"{meeting.body.name}, {day_of(meeting.starts_at).isoformat()}",
            "on": on.isoformat(),
            "commune": _commune(meeting, setting),
            "council": _council(meeting, setting),
            "meeting": _meeting(meeting, runs),
            "items": [_item(meeting, point, (interested or {}).get(point.id)) for point in meeting.agenda],
            "overrides": _overrides(overrides),
        }
    )


def _commune(meeting: Meeting, setting: Setting) -> dict[str, Any]:
    return _told({"name": meeting.body.name, **commune_facts(setting)})


def commune_facts(setting: Setting) -> dict[str, Any]:
    """What the commune is to the law."""
    return _told(
        {
            "department": setting.department,
            "population": setting.current_population,
            "population_at_renewal": setting.reference_population,
            "website": setting.has_website or None,
            "publication_mode": setting.chosen_mode or "none",
        }
    )


def _council(meeting: Meeting, setting: Setting) -> dict[str, Any]:
    members = [seat.name for seat in meeting.seats]
    return _told({"elected": setting.elected, "in_office": meeting.members_in_office, "members": members or None})


def _meeting(meeting: Meeting, runs: Mapping[int, int] | None) -> dict[str, Any]:
    began = meeting.status not in {MeetingStatus.DRAFT, MeetingStatus.CONVENED}
    first = meeting.second_of
    return _told(
        {
            "date": day_of(meeting.starts_at).isoformat(),
            "place": meeting.place,
            "first_after_renewal": meeting.is_first,
            "convocation": _convocation(meeting),
            "urgent": meeting.is_urgent,
            "urgency_reason": meeting.urgency_reason or (False if meeting.is_urgent else None),
            "urgency_vote": _urgency(meeting),
            "second_convocation_of": _told(
                {
                    "date": day_of(first.starts_at).isoformat(),
                    "quorum_reached": False,
                    "agenda": [point.title for point in first.agenda],
                }
            )
            if first is not None
            else None,
            "president": next((seat.name for seat in meeting.seats if seat.presides), None),
            "secretary": next((seat.name for seat in meeting.seats if seat.is_secretary), None),
            "present": [seat.name for seat in meeting.seats if seat.attendance == Attendance.PRESENT]
            if began
            else None,
            "proxies": _proxies(meeting, runs) if began else None,
            **_after(meeting),
        }
    )


def _urgency(meeting: Meeting) -> str | None:
    if not meeting.is_urgent or meeting.urgency_accepted is None:
        return None
    return "accepted" if meeting.urgency_accepted else "refused"


def _after(meeting: Meeting) -> dict[str, Any]:
    if meeting.status != MeetingStatus.CLOSED:
        return {}
    return {
        "list_posted_on": _happened(meeting.list_posted_on),
        "minutes": _told(
            {"adopted_on": _day(meeting.minutes_adopted_on), "published_on": _day(meeting.minutes_published_on)}
        ),
    }


def _convocation(meeting: Meeting) -> dict[str, Any]:
    titles = [str(row["title"]) for row in meeting.convened_agenda] or [point.title for point in meeting.agenda]
    noted = [point.title for point in meeting.agenda if point.note]
    return _told(
        {
            "sent_on": _day(last_dispatch(meeting)),
            "dispatches": [_dispatch(seat) for seat in meeting.seats if seat.sent_on] or None,
            "agenda": titles,
            "explanatory_note": noted or False,
            "posted_on": _day(meeting.posted_on)
            if meeting.status == MeetingStatus.DRAFT
            else _happened(meeting.posted_on),
            "recalls_no_quorum": True if meeting.second_of_id else None,
        }
    )


def _dispatch(seat: Seat) -> dict[str, Any]:
    return _told(
        {
            "member": seat.name,
            "sent_on": _day(seat.sent_on),
            "channel": _CHANNELS[Channel(seat.channel)],
            "form_asked": "paper" if seat.wants_paper else None,
            "consent": True if seat.channel == Channel.PIGEON_HOLE else None,
            "own_address": bool(seat.address) or None,
        }
    )


def _proxies(meeting: Meeting, runs: Mapping[int, int] | None) -> list[dict[str, Any]]:
    return [
        _told(
            {
                "giver": proxy.giver.name,
                "holder": proxy.holder.name,
                "written": proxy.is_written,
                "illness": proxy.illness,
                "meetings": runs.get(proxy.giver.person_id, 1) if runs is not None else None,
            }
        )
        for proxy in meeting.proxies
    ]


def _item(meeting: Meeting, point: AgendaPoint, interested: Sequence[Interested] | None) -> dict[str, Any]:
    began = meeting.status in {MeetingStatus.OPEN, MeetingStatus.CLOSED}
    sent = {row.get("point") for row in meeting.convened_agenda}
    away = {one.seat_id: one for one in point.recusals}
    return _told(
        {
            "title": point.title,
            "kind": [_KINDS[ActModel(point.act.model)]] if point.act is not None else None,
            "on_agenda": point.id in sent if meeting.convened_agenda else None,
            "explanatory_note": bool(point.note),
            "present": [seat.name for seat in meeting.seats if is_there(seat, meeting, point)] if began else None,
            "withdrawn": [one.seat.name for one in point.recusals if is_there(one.seat, meeting, point)]
            if began
            else None,
            "excluded_representatives": [one.seat.name for one in point.recusals if one.is_delegate] or None,
            "interested": [_interest(one, point, away) for one in interested if one.is_same] if interested else None,
            "vote": _vote(point, meeting),
            "appointment": _appointment(point),
            "common_object": True if _is_grouped(meeting, point) else None,
            "objection": False if _is_grouped(meeting, point) else None,
        }
    )


def _is_grouped(meeting: Meeting, point: AgendaPoint) -> bool:
    """Whether one ballot decided of this item and of others."""
    return point.voted_with_id is not None or any(one.voted_with_id == point.id for one in meeting.agenda)


def _interest(one: Interested, point: AgendaPoint, away: Mapping[int, Any]) -> dict[str, Any]:
    left = any(recusal.seat.person_id == one.councillor.id for recusal in away.values())
    conduct = ["left"] if left else (["voted"] if point.voted_at else None)
    office = one.mandate.function if one.mandate.function in _OFFICES else "board_member"
    return _told({"name": one.councillor.name, "office": office, "body": one.body.name, "conduct": conduct})


def _vote(point: AgendaPoint, meeting: Meeting) -> dict[str, Any] | None:
    if point.voted_at is None or point.appointment.get("elected"):
        return {"ballot": point.ballot} if point.appointment.get("rounds") else None
    names = {str(seat.id): seat.name for seat in meeting.seats}
    return _told(
        {
            "ballot": point.ballot,
            "votes_for": point.votes_for,
            "votes_against": point.votes_against,
            "abstentions": point.abstentions,
            "blank": point.blank,
            "null": point.void,
            "not_taking_part": point.not_voting,
            "president_vote": point.president_vote or None,
            "declared": point.outcome if point.outcome in {Outcome.ADOPTED, Outcome.REJECTED} else None,
            "public_requested_by": point.asked_public,
            "secret_requested_by": point.asked_secret,
            "names": {names[seat]: sense for seat, sense in point.votes.items() if seat in names}
            if point.ballot == BallotKind.PUBLIC
            else None,
        }
    )


def _appointment(point: AgendaPoint) -> dict[str, Any] | None:
    """A designation: candidates, rounds, and who was proclaimed."""
    told = point.appointment
    if not told:
        return None
    return _told(
        {
            "seats": told.get("seats"),
            "candidates": [_told(dict(row)) for row in told.get("candidates", [])],
            "rounds": [
                {"votes": row["votes"], "cast": row["cast"], "blank": row["blank"], "null": row["void"]}
                for row in told.get("rounds", [])
            ]
            or None,
            "declared_elected": told.get("elected"),
            "unanimous_waiver": bool(told.get("is_waived")),
        }
    )


def _overrides(overrides: Iterable[CheckOverride]) -> list[dict[str, Any]] | None:
    found = [
        {
            "check": one.check_id,
            "reason": one.reason,
            "author": one.author,
            "on": day_of(one.made_at).isoformat(),
        }
        for one in overrides
        if one.check_id.startswith("C")
    ]
    return found or None


# --- the act and the text that it lets sign ---


def act_case(act: Act, setting: Setting, overrides: Iterable[CheckOverride] = (), *, on: date) -> dict[str, Any]:
    """An act with its dates, its annexes and the text to be signed."""
    return _told(
        {
            "title": act.title,
            "on": on.isoformat(),
            "commune": _told({"name": act.body.name, **commune_facts(setting)}),
            "acts": [_act(act)],
            "texts": [_text(act)] if act.version is not None else None,
            "overrides": _overrides(overrides),
        }
    )


def _act(act: Act) -> dict[str, Any]:
    voted = act.status in {ActStatus.ADOPTED, ActStatus.REJECTED}
    annexes = None
    if act.version is not None:
        annexes = ["text", *(["translation"] if len(act.version.document.get("languages", [])) > 1 else [])]
    elif act.model == ActModel.CONVENTION:
        annexes = []
    return _told(
        {
            "number": act.number or None,
            "title": act.title,
            "kind": [_KINDS[ActModel(act.model)]],
            "adopted_on": _day(act.voted_on),
            "outcome": act.status if voted else None,
            "authorises_signature": act.model == ActModel.CONVENTION,
            "annexes": annexes,
            "transmitted_on": _happened(act.transmitted_on) if voted else None,
            "published_on": _happened(act.published_on) if voted else None,
            "prefect_request_on": _day(happened(act, ActEventKind.PAPERS_ASKED)),
            "completed_on": _day(happened(act, ActEventKind.PAPERS_GIVEN)),
            "publication_mode": act.publication_mode or None,
            "actes_code": act.matter or None,
            "actes_label": act.matter_label or None,
            "visas": [one["article"] for one in act.visas if one.get("article")] or None,
            "wording": "\n".join([*act.recitals, *act.articles]) or None,
        }
    )


def _text(act: Act) -> dict[str, Any]:
    """The text to be signed, as its frozen version says."""
    document: dict[str, Any] = act.version.document if act.version is not None else {}
    languages = list(document.get("languages", []))
    signed = happened(act, ActEventKind.TEXT_SIGNED)
    authority = {one.get("language"): one.get("status") for one in document.get("authority", [])}
    return _told(
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
            "signed_on": _day(signed) or _signing_day(document),
            "transmitted_on": _happened(happened(act, ActEventKind.TEXT_TRANSMITTED)) if signed else None,
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
    return _told({"name": found.get("name"), "kind": kind, "country": found.get("country")})


def _delegate(act: Act) -> dict[str, Any] | None:
    """Who signs instead of the mayor, with what arrêté."""
    told = act.signatory
    if not told:
        return None
    if told["capacity"] == "replaces":
        return {"name": told["name"], "capacity": "deputy", "replaces_mayor": True}
    return _told(
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
    return _told({"name": found.get("name"), "capacity": "mayor" if found.get("role") == "mayor" else None})


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
