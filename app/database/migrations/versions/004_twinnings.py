"""Twinnings: the kinds shipped with the product, reviews of suspensions, revisions of people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "004_twinnings"
down_revision = "003_accounts"
branch_labels = None
depends_on = None

KINDS = (
    ("jumelage", "Jumelage"),
    ("pacte", "Pacte d’amitié"),
    ("partenariat", "Partenariat"),
    ("cooperation", "Coopération décentralisée"),
)


def upgrade() -> None:
    with altered("twinning_event") as batch_op:
        batch_op.add_column(sa.Column("review_on", sa.Date(), nullable=True))
    with altered("twinning_person") as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    kinds = sa.table(
        "twinning_kind", sa.column("code", sa.String), sa.column("label", sa.String), sa.column("position", sa.Integer)
    )
    held = set(op.get_bind().scalars(sa.select(kinds.c.code)))
    rows = [
        {"code": code, "label": label, "position": position}
        for position, (code, label) in enumerate(KINDS, 1)
        if code not in held
    ]
    op.bulk_insert(kinds, rows)


def downgrade() -> None:
    with altered("twinning_person") as batch_op:
        batch_op.drop_column("revision")
    with altered("twinning_event") as batch_op:
        batch_op.drop_column("review_on")
    kinds = sa.table("twinning_kind", sa.column("id", sa.Integer), sa.column("code", sa.String))
    used = sa.select(sa.table("twinning", sa.column("kind_id", sa.Integer)).c.kind_id)
    codes = [code for code, _label in KINDS]
    op.execute(sa.delete(kinds).where(kinds.c.code.in_(codes), kinds.c.id.not_in(used)))
