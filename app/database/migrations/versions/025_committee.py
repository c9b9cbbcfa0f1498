"""The constitutive assembly of a founding stands in the room of assemblies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "025_committee"
down_revision = "023_yearly"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("founding") as batch:
        batch.add_column(sa.Column("meeting_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_founding_meeting_id"), "assembly", ["meeting_id"], ["id"])
        batch.create_index(op.f("ix_founding_meeting_id"), ["meeting_id"])


def downgrade() -> None:
    with altered("founding") as batch:
        batch.drop_index(op.f("ix_founding_meeting_id"))
        batch.drop_constraint(op.f("fk_founding_meeting_id"), type_="foreignkey")
        batch.drop_column("meeting_id")
