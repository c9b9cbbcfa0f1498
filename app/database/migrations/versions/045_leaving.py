"""Who leaves an assembly may give a proxy from that item on, come back, and give another.

Until now a proxy of somebody who had come lived again once they left: it is written as one given from there on, so
that every vote keeps its count. Going down keeps one proxy of each giver, the one of the opening before any other, and
forgets that somebody went out and came back.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "045_leaving"
down_revision = "044_handover_proofs"
branch_labels = None
depends_on = None

_PROXY = sa.table(
    "assembly_proxy",
    *(sa.column(name, sa.Integer) for name in ("id", "assembly_id", "giver_id", "holder_id", "from_item_id")),
    sa.column("channel", sa.String),
    sa.column("noted_at", sa.DateTime(timezone=True)),
)
_SEAT = sa.table(
    "assembly_seat",
    *(sa.column(name, sa.Integer) for name in ("id", "came_before_id", "left_before_id")),
    sa.column("presence", sa.String),
)


def upgrade() -> None:
    op.create_table(
        "assembly_absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("left_before_id", sa.Integer(), nullable=False),
        sa.Column("back_before_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assembly_id"], ["assembly.id"], name=op.f("fk_assembly_absence_assembly_id")),
        sa.ForeignKeyConstraint(
            ["back_before_id"], ["assembly_item.id"], name=op.f("fk_assembly_absence_back_before_id")
        ),
        sa.ForeignKeyConstraint(
            ["left_before_id"], ["assembly_item.id"], name=op.f("fk_assembly_absence_left_before_id")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["assembly_seat.id"], name=op.f("fk_assembly_absence_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_absence")),
    )
    with altered("assembly_absence") as batch:
        for name in ("assembly_id", "seat_id", "left_before_id", "back_before_id"):
            batch.create_index(batch.f(f"ix_assembly_absence_{name}"), [name], unique=False)
    with altered("assembly_proxy") as batch:
        batch.add_column(sa.Column("from_item_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("until_item_id", sa.Integer(), nullable=True))
        batch.drop_constraint(batch.f("uq_assembly_proxy_assembly_id_giver_id"), type_="unique")
        for name in ("from_item_id", "until_item_id"):
            batch.create_foreign_key(batch.f(f"fk_assembly_proxy_{name}"), "assembly_item", [name], ["id"])
        for name in ("assembly_id", "from_item_id", "until_item_id"):
            batch.create_index(batch.f(f"ix_assembly_proxy_{name}"), [name], unique=False)
    _keep_what_lived_again()


def _keep_what_lived_again() -> None:
    bind = op.get_bind()
    left = sa.select(_PROXY, _SEAT.c.came_before_id, _SEAT.c.left_before_id).join(
        _SEAT, _SEAT.c.id == _PROXY.c.giver_id
    )
    here = _SEAT.c.presence.in_(("present", "remote")) & _SEAT.c.left_before_id.is_not(None)
    for row in bind.execute(left.where(here).order_by(_PROXY.c.id)).all():
        if row.came_before_id is None:
            bind.execute(_PROXY.update().where(_PROXY.c.id == row.id).values(from_item_id=row.left_before_id))
        else:
            again = {
                name: getattr(row, name) for name in ("assembly_id", "giver_id", "holder_id", "channel", "noted_at")
            }
            bind.execute(_PROXY.insert().values(**again, from_item_id=row.left_before_id))


def downgrade() -> None:
    _keep_one_of_each_giver()
    with altered("assembly_proxy") as batch:
        for name in ("assembly_id", "from_item_id", "until_item_id"):
            batch.drop_index(batch.f(f"ix_assembly_proxy_{name}"))
        for name in ("from_item_id", "until_item_id"):
            batch.drop_constraint(batch.f(f"fk_assembly_proxy_{name}"), type_="foreignkey")
            batch.drop_column(name)
        batch.create_unique_constraint(batch.f("uq_assembly_proxy_assembly_id_giver_id"), ["assembly_id", "giver_id"])
    op.drop_table("assembly_absence")


def _keep_one_of_each_giver() -> None:
    bind = op.get_bind()
    kept: set[int] = set()
    for row in bind.execute(sa.select(_PROXY).order_by(_PROXY.c.from_item_id.is_not(None), _PROXY.c.id)).all():
        if row.giver_id in kept:
            bind.execute(_PROXY.delete().where(_PROXY.c.id == row.id))
        kept.add(row.giver_id)
