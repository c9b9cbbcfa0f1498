"""What handovers know of somebody: on which side, how they signed, what was noted for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.handover.labels import SIDES, SIGNED
from app.handover.models import Handover, HandoverPerson, Side, Signed
from app.shared.saying import said

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.members.erasing import Known


def known_of(session: Session, member: Known) -> dict[str, Any]:
    """The handovers in which they stand."""
    if member.person_id is None:
        return {}
    stands = (
        select(HandoverPerson)
        .join(HandoverPerson.handover)
        .where(Handover.body_id == member.body_id, HandoverPerson.person_id == member.person_id)
        .where(Handover.trashed_at.is_(None))
        .options(joinedload(HandoverPerson.handover))
        .order_by(HandoverPerson.id)
    )
    return {"Passations": [_told(one) for one in session.scalars(stands)]}


def _told(one: HandoverPerson) -> dict[str, str]:
    told = {
        "Prise de fonction": said(one.handover.takes_over_on),
        "Côté": str(SIDES[Side(one.side)]),
        "Fonction": one.function,
        "Signature": str(SIGNED[Signed(one.signed_how)]),
        "Le": said(one.signed_on) if one.signed_on else "",
        "Notée par": one.signed_by if one.is_noted else "",
        "Remarque": one.remark,
        "Copie du papier signé": one.proof_name or "",
        "Copie contestée le": said(one.proof_struck_on) if one.proof_struck_on else "",
        "Contestée le": said(one.contested_on) if one.contested_on else "",
    }
    return {label: text for label, text in told.items() if text}
