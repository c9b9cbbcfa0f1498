"""The other papers of a meeting: convocation, note, sheet to fill in, list, attestation."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.annexes import annexes_of
from app.council.documents.minutes import minutes_paper
from app.council.documents.paper import (
    NotYet,
    called_at,
    commune_of,
    counted,
    hour_of,
    on_paper,
    say,
    signed_by_mayor,
    stamp_of,
)
from app.council.documents.telling import called
from app.council.drafting import without_end
from app.council.models import ActModel, MeetingStatus, Outcome
from app.council.queries import council_of, replaces_a_convocation
from app.council.reckoning import article_for, last_dispatch, standing_at, was_lost_on_the_way
from app.council.services.appointing import proclaimed
from app.documents.textdoc import (
    Heading,
    ItemList,
    PageBreak,
    Paragraph,
    Table,
)
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint, Meeting
    from app.documents.textdoc import Block
    from app.printing import Paper


_DEBATE_LINES = 6
"""Room to write by hand, an item."""

_CANDIDATE_LINES = 4
_ROOM = "\N{NO-BREAK SPACE}"
"""A cell to write in: as high as a line."""


def meeting_paper(session: Session, meeting: Meeting, document: str) -> Paper:
    """One of the documents of a meeting, by the word in its address."""
    return _MEETING[document](session, meeting)


def _convocation(session: Session, meeting: Meeting) -> Paper:
    held_on, sent = day_of(meeting.starts_at), last_dispatch(meeting)
    blocks: list[Block] = [
        Paragraph(say("convocation", "lead", commune=commune_of(meeting)), manner="lead"),
        Paragraph(say("convocation", "body", day=held_on, hour=hour_of(meeting), place=meeting.place)),
    ]
    if replaces_a_convocation(session, meeting):
        blocks.append(Paragraph(say("convocation", "replaces")))
    if meeting.is_urgent:
        blocks.append(Paragraph(say("convocation", "urgent", reason=without_end(meeting.urgency_reason))))
    if meeting.second_of is not None:
        law = article_for(meeting.body, "L2121-17 al. 2")
        why = "second_left" if was_lost_on_the_way(meeting.second_of) else "second"
        blocks.append(Paragraph(say("convocation", why, first=day_of(meeting.second_of.starts_at), article=law)))
    titles = [str(row["title"]) for row in meeting.convened_agenda] or [point.title for point in meeting.agenda]
    blocks += [Heading(say("common", "agenda")), ItemList(tuple(titles), ordered=True)]
    noted = [str(number) for number, point in enumerate(_as_convened(meeting), 1) if point.note]
    if noted and len(noted) == len(titles):
        blocks.append(Paragraph(say("convocation", "notes")))
    elif noted:
        blocks.append(Paragraph(say("convocation", "some_notes", points=", ".join(noted))))
    if joined := [str(one.point) for one in annexes_of(session, meeting)]:
        blocks.append(Paragraph(say("convocation", "annexes", points=", ".join(joined))))
    blocks.append(Paragraph(say("convocation", "proxy")))
    if sent is not None:
        blocks.append(Paragraph(say("convocation", "sent", sent=called(meeting)), manner="note"))
    blocks.append(signed_by_mayor(session, meeting.body, held_on))
    states = [("draft_state", meeting.status == MeetingStatus.DRAFT), ("urgent_state", meeting.is_urgent)]
    state = ", ".join(say("convocation", name) for name, holds in states if holds)
    return on_paper(say("convocation", "title"), meeting, called_at(meeting), tuple(blocks), state=state)


def _as_convened(meeting: Meeting) -> list[AgendaPoint]:
    """The points that the convocation carried, in its order: what was added since was not sent."""
    if not meeting.convened_agenda:
        return meeting.agenda
    points = {point.id: point for point in meeting.points}
    return [points[row["point"]] for row in meeting.convened_agenda if row.get("point") in points]


def _note(session: Session, meeting: Meeting) -> Paper:
    """The note that goes with the convocation (CGCT, L2121-12), what is proposed, and the texts annexed."""
    blocks: list[Block] = []
    sent = {row.get("point"): row.get("articles") for row in meeting.convened_agenda}
    for number, point in enumerate(_as_convened(meeting), 1):
        blocks.append(Heading(say("minutes", "point", number=number, title=point.title)))
        if point.rapporteur:
            blocks.append(Paragraph(say("note", "rapporteur", name=point.rapporteur), manner="note"))
        texts = [text for text in point.note.split("\n") if text.strip()]
        blocks += [Paragraph(text) for text in texts] or [Paragraph(say("note", "missing"))]
        if proposed := _proposed(point, sent.get(point.id)):
            blocks.append(Paragraph(say("note", "proposal")))
            blocks.append(ItemList(tuple(proposed), ordered=True))
    for annexe in annexes_of(session, meeting):
        heading = say("note", "annexe", point=annexe.point, title=annexe.title, number=annexe.number)
        blocks += [PageBreak(), Heading(heading), *_lines(annexe.lines)]
    subtitle = say("common", "meeting", day=day_of(meeting.starts_at))
    return on_paper(say("note", "title"), meeting, called_at(meeting), tuple(blocks), subtitle)


def _lines(lines: Iterable[str]) -> list[Block]:
    """A text told line by line: its articles under their headings, what it lists as lists."""
    made: list[Block] = []
    for is_item, together in groupby(lines, key=lambda line: line.startswith("- ")):
        if is_item:
            made.append(ItemList(tuple(line[2:] for line in together)))
        else:
            made += [Heading(line, level=3) if _ARTICLE.match(line) else Paragraph(line) for line in together if line]
    return made


_ARTICLE = re.compile(r"(?:Article \S+|Préambule$|Annexe )")


def _proposed(point: AgendaPoint, sent: list[str] | None) -> list[str]:
    """What the council was asked to decide: the articles as they were sent, an adjourned act may be changed since.

    A meeting convened before they were kept has those of the act, without who was elected by the vote.
    """
    if sent is not None:
        return sent
    elected = proclaimed(point)
    return [text for text in (point.act.articles if point.act is not None else ()) if text != elected]


def _sheet(session: Session, meeting: Meeting) -> Paper:
    """The sheet to fill in by hand on the evening.

    :raises NotYet: without the councillors, whose names are its lines.
    """
    del session
    if not meeting.seats:
        raise NotYet(
            _l(
                "La feuille de séance porte le nom des conseillers\N{NO-BREAK SPACE}: reprenez-les d’abord sur la page "
                "de la convocation."
            )
        )
    opening = standing_at(meeting, None)
    header = tuple(say("sheet", key) for key in ("present", "absent", "moves", "proxy", "sign"))
    rows = tuple((seat.name, "☐", "☐", "", "", "") for seat in meeting.seats)
    blocks: list[Block] = [
        Paragraph(say("sheet", "lead"), manner="note"),
        Paragraph(say("sheet", "opening")),
        Paragraph(say("sheet", "quorum", in_office=opening.in_office, quorum=counted(opening.quorum, "present"))),
        *([Paragraph(say("sheet", "urgency"))] if meeting.is_urgent else []),
        Table((say("common", "name"), *header), rows),
    ]
    for number, point in enumerate(meeting.agenda, 1):
        blocks.append(Heading(say("sheet", "point", number=number, title=point.title)))
        blocks += [Paragraph(say("sheet", key)) for key in ("vote", "room")]
        blocks += _ballot_room(point)
        blocks += [Paragraph(say("sheet", key)) for key in ("debate", *["line"] * _DEBATE_LINES)]
    blocks.append(Paragraph(say("sheet", "closing")))
    subtitle = say("common", "meeting", day=day_of(meeting.starts_at))
    return on_paper(say("sheet", "title"), meeting, called_at(meeting), tuple(blocks), subtitle)


def _ballot_room(point: AgendaPoint) -> list[Block]:
    """Room for the counts of a vote; for a designation, for its candidates and its three rounds."""
    if point.act is None or point.act.model != ActModel.REPRESENTATIVES:
        return [Paragraph(say("sheet", "counts"))]
    standing = [str(row["name"]) for row in point.appointment.get("candidates", [])]
    names = [*standing, *[_ROOM] * max(_CANDIDATE_LINES - len(standing), 0)]
    papers = [say("sheet", key) for key in ("blank", "void", "not_voting")]
    rounds = [say("sheet", "round", number=number) for number in (1, 2, 3)]
    rows = tuple((name, "", "", "", "") for name in [*names, *papers])
    return [
        Paragraph(say("sheet", "seats")),
        Table((say("sheet", "candidate"), say("sheet", "born"), *rounds), rows),
    ]


def _list(session: Session, meeting: Meeting) -> Paper:
    """The deliberations examined: what was put to the vote, adopted or rejected.

    CGCT, L2121-25, as ordonnance 2021-1310 made it on 1 July 2022 (``S18`` of the law's sources): the list of the
    deliberations examined, within a week, with at least the day of the meeting and the object of each one approved or
    refused. An item adjourned or withdrawn is no deliberation: it has no number, and is told apart from the list, for
    whoever read it on the agenda that was posted.
    """
    rows = [
        (point.act.number if point.act else "", point.title, say("outcomes", point.outcome))
        for point in meeting.agenda
        if point.voted_at is not None
    ]
    others = [point for point in meeting.agenda if point.outcome in {Outcome.ADJOURNED, Outcome.WITHDRAWN}]
    apart: list[Block] = [Heading(say("list", "unvoted"))] if others else []
    apart += [ItemList(tuple(say("list", point.outcome, title=point.title) for point in others))] if others else []
    held_on, council = day_of(meeting.starts_at), council_of(session, meeting.body_id)
    has_site = council is not None and council.has_website
    header = tuple(say("list", key) for key in ("number", "subject", "outcome"))
    content: Block = Table(header, tuple(rows)) if rows else Paragraph(say("list", "none"))
    blocks = (
        Paragraph(say("list", "lead", day=held_on), manner="lead"),
        content,
        *apart,
        Paragraph(say("list", "basis_online" if has_site else "basis"), manner="note"),
        signed_by_mayor(session, meeting.body, held_on, after=meeting),
    )
    return on_paper(say("list", "title"), meeting, stamp_of(meeting), blocks)


def _posting(session: Session, meeting: Meeting) -> Paper:
    held_on = day_of(meeting.starts_at)
    values = {"commune": commune_of(meeting), "day": held_on}
    if meeting.list_posted_on and meeting.list_online_on:
        sentence = say("posting", "list_both", posted=meeting.list_posted_on, online=meeting.list_online_on, **values)
    elif meeting.list_posted_on:
        sentence = say("posting", "list", posted=meeting.list_posted_on, **values)
    else:
        sentence = say("posting", "list_blank", **values)
    blocks: list[Block] = [Paragraph(sentence)]
    if meeting.posted_on:
        blocks.append(Paragraph(say("posting", "convocation", posted=meeting.posted_on)))
    blocks.append(signed_by_mayor(session, meeting.body, held_on, after=meeting))
    return on_paper(say("posting", "title"), meeting, stamp_of(meeting), tuple(blocks))


_MEETING = {
    "convocation": _convocation,
    "note-de-synthese": _note,
    "feuille": _sheet,
    "proces-verbal": minutes_paper,
    "liste": _list,
    "affichage": _posting,
}
