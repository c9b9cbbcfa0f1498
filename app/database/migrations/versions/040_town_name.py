"""The name under which a commune convened its council: its papers keep it when the commune takes another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "040_town_name"
down_revision = "040_in_kind"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("council_meeting") as batch:
        batch.add_column(sa.Column("town_name", sa.String(200), nullable=False, server_default=""))
    named = "(SELECT name FROM body WHERE body.id = council_meeting.body_id)"
    op.execute(f"UPDATE council_meeting SET town_name = {named} WHERE convened_at IS NOT NULL")  # noqa: S608  # fixed
    with altered("council_meeting") as batch:
        batch.alter_column("town_name", existing_type=sa.String(200), server_default=None)


def downgrade() -> None:
    with altered("council_meeting") as batch:
        batch.drop_column("town_name")
