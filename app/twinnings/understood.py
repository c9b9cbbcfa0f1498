"""What a list would bring in, in words: shown to the person before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import select

from app.places.models import Place
from app.places.telling import country_name, label
from app.shared.saying import said
from app.twinnings.labels import stage_name
from app.twinnings.lists import MEANING_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from app.twinnings.lists import Link, TownName
    from app.twinnings.services.plans import Plan


@dataclass(frozen=True)
class Told:
    """A twinning of the list: the line, both sides, and what was understood of its dates and of where it stands."""

    line: int
    towns: str
    partner: str
    facts: str


def understood(session: Session, plan: Plan, most: int) -> list[Told]:
    """The first twinnings that would be brought in."""
    groups = plan.fresh[:most]
    wanted = {plan.places[town] for group in groups for town in _towns(group) if town in plan.places}
    places = {place.id: place for place in session.scalars(select(Place).where(Place.id.in_(wanted)))}
    found = {town: places[number] for town, number in plan.places.items() if number in places}
    return [
        Told(
            line=group[0].line,
            towns=" ; ".join(_town(link.town, found, plan) for link in group),
            partner=_town(group[0].partner, found, plan),
            facts=" ; ".join(dict.fromkeys(fact for link in group for fact in _facts(link))),
        )
        for group in groups
    ]


def _towns(group: Sequence[Link]) -> Iterable[TownName]:
    return (town for link in group for town in (link.town, link.partner))


def _town(town: TownName, places: dict[TownName, Place], plan: Plan) -> str:
    """« Toufflers, France (lieu : Toufflers, Nord) »."""
    name = ", ".join(filter(None, (town.name, town.departement, country_name(town.country))))
    if town in plan.bodies:
        return str(_("%(town)s (fiche déjà là)", town=name))
    place = places.get(town)
    return name if place is None else str(_("%(town)s (lieu : %(place)s)", town=name, place=label(place)))


def _facts(link: Link) -> Iterable[str]:
    for meaning, when in link.dates:
        yield _("%(what)s : %(value)s", what=MEANING_NAMES[meaning], value=said(when))
    if link.stage is not None:
        stage, since = stage_name(link.stage), link.stage_when
        yield stage if since is None else str(_("%(stage)s, depuis : %(when)s", stage=stage, when=said(since)))
