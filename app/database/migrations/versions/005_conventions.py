"""Reserved for the room conventions: nothing yet."""

from __future__ import annotations

revision = "005_conventions"
down_revision = "004_twinnings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
