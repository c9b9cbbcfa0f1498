"""That the registry was told of officers who changed without an assembly."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "028_officers"
down_revision = "025_committee"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "officers_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_officers_declaration_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers_declaration")),
    )
    op.create_index(op.f("ix_officers_declaration_body_id"), "officers_declaration", ["body_id"])


def downgrade() -> None:
    op.drop_table("officers_declaration")
