"""Since when, and on whose word, an account is a person's; since when a record gives its name and address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "051_hands"
down_revision = "050_sealed_names"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("account") as batch:
        batch.add_column(sa.Column("tied_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("tied_by", sa.String(200), nullable=True))
        batch.add_column(sa.Column("tied_by_id", sa.Integer(), nullable=True))
    with altered("person") as batch:
        batch.add_column(sa.Column("email_since", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("name_since", sa.DateTime(timezone=True), nullable=True))
    with altered("handover_person") as batch:
        batch.add_column(sa.Column("sealed_email_since", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("sealed_name_since", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("tied_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("tied_by", sa.String(200), nullable=True))
    account = sa.table(
        "account", *(sa.column(name) for name in ("id", "person_id", "tied_at", "tied_by", "tied_by_id"))
    )
    entry = sa.table(
        "journal_entry",
        *(sa.column(name) for name in ("id", "action", "subject_type", "subject_id", "at", "actor_id", "actor_name")),
    )
    told = (entry.c.action == "accounts.tied", entry.c.subject_type == "account", entry.c.subject_id == account.c.id)
    last = sa.select(sa.func.max(entry.c.id)).where(*told).correlate(account).scalar_subquery()
    values = {
        column: sa.select(entry.c[known]).where(entry.c.id == last).scalar_subquery()
        for column, known in (("tied_at", "at"), ("tied_by", "actor_name"), ("tied_by_id", "actor_id"))
    }
    op.execute(account.update().where(account.c.person_id.is_not(None)).values(values))


def downgrade() -> None:
    with altered("handover_person") as batch:
        batch.drop_column("tied_by")
        batch.drop_column("tied_on")
        batch.drop_column("account_id")
        batch.drop_column("sealed_name_since")
        batch.drop_column("sealed_email_since")
    with altered("person") as batch:
        batch.drop_column("name_since")
        batch.drop_column("email_since")
    with altered("account") as batch:
        batch.drop_column("tied_by_id")
        batch.drop_column("tied_by")
        batch.drop_column("tied_at")
