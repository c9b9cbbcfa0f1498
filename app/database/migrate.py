"""Runs Alembic on an engine; the revisions stand in ``migrations/versions``.

Files are named after their revision and counted, so that what is newest is known without loading Alembic: that
would cost every start a fifth of its time, and a start that has nothing to migrate never needs it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from app.database.connection import WRITES

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

_FOLLOWS = re.compile(r'^down_revision = "([^"]+)"', re.MULTILINE)
HERE = Path(__file__).parent / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """The configuration of Alembic, on a connection of ours."""
    from alembic.config import Config  # noqa: PLC0415  # only when there is something to migrate

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to a revision."""
    _run(engine, "upgrade", revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take the database down to a revision."""
    _run(engine, "downgrade", revision)


def head() -> str:
    """The newest revision that this version knows: the one that no other follows, whatever its number."""
    texts = [path.read_text("utf-8") for path in (HERE / "versions").glob("[0-9]*.py")]
    followed = {found[1] for one in texts if (found := _FOLLOWS.search(one))}
    return max(revisions() - followed)


def revisions() -> set[str]:
    """Every revision that this version knows."""
    return {path.stem for path in (HERE / "versions").glob("[0-9]*.py")}


def since(revision: str) -> set[str] | None:
    """What stands between a revision and the newest one; None when this version does not know it."""
    texts = {path.stem: path.read_text("utf-8") for path in (HERE / "versions").glob("[0-9]*.py")}
    passed, step = set(), head()
    while step != revision:
        passed.add(step)
        found = _FOLLOWS.search(texts[step])
        if found is None:
            return None
        step = found[1]
    return passed


def run(connection: Connection, revision: str, verb: str = "upgrade") -> None:
    """Bring the database to a revision inside the transaction of the caller, who commits."""
    from alembic import command  # noqa: PLC0415  # only when there is something to migrate

    getattr(command, verb)(configuration(connection), revision)


def standing(engine: Engine) -> set[str]:
    """The revision at which the database stands; none when it is new."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return set()
        return set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest revision."""
    return standing(engine) == {head()}


def _run(engine: Engine, verb: str, revision: str) -> None:
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        run(connection, revision, verb)
        connection.commit()
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
