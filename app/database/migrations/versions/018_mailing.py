"""Letters to members, what became of each, models, known addresses; the outbox says who writes and how to leave."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "018_mailing"
down_revision = "020_council"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailing_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("opposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opposed_how", sa.String(length=200), nullable=False),
        sa.Column("good_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_mailing_address_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_address")),
        sa.UniqueConstraint("body_id", "address", name=op.f("uq_mailing_address_body_id_address")),
    )
    op.create_table(
        "mailing_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_mailing_model_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_model")),
    )
    with altered("mailing_model") as batch_op:
        batch_op.create_index(batch_op.f("ix_mailing_model_body_id"), ["body_id"], unique=False)

    op.create_table(
        "mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.String(length=254), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_mailing_body_id")),
        sa.ForeignKeyConstraint(["group_id"], ["member_group.id"], name=op.f("fk_mailing_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
        sa.UniqueConstraint("uid", name=op.f("uq_mailing_uid")),
    )
    with altered("mailing") as batch_op:
        batch_op.create_index("ix_mailing_body_id_changed_at_id", ["body_id", "changed_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mailing_group_id"), ["group_id"], unique=False)

    op.create_table(
        "mailing_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounced_why", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["mailing_id"], ["mailing.id"], name=op.f("fk_mailing_delivery_mailing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_delivery")),
        sa.UniqueConstraint("mailing_id", "address", name=op.f("uq_mailing_delivery_mailing_id_address")),
    )
    with altered("mailing_delivery") as batch_op:
        batch_op.create_index(batch_op.f("ix_mailing_delivery_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_mailing_delivery_message_id"), ["message_id"], unique=False)

    with altered("outbox_message") as batch_op:
        batch_op.add_column(sa.Column("from_name", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("unsubscribe_url", sa.String(length=500), server_default="", nullable=False))


def downgrade() -> None:
    with altered("outbox_message") as batch_op:
        batch_op.drop_column("unsubscribe_url")
        batch_op.drop_column("from_name")

    op.drop_table("mailing_delivery")
    op.drop_table("mailing")
    op.drop_table("mailing_model")
    op.drop_table("mailing_address")
