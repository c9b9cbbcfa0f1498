"""Not asking somebody for their dues, or for a part: decided by the committee, dated, taken back as it was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from app.database.unit import alone_on
from app.members.models import DuesWaiver
from app.members.queries.standing import standing_of
from app.members.services.dues import call_off_reminders, shares
from app.members.services.ground import BadDues, hold_numbers, refuse_gone, tell
from app.people.naming import clean
from app.shared.saying import euros

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from app.members.models import DuesPeriod, Member
    from app.shared.actor import Actor


@dataclass(frozen=True, kw_only=True)
class WaiveDues:
    """How much is not asked of whom, and which meeting decided it."""

    members: tuple[Member, ...]
    amount: Decimal
    decided: str


def waive(session: Session, period: DuesPeriod, command: WaiveDues, *, by: Actor, at: datetime) -> None:
    """Note what is not asked of some members of one household, each by what they owe.

    :raises BadDues: when nobody is named, no one decided it, or it is more than what is left.
    """
    hold_numbers(session, period.body_id)
    if not command.members or any(member.body_id != period.body_id for member in command.members):
        raise BadDues(_l("Choisissez au moins un membre pour qui cette somme n’est pas demandée."), field="members")
    alone_on(session, *command.members)
    for member in command.members:
        refuse_gone(member, field="members")
    if not clean(command.decided):
        raise BadDues(_l("Écrivez qui l’a décidé, et quand."), field="decided")
    standing = standing_of(session, period)
    left = standing.left(command.members)
    if not 0 < command.amount <= left:
        raise BadDues(_l("Écrivez une somme de 0,01 € à %(left)s.", left=euros(left)), field="amount")
    parts = shares(command.amount, standing.parts(command.members))
    for member, share in zip(command.members, parts, strict=True):
        session.add(
            DuesWaiver(
                period_id=period.id,
                member_id=member.id,
                amount=share,
                decided=clean(command.decided)[:200],
                granted_by=by.name,
                granted_at=at,
            )
        )
    session.flush()
    call_off_reminders(session, period, command.members)
    tell(session, "members.waived", period.body_id, ("dues_period", period.id), by=by, at=at, period=period.name)


def take_back(session: Session, waiver: DuesWaiver, *, by: Actor, at: datetime) -> None:
    """Ask again for what was not asked, of the whole household."""
    together = update(DuesWaiver).where(
        DuesWaiver.period_id == waiver.period_id,
        DuesWaiver.granted_at == waiver.granted_at,
        DuesWaiver.taken_back_at.is_(None),
    )
    period = waiver.period
    session.execute(together.values(taken_back_at=at))
    tell(session, "members.waiver_ended", period.body_id, ("dues_period", period.id), by=by, at=at, period=period.name)
