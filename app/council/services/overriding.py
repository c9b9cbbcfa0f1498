"""Going past a blocking check: only with a reason, an author and a date, which the minutes and the act repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.audit.services import record
from app.council.models import CheckOverride
from app.law import tables
from app.law.words import french
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor

SHORTEST = 10


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


def may_pass(check_id: str) -> bool:
    """Whether a reason may go past this check; one that is no check of the law (the seal) takes a reason."""
    rule = tables.check_rules().get(check_id)
    return rule is None or rule.override == "reason"


def override_note(check_id: str) -> str:
    """Which reason may be worth going past a check, or why none is."""
    rule = tables.check_rules().get(check_id)
    return french(rule.override_note) if rule else ""


def override_check(session: Session, body_id: int, command: Override, *, by: Actor, at: datetime) -> CheckOverride:
    """Keep why somebody went past a check.

    :raises NoReason: without a reason, or for a check that nobody may go past.
    """
    reason = " ".join(command.reason.split())
    if not may_pass(command.check_id):
        raise NoReason(override_note(command.check_id), field="reason")
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
    since: datetime | None = None,
) -> bool:
    """Whether somebody went past this check, for this thing; ``since``: knowing what was noted at that moment."""
    statement = select(CheckOverride.id).where(CheckOverride.check_id == check_id)
    if meeting_id is not None:
        statement = statement.where(CheckOverride.meeting_id == meeting_id)
    if act_id is not None:
        statement = statement.where(CheckOverride.act_id == act_id)
    if point_id is not None:
        statement = statement.where(CheckOverride.point_id == point_id)
    if subsidy_id is not None:
        statement = statement.where(CheckOverride.subsidy_id == subsidy_id)
    if since is not None:
        statement = statement.where(CheckOverride.made_at >= since)
    return session.scalar(statement.limit(1)) is not None
