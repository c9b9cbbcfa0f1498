"""What each database is told when somebody connects to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def test_a_connection_has_the_settings_of_the_house_and_keeps_them_after_a_transaction(session: Session) -> None:
    """PostgreSQL compiles no plan; SQLite writes beside its readers and lets no row point at nothing."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    asked = {"jit": "off"} if on_postgresql else {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1}
    for _ in range(2):
        for name, wanted in asked.items():
            said = session.execute(text(f"SHOW {name}" if on_postgresql else f"PRAGMA {name}")).scalar()
            assert said == wanted, name
        session.rollback()


def test_what_the_database_refuses_is_told_in_the_log_without_the_names_that_were_written(session: Session) -> None:
    made = {"code": "X", "name": "Ada Fictive ada@exemple.test"}
    with pytest.raises(StatementError) as refused:
        session.execute(text("INSERT INTO nowhere (code, name) VALUES (:code, :name)"), made)
    session.rollback()
    assert "INSERT INTO nowhere" in str(refused.value)
    assert "Ada" not in str(refused.value)
