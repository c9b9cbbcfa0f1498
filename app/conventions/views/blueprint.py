"""The blueprint of this room, and what all its pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app
from flask_babel import get_locale

from app.conventions.documents import drawn_arms
from app.conventions.queries import document_of

if TYPE_CHECKING:
    from app.conventions.models import Convention
    from app.texts.document import Document

blueprint = Blueprint("conventions", __name__, url_prefix="/conventions")
LARGEST_SCAN = 20 * 1024 * 1024


def language() -> str:
    """The language of the screen."""
    return str(get_locale() or "fr")[:2]


def arms_of(convention: Convention) -> dict[str, bytes]:
    """The arms of the parties, by their identifier in the text."""
    found: dict[str, bytes] = {}
    folder = current_app.config["SETTINGS"].files
    for one in convention.bodies:
        name = one.body.arms_file
        path = folder / name if name else None
        if path is not None and path.parent == folder and path.is_file():
            drawn = drawn_arms(path.read_bytes())
            if drawn is not None:
                found[one.party] = drawn
    return found


def about(convention: Convention) -> dict[str, Any]:
    """What the header of every page of a text shows."""
    document: Document = document_of(convention)
    return {"convention": convention, "document": document}
