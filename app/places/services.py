"""Loading the lists: in one transaction, in seconds, as often as one likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, text

from app.places import lists
from app.places.lists import PlaceRow
from app.places.models import Place, PlaceKind, PlaceList, PlaceName

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_PLACE_COLUMNS = ("id", *PlaceRow._fields)
_NAME_COLUMNS = ("id", "place_id", "role", "population", "folded", "tail", "sound")


@dataclass(frozen=True)
class ReadList:
    """A list read and folded, ready to be written: reading takes longer than writing and holds no lock."""

    name: str
    digest: str
    places: Sequence[PlaceRow]
    names: Sequence[Sequence[lists.NameRow]]


@dataclass(frozen=True)
class Loaded:
    """What loading a list did."""

    name: str
    places: int
    added: int
    changed: int


def stale_lists(session: Session) -> list[str]:
    """The lists that are not loaded in the edition shipped with this version."""
    held = dict(session.execute(select(PlaceList.name, PlaceList.digest)).all())
    return [name for name in lists.FILES if held.get(name) != lists.digest(name)]


def read_list(name: str) -> ReadList:
    """Read a list from the package; before the transaction, since it takes a second or two."""
    places = lists.read(name)
    return ReadList(name, lists.digest(name), places, lists.names(places))


def load_list(session: Session, read: ReadList, *, at: datetime) -> Loaded:
    """Write a list: new places are added, known ones keep their identifier, none is removed.

    A body may point to a place that a later edition no longer names: it keeps pointing to it.
    """
    session.flush()
    known = _known(session, read.name)
    last = session.scalar(select(func.max(Place.id))) or 0
    fresh, changed, ids = [], [], []
    for place in read.places:
        held, before = known.get(place.key, (0, None))
        if before is None:
            held = last = last + 1
            fresh.append((held, *place))
        elif before != place:
            changed.append({"id": held, **place._asdict()})
        ids.append(held)
    _bulk(session, "place", _PLACE_COLUMNS, fresh)
    if changed:
        session.bulk_update_mappings(Place.__mapper__, changed)
    _write_names(session, read, ids)
    session.execute(delete(PlaceList).where(PlaceList.name == read.name))
    row = {"name": read.name, "digest": read.digest, "rows": len(read.places), "loaded_at": at}
    session.execute(insert(PlaceList).values(row))
    _advance_identifiers(session)
    session.expire_all()
    return Loaded(read.name, len(read.places), len(fresh), len(changed))


def _known(session: Session, name: str) -> dict[tuple[str, str, str], tuple[int, PlaceRow]]:
    columns = [getattr(Place, field) for field in PlaceRow._fields]
    known = {}
    for held, *values in session.execute(select(Place.id, *columns).where(_listed(name))):
        row = PlaceRow(*values)
        known[row.key] = held, row
    return known


def _listed(name: str) -> ColumnElement[bool]:
    return Place.kind == PlaceKind.FOREIGN if name == "foreign" else Place.kind != PlaceKind.FOREIGN


def _write_names(session: Session, read: ReadList, ids: Sequence[int]) -> None:
    """Replace the names of these places, and make the indexes afterwards: a quarter of the time."""
    connection = session.connection()
    indexes = sorted(PlaceName.metadata.tables[PlaceName.__tablename__].indexes, key=lambda index: str(index.name))
    for index in indexes:
        index.drop(connection)
    session.execute(delete(PlaceName).where(PlaceName.place_id.in_(select(Place.id).where(_listed(read.name)))))
    number = session.scalar(select(func.max(PlaceName.id))) or 0
    rows = []
    for place_id, place, names in zip(ids, read.places, read.names, strict=True):
        for name in names:
            number += 1
            rows.append((number, place_id, name.role, place.population or 0, name.folded, name.tail, name.sound))
    _bulk(session, "place_name", _NAME_COLUMNS, rows)
    for index in indexes:
        index.create(connection)


def _bulk(session: Session, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    """Write many rows at once: COPY on PostgreSQL, the driver's own statement on SQLite."""
    if not rows:
        return
    connection = session.connection().connection
    listed = ", ".join(columns)
    if session.get_bind().dialect.name == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:  # type: ignore[attr-defined]  # psycopg's cursor
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    connection.cursor().executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)  # noqa: S608  # our own names


def _advance_identifiers(session: Session) -> None:
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in ("place", "place_name"):
        session.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608  # our own names
        )
        session.execute(text(f"ANALYZE {table}"))
