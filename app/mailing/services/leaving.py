"""Who wants no more news, whose letter came back, whose address is good again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.mail.services import call_off_news
from app.mailing import queries
from app.mailing.models import KnownAddress
from app.mailing.services.writing import BadLetter
from app.members.models import Consent, ConsentKind
from app.shared.actor import Actor
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.mailing.models import Delivery

BY_LINK = "lien de désinscription d’une lettre"
"""How such a consent ended, as it is kept with it."""


def unsubscribe(session: Session, body: Body, address: str, *, at: datetime) -> bool:
    """Send no more news of a body to an address; the consents of who reads there end. A second time does nothing.

    The journal names no address: it is read by everybody of the body.
    """
    known = _known(session, body.id, address)
    if known.opposed_at is not None:
        return False
    known.opposed_at, known.opposed_how = at, BY_LINK
    for consent in queries.news_consents_at(session, body.id, address):
        consent.withdrawn_on, consent.withdrawn_how = day_of(at), BY_LINK
    call_off_news(session, body.id, to=[address.lower()])
    _tell(session, "mailing.unsubscribed", body, at)
    return True


def subscribe_again(session: Session, body: Body, address: str, *, at: datetime) -> bool:
    """Undo it: the consents that the link ended begin anew, with their day."""
    known = _known(session, body.id, address)
    if known.opposed_at is None:
        return False
    known.opposed_at, known.opposed_how = None, ""
    seen: set[int] = set()
    for ended in queries.consents_ended_by_link(session, body.id, address, BY_LINK):
        if ended.person_id not in seen:
            seen.add(ended.person_id)
            session.add(_begun_again(ended, at))
    _tell(session, "mailing.subscribed", body, at)
    return True


def _begun_again(ended: Consent, at: datetime) -> Consent:
    return Consent(
        body_id=ended.body_id,
        person_id=ended.person_id,
        kind=ConsentKind.NEWSLETTER,
        given_on=day_of(at),
        proof="lien d’une lettre, « Je veux de nouveau la recevoir »",
        created_at=at,
    )


def _known(session: Session, body_id: int, address: str) -> KnownAddress:
    known = queries.known_address(session, body_id, address)
    if known is None:
        known = KnownAddress(body_id=body_id, address=address, opposed_at=None)
        session.add(known)
        session.flush()
    return known


def _tell(session: Session, action: str, body: Body, at: datetime) -> None:
    somebody = Actor(None, str(_l("Une personne qui reçoit les lettres")))
    record(session, action, by=somebody, at=at, body_id=body.id, subject=("body", body.id), how=BY_LINK)


def note_returned(session: Session, delivery: Delivery, why: str, *, by: Actor, at: datetime) -> None:
    """Note that a letter came back; the address is left out until somebody says that it is good."""
    reason = " ".join(why.split())
    if not reason:
        raise BadLetter(_l("Écrivez ce que dit le message revenu, en quelques mots."), field="why")
    delivery.bounced_at, delivery.bounced_why = at, reason[:300]
    mailing = delivery.mailing
    about = ("mailing", mailing.id)
    record(session, "mailing.returned", by=by, at=at, body_id=mailing.body_id, subject=about, title=mailing.subject)


def note_good(session: Session, delivery: Delivery, *, by: Actor, at: datetime) -> None:
    """Say that an address is good (again): the next letter goes there."""
    body_id = delivery.mailing.body_id
    _known(session, body_id, delivery.address).good_since = at
    record(session, "mailing.address_good", by=by, at=at, body_id=body_id, subject=("body", body_id))
