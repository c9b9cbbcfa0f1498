"""Writing what a plan says: the towns, the dossiers, and the dates of the lines with where they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.bodies.models import Body
from app.twinnings.labels import OATHS
from app.twinnings.lists import Meaning
from app.twinnings.models import EventKind, Stage, TwinningEvent, TwinningKind
from app.twinnings.services.dossiers import OpenTwinning, Side, add_party, name_of, open_twinning, tell
from app.twinnings.services.plans import key_of, newest_party
from app.twinnings.services.towns import NamedTown, settle_town

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor
    from app.shared.fuzzydate import FuzzyDate
    from app.twinnings.lists import Link, TownName
    from app.twinnings.models import Twinning
    from app.twinnings.services.plans import Importer, Plan

_EVENTS = {
    Meaning.SIGNED: (EventKind.SIGNATURE, None),
    Meaning.SECOND: (EventKind.SIGNATURE, None),
    Meaning.FIRST_OATH: (EventKind.STAGE, Stage.FIRST_OATH),
    Meaning.SECOND_OATH: (EventKind.STAGE, Stage.SECOND_OATH),
    Meaning.RENEWED: (EventKind.RENEWAL, None),
}


PART = 40
"""Dossiers of one transaction: half a second's work, in which nobody else can write on SQLite."""
BREATH = 0.12
"""Seconds between two transactions: whoever waits for SQLite asks again ten times a second."""


@dataclass
class Bringing:
    """A plan on its way into the database, in short transactions, so that others write in between.

    What stops it loses nothing: what is written stays, and the same list brings the rest. Once somebody else opened a
    dossier the plan may be wrong, and is made anew: two people who import one list import it once.
    """

    plan: Plan
    importer: Importer
    file: str
    by: Actor
    number: int = 0
    _begun: int = 0
    _made: dict[object, int] = field(default_factory=dict)
    _newest: int = field(init=False)

    def __post_init__(self) -> None:
        self._newest = self.plan.newest

    def is_done(self) -> bool:
        """Whether every fresh link of the plan is written."""
        return self._begun >= len(self.plan.fresh)

    def begin_again(self, plan: Plan) -> None:
        """Go on with a plan that knows what was opened meanwhile."""
        self.plan, self._newest, self._begun, self._made = plan, plan.newest, 0, {}

    def write_part(self, session: Session, *, at: datetime) -> bool:
        """Write the next dossiers, inside the transaction of the caller; False when somebody else opened one since."""
        kinds = select(TwinningKind).order_by(TwinningKind.retired_at.is_not(None), TwinningKind.position)
        kind = session.scalars(kinds.with_for_update()).first()  # one import at a time, on PostgreSQL too
        if newest_party(session) != self._newest:
            return False
        part = self.plan.fresh[self._begun : self._begun + PART]
        for group in part:
            sides = [
                list(dict.fromkeys(self._settled(session, town, at) for town in towns))
                for towns in ([link.town for link in group], [link.partner for link in group])
            ]
            if not set(sides[0]) & set(sides[1]):
                self._open(session, group, sides, kind.id if kind else 0, at)
        session.flush()
        self._newest = newest_party(session)
        self._begun += len(part)
        self.number += len(part)
        return True

    def _open(
        self, session: Session, group: Sequence[Link], sides: Sequence[Sequence[int]], kind_id: int, at: datetime
    ) -> None:
        importer, by = self.importer, self.by
        command = OpenTwinning(kind_id=kind_id, sides=[Side(side) for side in sides], stage=_stage(group[0]))
        twinning = open_twinning(session, command, by=by, at=at, acting=importer.keeper)
        _let_committee_in(session, twinning, importer, by, at)
        _tell_history(session, twinning, group, self.file, by, at)
        tell(session, "twinning.imported", twinning, by, at, importer.keeper, name=name_of(twinning), file=self.file)

    def _settled(self, session: Session, town: TownName, at: datetime) -> int:
        plan = self.plan
        key = key_of(town, plan)
        if key not in self._made:
            known = plan.bodies.get(town)
            self._made[key] = self._named(session, town, at).id if known is None else known
        return self._made[key]

    def _named(self, session: Session, town: TownName, at: datetime) -> Body:
        plan = self.plan
        named = NamedTown(
            name=town.name, country=town.country, place_id=plan.places.get(town), kind=plan.kinds.get(town)
        )
        body = settle_town(session, named, known_to=frozenset(), keeper=self.importer.keeper, by=self.by, at=at)
        if town.departement and body.place_id is None:
            body.division = town.departement
        return body


def _stage(link: Link) -> Stage:
    if link.stage is not None:
        return link.stage
    oaths = [meaning for meaning, _when in link.dates if _EVENTS[meaning][1] in OATHS]
    return Stage.ACTIVE if not oaths else Stage(str(_EVENTS[oaths[-1]][1]))


def _let_committee_in(session: Session, twinning: Twinning, importer: Importer, by: Actor, at: datetime) -> None:
    """A committee that brings in the twinnings of its town stands beside it, or it would not see them."""
    keeper = session.get(Body, importer.keeper) if importer.keeper else None
    if keeper is None or keeper.parent_id is None:
        return
    side = next((party.side for party in twinning.parties if party.body_id == keeper.parent_id), None)
    if side is not None and all(party.body_id != keeper.id for party in twinning.parties):
        add_party(session, twinning, keeper, side=side, by=by, at=at, acting=importer.keeper)


def _tell_history(
    session: Session, twinning: Twinning, group: Sequence[Link], file: str, by: Actor, at: datetime
) -> None:
    """The dates of the lines, each once, with where they come from; nothing more than the list says."""
    told: dict[tuple[Meaning | Stage, FuzzyDate], str] = {}
    for link in group:
        source = " · ".join(part for part in (link.source, file) if part)[:300]
        for meaning, when in link.dates:
            told.setdefault((meaning, when), source)
        if link.stage_when is not None and link.stage is not None:
            told.setdefault((link.stage, link.stage_when), source)
    for (what, when), source in told.items():
        is_stage = isinstance(what, Stage)
        kind, stage = (EventKind.STAGE, Stage(what)) if is_stage else _EVENTS[Meaning(what)]
        event = TwinningEvent(
            twinning_id=twinning.id,
            kind=kind.value,
            stage=str(stage or ""),
            source=source,
            text=group[0].status if is_stage else "",
            entered_by=by.name,
            created_at=at,
        )
        event.set_when(when)
        session.add(event)
