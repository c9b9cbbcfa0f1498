"""The room's blueprint, and what several of its pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, render_template

from app.extensions import db
from app.handover import queries

if TYPE_CHECKING:
    from app.forms import Form
    from app.handover.models import Handover

blueprint = Blueprint("handover", __name__, url_prefix="/passations")


def again(handover_id: int) -> Handover:
    """The handover as it is now."""
    return queries.handover_by_id(db.session(), handover_id) or abort(404)


def answer(template: str, form: Form | None, **values: Any) -> str | tuple[str, int]:  # noqa: ANN401  # what pages show
    """A page, as wrong when its form is."""
    page = render_template(template, form=form, **values)
    return (page, 422) if form is not None and form.errors else page
