"""Reserved for the room accounts: nothing yet."""

from __future__ import annotations

revision = "003_accounts"
down_revision = "002_places"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
