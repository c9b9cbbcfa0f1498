"""Projects of a twinning and the facts stated about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "012_actions"
down_revision = "011_council"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("twinning_id", sa.Integer(), nullable=False),
        sa.Column("owner_body_id", sa.Integer(), nullable=False),
        sa.Column("ceremony_id", sa.Integer(), nullable=True),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("facts_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ceremony_id"], ["ceremony.id"], name=op.f("fk_project_ceremony_id")),
        sa.ForeignKeyConstraint(["copied_from_id"], ["project.id"], name=op.f("fk_project_copied_from_id")),
        sa.ForeignKeyConstraint(["owner_body_id"], ["body.id"], name=op.f("fk_project_owner_body_id")),
        sa.ForeignKeyConstraint(["twinning_id"], ["twinning.id"], name=op.f("fk_project_twinning_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("uid", name=op.f("uq_project_uid")),
    )
    with altered("project") as batch_op:
        batch_op.create_index("ix_project_ceremony_id", ["ceremony_id"], unique=False)
        batch_op.create_index("ix_project_changed_at_id", ["changed_at", "id"], unique=False)
        batch_op.create_index("ix_project_copied_from_id", ["copied_from_id"], unique=False)
        batch_op.create_index("ix_project_owner_body_id", ["owner_body_id"], unique=False)
        batch_op.create_index("ix_project_twinning_id", ["twinning_id"], unique=False)

    op.create_table(
        "project_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("is_known", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_fact_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_fact")),
        sa.UniqueConstraint("project_id", "path", name=op.f("uq_project_fact_project_id_path")),
    )


def downgrade() -> None:
    op.drop_table("project_fact")
    op.drop_table("project")
