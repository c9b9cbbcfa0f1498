"""Two memberships of one human being made one; a human decided it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.database.unit import alone_on
from app.members.models import DuesReminder, DuesWaiver, GroupMember, PaymentLine, VolunteerEntry
from app.members.services.ground import BadMember, tell

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.members.models import Member
    from app.shared.actor import Actor


def unite_members(session: Session, kept: Member, double: Member, *, by: Actor, at: datetime) -> None:
    """Move what hangs on the double to the membership kept; the double goes to the trash, and nothing is lost.

    The earlier entry and the later leaving win; answers and notes are added, never replaced.

    :raises BadMember: when they are not two memberships of one person in one body, one lies in the trash, or one
        payment names both.
    """
    alone_on(session, kept.body)
    alone_on(session, kept, double)
    if kept.trashed_at is not None or double.trashed_at is not None:
        raise BadMember(
            _l(
                "L’une des deux fiches est à la corbeille. Si quelqu’un vient de les réunir, il n’y a plus rien à "
                "faire ; sinon, sortez-la d’abord de la corbeille."
            )
        )
    if kept.id == double.id or kept.body_id != double.body_id or kept.person_id != double.person_id:
        raise BadMember(_l("Ces fiches ne sont pas celles d’une même personne : réunissez d’abord les personnes."))
    if _paid_together(session, kept.id, double.id):
        raise BadMember(
            _l("Un même paiement nomme les deux fiches : annulez ce reçu, refaites-le pour une seule, puis réunissez.")
        )
    groups = set(session.scalars(select(GroupMember.group_id).where(GroupMember.member_id == kept.id)))
    moved = update(GroupMember).where(GroupMember.member_id == double.id, GroupMember.group_id.not_in(groups))
    session.execute(moved.values(member_id=kept.id))
    for model in (PaymentLine, DuesReminder, DuesWaiver, VolunteerEntry):
        session.execute(update(model).where(model.member_id == double.id).values(member_id=kept.id))
    _complete(kept, double)
    kept.revision += 1
    double.trashed_at = at
    double.revision += 1
    session.flush()
    details = {"number": kept.number, "other": double.number}
    tell(session, "members.united", kept.body_id, ("member", kept.id), by=by, at=at, **details)


def _paid_together(session: Session, kept: int, double: int) -> bool:
    one = select(PaymentLine.payment_id).where(PaymentLine.member_id == kept)
    return (
        session.scalar(
            select(PaymentLine.id).where(PaymentLine.member_id == double, PaymentLine.payment_id.in_(one)).limit(1)
        )
        is not None
    )


def _complete(kept: Member, double: Member) -> None:
    if double.since is not None and (
        kept.since_sort is None or (double.since_sort or kept.since_sort) < kept.since_sort
    ):
        kept.since, kept.since_sort = double.since, double.since_sort
    if double.until is None:
        kept.until, kept.until_sort, kept.leaving = None, None, ""
    kept.household = kept.household or double.household
    kept.answers = {**double.answers, **kept.answers}
    kept.note = "\n".join(part for part in (kept.note, double.note) if part)[:4000]
