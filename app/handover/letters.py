"""The letter to somebody who signed, or for whom it was noted, and the link by which they say that it is not so.

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


def signing_letters(
    session: Session, signer: HandoverPerson, how: Signed, *, by: Actor, has_proof: bool = False
) -> list[Letter]:
    """What was signed or noted for them, and how to say that it is not so; to every address that is known of them."""
    made: dict[str, Letter] = {}
    for address, language in queries.addresses_of(session, signer).items():
        try:
            to = addresses.clean(address)
        except addresses.BadAddress:
            continue
        made[to] = _letter(signer, how, to, language, by=by, has_proof=has_proof)
    return list(made.values())


def _letter(signer: HandoverPerson, how: Signed, to: str, language: str, *, by: Actor, has_proof: bool) -> Letter:
    handover = signer.handover
    with force_locale(language):
        return Letter(
            to=to,
            name=signer.person.name,
            subject=_("La passation du %(day)s, sans votre signature", day=said(handover.takes_over_on))
            if how == Signed.WAIVED
            else _("Votre signature de la passation du %(day)s", day=said(handover.takes_over_on)),
            text=render_template(
                "handover/letters/noted.txt",
                name=signer.person.name,
                noter=by.name,
                day=said(handover.takes_over_on),
                body=handover.body.name,
                is_own=how == Signed.ACCOUNT,
                is_paper=how == Signed.PAPER,
                has_proof=has_proof,
                address=address_of("handover.doubt", token=token_for(signer)),
            ),
            language=language,
            reply_to=handover.body.email,
            from_name=handover.body.name,
            body_id=handover.body_id,
            is_secret=True,
        )
