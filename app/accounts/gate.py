"""The gate, as the rooms above the accounts know it; it lives in :mod:`app.access.gate`."""

from __future__ import annotations

from app.access.gate import (
    MARK,
    actor,
    check,
    identity,
    install,
    judge,
    may,
    public,
    recognise,
    requires,
    signed_in,
    table,
)

__all__ = [
    "MARK",
    "actor",
    "check",
    "identity",
    "install",
    "judge",
    "may",
    "public",
    "recognise",
    "requires",
    "signed_in",
    "table",
]
