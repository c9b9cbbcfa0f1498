"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bodies.pending import leaves_pending
from app.conventions import guards
from app.council.queries import council_of
from app.council.reckoning import article_for, urgency_article
from app.council.services.following import witness_signature
from app.council.views import (
    acts,
    appointing,
    attending,
    checking,
    composing,
    convening,
    councils,
    evening,
    following,
    item,
    meetings,
    money,
    opendata,
    past,
    printing,
    readying,
)
from app.council.views.blueprint import blueprint
from app.council.views.guarding import council_guard, council_standings
from app.council.views.leaving import council_awaiting
from app.council.views.panel import council_panel
from app.extensions import db
from app.law.words import printed
from app.twinnings.panels import register

if TYPE_CHECKING:
    from flask import Flask

    from app.council.models import Meeting

PAGES = (
    checking,
    composing,
    councils,
    meetings,
    convening,
    evening,
    item,
    appointing,
    attending,
    acts,
    readying,
    following,
    printing,
    money,
    past,
    opendata,
)


def _urgency_article(meeting: Meeting) -> str:
    return urgency_article(meeting, council_of(db.session(), meeting.body_id))


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    app.jinja_env.filters["article_for"] = article_for
    app.jinja_env.filters["urgency_article"] = _urgency_article
    app.jinja_env.filters["printed"] = printed
    register(council_panel)
    guards.register(council_guard)
    guards.tells(council_standings)
    guards.witnesses(witness_signature)
    leaves_pending(council_awaiting)
