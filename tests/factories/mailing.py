"""Letters to members for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from app.mailing.models import AudienceKind, Delivery, MailingKind
from app.mailing.services import writing
from app.members.models import Consent, ConsentKind
from app.shared.actor import Actor

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.mailing.models import Mailing, MailingModel
    from app.members.models import Member

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
BY = Actor(1, "Camille Fictive")


def make_mailing(session: Session, body: Body, **given: object) -> Mailing:
    """A notice to all the members unless told otherwise."""
    facts = {
        "kind": MailingKind.NOTICE,
        "audience": AudienceKind.MEMBERS,
        "subject": "Fête du jumelage",
        "text": "Bonjour {nom},\n\n{comite} vous invite.",
        **given,
    }
    made = writing.write_letter(session, body, writing.LetterFacts(**facts), by=BY, at=AT)  # type: ignore[arg-type]  # as given
    session.commit()
    return made


def make_model(session: Session, body: Body) -> MailingModel:
    """A model of a letter."""
    made = writing.keep_model(
        session, body, writing.ModelFacts("Invitation", "Invitation", "Bonjour {nom},"), by=BY, at=AT
    )
    session.commit()
    return made


def make_delivery(session: Session, mailing: Mailing, address: str = "ada@exemple.test") -> Delivery:
    """What a letter became at one address; the outbox knows nothing of it any more."""
    made = Delivery(mailing_id=mailing.id, address=address, name="Ada Fictif")
    session.add(made)
    session.commit()
    return made


def agree(session: Session, member: Member) -> Consent:
    """The consent of a member to news."""
    made = Consent(
        body_id=member.body_id,
        person_id=member.person_id,
        kind=ConsentKind.NEWSLETTER,
        given_on=date(2026, 1, 5),
        created_at=AT,
    )
    session.add(made)
    session.commit()
    return made
