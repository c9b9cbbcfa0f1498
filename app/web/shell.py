"""What surrounds every page: language, time zone, navigation, security headers, the person's name."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import current_app, g, has_request_context, request, session

from app.accounts.access import NOBODY
from app.shared import saying
from app.shared.typography import typeset
from app.web.navigation import navigation

if TYPE_CHECKING:
    from flask import Flask, Request, Response

LANGUAGES = {"fr": "Français", "en": "English", "de": "Deutsch"}
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


def language() -> str:
    """The person's language, else the one chosen for this visit, else the browser's, else French.

    Commands and the worker have no visitor: they speak French unless a room says otherwise.
    """
    if not has_request_context():
        return "fr"
    who = g.get("identity", NOBODY)
    chosen = session.get("language") or (who.language if who.is_signed_in else None)
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(list(LANGUAGES)) or "fr"


def timezone() -> str:
    """Pages speak in French time unless they say otherwise beside the hour."""
    return "Europe/Paris"


def install(app: Flask) -> None:
    """Add headers and template globals to the application."""
    app.after_request(_headers)
    app.context_processor(_globals)
    app.jinja_env.filters.update(said=saying.said, full_day=saying.full_day, hour=saying.hour, euros=saying.euros)
    app.jinja_env.filters["typeset"] = lambda sentence: typeset(str(sentence))


def _globals() -> dict[str, object]:
    settings = current_app.config["SETTINGS"]
    return {
        "languages": LANGUAGES,
        "language": language(),
        "is_demonstration": settings.demonstration,
        "navigation": navigation(),
    }


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _CSP)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "private, no-store")
    elif response.status_code < HTTPStatus.BAD_REQUEST and (kept := _how_long(request)):
        response.headers["Cache-Control"] = kept
    if current_app.config["SETTINGS"].secure_cookies:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _how_long(asked: Request) -> str | None:
    """A file whose address tells its content is never asked for again, a font not for a week, a module each time.

    A module that another one imports has no version in its address: it is asked about, and answered 304.
    """
    if "v" in asked.args:
        return "public, max-age=31536000, immutable"
    return "public, max-age=604800" if asked.path.endswith(".woff2") else None
