"""In which shape the entries of agendas were last written; two columns that nothing reads go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "022_agendas"
down_revision = "017_founding"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ceremony") as batch:
        batch.add_column(sa.Column("calendar_shape", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("programme_item") as batch:
        batch.drop_column("year")
        batch.drop_column("zone")


def downgrade() -> None:
    with op.batch_alter_table("programme_item") as batch:
        batch.add_column(sa.Column("zone", sa.String(length=64), server_default="", nullable=False))
        batch.add_column(sa.Column("year", sa.Integer(), nullable=True))
    with op.batch_alter_table("programme_item") as batch:
        batch.alter_column("zone", server_default=None)
    with op.batch_alter_table("ceremony") as batch:
        batch.drop_column("calendar_shape")
