"""Reserved for the room twinnings: nothing yet."""

from __future__ import annotations

revision = "004_twinnings"
down_revision = "003_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
