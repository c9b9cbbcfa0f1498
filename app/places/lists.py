"""Reads the two lists shipped with the product into plain rows; knows neither the web nor the database."""

from __future__ import annotations

import csv
import gzip
import hashlib
from typing import TYPE_CHECKING, NamedTuple

from app.places.divisions import DATA
from app.places.models import NameRole, PlaceKind
from app.places.naming import fold_place, sound, tails

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FRANCE = "FR"
FILES = {
    "france": ("communes.csv.gz", "former_communes.csv.gz"),
    "foreign": ("foreign_towns.csv.gz", "other_names.csv"),
}
FORM = "3"
"""Grows when the way of folding changes, so that lists are loaded anew."""

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
"""How German and Scandinavian names are typed on a French keyboard."""

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


def names(place: PlaceRow) -> list[NameRow]:
    """Every name that a place is found under, each once, under its best role."""
    found: dict[str, int] = {}
    if place.country == FRANCE:
        if place.kind == PlaceKind.COMMUNE:
            found[place.code.lower()] = NameRole.CODE
        found.update(dict.fromkeys(place.postcodes.split("|"), int(NameRole.POSTCODE)))
    for tail in tails(place.folded):
        found[tail] = NameRole.WORDS
    for alternate in filter(None, place.alternates.split("|")):
        found[fold_place(alternate)] = NameRole.ALTERNATE
    for name in (place.name, *place.alternates.split("|")):
        if (spelt_out := name.lower().translate(_SPELT_OUT)) != name.lower():
            found[fold_place(spelt_out)] = NameRole.ALTERNATE
    found[place.folded] = NameRole.OWN
    return [
        NameRow(role, folded, folded[::-1] if role == NameRole.OWN else None, sound(folded))
        for folded, role in found.items()
        if folded
    ]


def _rows(file: str) -> Iterator[dict[str, str]]:
    path = DATA / file
    with (
        gzip.open(path, "rt", encoding="utf-8", newline="")
        if file.endswith(".gz")
        else path.open(encoding="utf-8", newline="") as lines
    ):
        yield from csv.DictReader(lines, delimiter=";")


def _france() -> Iterator[PlaceRow]:
    for row in _rows("communes.csv.gz"):
        yield PlaceRow(
            kind=PlaceKind.COMMUNE.value,
            country=FRANCE,
            code=row["code_insee"],
            name=row["nom"],
            folded=fold_place(row["nom"]),
            admin=row["departement"] or _departement(row["code_insee"]),
            region=row["region"],
            near="",
            present_code=row["code_insee"],
            siren=row["siren"],
            postcodes=row["codes_postaux"],
            population=_whole(row["population"]),
            latitude=_decimal(row["lat"]),
            longitude=_decimal(row["lon"]),
            timezone=_overseas_time(row["code_insee"]),
            alternates="",
        )
    for row in _rows("former_communes.csv.gz"):
        yield PlaceRow(
            kind=_FORMER[row["type"]].value,
            country=FRANCE,
            code=row["code_insee"],
            name=row["nom"],
            folded=fold_place(row["nom"]),
            admin=row["departement"],
            region=row["region"],
            near="",
            present_code=row["chef_lieu"],
            siren="",
            postcodes="",
            population=_whole(row["population"]),
            latitude=None,
            longitude=None,
            timezone=_overseas_time(row["code_insee"]),
            alternates="",
        )


def _foreign() -> list[PlaceRow]:
    rows = list(_rows("foreign_towns.csv.gz"))
    near = _greatest(rows)
    others = _other_names(rows)
    return [
        PlaceRow(
            kind=PlaceKind.FOREIGN.value,
            country=row["country"],
            code=row["geonameid"],
            name=row["name"],
            folded=fold_place(row["name"]),
            admin=row["admin1"],
            region="",
            near=near.get((row["country"], row["admin1"]), ""),
            present_code="",
            siren="",
            postcodes="",
            population=_whole(row["population"]),
            latitude=_decimal(row["lat"]),
            longitude=_decimal(row["lon"]),
            timezone=row["timezone"],
            alternates="|".join(filter(None, (others.get(row["geonameid"], ""), row["alternate_names"]))),
        )
        for row in rows
    ]


def _greatest(rows: Iterable[dict[str, str]]) -> dict[tuple[str, str], str]:
    """The most populated town of each region that the source names by a code only."""
    greatest: dict[tuple[str, str], tuple[int, str]] = {}
    for row in rows:
        if row["admin1"] in {"", "00"}:
            continue
        key = row["country"], row["admin1"]
        greatest[key] = max(greatest.get(key, (-1, "")), (int(row["population"] or 0), row["name"]))
    return {key: name for key, (_, name) in greatest.items()}


def _other_names(rows: Iterable[dict[str, str]]) -> dict[str, str]:
    """Names that French and German speakers use and the source leaves out, for the greatest town of each name."""
    told = {(row["country"], row["name"]): row["other"] for row in _rows("other_names.csv")}
    greatest: dict[tuple[str, str], tuple[int, str]] = {}
    for row in rows:
        key = row["country"], row["name"]
        if key in told:
            greatest[key] = max(greatest.get(key, (-1, "")), (int(row["population"] or 0), row["geonameid"]))
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
