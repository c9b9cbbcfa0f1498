"""The people of a committee: members, dues, consents, host families, travellers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "015_members"
down_revision = "014_past_deliberations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.String(length=200), nullable=False),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_how", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_consent_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with altered("consent") as batch_op:
        batch_op.create_index("ix_consent_body_id_person_id", ["body_id", "person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_person_id"), ["person_id"], unique=False)

    op.create_table(
        "dues_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("decided", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_dues_period_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_period")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_dues_period_body_id_name")),
    )
    op.create_table(
        "host_family",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("distance_km", sa.Numeric(precision=6, scale=1), nullable=True),
        sa.Column("rooms", sa.Integer(), nullable=True),
        sa.Column("beds", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("pets", sa.String(length=200), nullable=False),
        sa.Column("smoking", sa.Boolean(), nullable=True),
        sa.Column("stairs", sa.Boolean(), nullable=True),
        sa.Column("diets", sa.String(length=300), nullable=False),
        sa.Column("children", sa.String(length=200), nullable=False),
        sa.Column("transport", sa.String(length=200), nullable=False),
        sa.Column("available", sa.String(length=300), nullable=False),
        sa.Column("interests", sa.String(length=300), nullable=False),
        sa.Column("emergency", sa.String(length=120), nullable=False),
        sa.Column("takes_minors", sa.Boolean(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(length=200), nullable=False),
        sa.Column("insured_until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_host_family_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_host_family_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_family")),
    )
    with altered("host_family") as batch_op:
        batch_op.create_index(batch_op.f("ix_host_family_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_host_family_person_id"), ["person_id"], unique=False)

    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("envelope", sa.String(length=200), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postcode", sa.String(length=12), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_household_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )
    with altered("household") as batch_op:
        batch_op.create_index(batch_op.f("ix_household_body_id"), ["body_id"], unique=False)

    op.create_table(
        "member_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("is_voting", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_member_category_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_category")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_member_category_body_id_name")),
    )
    op.create_table(
        "member_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_member_field_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_field")),
        sa.UniqueConstraint("body_id", "label", name=op.f("uq_member_field_body_id_label")),
    )
    op.create_table(
        "member_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_member_group_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_group")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_member_group_body_id_name")),
    )
    op.create_table(
        "stay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("twinning_id", sa.Integer(), nullable=True),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("leaves_france", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_stay_body_id")),
        sa.ForeignKeyConstraint(["twinning_id"], ["twinning.id"], name=op.f("fk_stay_twinning_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
    )
    with altered("stay") as batch_op:
        batch_op.create_index(batch_op.f("ix_stay_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stay_occasion"), ["occasion"], unique=False)
        batch_op.create_index(batch_op.f("ix_stay_twinning_id"), ["twinning_id"], unique=False)

    op.create_table(
        "dues_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column("gift", sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("means", sa.String(length=12), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("receipt_year", sa.Integer(), nullable=False),
        sa.Column("receipt_number", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.String(length=200), nullable=False),
        sa.Column("cancelled_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_dues_payment_body_id")),
        sa.ForeignKeyConstraint(["period_id"], ["dues_period.id"], name=op.f("fk_dues_payment_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_payment")),
        sa.UniqueConstraint(
            "body_id",
            "receipt_year",
            "receipt_number",
            name=op.f("uq_dues_payment_body_id_receipt_year_receipt_number"),
        ),
    )
    with altered("dues_payment") as batch_op:
        batch_op.create_index("ix_dues_payment_body_id_paid_on_id", ["body_id", "paid_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dues_payment_period_id"), ["period_id"], unique=False)

    op.create_table(
        "dues_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column("household_amount", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.ForeignKeyConstraint(["category_id"], ["member_category.id"], name=op.f("fk_dues_rate_category_id")),
        sa.ForeignKeyConstraint(["period_id"], ["dues_period.id"], name=op.f("fk_dues_rate_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_rate")),
        sa.UniqueConstraint("period_id", "category_id", name=op.f("uq_dues_rate_period_id_category_id")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("organisation_folded", sa.String(length=200), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("since_text", sa.String(length=25), nullable=True),
        sa.Column("since_sort", sa.Date(), nullable=True),
        sa.Column("until_text", sa.String(length=25), nullable=True),
        sa.Column("until_sort", sa.Date(), nullable=True),
        sa.Column("leaving", sa.String(length=12), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_member_body_id")),
        sa.ForeignKeyConstraint(["category_id"], ["member_category.id"], name=op.f("fk_member_category_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_member_household_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_member_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("body_id", "number", name=op.f("uq_member_body_id_number")),
    )
    with altered("member") as batch_op:
        batch_op.create_index("ix_member_body_id_until_sort", ["body_id", "until_sort"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_category_id"), ["category_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "traveller",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("host_family_id", sa.Integer(), nullable=True),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("with_parent", sa.Boolean(), nullable=False),
        sa.Column("parents", sa.Text(), nullable=False),
        sa.Column("diet", sa.String(length=300), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("wishes", sa.String(length=300), nullable=False),
        sa.Column("arrival", sa.String(length=200), nullable=False),
        sa.Column("emergency", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["host_family_id"], ["host_family.id"], name=op.f("fk_traveller_host_family_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_traveller_person_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_traveller_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_traveller")),
        sa.UniqueConstraint("stay_id", "person_id", name=op.f("uq_traveller_stay_id_person_id")),
    )
    with altered("traveller") as batch_op:
        batch_op.create_index(batch_op.f("ix_traveller_host_family_id"), ["host_family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_traveller_person_id"), ["person_id"], unique=False)

    op.create_table(
        "dues_payment_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=10, scale=2), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_dues_payment_line_member_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["dues_payment.id"], name=op.f("fk_dues_payment_line_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_payment_line")),
        sa.UniqueConstraint("payment_id", "member_id", name=op.f("uq_dues_payment_line_payment_id_member_id")),
    )
    with altered("dues_payment_line") as batch_op:
        batch_op.create_index(batch_op.f("ix_dues_payment_line_member_id"), ["member_id"], unique=False)

    op.create_table(
        "dues_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_dues_reminder_member_id")),
        sa.ForeignKeyConstraint(["period_id"], ["dues_period.id"], name=op.f("fk_dues_reminder_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_reminder")),
    )
    with altered("dues_reminder") as batch_op:
        batch_op.create_index(batch_op.f("ix_dues_reminder_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dues_reminder_period_id"), ["period_id"], unique=False)

    op.create_table(
        "member_group_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["member_group.id"], name=op.f("fk_member_group_place_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_group_place_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_group_place")),
        sa.UniqueConstraint("group_id", "member_id", name=op.f("uq_member_group_place_group_id_member_id")),
    )
    with altered("member_group_place") as batch_op:
        batch_op.create_index(batch_op.f("ix_member_group_place_member_id"), ["member_id"], unique=False)

    op.create_table(
        "travel_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("traveller_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_by", sa.String(length=200), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["traveller_id"], ["traveller.id"], name=op.f("fk_travel_paper_traveller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_paper")),
        sa.UniqueConstraint("traveller_id", "kind", name=op.f("uq_travel_paper_traveller_id_kind")),
    )
    op.create_table(
        "volunteer_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("giver", sa.String(length=200), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("hours", sa.Numeric(precision=7, scale=2), nullable=True),
        sa.Column("value", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_volunteer_entry_body_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_volunteer_entry_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_entry")),
    )
    with altered("volunteer_entry") as batch_op:
        batch_op.create_index("ix_volunteer_entry_body_id_given_on_id", ["body_id", "given_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_volunteer_entry_member_id"), ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_table("volunteer_entry")
    op.drop_table("travel_paper")
    op.drop_table("member_group_place")
    op.drop_table("dues_reminder")
    op.drop_table("dues_payment_line")
    op.drop_table("traveller")
    op.drop_table("member")
    op.drop_table("dues_rate")
    op.drop_table("dues_payment")
    op.drop_table("stay")
    op.drop_table("member_group")
    op.drop_table("member_field")
    op.drop_table("member_category")
    op.drop_table("household")
    op.drop_table("host_family")
    op.drop_table("dues_period")
    op.drop_table("consent")
