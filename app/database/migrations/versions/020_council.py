"""Appointments by rounds, grouped votes, who signs, letters of convocation, overrides of an aid."""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "020_council"
down_revision = "022_agendas"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("agenda_point") as batch:
        batch.add_column(sa.Column("appointment", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
        batch.add_column(sa.Column("voted_with_id", sa.Integer(), nullable=True))
        batch.create_index(batch.f("ix_agenda_point_voted_with_id"), ["voted_with_id"], unique=False)
        batch.create_foreign_key(batch.f("fk_agenda_point_voted_with_id"), "agenda_point", ["voted_with_id"], ["id"])
    with altered("council_act") as batch:
        batch.add_column(sa.Column("signatory", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    with altered("council_proxy") as batch:
        batch.add_column(sa.Column("is_admitted", sa.Boolean(), server_default=sa.false(), nullable=False))
    with altered("council_seat") as batch:
        batch.add_column(sa.Column("letter", sa.String(length=200), server_default="", nullable=False))
    with altered("check_override") as batch:
        batch.add_column(sa.Column("subsidy_id", sa.Integer(), nullable=True))
        batch.create_index(batch.f("ix_check_override_subsidy_id"), ["subsidy_id"], unique=False)
        batch.create_foreign_key(batch.f("fk_check_override_subsidy_id"), "subsidy", ["subsidy_id"], ["id"])
    for table, column in _WITH_DEFAULT:
        with altered(table) as batch:
            batch.alter_column(column, server_default=None)


_WITH_DEFAULT = (
    ("agenda_point", "appointment"),
    ("council_act", "signatory"),
    ("council_proxy", "is_admitted"),
    ("council_seat", "letter"),
)


def downgrade() -> None:
    with altered("check_override") as batch:
        batch.drop_constraint(batch.f("fk_check_override_subsidy_id"), type_="foreignkey")
        batch.drop_index(batch.f("ix_check_override_subsidy_id"))
        batch.drop_column("subsidy_id")
    for table, column in _WITH_DEFAULT:
        with altered(table) as batch:
            if table == "agenda_point":
                batch.drop_constraint(batch.f("fk_agenda_point_voted_with_id"), type_="foreignkey")
                batch.drop_index(batch.f("ix_agenda_point_voted_with_id"))
                batch.drop_column("voted_with_id")
            batch.drop_column(column)
