"""The minutes (procès-verbal), complete from what was recorded: nobody types them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.council.documents.paper import (
    commune_of,
    counted,
    hour_of,
    named,
    on_paper,
    say,
    signed_by_both,
    stamp_of,
)
from app.council.documents.passed import before_the_vote, mentions
from app.council.documents.telling import (
    absent_lines,
    called,
    comings,
    election_lines,
    failed_lines,
    has_moving_rounds,
    proxy_lines,
    result_lines,
    second_lines,
    taken_back_lines,
    unvoted_line,
    voice_lines,
)
from app.council.drafting import recital_lines, without_end
from app.council.models import MeetingStatus, Outcome
from app.council.queries import overrides_of
from app.council.reckoning import standing_at
from app.council.secretaries import resumes_at, secretary_before
from app.documents.textdoc import (
    Heading,
    ItemList,
    Paragraph,
)
from app.law.sentences import hour_said
from app.law.words import article, printed
from app.shared.clock import day_of
from app.texts import formats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint, Meeting
    from app.council.reckoning import Standing
    from app.documents.textdoc import Block
    from app.printing import Paper


def minutes_paper(session: Session, meeting: Meeting) -> Paper:
    """The minutes of a meeting."""
    held_on = day_of(meeting.starts_at)
    blocks = [*_opening(meeting)]
    overrides = overrides_of(session, meeting_id=meeting.id)
    failed = failed_lines(meeting)
    blocks += [Paragraph(line) for line in failed]
    for number, point in enumerate(meeting.agenda, 1):
        if failed and not point.outcome:
            continue
        blocks.append(Heading(say("minutes", "point", number=number, title=point.title)))
        blocks += _item(meeting, point)
        blocks += mentions(session, (one for one in overrides if one.point_id == point.id), meeting=meeting)
        blocks += mentions(session, before_the_vote(session, point), act=point.act)
    if meeting.minutes_text:
        blocks += [Paragraph(text) for text in meeting.minutes_text.split("\n") if text.strip()]
    if meeting.status == MeetingStatus.CLOSED:
        at = say("minutes", "at", hour=hour_said(meeting.closed_at)) if meeting.closed_at else ""
        is_done = all(point.outcome != Outcome.ADJOURNED for point in meeting.agenda)
        blocks.append(Paragraph(say("minutes", "closed" if is_done else "lifted", at=at)))
    blocks += mentions(session, (one for one in overrides if one.point_id is None), meeting=meeting)
    if meeting.minutes_adopted_on:
        blocks.append(Paragraph(say("minutes", "adopted", day=meeting.minutes_adopted_on)))
    blocks.append(signed_by_both(session, meeting))
    state = "" if meeting.minutes_adopted_on else say("minutes", "state")
    return on_paper(say("minutes", "title", day=held_on), meeting, stamp_of(meeting), tuple(blocks), state=state)


def _opening(meeting: Meeting) -> list[Block]:
    standing = standing_at(meeting, None)
    presiding = standing.chair.name if standing.chair is not None else ""
    lines = [
        say(
            "minutes",
            "called",
            day=day_of(meeting.starts_at),
            hour=hour_of(meeting),
            commune=commune_of(meeting),
            sent=called(meeting),
            place=meeting.place,
            presided=say("minutes", "presided", name=formats.of(presiding)) if presiding else "",
        )
    ]
    if meeting.posted_on:
        lines.append(say("minutes", "posted", day=meeting.posted_on))
    secretary = next((seat.name for seat in meeting.seats if seat.is_secretary), "")
    if secretary:
        lines.append(say("minutes", "secretary", name=secretary))
    lines += second_lines(meeting)
    if meeting.status != MeetingStatus.NO_QUORUM:
        if meeting.opened_at:
            lines.append(say("minutes", "opened", hour=hour_said(meeting.opened_at)))
        lines.append(_quorum_line(standing))
    lines.append(say("minutes", "present", names=named(standing.present)))
    lines += absent_lines(standing.absent)
    lines += proxy_lines(standing.represented)
    if meeting.is_urgent and meeting.urgency_accepted is None:
        lines.append(say("minutes", "urgent_unruled", reason=without_end(meeting.urgency_reason)))
    elif meeting.is_urgent:
        verdict = say("minutes", "urgent_yes" if meeting.urgency_accepted else "urgent_no")
        lines.append(say("minutes", "urgent", reason=without_end(meeting.urgency_reason), verdict=verdict))
    agenda = ItemList(tuple(str(row["title"]) for row in meeting.convened_agenda), ordered=True)
    blocks: list[Block] = [Paragraph(line) for line in lines]
    if meeting.convened_agenda:
        blocks += [Heading(say("common", "agenda")), agenda]
    return blocks


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
    lines += comings(meeting, point)
    if standing.chair is not None and standing.is_chair_elected:
        lines.append(say("minutes", "presided_elected", name=standing.chair.name, article=article("L2121-14")))
    elif standing.chair is not None and standing.chair is not standing_at(meeting, None).chair:
        lines.append(say("minutes", "presided_point", name=standing.chair.name))
    lines += _secretary_lines(meeting, point)
    blocks: list[Block] = [Paragraph(line) for line in lines]
    blocks += _heard(point)
    blocks += [Paragraph(line) for line in [*taken_back_lines(point), *_vote_lines(point, standing, meeting)]]
    if point.act is not None and point.voted_at is not None:
        recitals = recital_lines(point.act.recitals)
        spoken = "decided" if point.outcome == Outcome.ADOPTED else "rejected_text"
        if recitals:
            blocks.append(Paragraph(say("minutes", "recitals", number=point.act.number)))
            blocks += [Paragraph(printed(line), manner="note") for line in recitals]
            spoken += "_then"
        blocks.append(Paragraph(say("minutes", spoken, number=point.act.number)))
        blocks.append(ItemList(tuple(printed(text) for text in point.act.articles), ordered=True))
    return blocks


def _heard(point: AgendaPoint) -> list[Block]:
    """The report and the debate of an item, each under its own words; then, where there are any, the vote's."""
    blocks = _report(point)
    if point.debate:
        blocks.append(Heading(say("minutes", "debate"), level=3))
        blocks += [Paragraph(text) for text in point.debate.split("\n") if text.strip()]
    if blocks and point.voted_at is not None:
        blocks.append(Heading(say("minutes", "vote"), level=3))
    return blocks


def _report(point: AgendaPoint) -> list[Block]:
    """The report behind the item, as it was sent or written: the minutes hold those that the council decided on.

    CGCT, L2121-15: the deliberations adopted and the reports in view of which they were. What was adjourned or
    withdrawn comes back with its own.
    """
    texts = [text for text in point.note.split("\n") if text.strip()]
    if not texts or point.outcome in {Outcome.ADJOURNED, Outcome.WITHDRAWN}:
        return []
    return [Heading(say("minutes", "report"), level=3), *(Paragraph(printed(text.strip())) for text in texts)]


def _secretary_lines(meeting: Meeting, point: AgendaPoint) -> list[str]:
    """Who takes over the minutes at an item, or takes them up again."""
    if again := resumes_at(meeting, point):
        return [say("minutes", "secretary_again", name=again.name)]
    taker = next((seat for seat in meeting.seats if seat.id == point.secretary_id), None)
    before = secretary_before(meeting, point)
    if taker is None or before is None or taker is before:
        return []
    return [say("minutes", "secretary_since", name=taker.name, before=before.name)]


def _vote_lines(point: AgendaPoint, standing: Standing, meeting: Meeting) -> list[str]:
    if point.voted_at is None:
        return [unvoted_line(meeting, point)] if point.outcome else []
    lines = [
        say(
            "minutes",
            "standing" if standing.needs_quorum else "standing_second",
            present=len(standing.present),
            represented=len(standing.represented),
            voters=standing.voters,
            quorum=standing.quorum,
        )
    ]
    for asked, key in ((point.asked_public, "asked_public"), (point.asked_secret, "asked_secret")):
        if asked:
            lines.append(say("minutes", key, count=counted(asked, "member_present")))
    if point.voted_with_id is not None or any(one.voted_with_id == point.id for one in meeting.agenda):
        lines.append(say("minutes", "together"))
    if point.appointment.get("elected"):
        if has_moving_rounds(point, meeting):
            lines[0] = say("minutes", "standing_last_round", told=lines[0])
        return [*lines, *election_lines(point, meeting), *result_lines(point, meeting)]
    return [*lines, *result_lines(point, meeting), *voice_lines(point, meeting)]
