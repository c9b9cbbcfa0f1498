"""What votes and elections share: when one may vote, what is settled, the number that the register gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.assemblies import queries
from app.assemblies.models import (
    Channel,
    Outcome,
)
from app.assemblies.services.alone import alone_on
from app.people.naming import clean_text
from app.shared.clock import day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import (
        Assembly,
        AssemblyCandidate,
        AssemblyItem,
    )
    from app.law.statutes import Statutes

SHUT = _l("On vote pendant la réunion : elle n’est pas ouverte.")


class BadVote(DomainError):
    """The votes do not add up, or somebody votes twice."""


def add_change(assembly: Assembly, what: str) -> None:
    """Remember that something was changed that the registry must be told."""
    found = {*filter(None, assembly.change_of.split(",")), what}
    assembly.change_of = ",".join(sorted(found))


def drop_change(assembly: Assembly, what: str) -> None:
    """Forget it again: the vote that changed it was taken back."""
    assembly.change_of = ",".join(one for one in assembly.change_of.split(",") if one and one != what)


def statutes_for(session: Session, assembly: Assembly) -> Statutes:
    """What the statutes ask of an assembly on its day."""
    return queries.statutes_of(session, assembly, day_of(assembly.starts_at))


def refuse_decided(item: AssemblyItem) -> None:
    """Refuse to touch what has its issue."""
    if item.outcome:
        raise BadVote(_l("Ce point a déjà son issue. Pour recompter, utilisez d’abord « Corriger le vote »."))


def settle(session: Session, item: AssemblyItem, outcome: Outcome, note: str, at: datetime) -> None:
    """Give an item its issue; what is adopted or elected gets a number of the register."""
    item.outcome, item.decided_note, item.decided_at = outcome, clean_text(note)[:2000], at
    item.open_since = None
    if outcome in {Outcome.ADOPTED, Outcome.ELECTED}:
        item.number = next_number(session, item.assembly)
    item.revision += 1
    session.flush()


def next_number(session: Session, assembly: Assembly) -> str:
    """« 2026-07 »: the year of the assembly and the next number of the body's register."""
    alone_on(session, assembly.body)
    year = day_of(assembly.starts_at).year
    taken = [int(number.partition("-")[2]) for number in queries.numbers_of_year(session, assembly.body_id, year)]
    return f"{year}-{max(taken, default=0) + 1:02d}"


def standing(item: AssemblyItem) -> list[AssemblyCandidate]:
    """Candidates who may still be elected."""
    return [one for one in item.candidates if not one.elected_round and not one.withdrew_round]


def on_papers(item: AssemblyItem) -> list[AssemblyCandidate]:
    """Whose votes are counted in the room: who stands, and who withdrew after votes of this round were noted there."""
    noted = {
        name for row in item.counts if row.round == item.round and row.channel == Channel.ROOM for name in row.choices
    }
    return [
        one for one in item.candidates if not one.elected_round and (not one.withdrew_round or str(one.id) in noted)
    ]
