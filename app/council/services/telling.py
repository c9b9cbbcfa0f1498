"""Writing the journal for this room, and refusing to write over what somebody else saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.audit.services import record
from app.shared.clock import day_of
from app.shared.errors import EditConflict
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.models import Act, Meeting
    from app.shared.actor import Actor


def tell_meeting(  # what an entry says
    session: Session,
    action: str,
    meeting: Meeting,
    *,
    by: Actor,
    at: datetime,
    **details: Any,  # noqa: ANN401  # plain values that the sentence names
) -> None:
    """Note it in the journal of the commune."""
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=meeting.body_id,
        subject=("council_meeting", meeting.id),
        day=full_day(day_of(meeting.starts_at)),
        **details,
    )


def tell_act(  # what an entry says
    session: Session,
    action: str,
    act: Act,
    *,
    by: Actor,
    at: datetime,
    **details: Any,  # noqa: ANN401  # plain values that the sentence names
) -> None:
    """Note it in the journal of the commune; once it is voted, in that of the twinning too."""
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=act.body_id,
        twinning_id=act.twinning_id if act.voted_on else None,
        subject=("council_act", act.id),
        title=act.title,
        **details,
    )


def expect(held: int, sent: int, *, theirs: Mapping[str, str], yours: Mapping[str, str]) -> None:
    """Refuse to write over what somebody else saved in the meantime.

    :raises EditConflict: with both texts.
    """
    if held != sent:
        raise EditConflict(theirs=theirs, yours=yours)
