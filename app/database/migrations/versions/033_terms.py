"""How long mandates last by the statutes, and until when each is meant to last."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "033_terms"
down_revision = "032_comings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("statutes_rule") as table:
        table.add_column(sa.Column("mandate_years", sa.Integer(), nullable=True))
    with altered("mandate") as table:
        table.add_column(sa.Column("due_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with altered("mandate") as table:
        table.drop_column("due_on")
    with altered("statutes_rule") as table:
        table.drop_column("mandate_years")
