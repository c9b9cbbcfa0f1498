"""Since when the populations of a commune hold, and those that were before them."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "052_populations"
down_revision = "051_hands"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("council") as batch:
        batch.add_column(sa.Column("population_since", sa.Date(), nullable=True))
        batch.add_column(sa.Column("former_populations", sa.JSON(), nullable=True))


def downgrade() -> None:
    with altered("council") as batch:
        batch.drop_column("former_populations")
        batch.drop_column("population_since")
