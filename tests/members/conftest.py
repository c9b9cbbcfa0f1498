"""A committee, and its secretary at the screen; a file whose people are others says so itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from tests.factories.accounts import make_member
from tests.factories.members import make_committee

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body


@pytest.fixture
def committee(session: Session) -> Body:
    """A committee without members."""
    return make_committee(session)


@pytest.fixture
def keeper(session: Session, sign_in: Callable[[Account], FlaskClient], committee: Body) -> FlaskClient:
    """Its secretary, signed in."""
    return sign_in(make_member(session, committee, Role.SECRETARY))
