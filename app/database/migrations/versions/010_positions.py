"""Where a body is, when no place of the lists says it: entered by a human, as near as they know."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "010_positions"
down_revision = "007_web"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("body") as batch:
        batch.add_column(sa.Column("latitude", sa.Double(), nullable=True))
        batch.add_column(sa.Column("longitude", sa.Double(), nullable=True))


def downgrade() -> None:
    with altered("body") as batch:
        batch.drop_column("longitude")
        batch.drop_column("latitude")
