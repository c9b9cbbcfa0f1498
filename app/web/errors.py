"""One handler for what people can cause, calm pages for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.extensions import db
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from flask import Flask

    Answer = tuple[str, int]


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    if not app.testing:
        app.register_error_handler(Exception, _unforeseen)


def _domain(error: DomainError) -> Answer:
    db.session.rollback()
    if isinstance(error, EditConflict):
        return render_template("errors/conflict.html", error=error, back=request.path), error.status
    page = "errors/403.html" if error.status == 403 else "errors/domain.html"  # noqa: PLR2004  # HTTP
    return render_template(page, sentence=str(error), back=request.referrer, kept=_typed()), error.status


def _stale_form(error: CSRFError) -> Answer:
    del error
    sentence = _("Cette page était ouverte depuis trop longtemps. Rechargez-la, puis envoyez à nouveau.")
    return render_template("errors/400.html", sentence=sentence, back=request.path, kept=_typed()), 400


def _http(error: HTTPException) -> Answer | HTTPException:
    code = error.code or 500
    if code < 400:  # noqa: PLR2004  # redirects are answers
        return error
    known = {400, 401, 403, 404, 405, 409, 413, 422, 429}
    page = f"errors/{code}.html" if code in known - {401, 405} else "errors/500.html"
    if code in {401, 405}:
        page = "errors/400.html"
    return render_template(page, sentence="", back=request.referrer, kept=_typed() if code == 401 else {}), code  # noqa: PLR2004


def _unforeseen(error: Exception) -> Answer:
    current_app.logger.error("unforeseen", exc_info=error)
    db.session.rollback()
    return render_template("errors/500.html", sentence="", back=request.referrer, kept=_typed()), 500


def _typed() -> dict[str, str]:
    """What the person had typed, shown again so that nothing is lost; never a secret."""
    secret = {"csrf_token", "password", "new_password", "code"}
    return {name: text for name, text in request.form.items() if name not in secret and text.strip()}
