"""The copy of the paper that somebody signed at a handover; what a person contests of what was noted for them."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "044_handover_proofs"
down_revision = "042_powers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("handover_person") as batch:
        batch.add_column(sa.Column("noted_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("proof_file", sa.String(80), nullable=True))
        batch.add_column(sa.Column("proof_name", sa.String(200), nullable=True))
        batch.add_column(sa.Column("proof_type", sa.String(40), nullable=True))
        batch.add_column(sa.Column("proof_struck_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("contested_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("contested_noter", sa.String(200), nullable=True))


def downgrade() -> None:
    with altered("handover_person") as batch:
        for name in ("contested_noter", "contested_on", "proof_struck_on", "proof_type", "proof_name", "proof_file"):
            batch.drop_column(name)
        batch.drop_column("noted_on")
