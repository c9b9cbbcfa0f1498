"""The council: meetings, votes, deliberations, subsidies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "011_council"
down_revision = "010_positions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "council",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("reference_population", sa.Integer(), nullable=True),
        sa.Column("current_population", sa.Integer(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("in_office", sa.Integer(), nullable=True),
        sa.Column("publication_mode", sa.String(length=12), nullable=False),
        sa.Column("mode_decided_by", sa.String(length=200), nullable=False),
        sa.Column("has_website", sa.Boolean(), nullable=False),
        sa.Column("court", sa.String(length=160), nullable=False),
        sa.Column("prefecture", sa.String(length=160), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_council_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council")),
        sa.UniqueConstraint("body_id", name=op.f("uq_council_body_id")),
    )
    op.create_table(
        "council_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("second_of_id", sa.Integer(), nullable=True),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("urgency_reason", sa.Text(), nullable=False),
        sa.Column("urgency_accepted", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("convened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("convened_by", sa.String(length=200), nullable=False),
        sa.Column("convened_agenda", sa.JSON(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("members_in_office", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.String(length=5), nullable=False),
        sa.Column("closed_at", sa.String(length=5), nullable=False),
        sa.Column("list_posted_on", sa.Date(), nullable=True),
        sa.Column("minutes_text", sa.Text(), nullable=False),
        sa.Column("minutes_adopted_on", sa.Date(), nullable=True),
        sa.Column("minutes_published_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_council_meeting_body_id")),
        sa.ForeignKeyConstraint(["second_of_id"], ["council_meeting.id"], name=op.f("fk_council_meeting_second_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_meeting")),
        sa.UniqueConstraint("uid", name=op.f("uq_council_meeting_uid")),
    )
    with altered("council_meeting") as batch_op:
        batch_op.create_index("ix_council_meeting_body_id_starts_at_id", ["body_id", "starts_at", "id"], unique=False)
        batch_op.create_index("ix_council_meeting_second_of_id", ["second_of_id"], unique=False)

    op.create_table(
        "same_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("councillor_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_same_person_body_id")),
        sa.ForeignKeyConstraint(["councillor_id"], ["person.id"], name=op.f("fk_same_person_councillor_id")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_same_person_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_person")),
        sa.UniqueConstraint(
            "body_id", "councillor_id", "other_id", name=op.f("uq_same_person_body_id_councillor_id_other_id")
        ),
    )
    with altered("same_person") as batch_op:
        batch_op.create_index("ix_same_person_councillor_id", ["councillor_id"], unique=False)
        batch_op.create_index("ix_same_person_other_id", ["other_id"], unique=False)

    op.create_table(
        "council_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=240), nullable=False),
        sa.Column("function", sa.String(length=24), nullable=False),
        sa.Column("wording", sa.String(length=160), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("wants_paper", sa.Boolean(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("attendance", sa.String(length=8), nullable=False),
        sa.Column("presides", sa.Boolean(), nullable=False),
        sa.Column("is_secretary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["council_meeting.id"], name=op.f("fk_council_seat_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_council_seat_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_seat")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_council_seat_meeting_id_person_id")),
    )
    with altered("council_seat") as batch_op:
        batch_op.create_index("ix_council_seat_person_id", ["person_id"], unique=False)

    op.create_table(
        "council_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("twinning_id", sa.Integer(), nullable=True),
        sa.Column("model", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("rapporteur", sa.String(length=200), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("visas", sa.JSON(), nullable=False),
        sa.Column("recitals", sa.JSON(), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.Column("matter", sa.String(length=5), nullable=False),
        sa.Column("matter_label", sa.String(length=200), nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("sealed_sha256", sa.String(length=64), nullable=False),
        sa.Column("register_year", sa.Integer(), nullable=True),
        sa.Column("register_rank", sa.Integer(), nullable=True),
        sa.Column("voted_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("transmitted_on", sa.Date(), nullable=True),
        sa.Column("receipt", sa.String(length=120), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("publication_mode", sa.String(length=12), nullable=False),
        sa.Column("published_until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_council_act_body_id")),
        sa.ForeignKeyConstraint(["convention_id"], ["convention.id"], name=op.f("fk_council_act_convention_id")),
        sa.ForeignKeyConstraint(["twinning_id"], ["twinning.id"], name=op.f("fk_council_act_twinning_id")),
        sa.ForeignKeyConstraint(["version_id"], ["convention_version.id"], name=op.f("fk_council_act_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_act")),
        sa.UniqueConstraint(
            "body_id", "register_year", "register_rank", name=op.f("uq_council_act_body_id_register_year_register_rank")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_council_act_uid")),
    )
    with altered("council_act") as batch_op:
        batch_op.create_index("ix_council_act_body_id_changed_at_id", ["body_id", "changed_at", "id"], unique=False)
        batch_op.create_index("ix_council_act_convention_id", ["convention_id"], unique=False)
        batch_op.create_index("ix_council_act_twinning_id", ["twinning_id"], unique=False)
        batch_op.create_index("ix_council_act_version_id", ["version_id"], unique=False)

    op.create_table(
        "council_proxy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("is_written", sa.Boolean(), nullable=False),
        sa.Column("illness", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["council_seat.id"], name=op.f("fk_council_proxy_giver_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["council_seat.id"], name=op.f("fk_council_proxy_holder_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["council_meeting.id"], name=op.f("fk_council_proxy_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_proxy")),
        sa.UniqueConstraint("meeting_id", "giver_id", name=op.f("uq_council_proxy_meeting_id_giver_id")),
    )
    with altered("council_proxy") as batch_op:
        batch_op.create_index("ix_council_proxy_giver_id", ["giver_id"], unique=False)
        batch_op.create_index("ix_council_proxy_holder_id", ["holder_id"], unique=False)

    op.create_table(
        "agenda_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("rapporteur", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("added_reason", sa.Text(), nullable=False),
        sa.Column("debate", sa.Text(), nullable=False),
        sa.Column("ballot", sa.String(length=14), nullable=False),
        sa.Column("asked_public", sa.Integer(), nullable=True),
        sa.Column("asked_secret", sa.Integer(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("abstentions", sa.Integer(), nullable=True),
        sa.Column("blank", sa.Integer(), nullable=True),
        sa.Column("void", sa.Integer(), nullable=True),
        sa.Column("not_voting", sa.Integer(), nullable=True),
        sa.Column("votes", sa.JSON(), nullable=False),
        sa.Column("president_vote", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["council_act.id"], name=op.f("fk_agenda_point_act_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["council_meeting.id"], name=op.f("fk_agenda_point_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_point")),
    )
    with altered("agenda_point") as batch_op:
        batch_op.create_index("ix_agenda_point_act_id", ["act_id"], unique=False)
        batch_op.create_index("ix_agenda_point_meeting_id_position", ["meeting_id", "position"], unique=False)

    op.create_table(
        "council_act_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["council_act.id"], name=op.f("fk_council_act_event_act_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_act_event")),
    )
    with altered("council_act_event") as batch_op:
        batch_op.create_index("ix_council_act_event_act_id_happened_on", ["act_id", "happened_on"], unique=False)

    op.create_table(
        "subsidy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("beneficiary_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=256), nullable=False),
        sa.Column("cash", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("in_kind", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("in_kind_note", sa.String(length=300), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("contract_signed_on", sa.Date(), nullable=True),
        sa.Column("convention_signed_on", sa.Date(), nullable=True),
        sa.Column("convention_published_on", sa.Date(), nullable=True),
        sa.Column("payment_terms", sa.String(length=256), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("year_ends_on", sa.Date(), nullable=True),
        sa.Column("report_received_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["council_act.id"], name=op.f("fk_subsidy_act_id")),
        sa.ForeignKeyConstraint(["beneficiary_id"], ["body.id"], name=op.f("fk_subsidy_beneficiary_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_subsidy_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy")),
    )
    with altered("subsidy") as batch_op:
        batch_op.create_index("ix_subsidy_act_id", ["act_id"], unique=False)
        batch_op.create_index("ix_subsidy_beneficiary_id_year", ["beneficiary_id", "year"], unique=False)
        batch_op.create_index("ix_subsidy_body_id_year_id", ["body_id", "year", "id"], unique=False)

    op.create_table(
        "check_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("check_id", sa.String(length=8), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["council_act.id"], name=op.f("fk_check_override_act_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_check_override_body_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["council_meeting.id"], name=op.f("fk_check_override_meeting_id")),
        sa.ForeignKeyConstraint(["point_id"], ["agenda_point.id"], name=op.f("fk_check_override_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_override")),
    )
    with altered("check_override") as batch_op:
        batch_op.create_index("ix_check_override_act_id", ["act_id"], unique=False)
        batch_op.create_index("ix_check_override_body_id", ["body_id"], unique=False)
        batch_op.create_index("ix_check_override_meeting_id", ["meeting_id"], unique=False)
        batch_op.create_index("ix_check_override_point_id", ["point_id"], unique=False)

    op.create_table(
        "council_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["agenda_point.id"], name=op.f("fk_council_movement_point_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["council_seat.id"], name=op.f("fk_council_movement_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_movement")),
        sa.UniqueConstraint("seat_id", "point_id", name=op.f("uq_council_movement_seat_id_point_id")),
    )
    with altered("council_movement") as batch_op:
        batch_op.create_index("ix_council_movement_point_id", ["point_id"], unique=False)

    op.create_table(
        "council_recusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("left_room", sa.Boolean(), nullable=False),
        sa.Column("is_delegate", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["agenda_point.id"], name=op.f("fk_council_recusal_point_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["council_seat.id"], name=op.f("fk_council_recusal_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_recusal")),
        sa.UniqueConstraint("point_id", "seat_id", name=op.f("uq_council_recusal_point_id_seat_id")),
    )
    with altered("council_recusal") as batch_op:
        batch_op.create_index("ix_council_recusal_seat_id", ["seat_id"], unique=False)


def downgrade() -> None:
    op.drop_table("council_recusal")
    op.drop_table("council_movement")
    op.drop_table("check_override")
    op.drop_table("subsidy")
    op.drop_table("council_act_event")
    op.drop_table("agenda_point")
    op.drop_table("council_proxy")
    op.drop_table("council_act")
    op.drop_table("council_seat")
    op.drop_table("same_person")
    op.drop_table("council_meeting")
    op.drop_table("council")
