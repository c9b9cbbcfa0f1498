"""The room's blueprint, and what several of its pages need."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, abort

from app.extensions import db
from app.mailing import queries
from app.mailing.links import footer_of, unsubscribe_url
from app.mailing.services.writing import Dispatch

if TYPE_CHECKING:
    from app.bodies.models import Body
    from app.mailing.models import Delivery, Mailing, MailingModel

blueprint = Blueprint("mailing", __name__, url_prefix="/lettres")


def again(mailing_id: int) -> Mailing:
    """The letter as it is now, inside the writing transaction."""
    return queries.mailing_by_id(db.session(), mailing_id) or abort(404)


def delivery_again(delivery_id: int) -> Delivery:
    """The delivery as it is now, inside the writing transaction."""
    return queries.delivery_by_id(db.session(), delivery_id) or abort(404)


def model_again(model_id: int) -> MailingModel:
    """The model as it is now, inside the writing transaction."""
    return queries.model_by_id(db.session(), model_id) or abort(404)


def dispatch_for(body: Body, seen: int | None = None, revision: int | None = None) -> Dispatch:
    """How letters of a body are finished, and what of this one was on the page that was sent."""
    link = partial(unsubscribe_url, body)
    return Dispatch(footer=partial(footer_of, body), link=link, seen=seen, revision=revision)


def whole(raw: str | None) -> int:
    """A number sent by the browser; 0 when it is none."""
    return int(raw) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0  # noqa: PLR2004  # an integer
