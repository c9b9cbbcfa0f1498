"""Runs Alembic on an engine; the revisions stand in ``migrations/versions``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.database.connection import WRITES

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

HERE = Path(__file__).parent / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """The configuration of Alembic, on a connection of ours."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to a revision."""
    _run(engine, command.upgrade, revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take the database down to a revision."""
    _run(engine, command.downgrade, revision)


def head() -> str:
    """The newest revision that this version knows."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""


def revisions() -> set[str]:
    """Every revision that this version knows."""
    return {script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()}


def run(connection: Connection, revision: str) -> None:
    """Bring the database up to a revision inside the transaction of the caller, who commits."""
    command.upgrade(configuration(connection), revision)


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest revision."""
    with engine.connect() as connection:
        stands = MigrationContext.configure(connection).get_current_revision()
    return stands == head()


def _run(engine: Engine, verb, revision: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # Alembic's
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        verb(configuration(connection), revision)
        connection.commit()
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
