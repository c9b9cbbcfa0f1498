"""A PostgreSQL database that each test finds as the migrations left it, without being made anew each time.

``CREATE DATABASE`` copies some seven hundred files; taking out what a test wrote asks each table once. What is
swept is proven, not assumed: an event trigger notes every change of a schema, and a database that was changed (or
that cannot be swept) is thrown away and copied from the template again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from tests.support import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL

_NOTES = """
CREATE SCHEMA swept;
CREATE TABLE swept.state (altered boolean NOT NULL);
INSERT INTO swept.state VALUES (false);
CREATE FUNCTION swept.note() RETURNS event_trigger LANGUAGE plpgsql AS
  'BEGIN UPDATE swept.state SET altered = true; END';
"""
_SWEEP = """
BEGIN
  IF (SELECT altered FROM swept.state) THEN RETURN false; END IF;
  {steps}
  RETURN true;
END
"""
_WATCHES = "CREATE EVENT TRIGGER swept_note ON ddl_command_end EXECUTE FUNCTION swept.note()"
_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_SEQUENCES = "SELECT schemaname, sequencename, start_value, last_value FROM pg_sequences WHERE schemaname = 'public'"
_COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""


def prepare(url: URL) -> None:
    """Teach a migrated template how to be swept: its copies know it too."""
    with _connected(url) as connection:
        connection.execute(_NOTES)
        steps = sql.SQL("\n").join(_steps(connection))
        body = sql.SQL(_SWEEP).format(steps=steps).as_string(connection)
        connection.execute(sql.SQL("CREATE FUNCTION swept.sweep() RETURNS boolean LANGUAGE plpgsql AS {}").format(body))
        connection.execute(_WATCHES)


def _steps(connection: psycopg.Connection) -> Iterator[sql.Composed | sql.SQL]:
    """Each table emptied, or filled again with what the migrations wrote into it; each sequence put back."""
    yield sql.SQL("PERFORM set_config('session_replication_role', 'replica', true);")  # rows go in any order
    for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"):
        table = sql.Identifier("public", name)
        yield sql.SQL("IF EXISTS (SELECT FROM {0}) THEN DELETE FROM {0}; END IF;").format(table)
        if connection.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(table)).fetchone() == (True,):
            kept = sql.Identifier("swept", name)
            connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(kept, table))
            columns = sql.SQL(", ").join(
                sql.Identifier(column) for (column,) in connection.execute(_COLUMNS, [table.as_string(connection)])
            )
            yield sql.SQL("INSERT INTO {0} ({1}) OVERRIDING SYSTEM VALUE SELECT {1} FROM {2};").format(
                table, columns, kept
            )
    for schema, name, start, last in connection.execute(_SEQUENCES):
        yield sql.SQL("PERFORM setval({}::regclass, {}, {});").format(
            sql.Identifier(schema, name).as_string(connection), last or start, last is not None
        )


@dataclass
class Swept:
    """The database of a worker, copied from its template once and swept before each further test."""

    server: str
    name: str
    template: str
    _broom: psycopg.Connection | None = field(default=None, init=False)

    def fresh(self) -> str:
        """The address of the database, as the migrations left it."""
        if self._broom is None or not self._sweep(self._broom):
            self._copy()
        return postgres.database(self.server, self.name)

    def drop(self) -> None:
        """Leave nothing on the server."""
        self._lay_down()
        self._tell("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)

    def _sweep(self, broom: psycopg.Connection) -> bool:
        try:
            broom.execute(_OTHERS)
            return broom.execute("SELECT swept.sweep()").fetchone() == (True,)
        except psycopg.Error:
            return False

    def _copy(self) -> None:
        self.drop()
        self._tell("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", self.name, self.template)
        self._broom = _connected(make_url(self.server).set(database=self.name))

    def _lay_down(self) -> None:
        if self._broom is not None:
            self._broom.close()
            self._broom = None

    def _tell(self, statement: str, *names: str) -> None:
        with _connected(make_url(self.server).set(database="postgres")) as connection:
            connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))  # type: ignore[arg-type]


def _connected(url: URL) -> psycopg.Connection:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)
