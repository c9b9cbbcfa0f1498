"""Creations of committees, their founders and proofs; delegations of a commune to its committee."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "017_founding"
down_revision = "016_assemblies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "body_delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("act_reference", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["council_act.id"], name=op.f("fk_body_delegation_act_id")),
        sa.ForeignKeyConstraint(["commune_id"], ["body.id"], name=op.f("fk_body_delegation_commune_id")),
        sa.ForeignKeyConstraint(["delegate_id"], ["body.id"], name=op.f("fk_body_delegation_delegate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_delegation")),
        sa.UniqueConstraint("uid", name=op.f("uq_body_delegation_uid")),
    )
    with altered("body_delegation") as batch_op:
        batch_op.create_index(batch_op.f("ix_body_delegation_act_id"), ["act_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_body_delegation_commune_id"), ["commune_id"], unique=False)
        batch_op.create_index("ix_body_delegation_delegate_id_since", ["delegate_id", "since"], unique=False)

    op.create_table(
        "founding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("twinning_id", sa.Integer(), nullable=True),
        sa.Column("form", sa.String(length=12), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("deliberated_on", sa.Date(), nullable=True),
        sa.Column("deliberation_reference", sa.String(length=200), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("own_words", sa.JSON(), nullable=False),
        sa.Column("statutes_on", sa.Date(), nullable=True),
        sa.Column("assembly_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assembly_place", sa.String(length=300), nullable=False),
        sa.Column("convened_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("chaired_by", sa.String(length=200), nullable=False),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("abstentions", sa.Integer(), nullable=True),
        sa.Column("fee", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("declarant_id", sa.Integer(), nullable=True),
        sa.Column("assembly_note", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("receipt_on", sa.Date(), nullable=True),
        sa.Column("receipt_reference", sa.String(length=120), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("register_reference", sa.String(length=200), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("publication_reference", sa.String(length=200), nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=True),
        sa.Column("convention_on", sa.Date(), nullable=True),
        sa.Column("independence", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["council_act.id"], name=op.f("fk_founding_act_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_founding_body_id")),
        sa.ForeignKeyConstraint(["committee_id"], ["body.id"], name=op.f("fk_founding_committee_id")),
        sa.ForeignKeyConstraint(["convention_id"], ["convention.id"], name=op.f("fk_founding_convention_id")),
        sa.ForeignKeyConstraint(["declarant_id"], ["person.id"], name=op.f("fk_founding_declarant_id")),
        sa.ForeignKeyConstraint(["twinning_id"], ["twinning.id"], name=op.f("fk_founding_twinning_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_founding")),
        sa.UniqueConstraint("uid", name=op.f("uq_founding_uid")),
    )
    with altered("founding") as batch_op:
        batch_op.create_index(batch_op.f("ix_founding_act_id"), ["act_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_founding_body_id"), ["body_id"], unique=False)
        batch_op.create_index("ix_founding_changed_at_id", ["changed_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_founding_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_founding_convention_id"), ["convention_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_founding_declarant_id"), ["declarant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_founding_twinning_id"), ["twinning_id"], unique=False)

    op.create_table(
        "founder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("founding_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("occupation", sa.String(length=120), nullable=False),
        sa.Column("nationality", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.Column("attendance", sa.String(length=12), nullable=False),
        sa.Column("represented_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["founding_id"], ["founding.id"], name=op.f("fk_founder_founding_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_founder_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_founder")),
        sa.UniqueConstraint("founding_id", "person_id", name=op.f("uq_founder_founding_id_person_id")),
    )
    with altered("founder") as batch_op:
        batch_op.create_index(batch_op.f("ix_founder_person_id"), ["person_id"], unique=False)

    op.create_table(
        "founding_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("founding_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["founding_id"], ["founding.id"], name=op.f("fk_founding_proof_founding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_founding_proof")),
    )
    with altered("founding_proof") as batch_op:
        batch_op.create_index("ix_founding_proof_founding_id_stage", ["founding_id", "stage"], unique=False)


def downgrade() -> None:
    op.drop_table("founding_proof")
    op.drop_table("founder")
    op.drop_table("founding")
    op.drop_table("body_delegation")
