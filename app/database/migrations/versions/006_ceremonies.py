"""Ceremonies, their programmes and the calendars people subscribe to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "006_ceremonies"
down_revision = "005_conventions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ceremony",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=120), nullable=False),
        sa.Column("owner_body_id", sa.Integer(), nullable=True),
        sa.Column("host_body_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("sort_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("modified", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vevent", sa.Text(), nullable=False),
        sa.Column("calendar_text", sa.Text(), nullable=False),
        sa.Column("calendar_zones", sa.JSON(), nullable=False),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("calendar_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("when_text", sa.String(length=25), nullable=True),
        sa.Column("when_sort", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["host_body_id"], ["body.id"], name=op.f("fk_ceremony_host_body_id")),
        sa.ForeignKeyConstraint(["owner_body_id"], ["body.id"], name=op.f("fk_ceremony_owner_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ceremony")),
        sa.UniqueConstraint("uid", name=op.f("uq_ceremony_uid")),
    )
    with altered("ceremony") as batch_op:
        batch_op.create_index("ix_ceremony_host_body_id", ["host_body_id"], unique=False)
        batch_op.create_index("ix_ceremony_owner_body_id", ["owner_body_id"], unique=False)
        batch_op.create_index("ix_ceremony_sort_day_id", ["sort_day", "id"], unique=False)
        batch_op.create_index("ix_ceremony_when_sort", ["when_sort"], unique=False)

    op.create_table(
        "ceremony_twinning",
        sa.Column("ceremony_id", sa.Integer(), nullable=False),
        sa.Column("twinning_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ceremony_id"], ["ceremony.id"], name=op.f("fk_ceremony_twinning_ceremony_id")),
        sa.ForeignKeyConstraint(["twinning_id"], ["twinning.id"], name=op.f("fk_ceremony_twinning_twinning_id")),
        sa.PrimaryKeyConstraint("ceremony_id", "twinning_id", name=op.f("pk_ceremony_twinning")),
    )
    with altered("ceremony_twinning") as batch_op:
        batch_op.create_index("ix_ceremony_twinning_twinning_id", ["twinning_id"], unique=False)

    op.create_table(
        "programme_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ceremony_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("date_text", sa.String(length=25), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("start", sa.String(length=5), nullable=False),
        sa.Column("end", sa.String(length=5), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("modified", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vevent", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ceremony_id"], ["ceremony.id"], name=op.f("fk_programme_item_ceremony_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_item")),
        sa.UniqueConstraint("uid", name=op.f("uq_programme_item_uid")),
    )
    with altered("programme_item") as batch_op:
        batch_op.create_index("ix_programme_item_ceremony_id_position", ["ceremony_id", "position"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("ceremony_id", sa.Integer(), nullable=True),
        sa.Column("twinning_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_by_name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendar_feed_account_id")),
        sa.ForeignKeyConstraint(["ceremony_id"], ["ceremony.id"], name=op.f("fk_calendar_feed_ceremony_id")),
        sa.ForeignKeyConstraint(["twinning_id"], ["twinning.id"], name=op.f("fk_calendar_feed_twinning_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token", name=op.f("uq_calendar_feed_token")),
    )
    with altered("calendar_feed") as batch_op:
        batch_op.create_index("ix_calendar_feed_account_id", ["account_id"], unique=False)
        batch_op.create_index("ix_calendar_feed_ceremony_id", ["ceremony_id"], unique=False)
        batch_op.create_index("ix_calendar_feed_created_by_id_id", ["created_by_id", "id"], unique=False)
        batch_op.create_index("ix_calendar_feed_twinning_id", ["twinning_id"], unique=False)


def downgrade() -> None:
    op.drop_table("calendar_feed")
    op.drop_table("programme_item")
    op.drop_table("ceremony_twinning")
    op.drop_table("ceremony")
