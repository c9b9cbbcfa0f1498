"""Assemblies of an association: what its statutes ask, who is called, what is voted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "016_assemblies"
down_revision = "015_members"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assembly",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("called_by", sa.String(length=200), nullable=False),
        sa.Column("second_of_id", sa.Integer(), nullable=True),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("convened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("convened_agenda", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.String(length=5), nullable=False),
        sa.Column("closed_at", sa.String(length=5), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes_text", sa.Text(), nullable=False),
        sa.Column("minutes_approved_on", sa.Date(), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=False),
        sa.Column("offices_on", sa.Date(), nullable=True),
        sa.Column("change_of", sa.String(length=40), nullable=False),
        sa.Column("change_declared_on", sa.Date(), nullable=True),
        sa.Column("change_reference", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_assembly_body_id")),
        sa.ForeignKeyConstraint(["second_of_id"], ["assembly.id"], name=op.f("fk_assembly_second_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly")),
        sa.UniqueConstraint("uid", name=op.f("uq_assembly_uid")),
    )
    with altered("assembly") as batch_op:
        batch_op.create_index("ix_assembly_body_id_starts_at_id", ["body_id", "starts_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assembly_second_of_id"), ["second_of_id"], unique=False)

    op.create_table(
        "statutes_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("quorum", sa.String(length=12), nullable=False),
        sa.Column("quorum_numerator", sa.Integer(), nullable=True),
        sa.Column("quorum_denominator", sa.Integer(), nullable=True),
        sa.Column("quorum_is_more_than", sa.Boolean(), nullable=False),
        sa.Column("quorum_number", sa.Integer(), nullable=True),
        sa.Column("quorum_counts_proxies", sa.Boolean(), nullable=True),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("second_notice_days", sa.Integer(), nullable=True),
        sa.Column("second_quorum", sa.String(length=12), nullable=False),
        sa.Column("proxies_per_person", sa.Integer(), nullable=True),
        sa.Column("majority_ordinary", sa.String(length=24), nullable=False),
        sa.Column("majority_statutes", sa.String(length=24), nullable=False),
        sa.Column("majority_dissolution", sa.String(length=24), nullable=False),
        sa.Column("absolute_rounds", sa.Integer(), nullable=True),
        sa.Column("tie", sa.String(length=12), nullable=False),
        sa.Column("voters", sa.String(length=12), nullable=False),
        sa.Column("casting_vote", sa.Boolean(), nullable=True),
        sa.Column("remote_vote", sa.Boolean(), nullable=True),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_statutes_rule_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statutes_rule")),
        sa.UniqueConstraint("body_id", "kind", "since", name=op.f("uq_statutes_rule_body_id_kind_since")),
    )
    op.create_table(
        "assembly_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.Column("added_reason", sa.Text(), nullable=False),
        sa.Column("function", sa.String(length=24), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("ballot", sa.String(length=16), nullable=False),
        sa.Column("debate", sa.Text(), nullable=False),
        sa.Column("open_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_round", sa.Integer(), nullable=False),
        sa.Column("president_voice", sa.String(length=8), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("decided_note", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assembly_id"], ["assembly.id"], name=op.f("fk_assembly_item_assembly_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_item")),
    )
    with altered("assembly_item") as batch_op:
        batch_op.create_index(batch_op.f("ix_assembly_item_assembly_id"), ["assembly_id"], unique=False)

    op.create_table(
        "assembly_candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=240), nullable=False),
        sa.Column("elected_round", sa.Integer(), nullable=False),
        sa.Column("withdrew_round", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["assembly_item.id"], name=op.f("fk_assembly_candidate_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assembly_candidate_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_candidate")),
    )
    with altered("assembly_candidate") as batch_op:
        batch_op.create_index(batch_op.f("ix_assembly_candidate_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assembly_candidate_person_id"), ["person_id"], unique=False)

    op.create_table(
        "assembly_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["assembly_item.id"], name=op.f("fk_assembly_count_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_count")),
        sa.UniqueConstraint("item_id", "round", "channel", name=op.f("uq_assembly_count_item_id_round_channel")),
    )
    op.create_table(
        "assembly_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=240), nullable=False),
        sa.Column("folded", sa.String(length=240), nullable=False),
        sa.Column("quality", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("may_vote", sa.Boolean(), nullable=False),
        sa.Column("why_not", sa.String(length=200), nullable=False),
        sa.Column("dispatch", sa.String(length=8), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("presence", sa.String(length=8), nullable=False),
        sa.Column("came_before_id", sa.Integer(), nullable=True),
        sa.Column("left_before_id", sa.Integer(), nullable=True),
        sa.Column("presides", sa.Boolean(), nullable=False),
        sa.Column("is_secretary", sa.Boolean(), nullable=False),
        sa.Column("is_teller", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["assembly_id"], ["assembly.id"], name=op.f("fk_assembly_seat_assembly_id")),
        sa.ForeignKeyConstraint(["came_before_id"], ["assembly_item.id"], name=op.f("fk_assembly_seat_came_before_id")),
        sa.ForeignKeyConstraint(["left_before_id"], ["assembly_item.id"], name=op.f("fk_assembly_seat_left_before_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assembly_seat_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_seat")),
    )
    with altered("assembly_seat") as batch_op:
        batch_op.create_index(batch_op.f("ix_assembly_seat_assembly_id"), ["assembly_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assembly_seat_came_before_id"), ["came_before_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assembly_seat_left_before_id"), ["left_before_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assembly_seat_link_hash"), ["link_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_assembly_seat_person_id"), ["person_id"], unique=False)

    op.create_table(
        "assembly_proxy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assembly_id"], ["assembly.id"], name=op.f("fk_assembly_proxy_assembly_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["assembly_seat.id"], name=op.f("fk_assembly_proxy_giver_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["assembly_seat.id"], name=op.f("fk_assembly_proxy_holder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_proxy")),
        sa.UniqueConstraint("assembly_id", "giver_id", name=op.f("uq_assembly_proxy_assembly_id_giver_id")),
    )
    with altered("assembly_proxy") as batch_op:
        batch_op.create_index(batch_op.f("ix_assembly_proxy_giver_id"), ["giver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assembly_proxy_holder_id"), ["holder_id"], unique=False)

    op.create_table(
        "assembly_voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["assembly_item.id"], name=op.f("fk_assembly_voice_item_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["assembly_seat.id"], name=op.f("fk_assembly_voice_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_voice")),
        sa.UniqueConstraint("item_id", "round", "seat_id", name=op.f("uq_assembly_voice_item_id_round_seat_id")),
    )
    with altered("assembly_voice") as batch_op:
        batch_op.create_index(batch_op.f("ix_assembly_voice_seat_id"), ["seat_id"], unique=False)


def downgrade() -> None:
    with altered("assembly_voice") as batch_op:
        batch_op.drop_index(batch_op.f("ix_assembly_voice_seat_id"))

    op.drop_table("assembly_voice")
    with altered("assembly_proxy") as batch_op:
        batch_op.drop_index(batch_op.f("ix_assembly_proxy_holder_id"))
        batch_op.drop_index(batch_op.f("ix_assembly_proxy_giver_id"))

    op.drop_table("assembly_proxy")
    with altered("assembly_seat") as batch_op:
        batch_op.drop_index(batch_op.f("ix_assembly_seat_person_id"))
        batch_op.drop_index(batch_op.f("ix_assembly_seat_link_hash"))
        batch_op.drop_index(batch_op.f("ix_assembly_seat_left_before_id"))
        batch_op.drop_index(batch_op.f("ix_assembly_seat_came_before_id"))
        batch_op.drop_index(batch_op.f("ix_assembly_seat_assembly_id"))

    op.drop_table("assembly_seat")
    op.drop_table("assembly_count")
    with altered("assembly_candidate") as batch_op:
        batch_op.drop_index(batch_op.f("ix_assembly_candidate_person_id"))
        batch_op.drop_index(batch_op.f("ix_assembly_candidate_item_id"))

    op.drop_table("assembly_candidate")
    with altered("assembly_item") as batch_op:
        batch_op.drop_index(batch_op.f("ix_assembly_item_assembly_id"))

    op.drop_table("assembly_item")
    op.drop_table("statutes_rule")
    with altered("assembly") as batch_op:
        batch_op.drop_index(batch_op.f("ix_assembly_second_of_id"))
        batch_op.drop_index("ix_assembly_body_id_starts_at_id")

    op.drop_table("assembly")
