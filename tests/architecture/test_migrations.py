"""The database's history: up, down and up again, with data, and in agreement with the models."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, insert, inspect, select

from app.database import migrate
from app.database.base import Base
from app.database.connection import prepare
from app.factory import ROOMS
from app.shared.clock import now

if TYPE_CHECKING:
    from sqlalchemy import Engine


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    prepare(engine)
    return engine


def _models() -> None:
    for room in ROOMS:
        try:
            import_module(f"app.{room}.models")
        except ModuleNotFoundError as error:
            if error.name != f"app.{room}.models":
                raise


def test_the_models_and_the_migrations_agree(database_url: str) -> None:
    _models()
    engine = _engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [d for d in compare_metadata(context, Base.metadata) if not _is_expression_index(d)]
    engine.dispose()
    assert differences == []


def _is_expression_index(difference: Any) -> bool:
    """Search indexes made for one kind of database only are not in the models."""
    kind = difference[0] if isinstance(difference, tuple) else ""
    return kind == "remove_index" and difference[1].name.endswith("_search")


def test_there_is_one_history_with_one_end() -> None:
    script = ScriptDirectory.from_config(migrate.configuration())
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_every_step_goes_up_down_and_up_again_and_keeps_what_was_written_below_it(database_url: str) -> None:
    engine = _engine(database_url)
    steps = [s.revision for s in reversed(list(ScriptDirectory.from_config(migrate.configuration()).walk_revisions()))]
    person = Base.metadata.tables["person"]
    with engine.begin() as connection:
        connection.execute(insert(person).values(given_name="Ève", languages=["fr"], created_at=now()))
    for step in reversed(steps[:-1]):
        migrate.downgrade(engine, step)
        with engine.connect() as connection:
            assert connection.scalars(select(person.c.given_name)).all() == ["Ève"]
    for step in steps[1:]:
        migrate.upgrade(engine, step)
    assert migrate.is_current(engine)
    with engine.connect() as connection:
        assert connection.scalars(select(person.c.given_name)).all() == ["Ève"]
    engine.dispose()


def test_going_down_to_nothing_leaves_nothing(database_url: str) -> None:
    engine = _engine(database_url)
    migrate.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(engine)
    assert migrate.is_current(engine)
    engine.dispose()
