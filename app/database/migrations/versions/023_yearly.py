"""The yearly papers of an association."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "023_yearly"
down_revision = "019_handover"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "year_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("moral", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("outlook", sa.Text(), nullable=False),
        sa.Column("contract_signed_on", sa.Date(), nullable=True),
        sa.Column("contract_signed_by", sa.String(length=200), nullable=False),
        sa.Column("informed_how", sa.String(length=300), nullable=False),
        sa.Column("insurer", sa.String(length=200), nullable=False),
        sa.Column("policy_number", sa.String(length=80), nullable=False),
        sa.Column("insured_until", sa.Date(), nullable=True),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_year_book_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_book")),
        sa.UniqueConstraint("body_id", "year", name=op.f("uq_year_book_body_id_year")),
    )
    op.create_table(
        "year_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=2), nullable=False),
        sa.Column("planned", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("actual", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["year_book.id"], name=op.f("fk_year_line_book_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_line")),
        sa.UniqueConstraint("book_id", "heading", name=op.f("uq_year_line_book_id_heading")),
    )


def downgrade() -> None:
    op.drop_table("year_line")
    op.drop_table("year_book")
