"""What each database is told when somebody connects to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

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
