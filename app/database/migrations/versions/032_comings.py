"""Somebody may come and go several times within one item of a council's evening.

Going down keeps, of several movements of one person within one item, the last one of those that change where the
person is at the vote (they alternate: an odd number changes it, an even one leaves it). Presence, quorum and voters of
every vote stay; that somebody went out and came back in between is lost.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "032_comings"
down_revision = "031_evening"
branch_labels = None
depends_on = None

_MOVEMENT = sa.table(
    "council_movement", *(sa.column(name) for name in ("id", "seat_id", "point_id")), sa.column("kind", sa.String())
)


def upgrade() -> None:
    with altered("council_movement") as batch:
        batch.drop_constraint(batch.f("uq_council_movement_seat_id_point_id"), type_="unique")
        batch.create_index(batch.f("ix_council_movement_seat_id"), ["seat_id"], unique=False)


def downgrade() -> None:
    _keep_one_of_each()
    with altered("council_movement") as batch:
        batch.drop_index(batch.f("ix_council_movement_seat_id"))
        batch.create_unique_constraint(batch.f("uq_council_movement_seat_id_point_id"), ["seat_id", "point_id"])


def _keep_one_of_each() -> None:
    bind = op.get_bind()
    moves: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for row in bind.execute(sa.select(_MOVEMENT).order_by(_MOVEMENT.c.id)):
        moves.setdefault((row.seat_id, row.point_id), []).append((row.id, row.kind))
    for rows in moves.values():
        kinds = [kind for _id, kind in rows]
        change = [number for number, kind in rows if kinds.count(kind) * 2 > len(kinds)]
        kept = change[-1:]
        gone = [number for number, _kind in rows if number not in kept]
        if gone:
            bind.execute(sa.delete(_MOVEMENT).where(_MOVEMENT.c.id.in_(gone)))
