"""Which towns the names of a list mean: one place of the lists, a body that is there already, or a doubt to tell."""

from __future__ import annotations

from collections import defaultdict
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
from app.twinnings.services.plans import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.twinnings.lists import TownName
    from app.twinnings.services.plans import Importer, Plan

_CHUNK = 500
_GROUPS = ("communaute", "metropole", "agglomeration", "grand ", "syndicat", "pays de ")


def recognise(session: Session, towns: Sequence[TownName], plan: Plan, lines: dict[TownName, int]) -> None:
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
                    "Faites d’abord « script/flask places load » ; sinon le nom est gardé tel quel"
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


def find_bodies(session: Session, towns: Sequence[TownName], plan: Plan, importer: Importer) -> None:
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
        elif same:
            plan.homonyms[town] = frozenset(body.id for body in same)


def _where(body: Body) -> str:
    """The département that tells a body from its homonyms; empty where none was said."""
    return fold(body.place.admin if body.place is not None else body.division)


def _is_same(body: Body, town: TownName, place_id: int | None) -> bool:
    if body.place_id is not None and place_id is not None:
        return body.place_id == place_id
    where = body.place.admin if body.place is not None else body.division
    return not (town.departement and where) or where == town.departement or fold(where) == fold(town.departement)


def is_division(town: TownName, plan: Plan) -> bool:
    """Whether a name is only that of a département or a region."""
    if town in plan.recognised or town in plan.bodies:
        return False
    return fold(town.name) in _divisions()


@cache
def _divisions() -> frozenset[str]:
    single = {"paris", "la reunion", "reunion", "mayotte", "guadeloupe", "martinique", "guyane", "corse"}
    single |= {"saint barthelemy", "saint martin"}
    return frozenset(fold(name) for name in (*departements().values(), *regions().values())) - single
