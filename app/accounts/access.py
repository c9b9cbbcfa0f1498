"""The table of permissions, as the rooms above the accounts know it; it lives in :mod:`app.access.table`."""

from __future__ import annotations

from app.access.roles import WRITERS
from app.access.table import (
    NOBODY,
    Condition,
    Grant,
    Identity,
    Permission,
    Policy,
    Table,
    Verdict,
    Way,
    condition,
    is_instance_administrator,
    is_signed_in,
)

__all__ = [
    "NOBODY",
    "WRITERS",
    "Condition",
    "Grant",
    "Identity",
    "Permission",
    "Policy",
    "Table",
    "Verdict",
    "Way",
    "condition",
    "is_instance_administrator",
    "is_signed_in",
]
