"""For which host family the parents agreed: the one of the day, for what was seen before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "054_agreed_family"
down_revision = "053_convened_as"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("travel_paper") as batch:
        batch.add_column(sa.Column("host_family_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_travel_paper_host_family_id_host_family"), "host_family", ["host_family_id"], ["id"]
        )
        batch.create_index(batch.f("ix_travel_paper_host_family_id"), ["host_family_id"])
    paper = sa.table("travel_paper", sa.column("traveller_id"), sa.column("kind"), sa.column("host_family_id"))
    traveller = sa.table("traveller", sa.column("id"), sa.column("host_family_id"))
    lodged = sa.select(traveller.c.host_family_id).where(traveller.c.id == paper.c.traveller_id).scalar_subquery()
    op.execute(sa.update(paper).where(paper.c.kind == "host").values(host_family_id=lodged))


def downgrade() -> None:
    with altered("travel_paper") as batch:
        batch.drop_index(batch.f("ix_travel_paper_host_family_id"))
        batch.drop_constraint(batch.f("fk_travel_paper_host_family_id_host_family"), type_="foreignkey")
        batch.drop_column("host_family_id")
