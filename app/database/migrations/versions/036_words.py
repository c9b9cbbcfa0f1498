"""What was frozen is kept in its last words, part by part, beside the document they were made of.

The words of older versions are not made here, for that takes the phrases of the application: the start after the
migration makes them from the text that was kept (``conventions.services.fix_words``). Going down loses nothing that
going up again does not make.
"""

from __future__ import annotations

import sqlalchemy as sa

from app.database.altering import altered

revision = "036_words"
down_revision = "035_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("convention_version") as table:
        table.add_column(sa.Column("words", sa.JSON(), nullable=True))


def downgrade() -> None:
    with altered("convention_version") as table:
        table.drop_column("words")
