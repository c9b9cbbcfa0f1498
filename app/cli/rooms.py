"""Registers each room's commands: ``app/<room>/cli.py`` with ``install(app)``."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

ROOMS = (
    "places",
    "bodies",
    "accounts",
    "mail",
    "twinnings",
    "members",
    "conventions",
    "ceremonies",
    "council",
    "funding",
    "web",
    "seeds",
)


def install(app: Flask) -> None:
    """Add every room's commands to ``flask``."""
    for room in ROOMS:
        if find_spec(f"app.{room}.cli") is not None:
            import_module(f"app.{room}.cli").install(app)
