"""The database that PostgreSQL's tests take turns on is as new for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url

from app.database import migrate
from tests.support.sweep import Swept

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def database(swept: Swept | None) -> Iterator[Swept]:
    """A second one beside the worker's own, from the same template."""
    if swept is None:
        pytest.skip("SQLite copies its file")
    second = Swept(swept.server, f"{swept.name}_second", swept.template)
    yield second
    second.drop()


def _connected(url: str) -> psycopg.Connection:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def _wrote(connection: psycopg.Connection) -> int:
    fields = "(at, actor_name, action, details, subject_type) VALUES (now(), '', 'tried', '{}', '')"
    return connection.execute(f"INSERT INTO journal_entry {fields} RETURNING id").fetchone()[0]


def test_what_was_written_is_gone_and_numbers_begin_again(database: Swept) -> None:
    with _connected(database.fresh()) as connection:
        before = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        kinds = connection.execute("SELECT * FROM twinning_kind ORDER BY id").fetchall()
        first = _wrote(connection)
        connection.execute("DELETE FROM alembic_version")
        connection.execute("DELETE FROM twinning_kind")
    with _connected(database.fresh()) as connection:
        assert connection.execute("SELECT count(*) FROM journal_entry").fetchone() == (0,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == before
        assert before == [(migrate.head(),)]
        assert connection.execute("SELECT * FROM twinning_kind ORDER BY id").fetchall() == kinds != []
        assert _wrote(connection) == first


def test_what_somebody_still_holds_open_is_ended(database: Swept) -> None:
    held = _connected(database.fresh())
    held.autocommit = False
    _wrote(held)
    with _connected(database.fresh()) as connection:
        assert connection.execute("SELECT count(*) FROM journal_entry").fetchone() == (0,)
    with pytest.raises(psycopg.OperationalError):
        held.execute("SELECT 1")
    held.close()


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE surplus (id integer)",
        "ALTER TABLE person DROP COLUMN given_name CASCADE",
        "DROP TABLE place CASCADE",
    ],
)
def test_a_changed_schema_is_never_handed_on(database: Swept, change: str) -> None:
    def columns(connection: psycopg.Connection) -> list[tuple[str, ...]]:
        asked = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        return sorted(connection.execute(asked).fetchall())

    with _connected(database.fresh()) as connection:
        as_new = columns(connection)
        connection.execute(change)
        assert columns(connection) != as_new
    with _connected(database.fresh()) as connection:
        assert columns(connection) == as_new
