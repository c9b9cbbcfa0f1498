"""What the verbs of this room share: how they fail, what the journal tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.audit.services import record
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.handover.models import Handover
    from app.shared.actor import Actor


class BadHandover(DomainError):
    """The handover cannot be kept, sealed or signed as asked."""


class NoSecretsHere(DomainError):
    """Somebody was about to write a password down."""


def tell(session: Session, action: str, handover: Handover, by: Actor, at: datetime, **details: Any) -> None:  # noqa: ANN401  # what the sentence names
    """Note it in the journal of the association."""
    record(
        session,
        f"handover.{action}",
        by=by,
        at=at,
        body_id=handover.body_id,
        subject=("handover", handover.id),
        on=handover.takes_over_on.isoformat(),
        **details,
    )
