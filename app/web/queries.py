"""Reading across the rooms: the twinnings on the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.bodies.models import Body
from app.places.queries import middles_of
from app.twinnings import queries as twinnings
from app.twinnings.models import Twinning, TwinningParty
from app.web.atlas import Link, Spot, middle_of_country, project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from app.access.table import Identity

Middles: TypeAlias = "Mapping[tuple[str, str], tuple[float, float]]"
_MOST_LOOKED_AT = 500


@dataclass(frozen=True)
class Pair:
    """A twinning by the names of its towns, the reader's own side first."""

    id: int
    sides: tuple[tuple[str, ...], ...]
    stage: str


def pairs_of(session: Session, who: Identity, rows: Sequence[tuple[int, str]]) -> list[Pair]:
    """The towns of these twinnings, (id, stage), side by side; one query."""
    parties = twinnings.parties_of(session, [twinning_id for twinning_id, _ in rows])
    return [Pair(number, _sides(parties.get(number, []), who.readable_body_ids), stage) for number, stage in rows]


def _sides(parties: Sequence[TwinningParty], own: frozenset[int]) -> tuple[tuple[str, ...], ...]:
    by_side: dict[int, list[TwinningParty]] = {}
    for party in parties:
        if party.is_town and party.left_on is None:
            by_side.setdefault(party.side, []).append(party)
    sides = sorted(by_side.values(), key=lambda side: not any(party.body_id in own for party in side))
    return tuple(tuple(party.body.name for party in side) for side in sides)


def links_of(session: Session, who: Identity) -> tuple[list[tuple[Pair, Link]], list[Pair]]:
    """The twinnings that can be drawn on the map, and those that cannot; three queries.

    A town stands where its place is; else where somebody said it is about; else in the middle of its département
    or of its country, and then the map says that the position is approximate.
    """
    visible = (
        select(Twinning.id, Twinning.stage)
        .where(twinnings.is_visible_to(who.readable_body_ids), Twinning.trashed_at.is_(None))
        .order_by(Twinning.id)
        .limit(_MOST_LOOKED_AT)
    )
    rows = [(number, stage) for number, stage in session.execute(visible)]
    towns = (
        select(TwinningParty)
        .options(joinedload(TwinningParty.body).joinedload(Body.place))
        .where(TwinningParty.twinning_id.in_([number for number, _ in rows]))
        .where(TwinningParty.is_town.is_(True), TwinningParty.left_on.is_(None))
        .order_by(TwinningParty.side, TwinningParty.position, TwinningParty.id)
    )
    by_twinning: dict[int, list[TwinningParty]] = {}
    for party in session.scalars(towns):
        by_twinning.setdefault(party.twinning_id, []).append(party)
    middles = _middles(session, (party.body for parties in by_twinning.values() for party in parties))
    drawn, elsewhere = [], []
    for number, stage in rows:
        parties = by_twinning.get(number, [])
        pair = Pair(number, _sides(parties, who.readable_body_ids), stage)
        links = _links(parties, middles)
        drawn += [(pair, link) for link in links]
        if not links:
            elsewhere.append(pair)
    return drawn, elsewhere


def _links(parties: Sequence[TwinningParty], middles: Middles) -> list[Link]:
    spots = [(party.side, spot) for party in parties if (spot := _spot(party.body, middles)) is not None]
    return [
        Link((one, other))
        for index, (side, one) in enumerate(spots)
        for other_side, other in spots[index + 1 :]
        if other_side != side
    ]


def _spot(body: Body, middles: Middles) -> Spot | None:
    place = body.place
    if place is not None and place.latitude is not None and place.longitude is not None:
        return Spot(body.name, project(place.latitude, place.longitude))
    if body.latitude is not None and body.longitude is not None:
        return Spot(body.name, project(body.latitude, body.longitude), is_rough=True)
    if place is not None and (middle := middles.get((place.country, place.admin))) is not None:
        return Spot(body.name, project(*middle), is_rough=True)
    point = middle_of_country(body.country)
    return Spot(body.name, point, is_rough=True) if point is not None else None


def _middles(session: Session, bodies: Iterable[Body]) -> Middles:
    """The middle of the located places of each département in which one of these bodies has an unlocated place."""
    wanted = {
        (body.place.country, body.place.admin)
        for body in bodies
        if body.place is not None and body.place.latitude is None and body.place.admin
    }
    if not wanted:
        return {}
    return middles_of(session, wanted)
