"""Deliberations of former years, brought in from lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "014_past_deliberations"
down_revision = "013_funding"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_deliberation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("twinning_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("voted_text", sa.String(length=25), nullable=False),
        sa.Column("voted_sort", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("tells_twinning", sa.Boolean(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("source_file", sa.String(length=160), nullable=False),
        sa.Column("source_line", sa.Integer(), nullable=False),
        sa.Column("imported_by", sa.String(length=200), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_past_deliberation_body_id")),
        sa.ForeignKeyConstraint(["twinning_id"], ["twinning.id"], name=op.f("fk_past_deliberation_twinning_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_deliberation")),
        sa.UniqueConstraint("body_id", "fingerprint", name=op.f("uq_past_deliberation_body_id_fingerprint")),
    )
    with altered("past_deliberation") as batch_op:
        batch_op.create_index(
            "ix_past_deliberation_body_id_voted_sort_id", ["body_id", "voted_sort", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_past_deliberation_twinning_id"), ["twinning_id"], unique=False)


def downgrade() -> None:
    op.drop_table("past_deliberation")
