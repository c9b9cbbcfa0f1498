"""What statutes keep for one kind of assembly; who takes part in a handover in the place of somebody else."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "030_reserves"
down_revision = "029_waivers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("statutes_rule") as table:
        table.add_column(sa.Column("keeps", sa.String(length=60), nullable=False, server_default=""))
    with altered("handover_person") as table:
        table.add_column(sa.Column("stands_in", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with altered("handover_person") as table:
        table.drop_column("stands_in")
    with altered("statutes_rule") as table:
        table.drop_column("keeps")
