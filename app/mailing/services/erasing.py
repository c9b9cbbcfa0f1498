"""What letters to many keep of a person who is erased: that one was sent, no longer to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, or_, select

from app.mailing.models import Delivery, KnownAddress, Mailing
from app.members.erasing import ERASED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.members.erasing import Erasure


def forget(session: Session, erasure: Erasure) -> None:
    """Forget where their letters went; at an address that others read, only who they were."""
    at = func.lower(Delivery.address)
    theirs = or_(at.in_(erasure.addresses | erasure.shared), Delivery.name.contains(erasure.name, autoescape=True))
    found = select(Delivery).join(Mailing, Mailing.id == Delivery.mailing_id).where(Mailing.body_id == erasure.body_id)
    for delivery in session.scalars(found.where(theirs)):
        if delivery.address.lower() in erasure.addresses:
            delivery.address, delivery.name, delivery.message_id = f"effacee-{delivery.id}", ERASED, ""
            delivery.bounced_why = ""
        elif erasure.name and (erasure.given_name or erasure.name) in delivery.name:
            delivery.name = ERASED
    known = delete(KnownAddress).where(KnownAddress.body_id == erasure.body_id)
    session.execute(known.where(func.lower(KnownAddress.address).in_(erasure.addresses)))
