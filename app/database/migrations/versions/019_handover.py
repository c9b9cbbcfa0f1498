"""What one board hands to the next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "019_handover"
down_revision = "018_mailing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=True),
        sa.Column("takes_over_on", sa.Date(), nullable=False),
        sa.Column("access_ends_on", sa.Date(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_by", sa.String(length=200), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["assembly_id"], ["assembly.id"], name=op.f("fk_handover_assembly_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_handover_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("uid", name=op.f("uq_handover_uid")),
    )
    with altered("handover") as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_assembly_id"), ["assembly_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_body_id"), ["body_id"], unique=False)

    op.create_table(
        "handover_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("function", sa.String(length=200), nullable=False),
        sa.Column("signed_how", sa.String(length=8), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_handover_person_handover_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_handover_person_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_person")),
        sa.UniqueConstraint(
            "handover_id", "side", "person_id", name=op.f("uq_handover_person_handover_id_side_person_id")
        ),
    )
    with altered("handover_person") as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_person_person_id"), ["person_id"], unique=False)

    op.create_table(
        "handover_right",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(length=8), nullable=False),
        sa.Column("heir_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["grant_id"], ["role_grant.id"], name=op.f("fk_handover_right_grant_id")),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_handover_right_handover_id")),
        sa.ForeignKeyConstraint(["heir_id"], ["account.id"], name=op.f("fk_handover_right_heir_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_right")),
        sa.UniqueConstraint("handover_id", "grant_id", name=op.f("uq_handover_right_handover_id_grant_id")),
    )
    with altered("handover_right") as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_right_grant_id"), ["grant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_right_heir_id"), ["heir_id"], unique=False)

    op.create_table(
        "handover_thing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("goes_to", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_handover_thing_handover_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_thing")),
    )
    with altered("handover_thing") as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_thing_handover_id"), ["handover_id"], unique=False)


def downgrade() -> None:
    with altered("handover_thing") as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_thing_handover_id"))

    op.drop_table("handover_thing")
    with altered("handover_right") as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_right_heir_id"))
        batch_op.drop_index(batch_op.f("ix_handover_right_grant_id"))

    op.drop_table("handover_right")
    with altered("handover_person") as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_person_person_id"))

    op.drop_table("handover_person")
    with altered("handover") as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_body_id"))
        batch_op.drop_index(batch_op.f("ix_handover_assembly_id"))

    op.drop_table("handover")
