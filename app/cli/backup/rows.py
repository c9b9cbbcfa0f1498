"""Rows as lines of JSON, typed by the database itself and not by today's models.

An archive of last year is restored into last year's schema and migrated from there; so reading and writing
go by what the database says of its columns.
"""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import JSON, MetaData, insert, inspect, select, text
from sqlalchemy import types as sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import Column, Connection, Table

VERSION_TABLE = "alembic_version"
BATCH = 1000


def tables(connection: Connection, names: Iterable[str] | None = None) -> list[Table]:
    """The tables of the database, a table after those it points to."""
    metadata = MetaData()
    wanted = None if names is None else set(names)
    existing = set(inspect(connection).get_table_names())
    if wanted is not None and (strangers := wanted - existing):
        raise KeyError(", ".join(sorted(strangers)))
    metadata.reflect(connection, only=sorted((wanted or existing) - {VERSION_TABLE}), resolve_fks=False)
    for table in metadata.tables.values():
        for column in table.columns:
            _make_exact(column)
    return sorted(metadata.tables.values(), key=lambda table: table.name)


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The table as JSON lines: first its columns, then a list of values for each row."""
    columns = [column for column in table.columns if column.computed is None]
    yield msgspec.json.encode([str(column.name) for column in columns]) + b"\n"
    writers = [_writer(column) for column in columns]
    keys = list(table.primary_key.columns)
    found = connection.execution_options(yield_per=BATCH).execute(select(*columns).order_by(*keys))
    for row in found:
        values = [None if value is None else write(value) for write, value in zip(writers, row, strict=True)]
        yield msgspec.json.encode(values) + b"\n"


def insert_lines(connection: Connection, table: Table, source: Iterable[bytes]) -> int:
    """Insert what ``lines`` wrote; return the number of rows.

    :raises ValueError: when the lines do not fit the table.
    """
    stream = iter(source)
    names = msgspec.json.decode(next(stream), type=list[str])
    if strangers := set(names) - set(table.columns.keys()):
        raise ValueError(f"{table.name} : {', '.join(sorted(strangers))}")
    readers = [_reader(table.columns[name]) for name in names]
    statement = insert(table)
    count = 0
    batch: list[dict[str, Any]] = []
    for line in stream:
        values = msgspec.json.decode(line, type=list[Any])
        typed = (None if value is None else read(value) for read, value in zip(readers, values, strict=True))
        batch.append(dict(zip(names, typed, strict=True)))
        count += 1
        if len(batch) == BATCH:
            connection.execute(statement, batch)
            batch = []
    if batch:
        connection.execute(statement, batch)
    return count


def advance_counters(connection: Connection, tables_: Sequence[Table]) -> None:
    """Let PostgreSQL number the next row after those that came with their own number."""
    if connection.dialect.name != "postgresql":
        return
    quote = connection.dialect.identifier_preparer.quote
    for table in tables_:
        for column in table.primary_key.columns:
            if not isinstance(column.type, sql.Integer):
                continue
            table_name, column_name = quote(table.name), quote(column.name)
            connection.execute(
                text(
                    f"SELECT setval(s, coalesce((SELECT max({column_name}) FROM {table_name}), 0) + 1, false) "  # noqa: S608  # quoted names of our own schema
                    "FROM pg_get_serial_sequence(:table, :column) AS s WHERE s IS NOT NULL"
                ),
                {"table": table_name, "column": column.name},
            )


def _make_exact(column: Column[Any]) -> None:
    """Read SQLite's decimals as they are stored, and tell JSON's null from no value."""
    if isinstance(column.type, sql.Numeric) and not isinstance(column.type, sql.Float):
        column.type = sql.Numeric(column.type.precision, column.type.scale, asdecimal=False)
    elif isinstance(column.type, JSON):
        column.type.none_as_null = True


def _writer(column: Column[Any]) -> Callable[[Any], Any]:
    kind = column.type
    if isinstance(kind, sql.DateTime):
        return _utc
    if isinstance(kind, (sql.Date, sql.Time)):
        return lambda value: value.isoformat()
    if isinstance(kind, sql.Numeric) and not isinstance(kind, sql.Float):
        return str
    if isinstance(kind, sql.LargeBinary):
        return lambda value: base64.b64encode(value).decode("ascii")
    return lambda value: value


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    kind = column.type
    if isinstance(kind, sql.DateTime):
        aware = bool(kind.timezone)
        return lambda value: _moment(value, aware=aware)
    if isinstance(kind, sql.Date):
        return date.fromisoformat
    if isinstance(kind, sql.Time):
        return time.fromisoformat
    if isinstance(kind, sql.Numeric) and not isinstance(kind, sql.Float):
        return Decimal
    if isinstance(kind, sql.LargeBinary):
        return base64.b64decode
    return lambda value: value


def _utc(value: datetime) -> str:
    moment = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat()


def _moment(value: str, *, aware: bool) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment.replace(tzinfo=UTC) if aware else moment
