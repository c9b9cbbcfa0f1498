"""Finding places: exact name, then beginning, then a word of it, then with slips; the most populated first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import and_, case, func, select, tuple_, union_all

from app.places import telling
from app.places.lists import FILES
from app.places.models import NameRole, Place, PlaceKind, PlaceList, PlaceName
from app.places.naming import LESSER_WORDS, fold_place, in_latin, sound
from app.places.slips import slips_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import InstrumentedAttribute, Session

END = "\U0010ffff"
CANDIDATES = 800
ENOUGH = 4
"""With so many places found as written, nobody needs those written otherwise."""

_CODE = re.compile(r"\b\d[\dab]\d{3}\b")
"""A postcode or an INSEE code among the words."""

Hit = tuple[int, int, int, str]
"""place, role, population, folded name"""


@dataclass(frozen=True)
class FoundPlace:
    """A place to choose: ``value`` is the identifier of the present commune or of the town abroad."""

    value: int
    label: str
    detail: str
    country: str
    code: str

    def as_suggestion(self) -> dict[str, str]:
        """What the page's combobox reads."""
        return {"value": str(self.value), "label": self.label, "detail": self.detail}


def missing_lists(session: Session) -> list[str]:
    """The lists of the product that were never loaded: what is not found may well exist."""
    held = set(session.scalars(select(PlaceList.name)))
    return [name for name in FILES if name not in held]


def place_by_id(session: Session, place_id: int) -> Place | None:
    """The place of this identifier."""
    return session.get(Place, place_id)


def commune_by_code(session: Session, code: str) -> Place | None:
    """The present commune of an INSEE code."""
    return session.scalar(select(Place).where(Place.code == code, Place.kind == PlaceKind.COMMUNE))


def present_commune(session: Session, place: Place) -> Place:
    """The commune that a former commune belongs to today; any other place is itself."""
    if place.kind in {PlaceKind.FOREIGN, PlaceKind.COMMUNE}:
        return place
    return commune_by_code(session, place.present_code) or place


def found_places(session: Session, words: str, *, country: str = "", limit: int = 12) -> list[FoundPlace]:
    """Places that go by these words, the likeliest first.

    ``words`` may be a name in any of its forms, part of one, a postcode or an INSEE code, or a name with its code.
    """
    asked = in_latin(fold_place(words[:200]))
    if len(asked) < 2:  # noqa: PLR2004  # one letter finds everything
        return []
    code = _CODE.search(asked)
    name = " ".join(_CODE.sub(" ", asked).split())
    if code and name and (hits := _as_written(session, name, country, limit, code=code[0])):
        return _told(session, hits, limit)
    hits = _as_written(session, asked, country, limit)
    if _is_meagre(asked, hits):
        hits = [*hits, *_better_known(asked, hits, _with_slips(session, asked, country))]
    return _told(session, hits, limit)


def middles_of(session: Session, regions: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[float, float]]:
    """The mean position of the located places of each (country, département or region)."""
    statement = (
        select(Place.country, Place.admin, func.avg(Place.latitude), func.avg(Place.longitude))
        .where(tuple_(Place.country, Place.admin).in_(list(regions)), Place.latitude.is_not(None))
        .group_by(Place.country, Place.admin)
    )
    return {(country, admin): (float(lat), float(lon)) for country, admin, lat, lon in session.execute(statement)}


def named_exactly(session: Session, name: str, *, country: str = "") -> list[Place]:
    """Places whose own or alternate name is this one, whatever its accents; a human chooses among them."""
    asked = in_latin(fold_place(name[:200]))
    statement = (
        select(Place)
        .join(PlaceName, PlaceName.place_id == Place.id)
        .where(PlaceName.folded == asked, PlaceName.role <= NameRole.ALTERNATE)
        .order_by(PlaceName.role, PlaceName.population.desc())
        .limit(50)
    )
    if country:
        statement = statement.where(Place.country == country)
    return list(session.scalars(statement).unique())


def _is_meagre(asked: str, hits: Sequence[Hit]) -> bool:
    """Whether names written otherwise are worth looking for."""
    return not any(letter.isdigit() for letter in asked) and len({hit[0] for hit in hits}) < ENOUGH


def _better_known(asked: str, hits: Sequence[Hit], slips: list[Hit]) -> list[Hit]:
    """Where places have the very name: only greater ones a slip away, as Strasbourg for « Strasburg »; else all."""
    exact = [population for _place, _role, population, folded in hits if folded == asked]
    if not exact:
        return slips
    return [hit for hit in slips if hit[2] > max(exact) and slips_between(asked, hit[3], most=1) <= 1]


def _starting(
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], start: str
) -> ColumnElement[bool]:
    return and_(column >= start, column < start + END)


def _as_written(session: Session, asked: str, country: str, limit: int, *, code: str = "") -> Sequence[Hit]:
    nearness = case(
        (PlaceName.role >= NameRole.POSTCODE, 0),
        (and_(PlaceName.folded == asked, PlaceName.role <= NameRole.ALTERNATE), PlaceName.role),
        (PlaceName.role == NameRole.OWN, 2),
        (PlaceName.folded == asked, 3),
        (PlaceName.role == NameRole.WORDS, 4),
        else_=5,
    )
    where = _starting(PlaceName.folded, asked)
    if code:
        coded = select(PlaceName.place_id).where(PlaceName.folded == code, PlaceName.role >= NameRole.POSTCODE)
        where = and_(where, PlaceName.place_id.in_(coded))
    statement = (
        _hits(where, country)
        .order_by(nearness, PlaceName.population.desc(), PlaceName.folded, PlaceName.place_id)
        .limit(limit * 4)
    )
    return session.execute(statement).all()


def _hits(where: ColumnElement[bool], country: str) -> Select[int, int, int, str]:
    statement = select(PlaceName.place_id, PlaceName.role, PlaceName.population, PlaceName.folded).where(where)
    if country:
        statement = statement.join(Place, Place.id == PlaceName.place_id).where(Place.country == country)
    return statement


def _with_slips(session: Session, asked: str, country: str) -> list[Hit]:
    """Names within a few slips: those that sound alike, begin alike or end alike, then measured."""
    length = len(asked)
    if length < 4:  # noqa: PLR2004  # three letters with a slip are another name
        return []
    half = max(3, length // 2)
    heard = sound(asked)
    near = func.length(PlaceName.folded).between(length - 2, length + 6)
    ways = (
        PlaceName.sound == heard,
        and_(_starting(PlaceName.folded, asked[:half]), PlaceName.role <= NameRole.WORDS, near),
        and_(_starting(PlaceName.tail, asked[: length - half - 1 : -1]), near),
    )
    statement = union_all(*(_hits(way, country).limit(CANDIDATES).subquery().select() for way in ways))
    measured = sorted(
        (slips, sound(folded) != heard, role, -population, place_id, folded)
        for place_id, role, population, folded in session.execute(statement)
        if (slips := _slips(asked, folded)) is not None
    )
    return [(place_id, role, -population, folded) for *_rest, role, population, place_id, folded in measured[:40]]


def _slips(asked: str, folded: str) -> int | None:
    """How many slips lead from one name to the other, or None when they are too many."""
    most = 1 if len(asked) < 6 else 2 if len(asked) < 12 else 3  # noqa: PLR2004  # a slip every four letters
    slips = slips_between(asked, folded, most=most)
    if slips <= most:
        return slips
    words = asked.split()
    if len(words) > 1 and set(words) <= set(folded.split()):
        return most
    return _slips_by_word([word for word in words if word not in LESSER_WORDS], folded.split(), most)


def _slips_by_word(words: Sequence[str], others: Sequence[str], most: int) -> int | None:
    """As many slips as words that stand in the name with one, when two or more stand there: « saily lannoy »."""
    if len(words) < 2:  # noqa: PLR2004  # a word of a long name is looked for elsewhere
        return None
    amiss = [word for word in words if word not in others]
    if any(len(word) < 4 or all(slips_between(word, one, most=1) > 1 for one in others) for word in amiss):  # noqa: PLR2004
        return None
    return most + len(amiss)


def _told(session: Session, hits: Iterable[Hit], limit: int) -> list[FoundPlace]:
    best: dict[int, Hit] = {}
    for hit in hits:
        best.setdefault(hit[0], hit)
    chosen = list(best)[: limit * 2]
    places = {place.id: place for place in session.scalars(select(Place).where(Place.id.in_(chosen)))}
    present = _present(session, places.values())
    found: dict[int, FoundPlace] = {}
    for place_id in chosen:
        place = places.get(place_id)
        if place is None:
            continue
        now = present.get(place.id, place)
        found.setdefault(now.id, _tell(best[place_id], place, now))
    return list(found.values())[:limit]


def _present(session: Session, places: Iterable[Place]) -> dict[int, Place]:
    """The present commune of each former one among these places."""
    former = [place for place in places if place.kind not in {PlaceKind.FOREIGN, PlaceKind.COMMUNE}]
    if not former:
        return {}
    codes = {place.present_code for place in former}
    communes = session.scalars(select(Place).where(Place.code.in_(codes), Place.kind == PlaceKind.COMMUNE))
    by_code = {commune.code: commune for commune in communes}
    return {place.id: by_code[place.present_code] for place in former if place.present_code in by_code}


def _tell(hit: Hit, place: Place, now: Place) -> FoundPlace:
    parts = [telling.detail(now)]
    if now.id != place.id:
        parts.insert(0, telling.former(place))
    elif hit[1] == NameRole.ALTERNATE and (other := _alternate(place, hit[3])):
        parts.insert(0, other)
    elif hit[1] == NameRole.POSTCODE and hit[3] not in parts[0]:
        parts.insert(0, hit[3])
    elif hit[1] == NameRole.CODE:
        parts.insert(0, _("code INSEE %(code)s", code=now.code))
    return FoundPlace(
        value=now.id,
        label=telling.label(now),
        detail=" · ".join(part for part in parts if part),
        country=now.country,
        code=now.code,
    )


def _alternate(place: Place, folded: str) -> str:
    """The alternate name as the source writes it."""
    return next((name for name in place.alternates.split("|") if fold_place(name) == folded), "")
