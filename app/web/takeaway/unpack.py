"""Reading an archive back into an empty installation: all of it, or nothing."""

from __future__ import annotations

import hashlib
import json
import zipfile
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, StatementError

from app.access.roles import Role
from app.audit.models import JournalEntry
from app.bodies.models import Body, BodyKind
from app.database import migrate
from app.database.base import Base
from app.shared.errors import DomainError
from app.web.takeaway.pack import FORMAT, VERSION
from app.web.takeaway.parts import KEYS, PARTS
from app.web.takeaway.rows import read

if TYPE_CHECKING:
    from enum import Enum
    from pathlib import Path
    from typing import BinaryIO

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from app.web.takeaway.parts import Part

MOST_BYTES = 2 * 1024**3
MOST_ENTRIES = 50_000
MOST_RATIO = 200
_CHUNK = 500
_MOST_NUMBER = 2**30
_WORDS: dict[tuple[str, str], type[Enum]] = {("body", "kind"): BodyKind, ("role_grant", "role"): Role}
"""Words on which every page stands: one that nobody knows is refused at the door."""
_WIDENING = frozenset(
    {
        "035_letters",
        "035_secretaries",
        "036_words",
        "038_feeds",
        "040_in_kind",
        "040_town_name",
        "041_role_end",
        "042_powers",
        "044_handover_proofs",
        "045_leaving",
        "046_at_work",
        "047_modes",
        "048_list_online",
        "049_through",
        "050_sealed_names",
        "051_hands",
        "052_populations",
        "053_convened_as",
        "054_agreed_family",
        "055_recast",
    }
)
"""Steps of the schema that gave rows of the archive a further column at most, empty before, or let one be empty: an
archive from before them is read as it is. A step that moves data between tables does not join here, and an older
archive is refused with a sentence."""
_NEWER = {"assembly_absence": "045_leaving"}
"""Tables that came with one of those steps: an archive from before has none of their rows, and no file of them."""
_JOURNAL = Base.metadata.tables[JournalEntry.__tablename__]

Ids = dict[str, dict[tuple[Any, ...], int]]


class BadArchive(DomainError):
    """The file is not an archive that can be read here."""


class NotEmpty(DomainError):
    """The installation already holds bodies; an archive goes into an empty one only."""


def unpack(session: Session, source: BinaryIO, *, revision: str) -> dict[str, bytes]:
    """Put an archive's rows into an empty installation and return its uploaded files by name.

    The caller writes the files once the transaction is committed.

    :raises BadArchive: when anything in it is not as the manifest says; nothing is written then.
    :raises NotEmpty: when there is a body already.
    """
    if session.scalar(select(func.count()).select_from(Body)):
        raise NotEmpty(
            _l(
                "Cette installation contient déjà des organismes. Une archive s’importe dans une installation "
                "vide : créez-en une, puis recommencez."
            )
        )
    content, is_older = _checked(source, revision)
    ids: Ids = {}
    for part in PARTS:
        rows = _read_rows(part, content.get(_file_of(part.table.name), b""), is_older=is_older)
        if part.table is _JOURNAL:
            _make_room(session, rows)
        try:
            _put(session, part, rows, ids)
        except (DBAPIError, StatementError) as error:
            raise BadArchive(
                _l("Les lignes de la table « %(table)s » de l’archive se contredisent.", table=part.table.name)
            ) from error
    _reset_sequences(session)
    prefix = "fichiers/"
    return {name.removeprefix(prefix): data for name, data in content.items() if name.startswith(prefix)}


def restore_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write the uploaded files of an archive; their names were checked."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _checked(source: BinaryIO, revision: str) -> tuple[dict[str, bytes], bool]:
    """The content of an archive, and whether it is from before the last steps of the schema."""
    content = _opened(source)
    try:
        manifest = json.loads(content["manifeste.json"])
        stated = {name: (entry["bytes"], entry["sha256"]) for name, entry in manifest["files"].items()}
        told = manifest["format"], manifest["version"], manifest["schema"]
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise BadArchive(_l("Ce fichier n’est pas une archive de Trait d’union : son manifeste manque.")) from error
    if told[:2] != (FORMAT, VERSION):
        raise BadArchive(_l("Cette archive est d’un format que cette version ne connaît pas."))
    is_older = told[2] != revision
    if is_older and not _is_readable(str(told[2])):
        raise BadArchive(
            _l(
                "Cette archive vient d’une autre version (schéma %(theirs)s, ici %(ours)s). Mettez les deux "
                "installations à la même version, puis refaites l’archive.",
                theirs=str(told[2])[:40],
                ours=revision,
            )
        )
    _compare(content, stated, _unknown_to(str(told[2])))
    return content, is_older


def _is_readable(revision: str) -> bool:
    passed = migrate.since(revision)
    return passed is not None and passed <= _WIDENING


def _unknown_to(revision: str) -> set[str]:
    """The tables that an archive of a revision cannot hold yet."""
    passed = migrate.since(revision) or set()
    return {table for table, step in _NEWER.items() if step in passed}


def _file_of(table: str) -> str:
    return f"donnees/{table}.jsonl"


def _compare(content: dict[str, bytes], stated: dict[str, tuple[int, str]], unknown: set[str]) -> None:
    expected = {_file_of(part.table.name) for part in PARTS if part.table.name not in unknown}
    if set(content) - {"manifeste.json"} != set(stated) or not expected <= set(stated):
        raise BadArchive(_l("L’archive n’est pas complète : son contenu ne correspond pas à son manifeste."))
    for name, (size, digest) in stated.items():
        if len(content[name]) != size or hashlib.sha256(content[name]).hexdigest() != digest:
            raise BadArchive(_l("Le fichier « %(name)s » de l’archive a été modifié ou abîmé.", name=name[:80]))


def _opened(source: BinaryIO) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            total = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries) or 1
            if len(entries) > MOST_ENTRIES or total > MOST_BYTES or total / packed > MOST_RATIO:
                raise BadArchive(_l("Cette archive est démesurée ; elle n’a pas été ouverte."))
            names = [entry.filename for entry in entries]
            if "manifest.json" in names:
                raise BadArchive(
                    _l("Ce fichier est une sauvegarde de l’installation : remettez-la avec « flask restore ».")
                )
            if len(set(names)) != len(names) or not all(_is_plain(name) for name in names):
                raise BadArchive(_l("Cette archive contient des noms de fichiers interdits."))
            return {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise BadArchive(_l("Ce fichier n’est pas une archive ZIP lisible.")) from error


def _is_plain(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return folder in {"", "donnees", "fichiers"} and bool(file) and not file.startswith(".") and "\\" not in file


def _read_rows(part: Part, data: bytes, *, is_older: bool) -> list[dict[str, Any]]:
    """The rows of a table; those of an older archive may lack columns that may be empty."""
    rows = []
    known = set(part.kept)
    blank = {name: None for name in part.kept if is_older and part.table.c[name].nullable}
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        try:
            raw = blank | json.loads(line)
            if set(raw) != known:
                raise ValueError(line)  # noqa: TRY301  # told below with the line
            rows.append(raw)
        except (ValueError, TypeError, RecursionError) as error:
            raise _bad_line(part.table, number) from error
    return rows


def _bad_line(table: Table, number: int) -> BadArchive:
    return BadArchive(
        _l("La ligne %(number)s de la table « %(table)s » ne peut pas être lue.", number=number, table=table.name)
    )


def _put(session: Session, part: Part, rows: list[dict[str, Any]], ids: Ids) -> None:
    table = part.table
    own_key = KEYS.get(table.name)
    later = [c.name for c in table.c if any(k.column.table is table for k in c.foreign_keys)]
    ready = []
    for number, raw in enumerate(rows, 1):
        try:
            ready.append({name: _value(part, name, value, ids) for name, value in raw.items()})
        except (ValueError, TypeError, KeyError) as error:
            raise _bad_line(table, number) from error
    if own_key:
        ids[table.name] = _match(session, table, own_key, ready)
        return
    for start in range(0, len(ready), _CHUNK):
        chunk = ready[start : start + _CHUNK]
        session.execute(insert(table), [{**row, **dict.fromkeys(later)} for row in chunk])
    for row in ready:
        pointing = {name: row[name] for name in later if row[name] is not None}
        if pointing:
            session.execute(update(table).where(table.c.id == row["id"]).values(pointing))


def _make_room(session: Session, rows: list[dict[str, Any]]) -> None:
    """Number again the installation's own first entries, whose numbers the archive's entries bear.

    An installation without bodies has a journal already: who was named to administer it, who signed in.
    """
    number = _JOURNAL.c.id
    theirs = [row["id"] for row in rows if isinstance(row["id"], int) and row["id"] < _MOST_NUMBER]
    top = max([session.scalar(select(func.max(number))) or 0, *theirs])
    session.execute(update(_JOURNAL).values(id=number + top))


def _value(part: Part, name: str, value: Any, ids: Ids) -> object:  # noqa: ANN401  # whatever JSON holds
    column = part.table.c[name]
    if words := _WORDS.get((part.table.name, name)):
        words(value)
    target = next((key.column.table.name for key in column.foreign_keys), part.references.get(name))
    if target is not None and target in KEYS and value is not None:
        return ids[target][tuple(value)]
    return read(column, value)


def _match(session: Session, table: Table, key: tuple[str, ...], rows: list[dict[str, Any]]) -> dict[Any, int]:
    """Find the rows this installation has already, add the others; both by their key."""
    found = {}
    for row in rows:
        name = tuple(row[column] for column in key)
        wanted = [table.c[column] == row[column] for column in key]
        there = session.scalar(select(table.c.id).where(*wanted))
        if there is None:
            there = session.execute(insert(table).values(_completed(table, row)).returning(table.c.id)).scalar_one()
        found[name] = int(there)
    return found


def _completed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Fill what never leaves with the empty value of its kind; a session starts its epochs at one."""
    fresh: dict[type, object] = {str: "", int: 0, bool: False}
    blank = {
        column.name: fresh[column.type.python_type]
        for column in table.c
        if column.name not in row and column.name != "id" and not column.nullable
    }
    return {**blank, **row}


def _reset_sequences(session: Session) -> None:
    """PostgreSQL counts on from the identifiers that came in; SQLite does so by itself."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for part in PARTS:
        name = part.table.name
        if "id" not in part.table.c:
            continue
        session.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "  # noqa: S608  # a name of ours
                f"GREATEST((SELECT COALESCE(MAX(id), 1) FROM {name}), 1))"
            )
        )
