"""Reserved for the room places: nothing yet."""

from __future__ import annotations

revision = "002_places"
down_revision = "001_spine"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
