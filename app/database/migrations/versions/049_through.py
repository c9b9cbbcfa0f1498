"""Who gave a vote from a screen with somebody's proxy, and how many were there at each round of an election."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "049_through"
down_revision = "048_list_online"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("assembly_voice") as batch:
        batch.add_column(sa.Column("through_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f("fk_assembly_voice_through_id"), "assembly_seat", ["through_id"], ["id"])
        batch.create_index(batch.f("ix_assembly_voice_through_id"), ["through_id"], unique=False)
    with altered("assembly_proxy") as batch:
        batch.add_column(sa.Column("served", sa.Boolean(), server_default=sa.false(), nullable=False))
    with altered("assembly_item") as batch:
        batch.add_column(sa.Column("rooms", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))


def downgrade() -> None:
    with altered("assembly_item") as batch:
        batch.drop_column("rooms")
    with altered("assembly_proxy") as batch:
        batch.drop_column("served")
    with altered("assembly_voice") as batch:
        batch.drop_index(batch.f("ix_assembly_voice_through_id"))
        batch.drop_constraint(batch.f("fk_assembly_voice_through_id"), type_="foreignkey")
        batch.drop_column("through_id")
