"""The day on which a letter of the prefect went: one reading of the law counts from it, not from its receipt."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "035_letters"
down_revision = "038_feeds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("council_act_event") as batch:
        batch.add_column(sa.Column("sent_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with altered("council_act_event") as batch:
        batch.drop_column("sent_on")
