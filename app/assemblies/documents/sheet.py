"""The attendance sheet, to be signed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.assemblies import queries
from app.assemblies.course import course_of
from app.assemblies.documents.carried import span_said
from app.assemblies.documents.paper import clause_of, heading_of, paper_of, say, stamp_of
from app.assemblies.queries.reach import called
from app.assemblies.reckoning import room_at
from app.documents.textdoc import Heading, Paragraph, Signature, Signatures, Table
from app.law.words import counted
from app.shared.clock import day_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.assemblies.course import Course
    from app.assemblies.models import Assembly, AssemblyProxy
    from app.documents.textdoc import Block
    from app.law.carrying import Carried
    from app.law.statutes import Statutes
    from app.printing import Paper

_ROOM = "\n\N{NO-BREAK SPACE}"
"""An empty cell high enough for a signature."""


def sheet_paper(session: Session, assembly: Assembly) -> Paper:
    """A line for each member, with who represents them as far as that is known."""
    statutes = queries.statutes_of(session, assembly, day_of(assembly.starts_at))
    room, course = room_at(assembly, statutes), course_of(assembly, statutes)
    holders: dict[int, list[str]] = {}
    for proxy, fate in sorted(course.carried, key=lambda row: row[1].given.since):
        holders.setdefault(proxy.giver_id, []).append(_holder(course, proxy, fate))
    header = (say("common", "name"), say("sheet", "quality"), say("sheet", "represented"), say("sheet", "sign"))
    rows = tuple((seat.name, seat.quality, " ; ".join(holders.get(seat.id, ())), _ROOM) for seat in assembly.members)
    guests = [seat for seat in called(assembly) if not seat.may_vote]
    blocks: list[Block] = [
        Paragraph(say("sheet", "lead"), manner="note"),
        Paragraph(say("sheet", "entitled", number=len(rows), quorum=_quorum(assembly, statutes)).strip()),
        Table(header, rows or (("", "", "", _ROOM),)),
    ]
    if guests:
        blocks.append(Heading(say("sheet", "guests")))
        blocks.append(Table((header[0], header[1], header[3]), tuple((one.name, one.quality, _ROOM) for one in guests)))
    if room.present:
        said = say(
            "sheet",
            "certify_opening" if course.changes else "certify",
            present=counted(len(room.present), "présent"),
            represented=counted(len(room.represented), "représenté"),
        )
    else:
        said = say("sheet", "certify_blank")
    blocks.append(Paragraph(said))
    presides = next((seat.name for seat in assembly.seats if seat.presides), "")
    writes = next((seat.name for seat in assembly.seats if seat.is_secretary), "")
    caption = say("common", "signature")
    blocks.append(
        Signatures(
            (
                Signature(party=say("common", "president"), name=presides, caption=caption),
                Signature(party=say("common", "secretary"), name=writes, caption=caption),
            )
        )
    )
    return paper_of(say("sheet", "title"), assembly.body, stamp_of(assembly), tuple(blocks), heading_of(assembly))


def _holder(course: Course, proxy: AssemblyProxy, fate: Carried) -> str:
    """Who carries a proxy, and from where to where; or that it is one too many."""
    if fate.is_aside:
        return say("sheet", "beyond", name=proxy.holder.name)
    return f"{proxy.holder.name}{span_said(course, proxy, fate)}"


def _quorum(assembly: Assembly, statutes: Statutes) -> str:
    needed = statutes.quorum_needed(len(assembly.members), is_second=assembly.second_of_id is not None)
    if needed is None or not assembly.members:
        return ""
    clause = clause_of(statutes, "quorum")
    if not needed:
        return say("sheet", "quorum_none", clause=clause)
    if statutes.is_of_law("quorum"):
        return say("sheet", "quorum_law", number=counted(needed, "fondateur"), clause=clause)
    return say("sheet", "quorum", number=needed, clause=clause)
