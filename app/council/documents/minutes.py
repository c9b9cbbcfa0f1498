"""The minutes (procès-verbal), complete from what was recorded: nobody types them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.council.documents.paper import (
    Paper,
    commune_of,
    counted,
    hour_of,
    hour_said,
    named,
    say,
    signed_by_both,
    stamp_of,
)
from app.council.models import Attendance, MeetingStatus, Outcome
from app.council.queries import overrides_of
from app.council.reckoning import last_dispatch, standing_at
from app.council.services.appointing import proclaimed, round_lines
from app.documents.textdoc import (
    Heading,
    ItemList,
    Paragraph,
)
from app.law.words import french
from app.shared.clock import day_of
from app.texts import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint, CheckOverride, Meeting, Proxy
    from app.council.reckoning import Standing
    from app.documents.textdoc import Block


def minutes_paper(session: Session, meeting: Meeting) -> Paper:
    """The minutes of a meeting."""
    held_on = day_of(meeting.starts_at)
    blocks = [*_opening(meeting)]
    overrides = overrides_of(session, meeting_id=meeting.id)
    for number, point in enumerate(meeting.agenda, 1):
        blocks.append(Heading(say("minutes", "point", number=number, title=point.title)))
        blocks += _item(meeting, point)
        blocks += mentions(one for one in overrides if one.point_id == point.id)
    if meeting.minutes_text:
        blocks += [Paragraph(text) for text in meeting.minutes_text.split("\n") if text.strip()]
    if meeting.status == MeetingStatus.CLOSED:
        at = say("minutes", "at", hour=hour_said(meeting.closed_at)) if meeting.closed_at else ""
        blocks.append(Paragraph(say("minutes", "closed", at=at)))
    blocks += mentions(one for one in overrides if one.point_id is None)
    if meeting.minutes_adopted_on:
        blocks.append(Paragraph(say("minutes", "adopted", day=meeting.minutes_adopted_on)))
    blocks.append(signed_by_both(session, meeting))
    state = "" if meeting.minutes_adopted_on else say("minutes", "state")
    return Paper(say("minutes", "title", day=held_on), meeting.body, stamp_of(meeting), tuple(blocks), state=state)


def _opening(meeting: Meeting) -> list[Block]:
    sent, standing = last_dispatch(meeting), standing_at(meeting, None)
    presiding = next((seat.name for seat in meeting.seats if seat.presides), "")
    lines = [
        say(
            "minutes",
            "called",
            day=day_of(meeting.starts_at),
            hour=hour_of(meeting),
            commune=commune_of(meeting.body),
            sent=sent or "…",
            place=meeting.place,
            presided=say("minutes", "presided", name=formats.of(presiding)) if presiding else "",
        )
    ]
    if meeting.posted_on:
        lines.append(say("minutes", "posted", day=meeting.posted_on))
    secretary = next((seat.name for seat in meeting.seats if seat.is_secretary), "")
    if secretary:
        lines.append(say("minutes", "secretary", name=secretary))
    if meeting.opened_at:
        lines.append(say("minutes", "opened", hour=hour_said(meeting.opened_at)))
    lines.append(_quorum_line(standing))
    lines.append(say("minutes", "present", names=named(standing.present)))
    told = (({Attendance.EXCUSED}, "excused"), ({Attendance.ABSENT, Attendance.UNSAID}, "absent"))
    for attendances, key in told:
        found = [seat for seat in meeting.seats if seat.attendance in attendances]
        if found:
            lines.append(say("minutes", key, names=named(found)))
    lines += proxy_lines(meeting.proxies)
    if meeting.is_urgent:
        verdict = say("minutes", "urgent_yes" if meeting.urgency_accepted else "urgent_no")
        lines.append(say("minutes", "urgent", reason=meeting.urgency_reason, verdict=verdict))
    agenda = ItemList(tuple(str(row["title"]) for row in meeting.convened_agenda), ordered=True)
    blocks: list[Block] = [Paragraph(line) for line in lines]
    if meeting.convened_agenda:
        blocks += [Heading(say("common", "agenda")), agenda]
    return blocks


def proxy_lines(proxies: Sequence[Proxy]) -> list[str]:
    """« Procurations : A à B. », or nothing."""
    if not proxies:
        return []
    pairs = [say("minutes", "proxy", giver=one.giver.name, holder=one.holder.name) for one in proxies]
    return [say("minutes", "proxies", names=" ; ".join(pairs))]


def _quorum_line(standing: Standing) -> str:
    if not standing.needs_quorum:
        verdict = say("minutes", "not_needed")
    else:
        verdict = say("minutes", "reached" if standing.has_quorum else "missed")
    return say(
        "minutes",
        "in_office",
        in_office=standing.in_office,
        present=len(standing.present),
        quorum=standing.quorum,
        verdict=verdict,
    )


def _item(meeting: Meeting, point: AgendaPoint) -> list[Block]:
    """All that was recorded of one item, in the order in which it happened."""
    standing = standing_at(meeting, point)
    lines = []
    if point.added_reason:
        lines.append(say("minutes", "added", reason=point.added_reason))
    if point.rapporteur:
        lines.append(say("minutes", "rapporteur", name=point.rapporteur))
    lines += _comings(meeting, point)
    blocks: list[Block] = [Paragraph(line) for line in lines]
    if point.debate:
        blocks.append(Heading(say("minutes", "debate"), level=3))
        blocks += [Paragraph(text) for text in point.debate.split("\n") if text.strip()]
    blocks += [Paragraph(line) for line in _vote_lines(point, standing, meeting)]
    if point.act is not None and point.voted_at is not None and point.outcome == Outcome.ADOPTED:
        blocks.append(Paragraph(say("minutes", "decided", number=point.act.number)))
        blocks.append(ItemList(tuple(french(text) for text in point.act.articles), ordered=True))
    return blocks


def _comings(meeting: Meeting, point: AgendaPoint) -> list[str]:
    """Who came, left and withdrew before an item."""
    lines = []
    for seat in meeting.seats:
        for move in seat.movements:
            if move.point_id == point.id:
                at = f" {say('minutes', 'at', hour=hour_said(move.at)).strip()}" if move.at else ""
                lines.append(say("minutes", move.kind, name=seat.name, at=at))
    for one in point.recusals:
        reason = f" {say('minutes', 'because', reason=one.reason).strip()}" if one.reason else ""
        lines.append(say("minutes", "recusal", name=one.seat.name, reason=reason))
    return lines


def _vote_lines(point: AgendaPoint, standing: Standing, meeting: Meeting) -> list[str]:
    if point.voted_at is None:
        return [say("minutes", "unvoted", outcome=say("outcomes", point.outcome))] if point.outcome else []
    lines = [
        say(
            "minutes",
            "standing",
            present=len(standing.present),
            represented=len(standing.represented),
            voters=standing.voters,
            quorum=standing.quorum,
        )
    ]
    for asked, key in ((point.asked_public, "asked_public"), (point.asked_secret, "asked_secret")):
        if asked:
            lines.append(say("minutes", key, count=asked))
    if point.voted_with_id is not None or any(one.voted_with_id == point.id for one in meeting.agenda):
        lines.append(say("minutes", "together"))
    if point.appointment.get("elected"):
        waived = [say("minutes", "waived")] if point.appointment.get("is_waived") else []
        return [*lines, *waived, *round_lines(point), result_line(point)]
    lines.append(result_line(point))
    if point.votes_for == point.votes_against and point.outcome == Outcome.ADOPTED:
        lines.append(say("minutes", "casting"))
    return [*lines, *voice_lines(point, meeting)]


def result_line(point: AgendaPoint) -> str:
    """« Vote à main levée : 12 pour, 1 contre, 2 abstentions. La délibération est adoptée. »."""
    if point.appointment.get("elected"):
        return proclaimed(point)
    others = ""
    if point.blank or point.void or point.not_voting:
        others = say(
            "minutes",
            "others",
            blank=counted(point.blank, "blank_ballot"),
            void=counted(point.void, "void_ballot"),
            not_voting=point.not_voting or 0,
        )
    return say(
        "minutes",
        "result" if point.act_id else "result_point",
        ballot=say("ballots", point.ballot),
        votes_for=point.votes_for,
        votes_against=point.votes_against,
        abstentions=counted(point.abstentions, "abstention"),
        others=others,
        outcome=say("outcomes", point.outcome),
    )


def voice_lines(point: AgendaPoint, meeting: Meeting) -> list[str]:
    """The names and the sense of the votes, in a public ballot (CGCT, L2121-15)."""
    if not point.votes:
        return []
    names = {str(seat.id): seat.name for seat in meeting.seats}
    lines = []
    for voice in ("for", "against", "abstained", "none"):
        who = [names.get(seat, "") for seat, said in point.votes.items() if said == voice]
        if who:
            lines.append(say("minutes", "by_name", voice=say("voices", voice), names=", ".join(who)))
    return lines


def mentions(overrides: Iterable[CheckOverride]) -> list[Block]:
    """The checks that somebody went past, each with its reason, author and day."""
    return [
        Paragraph(
            say(
                "common", "override", check=one.check_id, day=day_of(one.made_at), author=one.author, reason=one.reason
            ),
            manner="note",
        )
        for one in overrides
    ]
