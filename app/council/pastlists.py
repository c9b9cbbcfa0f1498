"""Lists of deliberations as town halls publish them: with a header, or without one and cut by a spreadsheet.

Nothing is looked up and nothing is written here: a sheet becomes deliberations, each with its line, and lines that
cannot be read, each with its reason. Sources of the shapes: tests/data/sheets/SOURCES.md.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.documents.sheets import Row
from app.forms.dates import parse
from app.shared.folding import fold
from app.shared.fuzzydate import BadDate
from app.twinnings.remarks import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from app.documents.sheets import Sheet
    from app.shared.fuzzydate import FuzzyDate

_WORDS = Path(__file__).with_name("data") / "twinning_words.toml"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?")
_ESCAPED = re.compile(r"_x00[01][0-9A-Fa-f]_")
"""How a spreadsheet writes, in letters, a control character that it may not write as such."""
_LONGEST_NUMBER = 80
_KEPT_APART = _l(
    "plus de cellules que l’en-tête n’a de colonnes : celles de trop sont gardées avec la ligne, mais n’entrent pas "
    "dans l’objet"
)
_SAMPLE = 40


class Meaning(StrEnum):
    """What a column holds; what has no meaning is kept as it is."""

    OTHER = ""
    NUMBER = "number"
    DATE = "date"
    TITLE = "title"


MEANING_NAMES = {
    Meaning.OTHER: _l("Garder telle quelle"),
    Meaning.NUMBER: _l("Numéro de la délibération"),
    Meaning.DATE: _l("Date du conseil"),
    Meaning.TITLE: _l("Objet"),
}
_NAMED = {
    "numero de deliberation": Meaning.NUMBER, "numero de la deliberation": Meaning.NUMBER, "delib id": Meaning.NUMBER,
    "numero": Meaning.NUMBER, "n deliberation": Meaning.NUMBER, "no deliberation": Meaning.NUMBER,
    "numero deliberation": Meaning.NUMBER, "num delib": Meaning.NUMBER, "numero delib": Meaning.NUMBER,
    "n": Meaning.NUMBER, "no": Meaning.NUMBER, "numero d acte": Meaning.NUMBER, "numero acte": Meaning.NUMBER,
    "reference": Meaning.NUMBER, "n de deliberation": Meaning.NUMBER, "numero de l acte": Meaning.NUMBER,
    "date cm": Meaning.DATE, "delib date": Meaning.DATE, "date": Meaning.DATE, "date de seance": Meaning.DATE,
    "date du conseil": Meaning.DATE, "date seance": Meaning.DATE, "seance": Meaning.DATE,
    "date du conseil municipal": Meaning.DATE, "date de la seance": Meaning.DATE, "date deliberation": Meaning.DATE,
    "date de deliberation": Meaning.DATE, "date de la deliberation": Meaning.DATE, "date conseil": Meaning.DATE,
    "titre": Meaning.TITLE, "objet": Meaning.TITLE, "delib objet": Meaning.TITLE, "intitule": Meaning.TITLE,
    "libelle": Meaning.TITLE, "title": Meaning.TITLE, "objet de la deliberation": Meaning.TITLE,
    "titre de la deliberation": Meaning.TITLE, "intitule de la deliberation": Meaning.TITLE,
}  # fmt: skip


@dataclass
class PastRecord:
    """A deliberation as the list tells it; ``cells`` is its row, ``repeats`` how often the list says it again."""

    line: int
    number: str
    when: FuzzyDate
    title: str
    cells: list[tuple[str, str]]
    fingerprint: str
    tells_twinning: bool
    repeats: int = 0


@dataclass(frozen=True)
class BadLine:
    """A line that cannot be read, and why; ``text`` is what stands there."""

    line: int
    reason: object
    text: str


@dataclass(frozen=True)
class ReadList:
    """What a list says; ``lines`` counts its records below the header, repeated ones too."""

    columns: tuple[Meaning, ...]
    header: tuple[str, ...]
    lines: int
    records: tuple[PastRecord, ...]
    bad: tuple[BadLine, ...]

    @property
    def is_understood(self) -> bool:
        """Whether a date and a title were found among the columns."""
        return {Meaning.DATE, Meaning.TITLE} <= set(self.columns)

    @property
    def on_twinnings(self) -> list[PastRecord]:
        """The deliberations whose title tells of a twinning."""
        return [one for one in self.records if one.tells_twinning]

    @property
    def repeated(self) -> int:
        """How many lines say again what an earlier one said."""
        return sum(one.repeats for one in self.records)


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    found = tomllib.loads(_WORDS.read_text("utf-8"))
    telling, other = ("|".join(re.escape(word) for word in found[name]) for name in ("words", "not"))
    return re.compile(rf"\b(?:{telling})"), re.compile(rf"\b(?:{other})")


def tells_twinning(folded: str) -> bool:
    """Whether a folded title holds words that tell of a twinning, once those that only look like it are out."""
    telling, other = _words()
    return telling.search(other.sub(" ", folded)) is not None


def has_header(sheet: Sheet) -> bool:
    """Whether the first row names columns."""
    return any(fold(cell) in _NAMED for cell in sheet.header)


def guess(sheet: Sheet) -> tuple[Meaning, ...]:
    """What each column seems to hold, each meaning once; a person may correct it."""
    if not has_header(sheet):
        return _guess_by_cells(list(rejoined(sheet.rows)))
    taken: set[Meaning] = set()
    guessed = []
    for meaning in (_NAMED.get(fold(cell), Meaning.OTHER) for cell in sheet.header):
        guessed.append(Meaning.OTHER if meaning in taken else meaning)
        taken.add(meaning)
    return tuple(guessed)


def _guess_by_cells(rows: Sequence[Row]) -> tuple[Meaning, ...]:
    dated = [row.cells for row in rows if _begins(row)][:_SAMPLE]
    width = max(len(cells) for cells in dated or [row.cells for row in rows[:1]])
    guessed = [Meaning.OTHER] * width
    if not dated:
        return tuple(guessed)
    columns = [[cells[rank].strip() for cells in dated if rank < len(cells)] for rank in range(width)]
    guessed[0] = Meaning.DATE
    if longest := max(range(1, width), key=lambda rank: sum(map(len, columns[rank])), default=0):
        guessed[longest] = Meaning.TITLE
    for rank in range(1, width):
        filled = [cell for cell in columns[rank] if cell]
        if rank != longest and filled and all(cell.isdecimal() for cell in filled):
            guessed[rank] = Meaning.NUMBER
            break
    return tuple(guessed)


def read_list(sheet: Sheet, columns: Sequence[Meaning] | None = None, *, today: date | None = None) -> ReadList:
    """Read a sheet with these meanings, or with those it seems to have; nothing was voted after ``today``."""
    meanings = tuple(columns or guess(sheet))
    headed = has_header(sheet)
    header = sheet.header if headed else ()
    rows = list(sheet.records) if headed else list(rejoined(sheet.rows))
    reader = _Reader(meanings, header, today)
    for row in rows:
        reader.read(row)
    return ReadList(meanings, header, len(rows), tuple(reader.found.values()), tuple(reader.bad))


def remarks_of(sheet: Sheet) -> list[tuple[int, object]]:
    """What was doubtful in the file, by line; here a cell too many is kept with its row."""
    is_headed = has_header(sheet)
    return [
        (one.line, _KEPT_APART if one.code == "ragged" else sentence(one))
        for one in sheet.remarks
        if is_headed or one.code != "ragged"
    ]


def rejoined(rows: Sequence[Row]) -> Iterator[Row]:
    """Put records together again that a spreadsheet cut at the line breaks of their titles.

    A record begins with its date and ends with its number: a line without a date goes on with the record above it as
    long as that one has no number. Where no line does, the rows are left as they are.
    """
    groups: list[list[Row]] = []
    for row in rows:
        if groups and not _begins(row) and _begins(groups[-1][0]) and not _ends(groups[-1][-1]):
            groups[-1].append(row)
        else:
            groups.append([row])
    is_cut = any(len(group) > 1 for group in groups)
    for group in groups:
        yield _one_record(group) if is_cut and _begins(group[0]) else group[0]


def _begins(row: Row) -> bool:
    return _DAY.fullmatch(row.cells[0].strip()) is not None


def _ends(row: Row) -> bool:
    filled = _filled(row)
    return len(filled) > 1 and filled[-1].strip().isdecimal()


def _filled(row: Row) -> list[str]:
    return [cell for cell in row.cells if cell.strip()]


def _one_record(group: list[Row]) -> Row:
    lines = [_filled(row) for row in group]
    day, *lines[0] = lines[0]
    number = lines[-1].pop() if _ends(group[-1]) else ""
    return Row(group[0].line, (day, "\n".join(", ".join(cells) for cells in lines), number))


@dataclass
class _Reader:
    meanings: tuple[Meaning, ...]
    header: tuple[str, ...]
    today: date | None
    found: dict[str, PastRecord] = field(default_factory=dict)
    bad: list[BadLine] = field(default_factory=list)
    _days: dict[str, FuzzyDate] = field(default_factory=dict)

    def read(self, row: Row) -> None:
        """Keep a row as a deliberation, as one more time of an earlier one, or as a line that cannot be read."""
        named = {meaning: cell for meaning, cell in zip(self.meanings, row.cells, strict=False) if meaning}
        title, number = cleaned(named.get(Meaning.TITLE, "")), cleaned(named.get(Meaning.NUMBER, ""))
        text = " ; ".join(cell.strip() for cell in row.cells if cell.strip())[:200]
        reason = _fault(title, number)
        when = None if reason else self._when(named.get(Meaning.DATE, ""))
        if when is not None and self.today is not None and when.earliest > self.today:
            told = " ".join(named.get(Meaning.DATE, "").split())
            reason = _l("« %(text)s » n’est pas encore arrivé : vérifiez la date.", text=told or when.text)
        if reason or when is None:
            self.bad.append(BadLine(row.line, reason or _no_day(named.get(Meaning.DATE, "")), text))
            return
        self._keep(row, number, when, title)

    def _keep(self, row: Row, number: str, when: FuzzyDate, title: str) -> None:
        folded = fold(title)
        mark = fingerprint(when, number, folded)
        cells = [(self._head(rank), cell) for rank, cell in enumerate(row.cells) if cell.strip()]
        earlier = self.found.get(mark)
        if earlier is None:
            self.found[mark] = PastRecord(row.line, number, when, title, cells, mark, tells_twinning(folded))
            return
        earlier.repeats += 1
        told = {self._head(rank) for rank, meaning in enumerate(self.meanings) if meaning}
        earlier.cells += [pair for pair in cells if pair[0] not in told and pair not in earlier.cells]

    def _head(self, rank: int) -> str:
        name = self.header[rank].strip() if rank < len(self.header) else ""
        return name or f"{rank + 1}"

    def _when(self, cell: str) -> FuzzyDate | None:
        text = _MOMENT.sub(r"\1", cell.strip())
        if text not in self._days:
            try:
                self._days[text] = parse(text)
            except BadDate:
                return None
        return self._days[text]


def cleaned(cell: str) -> str:
    """The text of a cell, line by line, without the controls that a spreadsheet spelled out."""
    lines = (" ".join(line.split()) for line in _ESCAPED.sub("\n", cell).splitlines())
    return "\n".join(line for line in lines if line)


def fingerprint(when: FuzzyDate, number: str, folded: str) -> str:
    """Tell a deliberation from every other; a number keeps or loses its leading zeros with the spreadsheet."""
    plain = number.lstrip("0") if number.isdecimal() else fold(number)
    return hashlib.sha256(f"{when.text}|{plain}|{folded}".encode()).hexdigest()


def _fault(title: str, number: str) -> object:
    if not title:
        return _l("L’objet de la délibération manque.")
    if len(number) > _LONGEST_NUMBER:
        return _l("Le numéro dépasse 80 signes : est-ce la bonne colonne ?")
    return None


def _no_day(cell: str) -> object:
    if not cell.strip():
        return _l("La date du conseil manque.")
    return _l("« %(text)s » n’est pas une date comprise. Par exemple : 25/11/2013.", text=cell.strip()[:40])
