"""The register of resolutions of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.assemblies.documents.paper import clause_of, paper_of, reserve_said, say, word
from app.assemblies.models import ItemKind
from app.assemblies.reckoning import counted, wants_quorum
from app.documents.textdoc import Heading, Paragraph
from app.law.statutes import Statutes
from app.law.words import counted as counted_as
from app.law.words import french, full_day
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.assemblies.models import AssemblyItem
    from app.bodies.models import Body
    from app.documents.textdoc import Block
    from app.printing import Paper


def register_paper(body: Body, year: int, items: Sequence[AssemblyItem], *, at: datetime) -> Paper:
    """Every resolution of a year in the order of its number."""
    blocks: list[Block] = []
    for item in sorted(items, key=lambda one: int(one.number.partition("-")[2])):
        assembly = item.assembly
        blocks.append(Heading(f"{item.number} – {item.title}"))
        meeting = f"{word('kinds', assembly.kind)}, {full_day(day_of(assembly.starts_at))}"
        blocks.append(Paragraph(meeting, manner="note"))
        if item.kind == ItemKind.ELECTION:
            names = ", ".join(one.name for one in item.candidates if one.elected_round)
            blocks.append(Paragraph(say("minutes", "elected", names=names, number=item.number)))
        blocks += [Paragraph(french(line)) for line in item.resolution.splitlines() if line.strip()]
        if item.kind != ItemKind.ELECTION:
            blocks.append(Paragraph(_adopted(item)))
        statutes = Statutes.read(assembly.rules)
        if (wanted := wants_quorum(item, statutes)) is not None:
            values = {"needed": wanted.needed or "", "counted": wanted.counted, "clause": clause_of(statutes, "quorum")}
            blocks.append(Paragraph(say("register", "without_quorum", **values), manner="note"))
        if unsure := reserve_said(item, statutes):
            blocks.append(Paragraph(say("register", "reserve", why=unsure), manner="note"))
    if not blocks:
        blocks.append(Paragraph(say("register", "none")))
    created = max([item.decided_at for item in items if item.decided_at], default=at)
    return paper_of(say("register", "title"), body, created, tuple(blocks), say("register", "year", year=year))


def _adopted(item: AssemblyItem) -> str:
    """That it was adopted, with the votes where they were counted."""
    found = counted(item)
    if not found.voters:
        return say("register", "adopted")
    votes = found.votes
    return say(
        "register",
        "votes",
        votes_for=votes.votes_for,
        votes_against=votes.votes_against,
        abstentions=counted_as(votes.abstentions, "abstention"),
    )
