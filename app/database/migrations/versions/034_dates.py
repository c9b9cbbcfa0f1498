"""Room for dates that are one of several: « [1968-05-12,1968-05-19,1968-05-26] »."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "034_dates"
down_revision = "033_terms"
branch_labels = None
depends_on = None

_COLUMNS = {
    "ceremony": [("when_text", True)],
    "programme_item": [("date_text", True)],
    "twinning_event": [("when_text", True)],
    "mandate": [("since_text", True), ("until_text", True)],
    "member": [("since_text", True), ("until_text", True)],
    "past_deliberation": [("voted_text", False)],
}
_SHORT, _LONG = 25, 120


def upgrade() -> None:
    _resize(_SHORT, _LONG)


def downgrade() -> None:
    """Long dates, which the column below cannot hold, keep the year of the first one."""
    for name, columns in _COLUMNS.items():
        for column, _nullable in columns:
            table = sa.table(name, sa.column(column, sa.String))
            text = table.c[column]
            year = sa.func.substr(sa.func.replace(text, "..", ""), 2, 4)
            op.execute(table.update().where(sa.func.length(text) > _SHORT).values({column: year}))
    _resize(_LONG, _SHORT)


def _resize(before: int, after: int) -> None:
    for table, columns in _COLUMNS.items():
        with altered(table) as batch:
            for column, nullable in columns:
                batch.alter_column(
                    column,
                    existing_type=sa.String(length=before),
                    type_=sa.String(length=after),
                    existing_nullable=nullable,
                )
