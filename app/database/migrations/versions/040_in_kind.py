"""What an association is given in kind may be untold: until now a field left empty was kept as nothing at all.

A zero without a word on what is lent could be either: it becomes untold, and the page asks. Going down makes it zero.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database.altering import altered

revision = "040_in_kind"
down_revision = "035_secretaries"
branch_labels = None
depends_on = None

_VALUE = sa.Numeric(12, 2)


def upgrade() -> None:
    with altered("subsidy") as batch:
        batch.alter_column("in_kind", existing_type=_VALUE, nullable=True)
    op.execute("UPDATE subsidy SET in_kind = NULL WHERE in_kind = 0 AND in_kind_note = ''")


def downgrade() -> None:
    op.execute("UPDATE subsidy SET in_kind = 0 WHERE in_kind IS NULL")
    with altered("subsidy") as batch:
        batch.alter_column("in_kind", existing_type=_VALUE, nullable=False)
