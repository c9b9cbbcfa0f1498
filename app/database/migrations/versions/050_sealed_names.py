"""How each person of a handover was named and reached on the day it was sealed: a later merge renames nobody there."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "050_sealed_names"
down_revision = "049_through"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("handover_person") as batch:
        batch.add_column(sa.Column("sealed_name", sa.String(240), nullable=True))
        batch.add_column(sa.Column("sealed_email", sa.String(254), nullable=True))


def downgrade() -> None:
    with altered("handover_person") as batch:
        batch.drop_column("sealed_email")
        batch.drop_column("sealed_name")
