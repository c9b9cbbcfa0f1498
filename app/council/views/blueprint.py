"""The room's blueprint, on a page of its own so that every page can hang on it."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("council", __name__, url_prefix="/conseil")
