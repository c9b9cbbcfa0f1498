"""Which letters a committee sent somebody: part of the right of access."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.mailing.models import Delivery, KnownAddress, Mailing
from app.shared.saying import said

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.members.erasing import Known


def known_of(session: Session, member: Known) -> dict[str, Any]:
    """The letters that went where they read, and that they want no news."""
    person, home = member.person, member.household
    addresses = {one.email.lower() for one in (person, home) if one is not None and one.email}
    sent = (
        select(Delivery)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(Mailing.body_id == member.body_id, func.lower(Delivery.address).in_(addresses))
        .options(joinedload(Delivery.mailing))
        .order_by(Delivery.id)
    )
    known = select(KnownAddress).where(KnownAddress.body_id == member.body_id, KnownAddress.opposed_at.is_not(None))
    return {
        "Lettres": [
            {
                "Objet": one.mailing.subject,
                "Le": said(one.mailing.sent_at.date()) if one.mailing.sent_at else "",
                "À": one.address,
                "Revenue": one.bounced_why or (said(one.bounced_at.date()) if one.bounced_at else ""),
            }
            for one in session.scalars(sent)
        ],
        "Ne veut plus de nouvelles": [
            {"Adresse": one.address, "Depuis": said(one.opposed_at.date()) if one.opposed_at else ""}
            for one in session.scalars(known.where(func.lower(KnownAddress.address).in_(addresses)))
        ],
    }
