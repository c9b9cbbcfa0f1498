"""The room's blueprint, and what several of its pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort
from flask_babel import get_locale

from app.access.gate import identity
from app.actions import queries
from app.ceremonies.wording import said
from app.extensions import db

if TYPE_CHECKING:
    from app.actions.models import Project
    from app.ceremonies.models import Ceremony
    from app.twinnings.models import Twinning

blueprint = Blueprint("actions", __name__, url_prefix="/projets")


def towns(twinning: Twinning) -> list[str]:
    """The towns of a twinning, one's own first."""
    mine = identity().body_ids
    parties = sorted(twinning.parties, key=lambda party: (party.body_id not in mine, party.side, party.position))
    named = [party.body.name for party in parties if party.is_town and party.left_on is None]
    return named or [twinning.title or "?"]


def again(project_id: int) -> Project:
    """The project as it is now, inside the writing transaction."""
    return queries.project_by_id(db.session(), project_id) or abort(404)


def ceremony_title(ceremony: Ceremony) -> str:
    """The title of a ceremony in the reader's language."""
    locale = get_locale()
    return said(ceremony.title, [locale.language if locale else "fr", *ceremony.languages])
