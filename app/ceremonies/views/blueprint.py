"""The room's blueprint, on a page of its own so that every page can hang on it."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("ceremonies", __name__)
