"""The letter to somebody for whom a signature was noted, and the link by which they say that it is not so.

The link is signed: it opens this one question, without an account, and never expires.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from app.accounts.documents import address_of
from app.handover import queries
from app.handover.models import Signed
from app.mail import addresses
from app.mail.services import Letter
from app.shared.saying import said

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.handover.models import HandoverPerson
    from app.shared.actor import Actor

_SALT = "handover-contest"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=_SALT)


def token_for(signer: HandoverPerson) -> str:
    """What names a line of a handover; only this installation can have written it."""
    return str(_serializer().dumps([signer.handover.uid, signer.id]))


def signer_of(session: Session, token: str) -> HandoverPerson | None:
    """Whose line a link names; None when it was not written here, or is no more."""
    try:
        uid, number = _serializer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    found = queries.person_by_id(session, number) if isinstance(number, int) else None
    return found if found is not None and found.handover.uid == uid and found.handover.trashed_at is None else None


def noted_letter(session: Session, signer: HandoverPerson, how: Signed, *, by: Actor, has_proof: bool) -> Letter | None:
    """What was noted for them, and how to say that it is not so; None when nobody knows where to write."""
    handover = signer.handover
    known = queries.address_of(session, signer)
    if known is None:
        return None
    try:
        to = addresses.clean(known[0])
    except addresses.BadAddress:
        return None
    with force_locale(known[1]):
        return Letter(
            to=to,
            name=signer.person.name,
            subject=_("Votre signature de la passation du %(day)s", day=said(handover.takes_over_on))
            if how == Signed.PAPER
            else _("La passation du %(day)s, sans votre signature", day=said(handover.takes_over_on)),
            text=render_template(
                "handover/letters/noted.txt",
                name=signer.person.name,
                noter=by.name,
                day=said(handover.takes_over_on),
                body=handover.body.name,
                is_paper=how == Signed.PAPER,
                has_proof=has_proof,
                address=address_of("handover.doubt", token=token_for(signer)),
            ),
            language=known[1],
            reply_to=handover.body.email,
            from_name=handover.body.name,
            body_id=handover.body_id,
            is_secret=True,
        )
