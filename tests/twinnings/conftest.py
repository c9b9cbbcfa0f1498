"""The twinning of one German town with four communes of Calvados, and who works for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from app.bodies.models import BodyKind
from tests.factories.accounts import make_adviser, make_member
from tests.factories.bodies import make_body
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.twinnings.models import Twinning

COMMUNES = ("Mathieu", "Cresserons", "Cambes-en-Plaine", "Périers-sur-le-Dan")


@dataclass
class Calvados:
    """Everything of it."""

    communes: list[Body]
    gerbrunn: Body
    twinning: Twinning
    french: Account
    german: Account
    reader: Account
    adviser: Account
    stranger: Account


@pytest.fixture
def calvados(session: Session) -> Calvados:
    communes = [make_body(session, name) for name in COMMUNES]
    gerbrunn = make_body(session, "Gerbrunn", BodyKind.FOREIGN_AUTHORITY, country="DE", languages=["de"])
    session.commit()
    elsewhere = make_body(session, "Ailleurs")
    return Calvados(
        communes,
        gerbrunn,
        make_twinning(session, communes, gerbrunn),
        make_member(session, communes[0], Role.CLERK, name="Fictive de Mathieu"),
        make_member(session, gerbrunn, Role.COORDINATOR, name="Fiktiv aus Gerbrunn"),
        make_member(session, communes[1], Role.READER),
        make_adviser(session, communes[2]),
        make_member(session, elsewhere, Role.MAYOR),
    )
