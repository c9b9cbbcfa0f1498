"""Going past a blocking check: only with a reason, an author and a date, which the minutes and the act repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.audit.services import record
from app.council.models import CheckOverride
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor

SHORTEST = 10
NEVER = frozenset({"C14", "C15"})
"""Arithmetic is not a matter of opinion."""


class NoReason(DomainError):
    """Somebody wants to go past a check and does not say why."""


@dataclass(frozen=True, kw_only=True)
class Override:
    """Which check, of what, and why."""

    check_id: str
    reason: str
    sentence: str = ""
    meeting_id: int | None = None
    act_id: int | None = None
    point_id: int | None = None
    subsidy_id: int | None = None


def override_check(session: Session, body_id: int, command: Override, *, by: Actor, at: datetime) -> CheckOverride:
    """Keep why somebody went past a check.

    :raises NoReason: without a reason, or for a check that nobody may go past.
    """
    reason = " ".join(command.reason.split())
    if command.check_id in NEVER:
        raise NoReason(_l("Un compte faux ne se motive pas : corrigez les nombres."), field="reason")
    if len(reason) < SHORTEST:
        raise NoReason(
            _l(
                "Écrivez le motif en une phrase : il figurera au "
                "procès-verbal et sur l’acte, avec votre nom et la date."
            ),
            field="reason",
        )
    kept = CheckOverride(
        body_id=body_id,
        meeting_id=command.meeting_id,
        act_id=command.act_id,
        point_id=command.point_id,
        subsidy_id=command.subsidy_id,
        check_id=command.check_id[:8],
        sentence=command.sentence[:2000],
        reason=reason[:2000],
        author=by.name,
        made_at=at,
    )
    session.add(kept)
    session.flush()
    record(
        session,
        "council.overridden",
        by=by,
        at=at,
        body_id=body_id,
        subject=("check_override", kept.id),
        check=kept.check_id,
        reason=kept.reason,
    )
    return kept


def is_overridden(
    session: Session,
    check_id: str,
    *,
    meeting_id: int | None = None,
    act_id: int | None = None,
    point_id: int | None = None,
    subsidy_id: int | None = None,
) -> bool:
    """Whether somebody went past this check, for this thing."""
    statement = select(CheckOverride.id).where(CheckOverride.check_id == check_id)
    if meeting_id is not None:
        statement = statement.where(CheckOverride.meeting_id == meeting_id)
    if act_id is not None:
        statement = statement.where(CheckOverride.act_id == act_id)
    if point_id is not None:
        statement = statement.where(CheckOverride.point_id == point_id)
    if subsidy_id is not None:
        statement = statement.where(CheckOverride.subsidy_id == subsidy_id)
    return session.scalar(statement.limit(1)) is not None
