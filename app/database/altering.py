"""Changing a table in a revision, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import op

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from alembic.operations import BatchOperations


def altered(table: str) -> AbstractContextManager[BatchOperations]:
    """Gather changes of a table; SQLite makes it anew where it knows no such change, and copies the rows.

    Which tables it points to is read, but not what those look like, nor those they point to: that was a third of
    the time of all revisions together.
    """
    return op.batch_alter_table(table, reflect_kwargs={"resolve_fks": False})
