"""A meeting or an act told in the vocabulary of :mod:`app.law`, so that its checks judge what was recorded here.

The same JSON may be downloaded and run through ``flask law check``: a page and the command say the same. What nobody
recorded is left out, and comes back as unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from app.council.models import (
    ActModel,
    Attendance,
    BallotKind,
    Channel,
    MeetingStatus,
    Outcome,
)
from app.council.moving import in_office_at, is_there, vacant_at, withdrawn_at
from app.council.reckoning import last_dispatch, left_without_quorum, standing_at
from app.law.answer import as_json, judge
from app.law.reading import UnreadableFacts, case_from
from app.law.vocabulary.kinds import DEPARTMENT, INSEE
from app.law.words import french
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from app.council.models import AgendaPoint, CheckOverride, Meeting, Seat
    from app.council.models.meetings import Proxy
    from app.council.queries import Interested
    from app.council.reckoning import Setting
    from app.law.vocabulary.kinds import PlaceCode

_CHANNELS = {
    Channel.ELECTRONIC: "email",
    Channel.POST: "post",
    Channel.HAND: "hand",
    Channel.PIGEON_HOLE: "pigeonhole",
}
KINDS = {
    ActModel.PRINCIPLE: "twinning",
    ActModel.CONVENTION: "convention",
    ActModel.COMMITTEE: "committee",
    ActModel.REPRESENTATIVES: "appointment",
    ActModel.SUBSIDY: "subsidy",
    ActModel.TRAVEL: "mission",
    ActModel.ENDING: "suspension",
    ActModel.FREE: "other",
}
_OFFICES = frozenset({"president", "vice_president", "treasurer", "secretary", "board_member"})


def judged(case: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the law's checks say of a case, as plain values; None when its facts contradict themselves."""
    try:
        return as_json(judge(case_from(case)))
    except UnreadableFacts:
        return None


def contradictions(case: Mapping[str, Any]) -> list[str]:
    """What cannot be true together in a case that nobody can judge, one sentence each."""
    try:
        judge(case_from(case))
    except UnreadableFacts as error:
        return [french(one.sentence[:1].upper() + one.sentence[1:]) for one in error.faults]
    return []


def known(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {name: value for name, value in facts.items() if value is not None and value not in ("", {})}


def day_told(day: date | None) -> str | None:
    """A day as the vocabulary writes it."""
    return day.isoformat() if day else None


def happened_on(day: date | None) -> str | bool:
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
    next_on: date | None = None,
) -> dict[str, Any]:
    """A meeting with its convocation, its evening and its votes; ``next_on`` is the day of the one held next.

    ``runs`` says in how many meetings in a row somebody is represented; nobody in it: this one is the first.
    """
    return known(
        {
            "title": f"{meeting.body.name}, {day_of(meeting.starts_at).isoformat()}",
            "on": on.isoformat(),
            "commune": _commune(meeting, setting),
            "council": _council(meeting, setting),
            "meeting": _meeting(meeting, runs, next_on),
            "items": [_item(meeting, point, (interested or {}).get(point.id), runs) for point in meeting.agenda],
            "overrides": overrides_told(overrides),
        }
    )


def _commune(meeting: Meeting, setting: Setting) -> dict[str, Any]:
    return known({"name": meeting.body.name, **commune_facts(setting, day_of(meeting.starts_at))})


def name_of(seat: Seat) -> str:
    """A councillor's name, told apart from a namesake's: the law's checks know people by their names alone."""
    alike = [one.id for one in seat.meeting.seats if one.name == seat.name]
    place = alike.index(seat.id) if seat.id in alike else 0
    return f"{seat.name} ({place + 1})" if place else seat.name


def commune_facts(setting: Setting, on: date) -> dict[str, Any]:
    """What the commune is to the law, its numbers and its way of publishing as on a day."""
    return known(
        {
            "department": _valid(DEPARTMENT, setting.department),
            "insee": _valid(INSEE, setting.code),
            "population": setting.current_population(on),
            "population_at_renewal": setting.reference_population(on),
            "website": setting.has_website or None,
            "publication_mode": setting.choice(on).told,
        }
    )


def _valid(kind: PlaceCode, code: str) -> str | None:
    """A code as the vocabulary takes it; what is no code is not told."""
    return code if re.fullmatch(kind.pattern, code) else None


def _council(meeting: Meeting, setting: Setting) -> dict[str, Any]:
    members = [name_of(seat) for seat in meeting.seats]
    return known(
        {
            "legal_strength": setting.told_strength(day_of(meeting.starts_at)),
            "elected": setting.elected,
            "in_office": meeting.members_in_office,
            "members": members or None,
        }
    )


def _meeting(meeting: Meeting, runs: Mapping[int, int] | None, next_on: date | None) -> dict[str, Any]:
    began = meeting.status not in {MeetingStatus.DRAFT, MeetingStatus.CONVENED}
    first = meeting.second_of
    return known(
        {
            "date": day_of(meeting.starts_at).isoformat(),
            "place": meeting.place,
            "first_after_renewal": meeting.is_first,
            "convocation": _convocation(meeting),
            "urgent": meeting.is_urgent,
            "urgency_reason": meeting.urgency_reason or (False if meeting.is_urgent else None),
            "urgency_vote": _urgency(meeting),
            "second_convocation_of": _first(first) if first is not None else None,
            "president": next((name_of(seat) for seat in meeting.seats if seat.presides), None),
            "secretary": next((name_of(seat) for seat in meeting.seats if seat.is_secretary), None),
            "present": [name_of(seat) for seat in meeting.seats if seat.attendance == Attendance.PRESENT]
            if began
            else None,
            "proxies": _proxies(standing_at(meeting, None).represented, runs) if began else None,
            **_after(meeting, next_on),
        }
    )


def _first(first: Meeting) -> dict[str, Any]:
    """The meeting before a second convocation: it never began, or lost its quorum before these items."""
    began, left = first.status == MeetingStatus.CLOSED, [point.title for point in left_without_quorum(first)]
    sent = [str(row["title"]) for row in first.convened_agenda]
    return known(
        {
            "date": day_of(first.starts_at).isoformat(),
            "quorum_reached": began,
            "agenda": sent if began else left,
            "left_without_quorum": left if began else None,
        }
    )


def _urgency(meeting: Meeting) -> str | None:
    if not meeting.is_urgent or meeting.urgency_accepted is None:
        return None
    return "accepted" if meeting.urgency_accepted else "refused"


def _after(meeting: Meeting, next_on: date | None) -> dict[str, Any]:
    if meeting.status != MeetingStatus.CLOSED:
        return {}
    adopted, published = meeting.minutes_adopted_on, meeting.minutes_published_on
    return {
        "list_posted_on": happened_on(meeting.list_posted_on),
        **known({"list_online_on": day_told(meeting.list_online_on)}),
        "minutes": known(
            {
                "next_meeting_on": day_told(next_on),
                "adopted_on": day_told(adopted),
                "published_on": day_told(published),
            }
        ),
    }


def _convocation(meeting: Meeting) -> dict[str, Any]:
    titles = [str(row["title"]) for row in meeting.convened_agenda] or [point.title for point in meeting.agenda]
    noted = [point.title for point in meeting.agenda if point.note]
    return known(
        {
            "sent_on": day_told(last_dispatch(meeting)),
            "dispatches": [_dispatch(seat) for seat in meeting.seats if seat.sent_on] or None,
            "agenda": titles,
            "explanatory_note": noted or False,
            "posted_on": day_told(meeting.posted_on)
            if meeting.status == MeetingStatus.DRAFT
            else happened_on(meeting.posted_on),
            "recalls_no_quorum": True if meeting.second_of_id else None,
        }
    )


def _dispatch(seat: Seat) -> dict[str, Any]:
    return known(
        {
            "member": name_of(seat),
            "sent_on": day_told(seat.sent_on),
            "channel": _CHANNELS[Channel(seat.channel)],
            "form_asked": "paper" if seat.wants_paper else None,
            "consent": True if seat.channel == Channel.PIGEON_HOLE else None,
            "own_address": bool(seat.address or seat.letter) or None,
        }
    )


def _proxies(proxies: Iterable[Proxy], runs: Mapping[int, int] | None) -> list[dict[str, Any]]:
    return [
        known(
            {
                "giver": name_of(proxy.giver),
                "holder": name_of(proxy.holder),
                "written": proxy.is_written,
                "illness": proxy.illness,
                "meetings": runs.get(proxy.giver.person_id, 1) if runs is not None else None,
            }
        )
        for proxy in proxies
    ]


def _item(
    meeting: Meeting,
    point: AgendaPoint,
    interested: Sequence[Interested] | None,
    runs: Mapping[int, int] | None,
) -> dict[str, Any]:
    began = meeting.status in {MeetingStatus.OPEN, MeetingStatus.CLOSED}
    sent = {row.get("point") for row in meeting.convened_agenda}
    withdrawn, vacant = withdrawn_at(meeting, point), vacant_at(meeting, point)
    away = {one.seat_id: one for one in withdrawn}
    seats = {seat.person_id: seat for seat in meeting.seats}
    represented, at_opening = (standing_at(meeting, one).represented for one in (point, None))
    return known(
        {
            "title": point.title,
            "kind": _kinds(point),
            "on_agenda": point.id in sent if meeting.convened_agenda else None,
            "explanatory_note": bool(point.note),
            "present": [name_of(seat) for seat in meeting.seats if is_there(seat, meeting, point)] if began else None,
            "withdrawn": [name_of(one.seat) for one in withdrawn if is_there(one.seat, meeting, point)]
            if began
            else None,
            "in_office": in_office_at(meeting, point) if vacant else None,
            "proxies": _proxies(represented, runs) if began and represented != at_opening else None,
            "excluded_representatives": [name_of(one.seat) for one in withdrawn if one.is_delegate] or None,
            "interested": _interests(interested, seats, point, away, vacant),
            "adjourned": True if point.outcome == Outcome.ADJOURNED and point.voted_at is None else None,
            "vote": _vote(point, meeting),
            "appointment": _appointment(point),
            "common_object": True if _is_grouped(meeting, point) else None,
            "objection": False if _is_grouped(meeting, point) else None,
        }
    )


def _kinds(point: AgendaPoint) -> list[str] | None:
    """What an item is about; one that brings no deliberation and was not voted is an information."""
    if point.act is not None:
        return [KINDS[ActModel.REPRESENTATIVES if point.act.elects else ActModel(point.act.model)]]
    return ["information"] if point.voted_at is None else None


def _is_grouped(meeting: Meeting, point: AgendaPoint) -> bool:
    """Whether one ballot decided of this item and of others."""
    return point.voted_with_id is not None or any(one.voted_with_id == point.id for one in meeting.agenda)


def _interests(
    found: Sequence[Interested] | None,
    seats: Mapping[int, Seat],
    point: AgendaPoint,
    away: Mapping[int, Any],
    vacant: AbstractSet[int],
) -> list[dict[str, Any]] | None:
    """Who has an interest; a question that nobody answered yet is no « none », nor is somebody who withdrew."""
    told = [
        _interest(one, seats[one.councillor.id], point, away)
        for one in found or ()
        if one.is_same is not False and one.councillor.id in seats and seats[one.councillor.id].id not in vacant
    ]
    return told if told or (found and not away) else None


def _interest(one: Interested, seat: Seat, point: AgendaPoint, away: Mapping[int, Any]) -> dict[str, Any]:
    left = seat.id in away
    conduct = ["left"] if left else (["voted"] if point.voted_at else None)
    office = one.mandate.function if one.mandate.function in _OFFICES else "board_member"
    if one.is_same is None and not left:
        return {"name": name_of(seat), "body": one.body.name, "like_name_only": True}
    return known({"name": name_of(seat), "office": office, "body": one.body.name, "conduct": conduct})


def _vote(point: AgendaPoint, meeting: Meeting) -> dict[str, Any] | None:
    if point.voted_at is None or point.appointment.get("elected"):
        return {"ballot": point.ballot} if point.appointment.get("rounds") else None
    names = {str(seat.id): name_of(seat) for seat in meeting.seats}
    return known(
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
    return known(
        {
            "seats": told.get("seats"),
            "candidates": [
                known({name: fact for name, fact in row.items() if name != "number"})
                for row in told.get("candidates", [])
            ],
            "rounds": [
                {"votes": row["votes"], "cast": row["cast"], "blank": row["blank"], "null": row["void"]}
                for row in told.get("rounds", [])
            ]
            or None,
            "declared_elected": told.get("elected"),
            "unanimous_waiver": bool(told.get("is_waived")),
        }
    )


def overrides_told(overrides: Iterable[CheckOverride]) -> list[dict[str, Any]] | None:
    """The checks that somebody went past, with reason, author and day."""
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
