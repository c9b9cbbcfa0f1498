"""Since when a mandate is another office, or holds again after it had ended."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "055_recast"
down_revision = "054_agreed_family"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("mandate") as batch:
        batch.add_column(sa.Column("recast_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with altered("mandate") as batch:
        batch.drop_column("recast_at")
