"""What the verbs of this room share: errors, the journal, the revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.shared.clock import day_of
from app.shared.errors import DomainError, EditConflict
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.founding.models import Founding
    from app.shared.actor import Actor


class BadFounding(DomainError):
    """What was told cannot be kept as it is written."""


class NotNow(DomainError):
    """Something stands in the way; the sentence says what comes first."""


def touch(founding: Founding, by: Actor, at: datetime) -> None:
    """Say who changed it, and count it."""
    founding.changed_at, founding.changed_by = at, by.name
    founding.revision += 1


def expect(founding: Founding, revision: int, *, theirs: Mapping[str, str], yours: Mapping[str, str]) -> None:
    """Refuse to write over what somebody else saved in the meantime.

    :raises EditConflict: with both texts.
    """
    if founding.revision != revision:
        raise EditConflict(theirs=theirs, yours=yours)


def tell(
    session: Session,
    action: str,
    founding: Founding,
    *,
    by: Actor,
    at: datetime,
    **details: Any,  # noqa: ANN401  # plain values that the sentence names
) -> None:
    """Note it in the journal of the commune and in that of the committee."""
    for body_id in (founding.body_id, founding.committee_id):
        record(
            session,
            action,
            by=by,
            at=at,
            body_id=body_id,
            subject=("founding", founding.id),
            name=founding.committee.name,
            **details,
        )


def require_past(day: date | None, at: datetime, field: str) -> None:
    """Refuse a fact that lies in the future.

    :raises BadFounding: with the day.
    """
    if day is not None and day > day_of(at):
        raise BadFounding(
            _l("Le %(day)s n’est pas encore arrivé : notez le fait quand il a eu lieu.", day=full_day(day)), field=field
        )


def require_order(before: date | None, after: date | None, sentence: object, field: str) -> None:
    """Refuse two facts in the wrong order.

    :raises BadFounding: with the sentence.
    """
    if before is not None and after is not None and after < before:
        raise BadFounding(sentence, field=field)
