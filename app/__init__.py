"""Trait d'union: town halls and twinning committees run their twinnings with the partner town."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application; the factory is imported on demand so that the pure leaves load alone."""
    from app.factory import build  # noqa: PLC0415  # the leaves must load without Flask

    return build(settings)
