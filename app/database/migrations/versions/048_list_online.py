"""The day on which a meeting's list of deliberations was put online, apart from that on the town hall's door."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "048_list_online"
down_revision = "047_modes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("council_meeting") as batch:
        batch.add_column(sa.Column("list_online_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with altered("council_meeting") as batch:
        batch.drop_column("list_online_on")
