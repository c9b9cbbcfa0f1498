"""Kept checks of projects, ticks, own rule files, feeds of deadlines and alerts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "013_funding"
down_revision = "012_actions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "funding_seen",
        sa.Column("edition", sa.String(length=160), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("edition", name=op.f("pk_funding_seen")),
    )
    op.create_table(
        "funding_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_text")),
        sa.UniqueConstraint("sha256", name=op.f("uq_funding_text_sha256")),
    )
    op.create_table(
        "funding_alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=240), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_funding_alert_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_alert")),
        sa.UniqueConstraint("account_id", "mark", name=op.f("uq_funding_alert_account_id_mark")),
    )
    op.create_table(
        "funding_rule_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_by", sa.String(length=200), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("switched_by", sa.String(length=200), nullable=False),
        sa.Column("switched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_funding_rule_file_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_rule_file")),
    )
    with altered("funding_rule_file") as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_rule_file_body_id"), ["body_id"], unique=False)
        batch_op.create_index("ix_funding_rule_file_name_id", ["name", "id"], unique=False)

    op.create_table(
        "funding_watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=80), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_funding_watch_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_watch")),
        sa.UniqueConstraint("account_id", "programme", name=op.f("uq_funding_watch_account_id_programme")),
    )
    with altered("funding_watch") as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_watch_programme"), ["programme"], unique=False)

    op.create_table(
        "funding_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=160), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("ticks", sa.JSON(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("kept_by", sa.String(length=200), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_funding_check_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_check")),
    )
    with altered("funding_check") as batch_op:
        batch_op.create_index("ix_funding_check_project_id_id", ["project_id", "id"], unique=False)

    op.create_table(
        "funding_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("programmes", sa.JSON(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_by_name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_funding_feed_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_feed")),
        sa.UniqueConstraint("token", name=op.f("uq_funding_feed_token")),
    )
    with altered("funding_feed") as batch_op:
        batch_op.create_index("ix_funding_feed_created_by_id_id", ["created_by_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_funding_feed_project_id"), ["project_id"], unique=False)

    op.create_table(
        "funding_tick",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=160), nullable=False),
        sa.Column("condition", sa.String(length=120), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ticked_by_id", sa.Integer(), nullable=True),
        sa.Column("ticked_by", sa.String(length=200), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_funding_tick_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_tick")),
    )
    with altered("funding_tick") as batch_op:
        batch_op.create_index("ix_funding_tick_project_id_edition", ["project_id", "edition"], unique=False)


def downgrade() -> None:
    op.drop_table("funding_tick")
    op.drop_table("funding_feed")
    op.drop_table("funding_check")
    op.drop_table("funding_watch")
    op.drop_table("funding_rule_file")
    op.drop_table("funding_alert")
    op.drop_table("funding_text")
    op.drop_table("funding_seen")
