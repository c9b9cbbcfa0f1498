"""Since when the council's choice of how to publish holds, and the choices that were before it."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "047_modes"
down_revision = "046_at_work"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("council") as batch:
        batch.add_column(sa.Column("mode_since", sa.Date(), nullable=True))
        batch.add_column(sa.Column("former_modes", sa.JSON(), nullable=True))


def downgrade() -> None:
    with altered("council") as batch:
        batch.drop_column("former_modes")
        batch.drop_column("mode_since")
