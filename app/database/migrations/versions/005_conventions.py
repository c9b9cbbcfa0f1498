"""Texts, their versions and scans, and a body's own wording."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "005_conventions"
down_revision = "004_twinnings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "convention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("owner_body_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_body_id"], ["body.id"], name=op.f("fk_convention_owner_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convention")),
        sa.UniqueConstraint("uid", name=op.f("uq_convention_uid")),
    )
    with altered("convention") as batch_op:
        batch_op.create_index("ix_convention_changed_at_id", ["changed_at", "id"], unique=False)
        batch_op.create_index("ix_convention_owner_body_id", ["owner_body_id"], unique=False)

    op.create_table(
        "own_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=20), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_own_wording_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_wording")),
        sa.UniqueConstraint("body_id", "model", name=op.f("uq_own_wording_body_id_model")),
    )

    op.create_table(
        "convention_twinning",
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("twinning_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_convention_twinning_convention_id")
        ),
        sa.ForeignKeyConstraint(["twinning_id"], ["twinning.id"], name=op.f("fk_convention_twinning_twinning_id")),
        sa.PrimaryKeyConstraint("convention_id", "twinning_id", name=op.f("pk_convention_twinning")),
    )
    with altered("convention_twinning") as batch_op:
        batch_op.create_index("ix_convention_twinning_twinning_id", ["twinning_id"], unique=False)

    op.create_table(
        "convention_body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_convention_body_body_id")),
        sa.ForeignKeyConstraint(["convention_id"], ["convention.id"], name=op.f("fk_convention_body_convention_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convention_body")),
        sa.UniqueConstraint("convention_id", "party", name=op.f("uq_convention_body_convention_id_party")),
    )
    with altered("convention_body") as batch_op:
        batch_op.create_index("ix_convention_body_body_id", ["body_id"], unique=False)

    op.create_table(
        "convention_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("clearance", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["convention_id"], ["convention.id"], name=op.f("fk_convention_version_convention_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convention_version")),
        sa.UniqueConstraint("convention_id", "number", name=op.f("uq_convention_version_convention_id_number")),
    )
    with altered("convention_version") as batch_op:
        batch_op.create_index("ix_convention_version_sha256", ["sha256"], unique=False)

    op.create_table(
        "convention_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["convention_id"], ["convention.id"], name=op.f("fk_convention_scan_convention_id")),
        sa.ForeignKeyConstraint(["version_id"], ["convention_version.id"], name=op.f("fk_convention_scan_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convention_scan")),
    )
    with altered("convention_scan") as batch_op:
        batch_op.create_index("ix_convention_scan_convention_id", ["convention_id"], unique=False)


def downgrade() -> None:
    op.drop_table("convention_scan")
    op.drop_table("convention_version")
    op.drop_table("convention_body")
    op.drop_table("convention_twinning")
    op.drop_table("own_wording")
    op.drop_table("convention")
