"""Lists of twinnings as people have them: pairs, dated pairs, or one line per town with its partners beside it.

Nothing is looked up and nothing is written here: a sheet becomes links, each with its line, and lines that
cannot be read, each with its reason. Sources of the shapes: tests/data/twinnings/README.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.forms.dates import parse
from app.shared.folding import fold
from app.shared.fuzzydate import BadDate, FuzzyDate
from app.twinnings.countries import country_code, split_country
from app.twinnings.models import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.documents.sheets import Row, Sheet


class Meaning(StrEnum):
    """What a column holds."""

    NOTHING = ""
    TOWN = "town"
    DEPARTEMENT = "departement"
    COUNTRY = "country"
    PARTNER = "partner"
    PARTNER_COUNTRY = "partner_country"
    SIGNED = "signed"
    SECOND = "second"
    FIRST_OATH = "first_oath"
    SECOND_OATH = "second_oath"
    RENEWED = "renewed"
    PRECISION = "precision"
    STATUS = "status"
    SOURCE = "source"
    PARTNERS = "partners"


MEANING_NAMES = {
    Meaning.NOTHING: _l("Ne pas lire"),
    Meaning.TOWN: _l("Ville"),
    Meaning.DEPARTEMENT: _l("Département de la ville"),
    Meaning.COUNTRY: _l("Pays de la ville"),
    Meaning.PARTNER: _l("Ville partenaire"),
    Meaning.PARTNER_COUNTRY: _l("Pays de la ville partenaire"),
    Meaning.SIGNED: _l("Date de signature"),
    Meaning.SECOND: _l("Seconde date"),
    Meaning.FIRST_OATH: _l("Premier serment"),
    Meaning.SECOND_OATH: _l("Second serment"),
    Meaning.RENEWED: _l("Renouvellement"),
    Meaning.PRECISION: _l("Précision des dates (d, m, y, a)"),
    Meaning.STATUS: _l("Statut"),
    Meaning.SOURCE: _l("Source"),
    Meaning.PARTNERS: _l("Partenaire, pays compris"),
}
DATES = (Meaning.SIGNED, Meaning.FIRST_OATH, Meaning.SECOND, Meaning.SECOND_OATH, Meaning.RENEWED)
_EXACT = {
    "commune": Meaning.TOWN, "ville": Meaning.TOWN, "town": Meaning.TOWN, "city": Meaning.TOWN, "city1": Meaning.TOWN,
    "ville1": Meaning.TOWN, "ville 1": Meaning.TOWN, "town1": Meaning.TOWN, "commune francaise": Meaning.TOWN,
    "ville francaise": Meaning.TOWN, "collectivite": Meaning.TOWN,
    "dept": Meaning.DEPARTEMENT, "departement": Meaning.DEPARTEMENT, "dep": Meaning.DEPARTEMENT,
    "country": Meaning.COUNTRY, "country1": Meaning.COUNTRY, "pays1": Meaning.COUNTRY, "pays 1": Meaning.COUNTRY,
    "ville jumelle": Meaning.PARTNER, "ville partenaire": Meaning.PARTNER, "partenaire": Meaning.PARTNER,
    "city2": Meaning.PARTNER, "ville2": Meaning.PARTNER, "ville 2": Meaning.PARTNER, "town2": Meaning.PARTNER,
    "jumelle": Meaning.PARTNER, "partner": Meaning.PARTNER, "commune jumelle": Meaning.PARTNER,
    "ville jumelee": Meaning.PARTNER, "ville etrangere": Meaning.PARTNER,
    "pays": Meaning.PARTNER_COUNTRY, "country2": Meaning.PARTNER_COUNTRY, "pays2": Meaning.PARTNER_COUNTRY,
    "pays 2": Meaning.PARTNER_COUNTRY, "pays partenaire": Meaning.PARTNER_COUNTRY,
    "date 1": Meaning.SIGNED, "date1": Meaning.SIGNED, "date": Meaning.SIGNED, "annee": Meaning.SIGNED,
    "signature": Meaning.SIGNED, "date de signature": Meaning.SIGNED, "date du jumelage": Meaning.SIGNED,
    "date serment": Meaning.SIGNED, "date du serment": Meaning.SIGNED, "date de jumelage": Meaning.SIGNED,
    "date signature": Meaning.SIGNED, "annee de signature": Meaning.SIGNED, "annee du jumelage": Meaning.SIGNED,
    "date 2": Meaning.SECOND, "date2": Meaning.SECOND, "seconde date": Meaning.SECOND,
    "premier serment": Meaning.FIRST_OATH, "second serment": Meaning.SECOND_OATH,
    "serment retour": Meaning.SECOND_OATH, "renouvellement": Meaning.RENEWED,
    "precision": Meaning.PRECISION, "statut": Meaning.STATUS, "etat": Meaning.STATUS, "status": Meaning.STATUS,
    "etape": Meaning.STATUS, "stade": Meaning.STATUS, "stage": Meaning.STATUS,
    "source": Meaning.SOURCE,
}  # fmt: skip
_STATUSES = (
    ("termin", Stage.ENDED), ("rompu", Stage.ENDED), ("ended", Stage.ENDED), ("suspend", Stage.SUSPENDED),
    ("abandon", Stage.ENDED), ("resili", Stage.ENDED), ("rupture", Stage.ENDED), ("dissou", Stage.ENDED),
    ("caduc", Stage.ENDED), ("gele", Stage.SUSPENDED), ("veille", Stage.DORMANT),
    ("sommeil", Stage.DORMANT), ("dormant", Stage.DORMANT), ("inactif", Stage.DORMANT), ("actif", Stage.ACTIVE),
    ("active", Stage.ACTIVE), ("en cours", Stage.ACTIVE), ("contact", Stage.CONTACT), ("projet", Stage.IDEA),
    ("renouvel", Stage.ACTIVE), ("idee", Stage.IDEA), ("recherche", Stage.SEARCH), ("visite", Stage.VISIT),
    ("vote", Stage.VOTE), ("premier serment", Stage.FIRST_OATH), ("second serment", Stage.SECOND_OATH),
)  # fmt: skip
_WHEN = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?|\d{1,2}[/.]\d{1,2}[/.]\d{4}")
_SERIAL = re.compile(r"[1-7]\d{4}")
_DAY_ZERO = date(1899, 12, 30)
"""The day that spreadsheets count from; no year has five digits."""
_LONGEST = 200
_HOSTILE = re.compile(r"[<>]|^[=+@|]|^-\W|\{\{|[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""What no town's name holds: markup, the beginning of a formula, invisible orders to a screen."""


@dataclass(frozen=True)
class TownName:
    """A town as a line names it; ``departement`` is what was written, a code or a name."""

    name: str
    country: str
    departement: str = ""


@dataclass(frozen=True)
class Link:
    """A twinning as one line tells it."""

    line: int
    town: TownName
    partner: TownName
    dates: tuple[tuple[Meaning, FuzzyDate], ...] = ()
    stage: Stage | None = None
    stage_when: FuzzyDate | None = None
    status: str = ""
    source: str = ""


@dataclass(frozen=True)
class BadLine:
    """A line, or a cell of it, that cannot be read, and why."""

    line: int
    reason: object


@dataclass(frozen=True)
class ReadList:
    """What a list says; ``lines`` counts those below the header."""

    columns: tuple[Meaning, ...]
    header: tuple[str, ...]
    lines: int = 0
    links: tuple[Link, ...] = ()
    bad: tuple[BadLine, ...] = ()


@dataclass
class _Found:
    links: list[Link] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)


def under_its_headings(sheet: Sheet) -> Sheet:
    """The list without the title that stands above its headings."""
    return sheet.from_headings(lambda cell: fold(cell) in _EXACT)


def guess(sheet: Sheet) -> tuple[Meaning, ...]:
    """What each column seems to hold; a person may correct it."""
    header = [fold(cell) for cell in sheet.header]
    named = [_EXACT.get(cell, Meaning.NOTHING) for cell in header]
    if Meaning.TOWN in named and Meaning.PARTNER in named:
        taken: set[Meaning] = set()
        once = []
        for meaning in named:
            once.append(Meaning.NOTHING if meaning in taken else meaning)
            taken.add(meaning)
        if Meaning.COUNTRY in taken and Meaning.PARTNER_COUNTRY not in taken:
            once[once.index(Meaning.COUNTRY)] = Meaning.PARTNER_COUNTRY
        return tuple(once)
    if _is_wide(sheet):
        return (Meaning.TOWN, *[Meaning.PARTNERS] * (len(sheet.header) - 1))
    return tuple(named)


def read_list(sheet: Sheet, columns: Sequence[Meaning] | None = None) -> ReadList:
    """Read a sheet with these meanings, or with those it seems to have."""
    meanings = tuple(columns or guess(sheet))
    has_header = _has_header(sheet)
    found = _Found()
    rows = sheet.records if has_header else sheet.rows
    for row in rows:
        if Meaning.PARTNERS in meanings:
            _read_wide(row, meanings, found)
        else:
            _read_pair(row, meanings, found)
    header = sheet.header if has_header else ()
    return ReadList(meanings, header, len(rows), tuple(found.links), tuple(found.bad))


def _has_header(sheet: Sheet) -> bool:
    first = [fold(cell) for cell in sheet.header]
    return any(cell in _EXACT for cell in first) or all(cell.isdecimal() for cell in first[1:] if cell)


def _is_wide(sheet: Sheet) -> bool:
    """Most of the first cells say « town, country »."""
    cells = [row.cells[0] for row in sheet.records[:50] if row.cells and row.cells[0].strip()]
    return bool(cells) and sum(split_country(cell)[1] is not None for cell in cells) * 2 > len(cells)


def _read_wide(row: Row, meanings: Sequence[Meaning], found: _Found) -> None:
    named = dict(zip(meanings, row.cells, strict=False))
    town = _whole_town(named.get(Meaning.TOWN, ""))
    if town is None:
        found.bad.append(BadLine(row.line, _no_town(row.cells[0] if row.cells else "")))
        return
    for meaning, cell in zip(meanings, row.cells, strict=False):
        if meaning != Meaning.PARTNERS or not cell.strip():
            continue
        partner = _whole_town(cell)
        if partner is None:
            found.bad.append(BadLine(row.line, _no_town(cell)))
        else:
            _keep(Link(row.line, town, partner), found)


def _is_hostile(cell: str) -> bool:
    return _HOSTILE.search(cell.strip()) is not None


def _hostile(cell: str) -> object:
    return _l(
        "« %(cell)s » contient une balise ou une formule : ce n’est pas un nom. Écrivez le nom seul.",
        cell=cell.strip()[:80],
    )


def _whole_town(cell: str) -> TownName | None:
    name, country = split_country(cell)
    if country is None or _is_hostile(cell) or not name.strip() or len(name) > _LONGEST:
        return None
    return _tidy(name, country)


def _no_town(cell: str) -> object:
    if not cell.strip():
        return _l("La ville n’est pas nommée.")
    if _is_hostile(cell):
        return _hostile(cell)
    return _l("« %(cell)s » n’est pas de la forme « ville, pays ».", cell=cell.strip()[:80])


def _read_pair(row: Row, meanings: Sequence[Meaning], found: _Found) -> None:
    cells: dict[Meaning, str] = {}
    for meaning, cell in zip(meanings, row.cells, strict=False):
        cells.setdefault(meaning, cell.strip())
    try:
        link = _link(row.line, cells, has_country=Meaning.COUNTRY in meanings)
    except _Unreadable as error:
        found.bad.append(BadLine(row.line, error.reason))
    else:
        _keep(link, found)


class _Unreadable(Exception):
    def __init__(self, reason: object) -> None:
        super().__init__(reason)
        self.reason = reason


def _link(line: int, cells: Mapping[Meaning, str], *, has_country: bool) -> Link:
    hostile = next((cell for meaning, cell in cells.items() if meaning and _is_hostile(cell)), None)
    if hostile is not None:
        raise _Unreadable(_hostile(hostile))
    town = _town(cells.get(Meaning.TOWN, ""), cells.get(Meaning.COUNTRY, "") if has_country else "FR")
    partner = _town(cells.get(Meaning.PARTNER, ""), cells.get(Meaning.PARTNER_COUNTRY, ""))
    if cells.get(Meaning.DEPARTEMENT):
        town = replace(town, departement=cells[Meaning.DEPARTEMENT][:60])
    status = cells.get(Meaning.STATUS, "")
    stage, when = _status(status)
    dates = _dates(cells, renewed="renouvel" in fold(status))
    return Link(line, town, partner, dates, stage, when, status, cells.get(Meaning.SOURCE, "")[:300])


def _town(name: str, country: str) -> TownName:
    if not name:
        raise _Unreadable(_l("Le nom d’une des deux villes manque."))
    if len(name) > _LONGEST:
        raise _Unreadable(_l("Le nom d’une ville dépasse 200 lettres : est-ce la bonne colonne ?"))
    if not country:
        whole = _whole_town(name)
        if whole is None:
            raise _Unreadable(_l("Le pays de « %(name)s » manque.", name=name[:80]))
        return whole
    code = country_code(country)
    if code is None:
        raise _Unreadable(
            _l(
                "Pays inconnu : « %(country)s ». Écrivez son nom en français, ou son code à deux lettres.",
                country=country[:80],
            )
        )
    return _tidy(name, code)


def _tidy(name: str, country: str) -> TownName:
    """« Vitré, Ille-et-Vilaine » is Vitré, with its département."""
    town, comma, rest = name.rpartition(",")
    if country == "FR" and comma and town.strip():
        return TownName(town.strip(), country, rest.strip())
    return TownName(name.strip(), country)


def _status(words: str) -> tuple[Stage | None, FuzzyDate | None]:
    folded = fold(words)
    stage = next((stage for start, stage in _STATUSES if start in folded), None)
    found = _WHEN.search(words)
    try:
        return stage, parse(found[0]) if found else None
    except BadDate:
        return stage, None


def _dates(cells: Mapping[Meaning, str], *, renewed: bool) -> tuple[tuple[Meaning, FuzzyDate], ...]:
    found = []
    for meaning in DATES:
        text = cells.get(meaning, "")
        if not text:
            continue
        try:
            when = _precisely(_date(text), cells.get(Meaning.PRECISION, ""))
        except BadDate:
            raise _Unreadable(
                _l(
                    "« %(text)s » n’est pas une date comprise. Par exemple : 17/09/2016, 14 juillet 1992, juin 1998, "
                    "1998, vers 1960.",
                    text=text[:40],
                )
            ) from None
        found.append((Meaning.RENEWED if renewed and meaning == Meaning.SECOND else meaning, when))
    return tuple(found)


def _date(text: str) -> FuzzyDate:
    """A date, also one that a spreadsheet left as its number of days."""
    if _SERIAL.fullmatch(text):
        return FuzzyDate((_DAY_ZERO + timedelta(days=int(text))).isoformat())
    return parse(text)


def _precisely(when: FuzzyDate, precision: str) -> FuzzyDate:
    """« a » makes a year an approximate one; nothing makes a date more precise than it is written."""
    return FuzzyDate(f"{when.text}~") if precision.strip().lower() == "a" and len(when.text) == 4 else when  # noqa: PLR2004  # a year


def _keep(link: Link, found: _Found) -> None:
    if same_town(link.town, link.partner):
        reason = _l("« %(name)s » serait jumelée avec elle-même.", name=link.town.name)
        found.bad.append(BadLine(link.line, reason))
    else:
        found.links.append(link)


def same_town(one: TownName, other: TownName) -> bool:
    """Whether two names are one town; two homonyms of different départements are not."""
    if one.country != other.country or fold(one.name) != fold(other.name):
        return False
    return not (one.departement and other.departement and one.departement != other.departement)


def distinct_towns(links: Iterable[Link]) -> list[TownName]:
    """Every town that the links name, once."""
    return list(dict.fromkeys(town for link in links for town in (link.town, link.partner)))
