"""The register of a year."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from app.council.contests import contest_of
from app.council.documents.act import act_blocks
from app.council.documents.paper import (
    attendants,
    named,
    on_paper,
    say,
    signed_by_both,
)
from app.council.queries import point_of_act, register_of
from app.documents.textdoc import (
    Heading,
    PageBreak,
    Paragraph,
    Table,
)
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.council.models import Act, AgendaPoint, Meeting
    from app.documents.textdoc import Block
    from app.printing import Paper


def register_paper(session: Session, body: Body, year: int, *, at: datetime) -> Paper:
    """The register of a year: table by date, table by matter, then every act, each meeting with its closing sheet.

    By date (CGCT, R2121-9), which is not the order of the numbers where an evening was written down after a later one.
    """
    points = {act.id: point_of_act(session, act.id) for act in register_of(session, body.id, year)}
    acts = sorted(register_of(session, body.id, year), key=lambda act: _place(act, points[act.id]))
    title = say("register", "title", year=year)
    if not acts:
        return on_paper(title, body, at, (Paragraph(say("register", "none")),))
    blocks: list[Block] = [Heading(say("register", "by_date")), _table_by_date(acts)]
    blocks += [Heading(say("register", "by_subject")), _table_by_matter(acts)]
    for _meeting, of_meeting in groupby(acts, key=lambda act: _meeting_id(points[act.id])):
        together = list(of_meeting)
        for act in together:
            blocks += [PageBreak(), Heading(say("act", "title", number=act.number))]
            blocks += act_blocks(session, act, points[act.id], day_of(at))
        point = points[together[0].id]
        if point is not None:
            blocks += _closing(session, point.meeting, [act.number for act in together])
    return on_paper(title, body, max(act.changed_at for act in acts), tuple(blocks))


def _place(act: Act, point: AgendaPoint | None) -> tuple[date, str, int, int]:
    """By the day of the vote, each meeting in one piece, in the order of its numbers."""
    began = point.meeting.starts_at.isoformat() if point is not None else ""
    return act.voted_on or date.max, began, _meeting_id(point), act.register_rank or 0


def _meeting_id(point: AgendaPoint | None) -> int:
    return point.meeting_id if point is not None else 0


def _closing(session: Session, meeting: Meeting, numbers: Sequence[str]) -> list[Block]:
    """The sheet that closes a meeting, behind its own deliberations (CGCT, R2121-9)."""
    told = say(
        "register",
        "closing" if len(numbers) > 1 else "closing_one",
        numbers=", ".join(numbers),
        names=named(attendants(meeting)),
    )
    heading = Heading(say("register", "closing_sheet", day=day_of(meeting.starts_at)))
    return [PageBreak(), heading, Paragraph(told), signed_by_both(session, meeting)]


def _table_by_date(acts: Sequence[Act]) -> Table:
    header = tuple(say("register", key) for key in ("number", "date", "subject", "outcome", "transmitted", "published"))
    rows = tuple(
        (
            act.number,
            f"{act.voted_on:%d/%m/%Y}" if act.voted_on else "",
            act.title,
            _outcome(act),
            f"{act.transmitted_on:%d/%m/%Y}" if act.transmitted_on else "",
            f"{act.published_on:%d/%m/%Y}" if act.published_on else "",
        )
        for act in acts
    )
    return Table(header, rows)


def _outcome(act: Act) -> str:
    """« adoptée », and what took its force away since."""
    outcome, stopped = say("outcomes", act.status), contest_of(act).stopped_by
    return f"{outcome} ({say('events', stopped.kind)})" if stopped else outcome


def _table_by_matter(acts: Sequence[Act]) -> Table:
    header = tuple(say("register", key) for key in ("matter", "number", "subject"))
    ordered = sorted(acts, key=lambda act: (act.matter or "~", act.register_rank or 0))
    return Table(header, tuple((f"{act.matter} {act.matter_label}".strip(), act.number, act.title) for act in ordered))
