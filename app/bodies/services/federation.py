"""Which bodies a federation advises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app.audit.services import record
from app.bodies.models import BodyKind, FederationMember
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.shared.actor import Actor


class NotAFederation(DomainError):
    """Only a federation has member bodies."""


def join_federation(session: Session, federation: Body, body: Body, *, by: Actor, at: datetime) -> None:
    """Let a federation's advisers read what the body's twinnings share; the body itself asks for it."""
    if federation.kind != BodyKind.FEDERATION or body.kind == BodyKind.FEDERATION:
        raise NotAFederation(_l("Choisissez une fédération : cet organisme n’en est pas une."), field="federation")
    known = session.scalar(select(FederationMember.id).where(*_between(federation, body)))
    if known is None:
        session.add(FederationMember(federation_id=federation.id, body_id=body.id))
        _tell(session, "federation.joined", federation, body, by, at)


def leave_federation(session: Session, federation: Body, body: Body, *, by: Actor, at: datetime) -> None:
    """End it: from now on the federation's advisers read nothing more of this body."""
    known = session.scalar(select(FederationMember.id).where(*_between(federation, body)))
    if known is not None:
        session.execute(delete(FederationMember).where(FederationMember.id == known))
        _tell(session, "federation.left", federation, body, by, at)


def _between(federation: Body, body: Body):  # type: ignore[no-untyped-def]  # noqa: ANN202  # two conditions
    return FederationMember.federation_id == federation.id, FederationMember.body_id == body.id


def _tell(session: Session, action: str, federation: Body, body: Body, by: Actor, at: datetime) -> None:
    for owner in (federation.id, body.id):
        record(
            session,
            action,
            by=by,
            at=at,
            body_id=owner,
            subject=("body", body.id),
            name=body.name,
            federation=federation.name,
        )
