"""One handler for what people can cause, calm pages for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from app.database.connection import is_passing, is_there_already
from app.extensions import db
from app.shared.errors import DomainError, EditConflict
from app.web.typed import typed, way_back

if TYPE_CHECKING:
    from flask import Flask

    Answer = tuple[str, int]


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(IntegrityError, _written_twice)
    if not app.testing:
        app.register_error_handler(Exception, _unforeseen)


def _domain(error: DomainError) -> Answer:
    db.session.rollback()
    if isinstance(error, EditConflict):
        kept = _unshown(error)
        return render_template("errors/conflict.html", error=error, back=request.path, kept=kept), error.status
    page = "errors/403.html" if error.status == 403 else "errors/domain.html"  # noqa: PLR2004  # HTTP
    return render_template(page, sentence=str(error), back=_back(error.status), kept=typed()), error.status


def _unshown(error: EditConflict) -> dict[str, str]:
    """What was typed beyond the texts that the page compares."""
    compared = " ".join(" ".join(error.yours.values()).split())
    return {label: text for label, text in typed().items() if " ".join(text.split()) not in compared}


def _back(code: int) -> str | None:
    """Where to go on: from a form that is closed by now, to what it belongs to; else to the page before."""
    return way_back() if code in {403, 404} and request.method == "POST" else request.referrer


def _sentence(code: int) -> str:
    """What happened, where somebody sent a form to what is no longer there."""
    if code != 404 or not typed():  # noqa: PLR2004  # HTTP
        return ""
    sentence: str = _(
        "Ce que vous modifiiez n’est plus là : quelqu’un l’a sans doute retiré ou mis à la corbeille pendant que vous "
        "écriviez."
    )
    return sentence


def _stale_form(error: CSRFError) -> Answer:
    del error
    sentence = _("Cette page était ouverte depuis trop longtemps. Rechargez-la, puis envoyez à nouveau.")
    return render_template("errors/400.html", sentence=sentence, back=request.path, kept=typed()), 400


def _http(error: HTTPException) -> Answer | HTTPException:
    code = error.code or 500
    if code < 400:  # noqa: PLR2004  # redirects are answers
        return error
    known = {400, 401, 403, 404, 405, 409, 413, 422, 429}
    page = f"errors/{code}.html" if code in known - {401, 405} else "errors/500.html"
    if code in {401, 405}:
        page = "errors/400.html"
    return render_template(page, sentence=_sentence(code), back=_back(code), kept=typed()), code


def _busy(error: OperationalError) -> tuple[str, int, dict[str, str]] | Answer:
    """Somebody else writes for longer than anybody waits: nothing is lost, and it passes."""
    if not is_passing(error):
        if current_app.testing:
            raise error
        return _unforeseen(error)
    current_app.logger.warning("the database is busy: %s", error.orig)
    db.session.rollback()
    page = render_template("errors/503.html", sentence="", back=request.referrer, kept=typed())
    return page, 503, {"Retry-After": "5"}


def _written_twice(error: IntegrityError) -> Answer:
    """What no lock held apart: the first of two who wrote the same at one moment has written it."""
    if not is_there_already(error):
        if current_app.testing:
            raise error
        return _unforeseen(error)
    current_app.logger.warning("written twice at one moment: %s", type(error.orig).__name__)
    db.session.rollback()
    sentence = _(
        "La même chose vient d’être enregistrée, par quelqu’un d’autre ou par un second clic. Revenez à la page "
        "précédente et rechargez-la : ce qui y est n’est plus à faire."
    )
    return render_template("errors/domain.html", sentence=sentence, back=request.referrer, kept=typed()), 409


def _unforeseen(error: Exception) -> Answer:
    current_app.logger.error("unforeseen", exc_info=error)
    db.session.rollback()
    return render_template("errors/500.html", sentence="", back=request.referrer, kept=typed()), 500
