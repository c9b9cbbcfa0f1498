"""Recovery codes; which letters hold a secret."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "003_accounts"
down_revision = "002_places"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    with altered("recovery_code") as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_account_id"), ["account_id"], unique=False)
    with altered("outbox_message") as batch_op:
        batch_op.add_column(sa.Column("is_secret", sa.Boolean(), nullable=False, server_default=sa.false()))
    with altered("outbox_message") as batch_op:
        batch_op.alter_column("is_secret", server_default=None)


def downgrade() -> None:
    with altered("outbox_message") as batch_op:
        batch_op.drop_column("is_secret")
    op.drop_table("recovery_code")
