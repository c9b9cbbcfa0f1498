"""Dues, or a part of them, that a committee does not ask of a member."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "029_waivers"
down_revision = "028_officers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dues_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column("decided", sa.String(length=200), nullable=False),
        sa.Column("granted_by", sa.String(length=200), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_dues_waiver_member_id")),
        sa.ForeignKeyConstraint(["period_id"], ["dues_period.id"], name=op.f("fk_dues_waiver_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_waiver")),
    )
    op.create_index(op.f("ix_dues_waiver_period_id"), "dues_waiver", ["period_id"])
    op.create_index(op.f("ix_dues_waiver_member_id"), "dues_waiver", ["member_id"])


def downgrade() -> None:
    op.drop_table("dues_waiver")
