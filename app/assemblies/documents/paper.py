"""What every printed paper of an association has: its words, its foot."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from app.assemblies.reckoning import matter_of, reserve_of
from app.law.sentences import Sentences, hour_said
from app.printing import Paper
from app.shared.clock import PARIS, day_of

if TYPE_CHECKING:
    from app.assemblies.models import Assembly, AssemblyItem
    from app.bodies.models import Body
    from app.documents.textdoc import Block
    from app.law.statutes import Statutes

_SENTENCES = Sentences(Path(__file__).parents[1] / "data" / "documents.toml")
say, word = _SENTENCES.say, _SENTENCES.word


def paper_of(  # the parts of a paper
    title: str, body: Body, created: datetime, blocks: tuple[Block, ...], subtitle: str = "", state: str = ""
) -> Paper:
    """A paper of an association, with the day on which it was made at its foot."""
    return Paper(
        title=title,
        body=body.name,
        created=created,
        blocks=blocks,
        subtitle=subtitle,
        state=state,
        footer=say("common", "made_on", day=day_of(created)),
    )


def hour_of(moment: datetime) -> str:
    """The hour of a moment, as it is said."""
    return hour_said(f"{moment.astimezone(PARIS):%H:%M}")


def heading_of(assembly: Assembly, moment: datetime | None = None) -> str:
    """« Assemblée générale ordinaire du samedi 21 novembre 2026 »; ``moment``: that for which people were called."""
    return say("common", "meeting", kind=word("kinds", assembly.kind), day=day_of(moment or assembly.starts_at))


def clause_of(statutes: Statutes, name: str) -> str:
    """« (art. 9 des statuts) », or nothing when the clause is not noted."""
    clause = statutes.clause(name)
    which = "clause_law" if statutes.is_of_law(name) else "clause"
    return say("convocation", which, clause=clause).rstrip() if clause else ""


def reserve_said(item: AssemblyItem, statutes: Statutes) -> str:
    """For which assembly the statutes keep what an item votes; nothing when it is for this one."""
    reserve = reserve_of(item, statutes)
    if reserve is None:
        return ""
    if reserve.keeper == "unknown":
        return say("minutes", "unknown_keeper")
    name = "reserved" if reserve.keeper == "extraordinary" else reserve.keeper
    return say("minutes", reserve.keeper, clause=clause_of(statutes, f"{name}_{matter_of(item)}"))


def names_of(names: list[str]) -> str:
    """Names in a row."""
    return ", ".join(names) or say("common", "none")


def stamp_of(assembly: Assembly) -> datetime:
    """The moment that dates a document: the same content gives the same bytes."""
    moments = [assembly.convened_at, _opening(assembly), assembly.finished_at]
    moments += [item.decided_at for item in assembly.items]
    return max([assembly.created_at, *(one for one in moments if one is not None)])


def sent_stamp_of(assembly: Assembly) -> datetime:
    """The moment that dates what is sent before a meeting: when it left, however late it is printed again."""
    return assembly.convened_at or stamp_of(assembly)


def _opening(assembly: Assembly) -> datetime | None:
    """The moment at which it opened: what is told of a meeting is not older than the meeting."""
    if not assembly.opened_at:
        return None
    return datetime.combine(day_of(assembly.starts_at), time.fromisoformat(assembly.opened_at), PARIS)
