"""Persons are ordered by name; places are found by any part of their name; which edition of the lists is loaded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "002_places"
down_revision = "001_spine"
branch_labels = None
depends_on = None

FOLDED = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("place", sa.Column("near", sa.String(200), nullable=False, server_default=""))
    op.drop_table("place_name")
    op.create_table(
        "place_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.SmallInteger(), nullable=False, server_default="0"),
        sa.Column("population", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("folded", FOLDED, nullable=False),
        sa.Column("tail", FOLDED, nullable=True),
        sa.Column("sound", FOLDED, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_name")),
    )
    with altered("place_name") as batch_op:
        batch_op.create_index(batch_op.f("ix_place_name_place_id"), ["place_id"], unique=False)
        batch_op.create_index(
            "ix_place_name_folded_role_population_place_id", ["folded", "role", "population", "place_id"], unique=False
        )
        batch_op.create_index("ix_place_name_tail", ["tail"], unique=False)
        batch_op.create_index("ix_place_name_sound", ["sound"], unique=False)
    op.create_table(
        "place_list",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_place_list")),
    )

    op.add_column("person", sa.Column("folded", sa.String(500), nullable=False, server_default=""))
    with altered("person") as batch_op:
        batch_op.create_index("ix_person_folded_id", ["folded", "id"], unique=False)


def downgrade() -> None:
    with altered("person") as batch_op:
        batch_op.drop_index("ix_person_folded_id")
        batch_op.drop_column("folded")
    op.drop_table("place_list")
    op.drop_table("place_name")
    op.create_table(
        "place_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_name")),
    )
    with altered("place_name") as batch_op:
        batch_op.create_index("ix_place_name_folded_place_id", ["folded", "place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_name_place_id"), ["place_id"], unique=False)
    with altered("place") as batch_op:
        batch_op.drop_column("near")
