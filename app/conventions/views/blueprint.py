"""The blueprint of this room, and what all its pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint
from flask_babel import get_locale

from app.conventions.queries import document_of

if TYPE_CHECKING:
    from app.conventions.models import Convention
    from app.texts.document import Document

blueprint = Blueprint("conventions", __name__, url_prefix="/conventions")


def language() -> str:
    """The language of the screen."""
    return str(get_locale() or "fr")[:2]


def about(convention: Convention) -> dict[str, Any]:
    """What the header of every page of a text shows."""
    document: Document = document_of(convention)
    return {"convention": convention, "document": document}
