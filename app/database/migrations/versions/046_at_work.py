"""Who works for an association at the end of a year, whom the form Cerfa 12156 counts."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "046_at_work"
down_revision = "045_leaving"
branch_labels = None
depends_on = None

_HEADS = ("employees", "subsidised", "in_service", "seconded")


def upgrade() -> None:
    with altered("year_book") as batch:
        for name in _HEADS:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch.add_column(sa.Column("full_time", sa.Numeric(precision=8, scale=2), nullable=True))


def downgrade() -> None:
    with altered("year_book") as batch:
        for name in (*_HEADS, "full_time"):
            batch.drop_column(name)
