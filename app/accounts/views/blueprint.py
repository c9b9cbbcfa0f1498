"""The blueprint of the room, and what several of its pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, current_app, request, session, url_for

from app.accounts import credentials
from app.accounts.services import attempts
from app.database.unit import writing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.config import Settings
    from app.forms import Form
    from app.shared.errors import DomainError

blueprint = Blueprint("accounts", __name__)


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def safe_target(target: str | None) -> str:
    """Where to go next if it lies on this site, else nowhere (an empty text)."""
    if not target or not target.startswith("/") or target.startswith("//") or len(target) > 2000:  # noqa: PLR2004
        return ""
    if "\\" in target or any(ord(character) < 33 for character in target):  # noqa: PLR2004  # space and controls
        return ""
    parts = urlsplit(target)
    return "" if parts.scheme or parts.netloc else target


def go_on() -> str:
    """Where the person wanted to go before signing in, else home."""
    return safe_target(session.pop("suite", None)) or url_for("web.home")


def remember_target(target: str | None) -> None:
    """Keep where the person wanted to go until they are in."""
    if target := safe_target(target):
        session["suite"] = target
    else:
        session.pop("suite", None)


def limited(*limits: tuple[str, str, int], at: datetime) -> None:
    """Count one try of each (kind, source, most); refuse when one of them is exceeded.

    :raises attempts.TooManyAttempts: when there were too many.
    """
    key = settings().secret_key
    named = [attempts.Limit(kind, credentials.source_hash(source, key=key), most) for kind, source, most in limits]
    with writing() as unit:
        exceeded = attempts.count(unit, named, at=at)
    if exceeded:
        raise attempts.TooManyAttempts


def machine() -> str:
    """The machine that asks: its IPv4 address, or the /64 network of an IPv6 one."""
    address = request.remote_addr or ""
    return ":".join(address.split(":")[:4]) if ":" in address else address


def say(form: Form, error: DomainError, otherwise: str) -> None:
    """Put a failure beside the field it belongs to."""
    field = form[error.field] if error.field and error.field in form else form[otherwise]
    field.errors = [*field.errors, str(error)]


def status_of(forms: Sequence[Form]) -> int:
    """422 when something is to be corrected."""
    return 422 if any(form.errors for form in forms) else 200
