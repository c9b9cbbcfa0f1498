"""What a convocation said when it left, where the assembly was written down otherwise afterwards."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "053_convened_as"
down_revision = "052_populations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("assembly") as batch:
        batch.add_column(sa.Column("convened_as", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))


def downgrade() -> None:
    with altered("assembly") as batch:
        batch.drop_column("convened_as")
