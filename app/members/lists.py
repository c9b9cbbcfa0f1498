"""Lists of members as committees have them: what each column says, and who stands on each line.

Nothing is looked up and nothing is written here: a sheet becomes lines with people of one household, and lines that
cannot be read, each with its reason. A cell that cannot be read goes to the note of the member: nothing is lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.members.cells import PHONES, Cells
from app.members.doubtful import AS_READ, ASIDE, PERSON, READ, read_as_said, reading_of, reading_of_body, spoken
from app.members.headings import MEANING_NAMES, Meaning, folded, says_family_first, usual_meaning
from app.members.lines import BadLine, ReadRoll, full_name
from app.people.couples import Named, read_names, with_spouse
from app.people.naming import clean, objection
from app.people.wordings import is_marked_dead, is_remark, names_a_body, names_nobody, without_marks
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from app.documents.sheets import Row, Sheet
    from app.people.couples import Line

_TOTAL = re.compile(r"(sous )?tota(l|ux)\b(?! [a-z])|effectif\b")
_LOST_LETTER = re.compile(r"\w\?|\?\w")
_PAIR = 2
_WHO = (Meaning.FAMILY, Meaning.NAME, Meaning.GIVEN)
_SPOUSE = (Meaning.SPOUSE, Meaning.SPOUSE_GIVEN, Meaning.SPOUSE_FAMILY)
_TITLES = (Meaning.TITLE, Meaning.SPOUSE_TITLE)
_LINKS = frozenset({
    "et", "ou", "und", "and", "u", "m", "mr", "mm", "mme", "mmes", "mlle", "monsieur", "madame", "messieurs",
    "mesdames", "mademoiselle", "dr", "docteur", "me", "pr", "professeur",
})  # fmt: skip
"""The words that only join names, and the titles: these are written in another way, and a couple's stand apart."""
_NAMES = (*_WHO, Meaning.ORGANISATION, *_SPOUSE)


def read_roll(
    sheet: Sheet,
    columns: Sequence[str],
    *,
    on: date,
    categories: Iterable[str] = (),
    said: Mapping[str, str] | None = None,
) -> ReadRoll:
    """Read a sheet with these meanings; ``on``: the day from which a year too far ahead is seen.

    ``categories``: the names of those that the body has, which lists write as a situation too. ``said``: how doubtful
    lines are to be read, by the key of each.
    """
    has_header = any(usual_meaning(cell) for cell in sheet.header)
    rows = sheet.records if has_header else sheet.rows
    known = frozenset(map(fold, categories))
    read = ReadRoll(tuple(columns), sheet.header if has_header else (), len(rows), on, known, said=said or {})
    _tell_doubled(columns, read, sheet.rows[0].line if sheet.rows else 0)
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
    said = dict(cells)
    lost = _leave_nobody(row.line, cells, read)
    _tell_body(row.line, cells, read)
    named = _as_said(row.line, _named(cells, columns, read), cells, read)
    if named is None:
        read.bad.append(BadLine(row.line, _l("laissée de côté, comme vous l’avez dit")))
        return
    organisation = without_marks(clean(cells.get(Meaning.ORGANISATION, "")), digits=True)[:200]
    people = tuple(one for one in named.people if one.words != frozenset(fold(organisation).split()))
    people, nameless = _with_a_name(people)
    if not people and not organisation:
        read.bad.append(BadLine(row.line, _no_name(cells)))
        return
    if organisation and len(people) > 1:
        people = (Named(family_name=" et ".join(map(full_name, people))),)
    spouse = named.spouse if len(people) == len(named.people) else -1
    if spouse < 0 and len(people) == _PAIR:
        spouse = 1
    dead = _marked_dead(people, cells)
    lost += [*nameless, *_unread_names(people)]
    people = tuple(map(_unmarked, people))
    _tell_lost_letters(row.line, people, read)
    line = Cells(row.line, cells, read, people, spouse, dead=dead)
    line.lost += [*lost, *_dropped(said, people, organisation, lost)]
    read.lines.append(line.read_line(organisation))


def _cells(row: Row, columns: Sequence[str], header: Sequence[str]) -> dict[str, str]:
    """What a line says by meaning; of two columns that a person calls alike the second goes to the remark."""
    cells: dict[str, str] = {}
    notes: list[str] = []
    linked = _with_addresses(row, columns, header, notes)
    for rank, (meaning, cell) in enumerate(zip(columns, map(str.strip, linked), strict=False)):
        heading = header[rank] if rank < len(header) else ""
        if not (meaning and cell):
            continue
        if meaning == Meaning.NOTE:
            notes.append(_under_its_heading(header, rank, cell))
        elif cells.setdefault(meaning, cell) != cell:
            notes.append(f"{heading} : {cell}" if heading else cell)
        elif meaning.startswith("field:") and usual_meaning(heading) == Meaning.BORN:
            cells.setdefault(Meaning.BORN, cell)
    return cells | ({Meaning.NOTE.value: "\n".join(notes)} if notes else {})


def _with_addresses(row: Row, columns: Sequence[str], header: Sequence[str], notes: list[str]) -> list[str]:
    """The cells, where « Écrire » leads to a mail address with that address; one beside a name goes to the remark."""
    cells = list(row.cells)
    for rank, address in row.links:
        if rank >= min(len(cells), len(columns)) or any(address in cell for cell in cells):
            continue
        if columns[rank] in {Meaning.EMAIL, Meaning.SPOUSE_EMAIL} and "@" not in cells[rank]:
            cells[rank] = address
        else:
            heading = header[rank] if rank < len(header) else ""
            notes.append(f"{heading or MEANING_NAMES[Meaning.EMAIL]} : {address}")
    return cells


def _tell_doubled(columns: Sequence[str], read: ReadRoll, line: int) -> None:
    """Two columns that a person calls alike: the first counts."""
    twice = {one for one in columns if one and one != Meaning.NOTE and columns.count(one) > 1}
    for rank, heading in enumerate(read.header):
        if columns[rank] in twice and columns[rank] in columns[:rank]:
            sentence = _l(
                "la colonne « %(heading)s » dit la même chose qu’une autre avant elle : ce qui y diffère est gardé "
                "dans la remarque",
                heading=heading[:60],
            )
            read.doubts.append(BadLine(line, sentence))


def _under_its_heading(header: Sequence[str], rank: int, cell: str) -> str:
    """A remark; one that stood in a column of another name keeps it: « Cotisation : 15 »."""
    heading = header[rank] if rank < len(header) else ""
    return cell if not heading or usual_meaning(heading) == Meaning.NOTE else f"{heading} : {cell}"


def _named(cells: Mapping[str, str], columns: Sequence[str], read: ReadRoll) -> Line:
    named = read_names(
        *(cells.get(one, "") for one in (Meaning.TITLE, Meaning.GIVEN, Meaning.FAMILY, Meaning.NAME)),
        family_first=_is_family_first(columns, read.header),
    )
    return with_spouse(
        named,
        cells.get(Meaning.SPOUSE, ""),
        Named(*(cells.get(one, "") for one in (Meaning.SPOUSE_TITLE, Meaning.SPOUSE_GIVEN, Meaning.SPOUSE_FAMILY))),
    )


def _is_family_first(columns: Sequence[str], header: Sequence[str]) -> bool:
    return Meaning.NAME in columns[: len(header)] and says_family_first(header[list(columns).index(Meaning.NAME)])


def _marked_dead(people: Sequence[Named], cells: dict[str, str]) -> frozenset[int]:
    """Whom the sign of the dead marks; it stands for the situation where no column says one."""
    dead = frozenset(rank for rank, one in enumerate(people) if is_marked_dead(full_name(one)))
    if dead:
        cells.setdefault(Meaning.STATUS, "†")
    return dead


def _unmarked(one: Named) -> Named:
    return Named(one.title, without_marks(one.given_name), without_marks(one.family_name))


def _with_a_name(people: Sequence[Named]) -> tuple[tuple[Named, ...], list[str]]:
    """Those of a line who have a name, and what stood in the place of one: « - », « 12 », « démissionnaire »."""
    named = tuple(one for one in people if without_marks(full_name(one)) and not is_remark(full_name(one)))
    texts = [full_name(one) for one in people if one not in named]
    return named, [f"{MEANING_NAMES[Meaning.FAMILY]} : {text[:200]}" for text in texts if text]


def _unread_names(people: Sequence[Named]) -> list[str]:
    """What stands in a cell for a name beside a true one: « 1900 » is no family name, and is not lost."""
    return [
        f"{MEANING_NAMES[meaning]} : {text[:200]}"
        for one in people
        for meaning, text in ((Meaning.GIVEN, one.given_name), (Meaning.FAMILY, one.family_name))
        if not without_marks(text) and without_marks(text, digits=True)
    ]


def _dropped(said: Mapping[str, str], people: Sequence[Named], organisation: str, lost: Sequence[str]) -> Iterator[str]:
    """The cells for names of which a word stands nowhere else: what cannot be placed is not lost."""
    kept = set(folded(" ".join([*map(spoken, people), organisation, *lost])).split())
    for meaning in (*_TITLES, *_NAMES):
        text = clean(said.get(meaning, ""))
        if not set(folded(text).split()) <= kept | _LINKS:
            yield f"{MEANING_NAMES[meaning]} : {text[:200]}"


def _no_name(cells: Mapping[str, str]) -> object:
    """Why nobody can be noted of a line: its cells are empty, or no name stands in them."""
    said = " ".join(clean(cells[one]) for one in (*_WHO, Meaning.ORGANISATION) if cells.get(one))
    if not said:
        return _l("Aucun nom sur cette ligne.")
    return _l("Aucun nom sur cette ligne : « %(text)s » n’en est pas un.", text=said[:60])


def _tell_lost_letters(line: int, people: Iterable[Named], read: ReadRoll) -> None:
    """« NGUY?N »: a program wrote « ? » for a letter that it did not have; a human writes it again."""
    for one in people:
        if _LOST_LETTER.search(name := full_name(one)):
            sentence = _l(
                "« %(name)s » : un « ? » y tient la place d’une lettre perdue quand la liste a été enregistrée. "
                "Écrivez le nom sur la fiche, ou dans la liste avant de l’importer.",
                name=name[:80],
            )
            read.doubts.append(BadLine(line, sentence))


def _leave_nobody(line: int, cells: dict[str, str], read: ReadRoll) -> list[str]:
    """Take « néant », « veuf », « † Marie » out of the columns of the spouse: nobody joins; the words are kept."""
    if not any(names_nobody(cells.get(one, "")) for one in _SPOUSE):
        return []
    said = [(meaning, clean(cells.pop(meaning))) for meaning in _SPOUSE if meaning in cells]
    told = [(meaning, text) for meaning, text in said if any(letter.isalnum() or letter == "†" for letter in text)]
    for _meaning, text in told:
        sentence = _l("« %(text)s » ne nomme personne à inscrire : gardé dans la remarque.", text=text[:60])
        read.doubts.append(BadLine(line, sentence))
    return [f"{MEANING_NAMES[meaning]} : {text[:200]}" for meaning, text in told]


def _tell_body(line: int, cells: dict[str, str], read: ReadRoll) -> None:
    """« Mairie de Bourg » among the names of people is an organisation; a human is asked."""
    whole = cells.get(Meaning.NAME, "") or cells.get(Meaning.FAMILY, "")
    if cells.get(Meaning.ORGANISATION) or cells.get(Meaning.GIVEN) or cells.get(Meaning.TITLE) or not whole:
        return
    if not names_a_body(whole):
        return
    reading = reading_of_body(line, clean(whole)[:80], read.said.get(f"{READ}{line}", ""))
    read.readings.append(reading)
    if reading.becomes == PERSON:
        return
    cells[Meaning.ORGANISATION] = whole
    for one in (Meaning.NAME, Meaning.FAMILY):
        cells.pop(one, None)
    sentence = _l("« %(name)s » est lu comme une organisation : est-ce bien cela ?", name=reading.text)
    read.doubts.append(BadLine(line, sentence))


def _as_said(line: int, named: Line, cells: Mapping[str, str], read: ReadRoll) -> Line | None:
    """The people of a line as the person who brings the list reads them; None to leave it aside."""
    people, _nameless = _with_a_name(named.people)
    reading = read.readings[-1] if read.readings and read.readings[-1].line == line else None
    if reading is None and named.is_guessed and people:
        reading = reading_of(line, tuple(map(_unmarked, people)), read.said.get(f"{READ}{line}", ""))
        read.readings.append(reading)
        if reading.becomes == AS_READ:
            sentence = _l("lu comme %(names)s : est-ce bien cela ?", names=reading.text)
            read.doubts.append(BadLine(line, sentence))
    if reading is None:
        return named
    return None if reading.becomes == ASIDE else read_as_said(named, reading, cells)


def _hostile(cells: Mapping[str, str]) -> object | None:
    for meaning, cell in cells.items():
        if meaning in PHONES:
            continue
        if (why := objection(cell)) is not None:
            told: object = _l("« %(cell)s » : %(why)s", cell=clean(cell)[:60], why=why)
            return told
    if any(len(cells.get(one, "")) > 200 for one in _NAMES):  # noqa: PLR2004  # no name is so long
        too_long: object = _l("Un nom dépasse 200 lettres : est-ce la bonne colonne ?")
        return too_long
    return None
