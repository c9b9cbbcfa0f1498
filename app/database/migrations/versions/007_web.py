"""Reserved for the room web: nothing yet."""

from __future__ import annotations

revision = "007_web"
down_revision = "006_ceremonies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
