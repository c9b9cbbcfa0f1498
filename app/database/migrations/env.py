"""Alembic's environment: one connection given by :mod:`app.database.migrate`, one transaction for all."""

from __future__ import annotations

from alembic import context

from app.database.base import Base


def run() -> None:
    """Run the revisions on the connection given."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
