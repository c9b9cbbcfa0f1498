"""A councillor may give one proxy after another in an evening: each says at which item it ended.

Going down keeps one proxy of each giver and one of each holder, rather the one that did not end: the older shape cannot
say that a proxy ended. One whose giver came in or left the council is kept beside another of the same holder, for the
movement alone says there that it ended. What was counted with a proxy that goes keeps its numbers, without its name.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "042_powers"
down_revision = "041_role_end"
branch_labels = None
depends_on = None

_PROXY = sa.table(
    "council_proxy",
    *(sa.column(name) for name in ("id", "meeting_id", "giver_id", "holder_id", "since_id", "until_id")),
    sa.column("is_admitted", sa.Boolean),
)
_MOVEMENT = sa.table("council_movement", sa.column("seat_id"), sa.column("kind", sa.String))
_POINT = sa.table("agenda_point", sa.column("id"), sa.column("position"))


def upgrade() -> None:
    with altered("council_proxy") as batch:
        batch.add_column(sa.Column("until_id", sa.Integer(), nullable=True))
        batch.create_index(batch.f("ix_council_proxy_until_id"), ["until_id"], unique=False)
        batch.create_foreign_key(batch.f("fk_council_proxy_until_id"), "agenda_point", ["until_id"], ["id"])
        batch.drop_constraint(batch.f("uq_council_proxy_meeting_id_giver_id"), type_="unique")
        batch.create_index(batch.f("ix_council_proxy_meeting_id"), ["meeting_id"], unique=False)


def downgrade() -> None:
    _keep_one_of_each()
    with altered("council_proxy") as batch:
        batch.drop_index(batch.f("ix_council_proxy_meeting_id"))
        batch.create_unique_constraint(batch.f("uq_council_proxy_meeting_id_giver_id"), ["meeting_id", "giver_id"])
        batch.drop_constraint(batch.f("fk_council_proxy_until_id"), type_="foreignkey")
        batch.drop_index(batch.f("ix_council_proxy_until_id"))
        batch.drop_column("until_id")


def _keep_one_of_each() -> None:
    bind = op.get_bind()
    places = {row.id: (row.position, row.id) for row in bind.execute(sa.select(_POINT))}
    moved = set(bind.scalars(sa.select(_MOVEMENT.c.seat_id).where(_MOVEMENT.c.kind.in_(["arrival", "vacancy"]))).all())
    rows = sorted(
        bind.execute(sa.select(_PROXY)).all(),
        key=lambda row: (row.until_id is None, places.get(row.since_id, (-1, 0)), row.id),
        reverse=True,
    )
    givers: set[int] = set()
    holders: set[int] = set()
    for row in rows:
        is_bound = row.is_admitted or row.giver_id in moved
        if row.giver_id in givers or (row.holder_id in holders and row.until_id is not None and not is_bound):
            bind.execute(sa.delete(_PROXY).where(_PROXY.c.id == row.id))
            continue
        givers.add(row.giver_id)
        holders.add(row.holder_id)
