"""In which shape the entries of agendas were last written; two columns that nothing reads go."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "022_agendas"
down_revision = "017_founding"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("ceremony") as batch:
        batch.add_column(sa.Column("calendar_shape", sa.Integer(), server_default="0", nullable=False))
    with altered("programme_item") as batch:
        batch.drop_column("year")
        batch.drop_column("zone")


def downgrade() -> None:
    with altered("programme_item") as batch:
        batch.add_column(sa.Column("zone", sa.String(length=64), server_default="", nullable=False))
        batch.add_column(sa.Column("year", sa.Integer(), nullable=True))
    with altered("programme_item") as batch:
        batch.alter_column("zone", server_default=None)
    with altered("ceremony") as batch:
        batch.drop_column("calendar_shape")
