"""What is typed at an item before it is recorded, votes taken back, who is elected to preside, since when a proxy."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "031_evening"
down_revision = "030_reserves"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("agenda_point") as batch:
        batch.add_column(sa.Column("draft", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
        batch.add_column(sa.Column("taken_back", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch.add_column(sa.Column("chair_id", sa.Integer(), nullable=True))
        batch.create_index(batch.f("ix_agenda_point_chair_id"), ["chair_id"], unique=False)
        batch.create_foreign_key(batch.f("fk_agenda_point_chair_id"), "council_seat", ["chair_id"], ["id"])
    with altered("council_proxy") as batch:
        batch.add_column(sa.Column("since_id", sa.Integer(), nullable=True))
        batch.create_index(batch.f("ix_council_proxy_since_id"), ["since_id"], unique=False)
        batch.create_foreign_key(batch.f("fk_council_proxy_since_id"), "agenda_point", ["since_id"], ["id"])
    with altered("agenda_point") as batch:
        batch.alter_column("draft", server_default=None)
        batch.alter_column("taken_back", server_default=None)


def downgrade() -> None:
    with altered("council_proxy") as batch:
        batch.drop_constraint(batch.f("fk_council_proxy_since_id"), type_="foreignkey")
        batch.drop_index(batch.f("ix_council_proxy_since_id"))
        batch.drop_column("since_id")
    with altered("agenda_point") as batch:
        batch.drop_constraint(batch.f("fk_agenda_point_chair_id"), type_="foreignkey")
        batch.drop_index(batch.f("ix_agenda_point_chair_id"))
        batch.drop_column("chair_id")
        batch.drop_column("taken_back")
        batch.drop_column("draft")
