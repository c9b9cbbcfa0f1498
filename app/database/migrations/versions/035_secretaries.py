"""Who keeps the minutes from an item on, when the secretary of the meeting has left."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "035_secretaries"
down_revision = "036_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("agenda_point") as batch:
        batch.add_column(sa.Column("secretary_id", sa.Integer(), nullable=True))
        batch.create_index(batch.f("ix_agenda_point_secretary_id"), ["secretary_id"], unique=False)
        batch.create_foreign_key(batch.f("fk_agenda_point_secretary_id"), "council_seat", ["secretary_id"], ["id"])


def downgrade() -> None:
    with altered("agenda_point") as batch:
        batch.drop_constraint(batch.f("fk_agenda_point_secretary_id"), type_="foreignkey")
        batch.drop_index(batch.f("ix_agenda_point_secretary_id"))
        batch.drop_column("secretary_id")
