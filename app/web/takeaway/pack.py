"""Writing the archive of a body."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.bodies.models import Body
from app.web.takeaway.page import reader_page, readme
from app.web.takeaway.parts import KEYS, PARTS
from app.web.takeaway.rows import written
from app.web.takeaway.scope import scope_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from app.web.takeaway.parts import Part
    from app.web.takeaway.scope import Scope

FORMAT = "traitdunion/archive"
VERSION = 1
_EPOCH = (1980, 1, 1, 0, 0, 0)

Names = dict[str, dict[int, list[Any]]]


def pack(session: Session, body_id: int, *, files: Path, at: datetime, revision: str) -> bytes:
    """Make the archive of a body: the same data gives the same bytes.

    ``files`` is the folder of uploaded files, ``revision`` the schema's, ``at`` the moment it tells of.
    """
    scope = scope_of(session, body_id)
    content = _tables(session, scope)
    for name in sorted(_file_names(session, scope)):
        path = files / name
        if path.is_file():
            content[f"fichiers/{name}"] = path.read_bytes()
    body = session.get_one(Body, body_id)
    content["index.html"] = reader_page(session, scope, body, content).encode()
    content["LISEZMOI.txt"] = readme(body, at).encode()
    content["manifeste.json"] = _manifest(content, body, at, revision)
    return _zip(content)


def _tables(session: Session, scope: Scope) -> dict[str, bytes]:
    names = _names(session, scope)
    content = {}
    for part in PARTS:
        lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in _rows(session, part, scope, names)]
        content[f"donnees/{part.table.name}.jsonl"] = "".join(f"{line}\n" for line in lines).encode()
    return content


def _rows(session: Session, part: Part, scope: Scope, names: Names) -> Iterator[dict[str, object]]:
    table = part.table
    points_to = {column.name: target for column in table.c if (target := _target(part, column.name))}
    for found in session.execute(select(table).where(part.rows(scope)).order_by(*part.order)).mappings():
        row = {name: written(found[table.c[name]]) for name in part.kept}
        if part.private and found[table.c.id] not in scope.reached:
            row |= dict.fromkeys(part.private, "")
        for name, target in points_to.items():
            row[name] = _reference(target, found[table.c[name]], names)
        if all(row[c.name] is not None or c.nullable for c in table.c if c.name in row):
            yield row


def _target(part: Part, column: str) -> str | None:
    for key in part.table.c[column].foreign_keys:
        return key.column.table.name
    return part.references.get(column)


def _reference(target: str, value: int | None, names: Names) -> object:
    """Name the row pointed to; nothing when it stays behind."""
    if value is None:
        return None
    if target in KEYS:
        return names[target].get(value)
    return value if value in names[target] else None


def _names(session: Session, scope: Scope) -> Names:
    """By table, the identifiers that go along, with the key of those named by one."""
    names: Names = {}
    for part in PARTS:
        table = part.table
        if "id" not in table.c:
            continue
        key = [table.c[name] for name in KEYS.get(table.name, ())]
        found = session.execute(select(table.c.id, *key).where(part.rows(scope)))
        names[table.name] = {row[0]: list(row[1:]) for row in found}
    return names


def _file_names(session: Session, scope: Scope) -> set[str]:
    names: set[str] = set()
    for part in PARTS:
        for column in part.files:
            for value in session.scalars(select(part.table.c[column]).where(part.rows(scope))):
                names.update(_named(value))
    return {name for name in names if name and "/" not in name and not name.startswith(".")}


def _named(value: object) -> Iterable[str]:
    """The files of a column: its text, or the arms of the words that a version was frozen with."""
    if isinstance(value, dict):
        return [str(name) for name in value.get("arms", {}).values()]
    return [value] if isinstance(value, str) else []


def _manifest(content: Mapping[str, bytes], body: Body, at: datetime, revision: str) -> bytes:
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "schema": revision,
        "made_at": at.isoformat(),
        "body": {"id": body.id, "uid": body.uid, "name": body.name},
        "tables": [part.table.name for part in PARTS],
        "files": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(content.items())
        },
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode()


def _zip(content: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(content.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()


def tables() -> tuple[Table, ...]:
    """The tables of the archive, in the order of their parts."""
    return tuple(part.table for part in PARTS)
