"""A page as the clerk who opened it reads it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from app.access.roles import Role
from app.shared.typography import NO_BREAK
from tests.factories.accounts import make_member

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


def clerk_of(session: Session, sign_in: SignIn, body: Body, role: Role = Role.CLERK) -> FlaskClient:
    """The browser of somebody who works for this body, signed in."""
    return sign_in(make_member(session, body, role))


def as_read(page: str) -> str:
    """The words of a page in a row: no tags, and every space is one plain space."""
    text = unescape(re.sub(r"<[^>]+>", " ", page)).replace("'", "’")
    return re.sub(r"\s+", " ", text.replace(NO_BREAK, " "))
