"""The room's blueprint, and what several of its pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort
from flask_babel import get_locale

from app.extensions import db
from app.founding import queries
from app.law.words import french

if TYPE_CHECKING:
    from app.founding.models import Founder, Founding

blueprint = Blueprint("founding", __name__, url_prefix="/comites-en-creation")


def again(founding_id: int) -> Founding:
    """The founding as it is now, inside the writing transaction."""
    return queries.founding_by_id(db.session(), founding_id) or abort(404)


def founder_again(founding_id: int, founder_id: int) -> Founder:
    """The founder as it is now, inside the writing transaction."""
    return queries.founder_by_id(db.session(), founding_id, founder_id) or abort(404)


def language() -> str:
    """The language of the screen."""
    return str(get_locale() or "fr")[:2]


def said_by_law(text: str) -> str:
    """A sentence of the law's checks, set as French is set."""
    return french(text)
