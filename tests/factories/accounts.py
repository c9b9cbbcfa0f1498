"""People who sign in, and the bodies they do it for."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from app.accounts.models import Account, Role, RoleGrant
from app.bodies.models import Body, BodyKind, FederationMember

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONG_AGO = datetime(2020, 1, 1, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def make_account(session: Session, **fields: Any) -> Account:
    """A person with an account and no role yet."""
    number = next(_numbers)
    account = Account(
        **{
            "email": f"personne{number}@exemple.test",
            "name": f"Camille Fictive {number}",
            "created_at": LONG_AGO,
            "session_epoch": 1,
        }
        | fields
    )
    session.add(account)
    session.commit()
    return account


def make_own_body(session: Session, **fields: Any) -> Body:
    """A bare body, for tests of accounts; ``tests/factories/bodies.py`` makes full ones."""
    name = fields.pop("name", f"Commune fictive {next(_numbers)}")
    body = Body(
        **{"uid": str(uuid.uuid4()), "kind": BodyKind.COMMUNE, "name": name, "folded": name.lower()}
        | {"created_at": LONG_AGO}
        | fields
    )
    session.add(body)
    session.commit()
    return body


def make_grant(session: Session, account: Account, body: Body, role: Role = Role.SECRETARY, **fields: Any) -> RoleGrant:
    """A role in a body, held for years unless said otherwise."""
    grant = RoleGrant(
        **{"account": account, "body": body, "role": role, "since": date(2020, 1, 1), "created_at": LONG_AGO} | fields
    )
    session.add(grant)
    session.commit()
    return grant


def make_member(session: Session, body: Body, role: Role = Role.SECRETARY, **fields: Any) -> Account:
    """A person with an account and a role in a body; ``is_administrator=True`` lets them manage its accounts."""
    administers = fields.pop("is_administrator", False)
    account = make_account(session, **fields)
    make_grant(session, account, body, role, is_administrator=administers)
    return account


def make_adviser(session: Session, *advised: Body, **fields: Any) -> Account:
    """Somebody of a federation that advises these bodies."""
    federation = make_own_body(session, kind=BodyKind.FEDERATION, name=f"Fédération fictive {next(_numbers)}")
    for body in advised:
        session.add(FederationMember(federation_id=federation.id, body_id=body.id))
    return make_member(session, federation, Role.ADVISER, **fields)
