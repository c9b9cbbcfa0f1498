"""Bringing a list in: what it would do is told first; writing it twice adds nothing.

Towns are proposals: a name that is exactly one place of the lists is matched only when a person asks for
it; former communes, names in other languages, homonyms and bodies that are no commune are told, never decided.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.bodies.models import Body, BodyKind
from app.bodies.queries import is_visible_to as is_known_to
from app.places.divisions import departements, regions
from app.places.models import NameRole, Place, PlaceKind, PlaceName
from app.places.naming import fold_place
from app.places.queries import missing_lists
from app.shared.folding import fold
from app.twinnings.labels import OATHS
from app.twinnings.lists import BadLine, Meaning, distinct_towns
from app.twinnings.models import EventKind, Stage, Twinning, TwinningEvent, TwinningKind, TwinningParty
from app.twinnings.queries import is_visible_to
from app.twinnings.services.dossiers import OpenTwinning, Side, add_party, name_of, open_twinning, tell
from app.twinnings.services.towns import NamedTown, settle_town

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor
    from app.shared.fuzzydate import FuzzyDate
    from app.twinnings.lists import Link, ReadList, TownName

_CHUNK = 500
_GROUPS = ("communaute", "metropole", "agglomeration", "grand ", "syndicat", "pays de ")
_EVENTS = {
    Meaning.SIGNED: (EventKind.SIGNATURE, None),
    Meaning.SECOND: (EventKind.SIGNATURE, None),
    Meaning.FIRST_OATH: (EventKind.STAGE, Stage.FIRST_OATH),
    Meaning.SECOND_OATH: (EventKind.STAGE, Stage.SECOND_OATH),
    Meaning.RENEWED: (EventKind.RENEWAL, None),
}


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the person decided: match exact names to places, keep links between French towns, join by date."""

    match: bool = False
    french_pairs: bool = False
    together: bool = False


@dataclass(frozen=True)
class Importer:
    """In whose name: the body that keeps the new records, the bodies that a line must concern (None: any)."""

    keeper: int | None = None
    concerned: frozenset[int] | None = None
    known_to: frozenset[int] | None = None


@dataclass(frozen=True)
class Doubt:
    """A town that a human should look at; the list is imported with the name as it is written."""

    line: int
    name: str
    reason: object


@dataclass
class Plan:
    """What importing would do."""

    fresh: list[list[Link]] = field(default_factory=list)
    known: list[Link] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    places: dict[TownName, int] = field(default_factory=dict)
    kinds: dict[TownName, BodyKind] = field(default_factory=dict)
    bodies: dict[TownName, int] = field(default_factory=dict)
    recognised: frozenset[TownName] = frozenset()

    @property
    def matchable(self) -> int:
        """How many towns have the very name of one place of the lists."""
        return len(self.recognised)

    @property
    def new_towns(self) -> int:
        """How many records would be made."""
        named = {town for group in self.fresh for link in group for town in (link.town, link.partner)}
        return len(named - set(self.bodies))


def plan_import(session: Session, read: ReadList, choices: Choices, importer: Importer) -> Plan:
    """Look everything up, write nothing."""
    plan = Plan(bad=list(read.bad))
    towns = distinct_towns(read.links)
    _recognise(session, towns, plan, first_lines(read.links))
    plan.recognised = frozenset(plan.places)
    _find_bodies(session, towns, plan, importer)
    if not choices.match:
        plan.places = {}
    existing = _existing_pairs(session, importer)
    seen: dict[frozenset[object], int] = {}
    for link in read.links:
        _sort_out(link, plan, choices, importer, existing, seen)
    if choices.together:
        plan.fresh = _joined(plan.fresh)
    named = {town.name for group in plan.fresh for link in group for town in (link.town, link.partner)}
    plan.doubts = [doubt for doubt in plan.doubts if doubt.name in named]
    plan.bad.sort(key=lambda bad: bad.line)
    return plan


def write_import(session: Session, plan: Plan, importer: Importer, *, file: str, by: Actor, at: datetime) -> int:
    """Write the fresh links of a plan; give how many dossiers were opened."""
    kind = session.scalars(
        select(TwinningKind).order_by(TwinningKind.retired_at.is_not(None), TwinningKind.position)
    ).first()
    made: dict[object, Body] = {}
    for group in plan.fresh:
        towns = [_settled(session, link.town, plan, made, importer, by, at) for link in group]
        partners = [_settled(session, link.partner, plan, made, importer, by, at) for link in group]
        sides = [list(dict.fromkeys(body.id for body in side)) for side in (towns, partners)]
        if set(sides[0]) & set(sides[1]):
            continue
        command = OpenTwinning(
            kind_id=kind.id if kind else 0, sides=[Side(side) for side in sides], stage=_stage(group[0])
        )
        twinning = open_twinning(session, command, by=by, at=at, acting=importer.keeper)
        _let_committee_in(session, twinning, importer, by, at)
        _tell_history(session, twinning, group, file, by, at)
        tell(session, "twinning.imported", twinning, by, at, importer.keeper, name=name_of(twinning), file=file)
    return len(plan.fresh)


def first_lines(links: Iterable[Link]) -> dict[TownName, int]:
    """The line on which each town is first named."""
    found: dict[TownName, int] = {}
    for link in links:
        found.setdefault(link.town, link.line)
        found.setdefault(link.partner, link.line)
    return found


def _recognise(session: Session, towns: Sequence[TownName], plan: Plan, lines: dict[TownName, int]) -> None:
    """Say which towns are exactly one place, and what is doubtful about the others."""
    unloaded = bool(missing_lists(session))
    by_name = _places_named(session, {fold_place(town.name) for town in towns})
    for town in towns:
        found = [
            (role, place)
            for role, place in by_name.get(fold_place(town.name), ())
            if place.country == town.country and _is_there(place, town.departement)
        ]
        own = [
            place
            for role, place in found
            if role == NameRole.OWN and place.kind in {PlaceKind.COMMUNE, PlaceKind.FOREIGN}
        ]
        if len(own) == 1:
            plan.places[town] = own[0].id
            if town.country == "FR" and not town.departement and fold(town.name) in _divisions():
                doubt = _l("est une commune, mais aussi un département ou une région : est-ce bien la commune ?")
                plan.doubts.append(Doubt(lines[town], town.name, doubt))
        elif reason := _doubt(town, own, [place for _role, place in found], plan):
            if unloaded and not found and plan.kinds.get(town) is None:
                reason = _l(
                    "ne peut pas être reconnu : les listes de communes ne sont pas chargées. "
                    "Faites d’abord « flask places load » ; sinon le nom est gardé tel quel"
                )
            plan.doubts.append(Doubt(lines[town], town.name, reason))


def _places_named(session: Session, names: set[str]) -> dict[str, list[tuple[int, Place]]]:
    found: dict[str, list[tuple[int, Place]]] = defaultdict(list)
    ordered = sorted(names)
    for start in range(0, len(ordered), _CHUNK):
        statement = (
            select(PlaceName.folded, PlaceName.role, Place)
            .join(Place, Place.id == PlaceName.place_id)
            .where(PlaceName.folded.in_(ordered[start : start + _CHUNK]), PlaceName.role <= NameRole.ALTERNATE)
        )
        for folded, role, place in session.execute(statement):
            found[folded].append((role, place))
    return found


def _is_there(place: Place, departement: str) -> bool:
    if not departement:
        return True
    codes = {code.strip() for code in departement.replace(" ou ", ",").split(",")}
    name = departements().get(place.admin, "")
    return place.admin in codes or fold(name) == fold(departement)


def _doubt(town: TownName, own: Sequence[Place], found: Sequence[Place], plan: Plan) -> object | None:
    if town.country != "FR":
        return None
    doubt: object
    if len(own) > 1:
        where = ", ".join(sorted(f"{departements().get(place.admin, '')} ({place.admin})" for place in own[:6]))
        doubt = _l("plusieurs communes portent ce nom : %(where)s", where=where)
    elif former := [place for place in found if place.kind not in {PlaceKind.COMMUNE, PlaceKind.FOREIGN}]:
        code = former[0].present_code
        doubt = _l("ancienne commune, aujourd’hui dans celle de code INSEE %(code)s", code=code)
    elif found:
        doubt = _l("s’appelle peut-être %(name)s", name=found[0].name)
    elif any(word in f"{fold(town.name)} " for word in _GROUPS):
        plan.kinds[town] = BodyKind.EPCI
        doubt = _l("n’est pas une commune : inscrite comme intercommunalité")
    else:
        doubt = _l("n’est dans aucune liste : le nom est gardé tel quel")
    return doubt


def _find_bodies(session: Session, towns: Sequence[TownName], plan: Plan, importer: Importer) -> None:
    """The bodies already there, by place first, then by name, country and département."""
    kinds = (BodyKind.COMMUNE, BodyKind.FOREIGN_AUTHORITY, BodyKind.EPCI)
    statement = select(Body).where(Body.kind.in_(kinds), Body.trashed_at.is_(None)).options(joinedload(Body.place))
    if importer.known_to is not None:
        statement = statement.where(is_known_to(importer.known_to))
    by_place: dict[int, int] = {}
    by_name: dict[tuple[str, str], list[Body]] = defaultdict(list)
    for body in session.scalars(statement.order_by(Body.id)):
        if body.place_id is not None:
            by_place.setdefault(body.place_id, body.id)
        by_name[body.country, fold(body.name)].append(body)
    for town in towns:
        place_id = plan.places.get(town)
        if place_id in by_place:
            plan.bodies[town] = by_place[place_id]
            continue
        same = [body for body in by_name[town.country, fold(town.name)] if _is_same(body, town, place_id)]
        exact = [body for body in same if _where(body) == fold(town.departement)]
        if exact or len(same) == 1:
            plan.bodies[town] = (exact or same)[0].id


def _where(body: Body) -> str:
    """The département that tells a body from its homonyms; empty where none was said."""
    return fold(body.place.admin if body.place is not None else body.division)


def _is_same(body: Body, town: TownName, place_id: int | None) -> bool:
    if body.place_id is not None and place_id is not None:
        return body.place_id == place_id
    where = body.place.admin if body.place is not None else body.division
    return not (town.departement and where) or where == town.departement or fold(where) == fold(town.departement)


def _existing_pairs(session: Session, importer: Importer) -> set[frozenset[int]]:
    """Which bodies face each other in a twinning already, even in one that lies in the trash."""
    statement = select(TwinningParty.twinning_id, TwinningParty.body_id, TwinningParty.side)
    if importer.known_to is not None:
        statement = statement.join(Twinning, Twinning.id == TwinningParty.twinning_id).where(
            is_visible_to(importer.known_to)
        )
    parties: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for twinning_id, body_id, side in session.execute(statement):
        parties[twinning_id].append((body_id, side))
    return {
        frozenset((one, other))
        for members in parties.values()
        for one, side in members
        for other, opposite in members
        if side < opposite
    }


def _sort_out(
    link: Link,
    plan: Plan,
    choices: Choices,
    importer: Importer,
    existing: set[frozenset[int]],
    seen: dict[frozenset[object], int],
) -> None:
    """Put one link where it belongs: fresh, known already, or left out with the reason."""
    one, other = (plan.bodies.get(town) for town in (link.town, link.partner))
    key = frozenset((_key(link.town, plan), _key(link.partner, plan)))
    reason = _reason(link, choices, importer, plan)
    if reason is not None:
        plan.bad.append(BadLine(link.line, reason))
    elif key in seen:
        reason = _l("déjà à la ligne %(line)s, dans un sens ou dans l’autre", line=seen[key])
        plan.bad.append(BadLine(link.line, reason))
    elif one is not None and other is not None and frozenset((one, other)) in existing:
        plan.known.append(link)
    else:
        seen[key] = link.line
        plan.fresh.append([link])


def _reason(link: Link, choices: Choices, importer: Importer, plan: Plan) -> object | None:
    pair = {"one": link.town.name, "other": link.partner.name}
    reason: object = None
    if link.town.country == link.partner.country == "FR" and not choices.french_pairs:
        reason = _l("%(one)s et %(other)s sont toutes deux françaises : à importer seulement si vous le voulez", **pair)
    for town in (link.town, link.partner):
        if town.country == "FR" and town not in plan.kinds and _is_division(town, plan):
            reason = _l("« %(name)s » est un département ou une région, non une commune", name=town.name)
    concerned = importer.concerned
    if concerned is not None and not {plan.bodies.get(link.town), plan.bodies.get(link.partner)} & concerned:
        reason = _l("%(one)s et %(other)s : aucun de vos organismes", **pair)
    return reason


def _is_division(town: TownName, plan: Plan) -> bool:
    if town in plan.recognised or town in plan.bodies:
        return False
    return fold(town.name) in _divisions()


@cache
def _divisions() -> frozenset[str]:
    single = {"paris", "la reunion", "reunion", "mayotte", "guadeloupe", "martinique", "guyane", "corse"}
    single |= {"saint barthelemy", "saint martin"}
    return frozenset(fold(name) for name in (*departements().values(), *regions().values())) - single


def _key(town: TownName, plan: Plan) -> object:
    if town in plan.bodies:
        return plan.bodies[town]
    if town in plan.places:
        return f"place {plan.places[town]}"
    return town.country, fold(town.name), town.departement


def _joined(groups: Sequence[Sequence[Link]]) -> list[list[Link]]:
    """Lines that share the partner and the day of signature become one twinning of several towns."""
    joined: dict[object, list[Link]] = {}
    for number, (link,) in enumerate(groups):
        day = next((when.text for _meaning, when in link.dates if when.day is not None), None)
        key: object = (link.partner, day, link.stage) if day else number
        joined.setdefault(key, []).append(link)
    return list(joined.values())


def _settled(
    session: Session,
    town: TownName,
    plan: Plan,
    made: dict[object, Body],
    importer: Importer,
    by: Actor,
    at: datetime,
) -> Body:
    key = _key(town, plan)
    if key in made:
        return made[key]
    if town in plan.bodies:
        body = session.get_one(Body, plan.bodies[town])
    else:
        named = NamedTown(
            name=town.name, country=town.country, place_id=plan.places.get(town), kind=plan.kinds.get(town)
        )
        body = settle_town(session, named, known_to=frozenset(), keeper=importer.keeper, by=by, at=at)
        if town.departement and body.place_id is None:
            body.division = town.departement
    made[key] = body
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
