"""Reserved for the room ceremonies: nothing yet."""

from __future__ import annotations

revision = "006_ceremonies"
down_revision = "005_conventions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
