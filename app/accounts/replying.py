"""Where the answers to a letter of a body go: to the body, else to who sends it, never to who runs the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.access.gate import identity
from app.accounts.queries import account
from app.extensions import db

if TYPE_CHECKING:
    from app.bodies.models import Body


def own_address() -> str:
    """The address of who is at the screen."""
    number = identity().account_id
    found = account(db.session(), number) if number is not None else None
    return found.email if found is not None else ""


def answers_to(body: Body) -> str:
    """The address that a letter in the name of a body gives for answers."""
    return body.email or own_address()
