"""Reads the two lists shipped with the product into plain rows; knows neither the web nor the database."""

from __future__ import annotations

import csv
import gzip
import hashlib
from typing import TYPE_CHECKING, NamedTuple

from app.places.divisions import DATA
from app.places.models import NameRole, PlaceKind
from app.places.naming import fold_place, fold_places, sounds, tails

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FRANCE = "FR"
FILES = {
    "france": ("communes.csv.gz", "former_communes.csv.gz"),
    "foreign": ("foreign_towns.csv.gz", "other_names.csv"),
}
FORM = "3"
"""Grows when the way of folding changes, so that lists are loaded anew."""

_OWN, _ALTERNATE, _WORDS, _POSTCODE, _CODE = (int(role) for role in NameRole)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_FORMER = {
    "commune-deleguee": PlaceKind.DELEGATED,
    "commune-associee": PlaceKind.ASSOCIATED,
    "arrondissement-municipal": PlaceKind.ARRONDISSEMENT,
}


class PlaceRow(NamedTuple):
    """One place, in the order of the columns it goes to."""

    kind: str
    country: str
    code: str
    name: str
    folded: str
    admin: str
    region: str
    near: str
    present_code: str
    siren: str
    postcodes: str
    population: int | None
    latitude: float | None
    longitude: float | None
    timezone: str
    alternates: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies the place from one edition of the list to the next."""
        return self.country, self.code, self.kind


class NameRow(NamedTuple):
    """One name to be found by."""

    role: int
    folded: str
    tail: str | None
    sound: str


def digest(name: str) -> str:
    """Return what tells two editions of a list apart."""
    total = hashlib.sha256(FORM.encode())
    for file in FILES[name]:
        total.update((DATA / file).read_bytes())
    return total.hexdigest()


def read(name: str) -> list[PlaceRow]:
    """Return every place of a list."""
    return list(_france()) if name == "france" else _foreign()


def names(places: Sequence[PlaceRow]) -> list[list[NameRow]]:
    """Every name that each place is found under, each once, under its best role."""
    told = [_other_ways(place) for place in places]
    folded = iter(fold_places([name for others in told for name in others]))
    found = [_roles(place, [next(folded) for _name in others]) for place, others in zip(places, told, strict=True)]
    heard = iter(sounds([name for roles in found for name in roles]))
    return [
        [
            NameRow(role, name, name[::-1] if role == NameRole.OWN else None, sound)
            for (name, role), sound in zip(roles.items(), heard, strict=False)
        ]
        for roles in found
    ]


def _other_ways(place: PlaceRow) -> list[str]:
    """The alternate names, and how German and Scandinavian letters are typed on a French keyboard."""
    others = place.alternates.split("|") if place.alternates else []
    if place.name.isascii() and place.alternates.isascii():
        return others
    spelt = ((name.lower(), name.lower().translate(_SPELT_OUT)) for name in (place.name, *others))
    return others + [typed for name, typed in spelt if typed != name]


def _roles(place: PlaceRow, others: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    if place.country == FRANCE:
        if place.kind == PlaceKind.COMMUNE:
            found[place.code.lower()] = _CODE
        found.update(dict.fromkeys(place.postcodes.split("|"), _POSTCODE))
    if " " in place.folded:
        found.update(dict.fromkeys(tails(place.folded), _WORDS))
    found.update(dict.fromkeys(others, _ALTERNATE))
    found[place.folded] = _OWN
    found.pop("", None)
    return found


def _rows(file: str) -> Iterator[list[str]]:
    """The lines of a file below its header."""
    path = DATA / file
    with (
        gzip.open(path, "rt", encoding="utf-8", newline="")
        if file.endswith(".gz")
        else path.open(encoding="utf-8", newline="") as lines
    ):
        reader = csv.reader(lines, delimiter=";")
        next(reader)
        yield from reader


def _france() -> Iterator[PlaceRow]:
    communes = list(_rows("communes.csv.gz"))
    folded = fold_places([row[1] for row in communes])
    for (code, name, admin, region, population, siren, postcodes, lat, lon), plain in zip(
        communes, folded, strict=True
    ):
        yield PlaceRow(
            kind=PlaceKind.COMMUNE.value,
            country=FRANCE,
            code=code,
            name=name,
            folded=plain,
            admin=admin or _departement(code),
            region=region,
            near="",
            present_code=code,
            siren=siren,
            postcodes=postcodes,
            population=_whole(population),
            latitude=_decimal(lat),
            longitude=_decimal(lon),
            timezone=_overseas_time(code),
            alternates="",
        )
    for code, name, kind, head, admin, region, population in _rows("former_communes.csv.gz"):
        yield PlaceRow(
            kind=_FORMER[kind].value,
            country=FRANCE,
            code=code,
            name=name,
            folded=fold_place(name),
            admin=admin,
            region=region,
            near="",
            present_code=head,
            siren="",
            postcodes="",
            population=_whole(population),
            latitude=None,
            longitude=None,
            timezone=_overseas_time(code),
            alternates="",
        )


def _foreign() -> list[PlaceRow]:
    rows = [_Town(*row) for row in _rows("foreign_towns.csv.gz")]
    near = _greatest(rows)
    others = _other_names(rows)
    return [
        PlaceRow(
            kind=PlaceKind.FOREIGN.value,
            country=row.country,
            code=row.number,
            name=row.name,
            folded=folded,
            admin=row.region,
            region="",
            near=near.get((row.country, row.region), ""),
            present_code="",
            siren="",
            postcodes="",
            population=_whole(row.population),
            latitude=_decimal(row.latitude),
            longitude=_decimal(row.longitude),
            timezone=row.timezone,
            alternates="|".join(filter(None, (others.get(row.number, ""), row.others))),
        )
        for row, folded in zip(rows, fold_places([row.name for row in rows]), strict=True)
    ]


class _Town(NamedTuple):
    """A line of the list of foreign towns, in the order of its columns."""

    country: str
    region: str
    name: str
    population: str
    latitude: str
    longitude: str
    timezone: str
    number: str
    others: str


def _greatest(rows: Iterable[_Town]) -> dict[tuple[str, str], str]:
    """The most populated town of each region that the source names by a code only."""
    greatest: dict[tuple[str, str], tuple[int, str]] = {}
    for row in rows:
        if row.region not in {"", "00"}:
            key = row.country, row.region
            greatest[key] = max(greatest.get(key, (-1, "")), (int(row.population or 0), row.name))
    return {key: name for key, (_, name) in greatest.items()}


def _other_names(rows: Iterable[_Town]) -> dict[str, str]:
    """Names that French and German speakers use and the source leaves out, for the greatest town of each name."""
    told = {(country, name): other for country, name, other in _rows("other_names.csv")}
    greatest: dict[tuple[str, str], tuple[int, str]] = {}
    for row in rows:
        key = row.country, row.name
        if key in told:
            greatest[key] = max(greatest.get(key, (-1, "")), (int(row.population or 0), row.number))
    return {number: told[key] for key, (_, number) in greatest.items()}


def _departement(code: str) -> str:
    return code[:3] if code.startswith(("97", "98")) else code[:2]


_TIMES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


def _overseas_time(code: str) -> str:
    return _TIMES.get(code[:3], "Europe/Paris")


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _decimal(text: str) -> float | None:
    return float(text) if text else None
