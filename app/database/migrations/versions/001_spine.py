"""The spine: people, places, bodies, journal, outbox, accounts, twinnings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "001_spine"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("window", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_counter")),
        sa.UniqueConstraint("kind", "source", "window", name=op.f("uq_attempt_counter_kind_source_window")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("twinning_id", sa.Integer(), nullable=True),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
    )
    with altered("journal_entry") as batch_op:
        batch_op.create_index("ix_journal_entry_body_id_at_id", ["body_id", "at", "id"], unique=False)
        batch_op.create_index("ix_journal_entry_subject_type_subject_id", ["subject_type", "subject_id"], unique=False)
        batch_op.create_index("ix_journal_entry_twinning_id_at_id", ["twinning_id", "at", "id"], unique=False)

    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("to_name", sa.String(length=200), nullable=False),
        sa.Column("reply_to", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=400), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_message_id")),
    )
    with altered("outbox_message") as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_message_body_id"), ["body_id"], unique=False)
        batch_op.create_index("ix_outbox_message_state_next_try_at_id", ["state", "next_try_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_message_to_address"), ["to_address"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_by_body_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("given_name", sa.String(length=120), nullable=False),
        sa.Column("family_name", sa.String(length=120), nullable=False),
        sa.Column("name_as_written", sa.String(length=240), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with altered("person") as batch_op:
        batch_op.create_index(batch_op.f("ix_person_kept_by_body_id"), ["kept_by_body_id"], unique=False)

    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("admin", sa.String(length=12), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("present_code", sa.String(length=12), nullable=False),
        sa.Column("siren", sa.String(length=9), nullable=False),
        sa.Column("postcodes", sa.String(length=400), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("alternates", sa.String(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("country", "code", "kind", name=op.f("uq_place_country_code_kind")),
    )
    with altered("place") as batch_op:
        batch_op.create_index(batch_op.f("ix_place_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_country"), ["country"], unique=False)
        batch_op.create_index("ix_place_folded_population", ["folded", "population"], unique=False)

    op.create_table(
        "place_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_name")),
    )
    with altered("place_name") as batch_op:
        batch_op.create_index("ix_place_name_folded_place_id", ["folded", "place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_name_place_id"), ["place_id"], unique=False)

    op.create_table(
        "twinning_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_twinning_kind")),
        sa.UniqueConstraint("code", name=op.f("uq_twinning_kind_code")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("totp_secret", sa.String(length=64), nullable=False),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("is_instance_administrator", sa.Boolean(), nullable=False),
        sa.Column("is_persona", sa.Boolean(), nullable=False),
        sa.Column("persona_rank", sa.Integer(), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("current_body_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    with altered("account") as batch_op:
        batch_op.create_index(batch_op.f("ix_account_person_id"), ["person_id"], unique=False)

    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("division", sa.String(length=200), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kept_by_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("siret", sa.String(length=14), nullable=False),
        sa.Column("rna", sa.String(length=10), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("arms_file", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["kept_by_id"], ["body.id"], name=op.f("fk_body_kept_by_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["body.id"], name=op.f("fk_body_parent_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_body_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("uid", name=op.f("uq_body_uid")),
    )
    with altered("body") as batch_op:
        batch_op.create_index("ix_body_folded_id", ["folded", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_body_kept_by_id"), ["kept_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_body_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_body_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_body_place_id"), ["place_id"], unique=False)

    op.create_table(
        "twinning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["kind_id"], ["twinning_kind.id"], name=op.f("fk_twinning_kind_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_twinning")),
        sa.UniqueConstraint("uid", name=op.f("uq_twinning_uid")),
    )
    with altered("twinning") as batch_op:
        batch_op.create_index("ix_twinning_stage_id", ["stage", "id"], unique=False)

    op.create_table(
        "federation_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("federation_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_federation_member_body_id")),
        sa.ForeignKeyConstraint(["federation_id"], ["body.id"], name=op.f("fk_federation_member_federation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_federation_member")),
        sa.UniqueConstraint("federation_id", "body_id", name=op.f("uq_federation_member_federation_id_body_id")),
    )
    with altered("federation_member") as batch_op:
        batch_op.create_index(batch_op.f("ix_federation_member_body_id"), ["body_id"], unique=False)

    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(length=24), nullable=False),
        sa.Column("wording", sa.String(length=160), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("since_text", sa.String(length=25), nullable=True),
        sa.Column("until_text", sa.String(length=25), nullable=True),
        sa.Column("since_sort", sa.Date(), nullable=True),
        sa.Column("until_sort", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_mandate_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mandate_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    with altered("mandate") as batch_op:
        batch_op.create_index(batch_op.f("ix_mandate_body_id"), ["body_id"], unique=False)
        batch_op.create_index("ix_mandate_body_id_until_sort", ["body_id", "until_sort"], unique=False)
        batch_op.create_index(batch_op.f("ix_mandate_person_id"), ["person_id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("granted_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_role_grant_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with altered("role_grant") as batch_op:
        batch_op.create_index("ix_role_grant_account_id_until", ["account_id", "until"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grant_body_id"), ["body_id"], unique=False)

    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("invited_by", sa.String(length=200), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_token_account_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_token_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_token_link_hash")),
    )
    with altered("token") as batch_op:
        batch_op.create_index(batch_op.f("ix_token_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_token_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_token_email"), ["email"], unique=False)

    op.create_table(
        "twinning_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("twinning_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("when_text", sa.String(length=25), nullable=True),
        sa.Column("when_sort", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["twinning_id"], ["twinning.id"], name=op.f("fk_twinning_event_twinning_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_twinning_event")),
    )
    with altered("twinning_event") as batch_op:
        batch_op.create_index(
            "ix_twinning_event_twinning_id_when_sort_id", ["twinning_id", "when_sort", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_twinning_event_when_sort"), ["when_sort"], unique=False)

    op.create_table(
        "twinning_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("twinning_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_town", sa.Boolean(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_twinning_party_body_id")),
        sa.ForeignKeyConstraint(["twinning_id"], ["twinning.id"], name=op.f("fk_twinning_party_twinning_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_twinning_party")),
        sa.UniqueConstraint("twinning_id", "body_id", name=op.f("uq_twinning_party_twinning_id_body_id")),
    )
    with altered("twinning_party") as batch_op:
        batch_op.create_index(batch_op.f("ix_twinning_party_body_id"), ["body_id"], unique=False)

    op.create_table(
        "twinning_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("twinning_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=24), nullable=False),
        sa.Column("wording", sa.String(length=160), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_twinning_person_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_twinning_person_person_id")),
        sa.ForeignKeyConstraint(["twinning_id"], ["twinning.id"], name=op.f("fk_twinning_person_twinning_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_twinning_person")),
    )
    with altered("twinning_person") as batch_op:
        batch_op.create_index(batch_op.f("ix_twinning_person_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_twinning_person_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_twinning_person_twinning_id_body_id", ["twinning_id", "body_id"], unique=False)


def downgrade() -> None:
    with altered("twinning_person") as batch_op:
        batch_op.drop_index("ix_twinning_person_twinning_id_body_id")
        batch_op.drop_index(batch_op.f("ix_twinning_person_person_id"))
        batch_op.drop_index(batch_op.f("ix_twinning_person_body_id"))

    op.drop_table("twinning_person")
    with altered("twinning_party") as batch_op:
        batch_op.drop_index(batch_op.f("ix_twinning_party_body_id"))

    op.drop_table("twinning_party")
    with altered("twinning_event") as batch_op:
        batch_op.drop_index(batch_op.f("ix_twinning_event_when_sort"))
        batch_op.drop_index("ix_twinning_event_twinning_id_when_sort_id")

    op.drop_table("twinning_event")
    with altered("token") as batch_op:
        batch_op.drop_index(batch_op.f("ix_token_email"))
        batch_op.drop_index(batch_op.f("ix_token_body_id"))
        batch_op.drop_index(batch_op.f("ix_token_account_id"))

    op.drop_table("token")
    with altered("role_grant") as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_body_id"))
        batch_op.drop_index("ix_role_grant_account_id_until")

    op.drop_table("role_grant")
    with altered("mandate") as batch_op:
        batch_op.drop_index(batch_op.f("ix_mandate_person_id"))
        batch_op.drop_index("ix_mandate_body_id_until_sort")
        batch_op.drop_index(batch_op.f("ix_mandate_body_id"))

    op.drop_table("mandate")
    with altered("federation_member") as batch_op:
        batch_op.drop_index(batch_op.f("ix_federation_member_body_id"))

    op.drop_table("federation_member")
    with altered("twinning") as batch_op:
        batch_op.drop_index("ix_twinning_stage_id")

    op.drop_table("twinning")
    with altered("body") as batch_op:
        batch_op.drop_index(batch_op.f("ix_body_place_id"))
        batch_op.drop_index(batch_op.f("ix_body_parent_id"))
        batch_op.drop_index(batch_op.f("ix_body_kind"))
        batch_op.drop_index(batch_op.f("ix_body_kept_by_id"))
        batch_op.drop_index("ix_body_folded_id")

    op.drop_table("body")
    with altered("account") as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_person_id"))

    op.drop_table("account")
    op.drop_table("twinning_kind")
    with altered("place_name") as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_name_place_id"))
        batch_op.drop_index("ix_place_name_folded_place_id")

    op.drop_table("place_name")
    with altered("place") as batch_op:
        batch_op.drop_index("ix_place_folded_population")
        batch_op.drop_index(batch_op.f("ix_place_country"))
        batch_op.drop_index(batch_op.f("ix_place_code"))

    op.drop_table("place")
    with altered("person") as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_kept_by_body_id"))

    op.drop_table("person")
    with altered("outbox_message") as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_message_to_address"))
        batch_op.drop_index("ix_outbox_message_state_next_try_at_id")
        batch_op.drop_index(batch_op.f("ix_outbox_message_body_id"))

    op.drop_table("outbox_message")
    with altered("journal_entry") as batch_op:
        batch_op.drop_index("ix_journal_entry_twinning_id_at_id")
        batch_op.drop_index("ix_journal_entry_subject_type_subject_id")
        batch_op.drop_index("ix_journal_entry_body_id_at_id")

    op.drop_table("journal_entry")
    op.drop_table("attempt_counter")
