"""Lists of members as committees have them: what each column says, and who stands on each line.

Nothing is looked up and nothing is written here: a sheet becomes lines with people of one household, and lines that
cannot be read, each with its reason. A cell that cannot be read goes to the note of the member: nothing is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.forms.dates import parse
from app.mail.addresses import BadAddress
from app.mail.addresses import clean as clean_address
from app.members.headings import MEANING_NAMES, Meaning, folded, usual_meaning
from app.members.restored import apart, phone, postcode
from app.members.situations import Situation, situation_of
from app.people.couples import Named, read_names, with_spouse
from app.people.naming import clean, objection, read_languages
from app.shared.folding import fold
from app.shared.fuzzydate import BadDate, FuzzyDate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.documents.sheets import Row, Sheet


_SERIAL = re.compile(r"[1-7]\d{4}(?:\.0+)?")
_DAY_ZERO = date(1899, 12, 30)
_MAILS = re.compile(r"[;,/\s]+(?:et\s+)?|\s+ou\s+")
_LONGEST = {Meaning.STREET: 400, Meaning.POSTCODE: 12, Meaning.TOWN: 120, Meaning.COUNTRY: 80, Meaning.PHONE: 40}
_TOTAL = re.compile(r"(sous )?tota(l|ux)\b(?! [a-z])|effectif\b")
_WHO = (Meaning.FAMILY, Meaning.NAME, Meaning.GIVEN)
_A_YEAR, OLDEST = timedelta(days=366), 1850
_ADDRESS = (Meaning.STREET, Meaning.POSTCODE, Meaning.TOWN, Meaning.COUNTRY)


@dataclass(frozen=True)
class BadLine:
    """A line, or a cell of it, and why it cannot be read."""

    line: int
    reason: object


@dataclass(frozen=True, kw_only=True)
class ReadLine:
    """A line as it was understood: one person, several of one household, or an organisation."""

    line: int
    people: tuple[Named, ...] = ()
    emails: tuple[str, ...] = ()
    organisation: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    since: FuzzyDate | None = None
    until: FuzzyDate | None = None
    number: int | None = None
    situation: Situation = field(default_factory=Situation)
    languages: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Who stands there, for people."""
        named = " et ".join(f"{one.given_name} {one.family_name}".strip() for one in self.people)
        return f"{self.organisation} ({named})" if self.organisation and named else self.organisation or named

    def cell(self, meaning: Meaning) -> str:
        """What a column says."""
        return self.cells.get(meaning.value, "")

    def email_of(self, rank: int) -> str:
        """Where one of its people reads; two may share an address."""
        return self.emails[min(rank, len(self.emails) - 1)] if self.emails else ""

    def is_reached_as(self, rank: int, other: ReadLine, place: int) -> bool:
        """Whether nothing that two lines say of where somebody is reached differs."""
        mine, theirs = self.email_of(rank), other.email_of(place)
        if mine and theirs:
            return mine == theirs
        here, there = address_key(self.cells), address_key(other.cells)
        return not (here and there) or here == there


@dataclass
class ReadRoll:
    """What a list says."""

    columns: tuple[str, ...]
    header: tuple[str, ...]
    count: int
    on: date
    lines: list[ReadLine] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    doubts: list[BadLine] = field(default_factory=list)


def read_roll(sheet: Sheet, columns: Sequence[str], *, on: date) -> ReadRoll:
    """Read a sheet with these meanings; ``on``: the day from which a year too far ahead is seen."""
    has_header = any(usual_meaning(cell) for cell in sheet.header)
    rows = sheet.records if has_header else sheet.rows
    read = ReadRoll(tuple(columns), sheet.header if has_header else (), len(rows), on)
    for row in rows:
        _read(row, columns, read)
    return read


def _read(row: Row, columns: Sequence[str], read: ReadRoll) -> None:
    cells = _cells(row, columns, read.header)
    if not cells:
        return
    if (why := _hostile(cells)) is not None:
        read.bad.append(BadLine(row.line, why))
        return
    if _TOTAL.match(folded(" ".join(cells.get(one, "") for one in _WHO))):
        read.bad.append(BadLine(row.line, _l("Une ligne de total : elle ne nomme personne.")))
        return
    named = read_names(*(cells.get(one, "") for one in (Meaning.TITLE, Meaning.GIVEN, Meaning.FAMILY, Meaning.NAME)))
    named = with_spouse(named, cells.get(Meaning.SPOUSE, ""))
    organisation = clean(cells.get(Meaning.ORGANISATION, ""))[:200]
    if not named.people and not organisation:
        read.bad.append(BadLine(row.line, _l("Aucun nom sur cette ligne.")))
        return
    people = tuple(one for one in named.people if one.words != frozenset(fold(organisation).split()))
    if organisation and len(people) > 1:
        people = (Named(family_name=" et ".join(f"{one.given_name} {one.family_name}".strip() for one in people)),)
    line = _Cells(row.line, cells, read)
    emails = line.emails(len(people))
    read.lines.append(
        ReadLine(
            line=row.line,
            people=people,
            emails=emails,
            organisation=organisation,
            cells=line.tidy(),
            since=line.day(Meaning.SINCE),
            until=line.day(Meaning.UNTIL),
            number=line.number(),
            situation=line.situation(),
            languages=line.languages(),
            lost=tuple(line.lost),
        )
    )
    if named.is_guessed:
        sentence = _l("lu comme %(names)s : est-ce bien cela ?", names=" / ".join(_spoken(one) for one in people))
        read.doubts.append(BadLine(row.line, sentence))


def _cells(row: Row, columns: Sequence[str], header: Sequence[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for rank, (meaning, cell) in enumerate(zip(columns, row.cells, strict=False)):
        if meaning == Meaning.NOTE and cell.strip():
            noted = _under_its_heading(header, rank, cell.strip())
            cells[meaning] = "\n".join(part for part in (cells.get(meaning, ""), noted) if part)
        elif meaning and cell.strip():
            cells.setdefault(meaning, cell.strip())
    return cells


def _under_its_heading(header: Sequence[str], rank: int, cell: str) -> str:
    """A remark; one that stood in a column of another name keeps it: « Cotisation : 15 »."""
    heading = header[rank] if rank < len(header) else ""
    return cell if not heading or usual_meaning(heading) == Meaning.NOTE else f"{heading} : {cell}"


def _spoken(one: Named) -> str:
    return " ".join(part for part in (one.title, one.given_name, one.family_name) if part)


def _hostile(cells: Mapping[str, str]) -> object | None:
    for meaning, cell in cells.items():
        if meaning in {Meaning.PHONE, Meaning.MOBILE}:
            continue
        if (why := objection(cell)) is not None:
            told: object = _l("« %(cell)s » : %(why)s", cell=clean(cell)[:60], why=why)
            return told
    names = (Meaning.GIVEN, Meaning.FAMILY, Meaning.NAME, Meaning.ORGANISATION)
    if any(len(cells.get(one, "")) > 200 for one in names):  # noqa: PLR2004  # no name is so long
        too_long: object = _l("Un nom dépasse 200 lettres : est-ce la bonne colonne ?")
        return too_long
    return None


class _Cells:
    """The cells of a line; what one of them cannot say is told, and kept in ``lost``."""

    def __init__(self, line: int, cells: dict[str, str], read: ReadRoll) -> None:
        self.line, self.cells, self.read = line, cells, read
        self.lost: list[str] = []

    def emails(self, people: int) -> tuple[str, ...]:
        found: list[str] = []
        cell = self.cells.get(Meaning.EMAIL, "")
        for raw in filter(None, _MAILS.split(cell) if "@" in cell else [cell]):
            try:
                found.append(clean_address(raw))
            except BadAddress as error:
                self._lose(Meaning.EMAIL, raw, error.sentence)
        most = max(people, 1)
        self.lost += [f"{MEANING_NAMES[Meaning.EMAIL]} : {one}" for one in found[most:]]
        return tuple(dict.fromkeys(found[:most]))

    def day(self, meaning: Meaning) -> FuzzyDate | None:
        text = self.cells.get(meaning, "")
        if not text or text.startswith("0000"):
            return None
        try:
            when = _day(text)
        except BadDate:
            reason = _l("« %(text)s » n’est pas une date comprise : 17/09/2016, juin 1998, 1998.", text=text[:40])
            self._lose(meaning, text, reason)
            return None
        if when.earliest > self.read.on + _A_YEAR or when.latest.year < OLDEST:
            self._lose(meaning, text, _l("« %(text)s » : vérifiez l’année.", text=text[:40]))
            return None
        return when

    def situation(self) -> Situation:
        text = self.cells.get(Meaning.STATUS, "")
        found = situation_of(text)
        if found is None:
            self._lose(Meaning.STATUS, text, _l("« %(text)s » n’est pas une situation connue.", text=text[:40]))
        return found or Situation()

    def languages(self) -> tuple[str, ...]:
        codes, unknown = read_languages(self.cells.get(Meaning.LANGUAGES, ""))
        if unknown:
            told = ", ".join(unknown)
            self._lose(Meaning.LANGUAGES, told, _l("« %(text)s » n’est pas une langue connue.", text=told[:40]))
        return tuple(codes)

    def number(self) -> int | None:
        text = self.cells.get(Meaning.NUMBER, "").removesuffix(".0")
        if text.isascii() and text.isdecimal() and 0 < len(text) < 9:  # noqa: PLR2004  # an integer
            return int(text) or None
        if text:
            self._lose(Meaning.NUMBER, text, _l("« %(text)s » n’est pas un numéro.", text=text[:40]))
        return None

    def tidy(self) -> dict[str, str]:
        kept = dict(self.cells)
        street = ", ".join(kept[one] for one in (Meaning.STREET_MORE, Meaning.STREET) if kept.get(one))
        kept[Meaning.STREET.value] = street
        if (mobile := kept.get(Meaning.MOBILE)) and kept.get(Meaning.PHONE):
            self.lost.append(f"{MEANING_NAMES[Meaning.PHONE]} : {kept[Meaning.PHONE]}")
        country = kept.get(Meaning.COUNTRY, "")
        kept[Meaning.PHONE.value] = phone(mobile or kept.get(Meaning.PHONE, ""), country)
        code, town = apart(kept.pop(Meaning.POSTCODE_TOWN, "") or kept.get(Meaning.TOWN, ""))
        kept[Meaning.POSTCODE.value] = postcode(kept.get(Meaning.POSTCODE, "") or code, country)
        kept[Meaning.TOWN.value] = town if code else kept.get(Meaning.TOWN, "") or town
        for meaning, most in _LONGEST.items():
            text = kept.get(meaning, "")
            if len(text) > most:
                self._lose(meaning, text, _l("une cellule est trop longue : sa fin est dans la remarque."))
            kept[meaning.value] = text[:most]
        return {str(meaning): text for meaning, text in kept.items() if text}

    def _lose(self, meaning: Meaning, text: str, reason: object) -> None:
        self.lost.append(f"{MEANING_NAMES[meaning]} : {clean(text)[:300]}")
        self.read.doubts.append(BadLine(self.line, reason))


def _day(text: str) -> FuzzyDate:
    if _SERIAL.fullmatch(text):
        return FuzzyDate((_DAY_ZERO + timedelta(days=int(float(text)))).isoformat())
    return parse(text.removesuffix(" 00:00:00").removesuffix(" 00:00")[:40])


def address_key(cells: Mapping[str, str]) -> str:
    """An address to compare; empty without a street."""
    if not cells.get(Meaning.STREET):
        return ""
    return folded(" ".join(cells.get(one, "") for one in _ADDRESS[:3]))
