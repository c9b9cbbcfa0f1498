"""Who may note a signature that is missing: said beside the person, and to whoever may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.handover import queries
from app.handover.models import Side, Stage

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy.orm import Session

    from app.handover.models import Handover, HandoverPerson


def ways(
    session: Session, handover: Handover, signable: Collection[int], account_id: int | None, *, may_note: bool, on: date
) -> dict[int, object]:
    """How each signature comes that the reader neither gives (``signable``) nor may note on paper."""
    if handover.stage != Stage.SEALED:
        return {}
    found = {}
    for one in handover.unsigned:
        if one.id in signable:
            continue
        if not may_note:
            found[one.id] = _by_others(session, one, on)
        elif queries.is_word_of_leaver(session, one, account_id, on=on):
            found[one.id] = not_by_leaver(session, one, on)
    return found


def _by_others(session: Session, signer: HandoverPerson, on: date) -> object:
    name = signer.person.name
    if queries.may_sign_here(session, signer, on=on):
        return _l("%(name)s a son propre compte ici : à cette personne de signer.", name=name)
    if signer.side == Side.OUTGOING:
        return _l("Qui préside ou tient le secrétariat note la signature de %(name)s sur papier.", name=name)
    return _l(
        "%(name)s n’a pas encore de compte ici : quelqu’un du nouveau bureau qui préside, tient le secrétariat ou "
        "administre les accès note cette signature sur papier. Sinon, faites inviter %(name)s depuis la page "
        "« Accès ».",
        name=name,
    )


def not_by_leaver(session: Session, signer: HandoverPerson, on: date) -> object:
    """Why who leaves does not note that who comes has received the pack, and who does."""
    if queries.may_sign_here(session, signer, on=on):
        return _l(
            "%(name)s a son propre compte ici : à cette personne de signer, ou à quelqu’un de son côté de le noter.",
            name=signer.person.name,
        )
    return _l(
        "%(name)s reçoit le dossier et vous le remettez : quelqu’un d’autre du nouveau bureau note cette signature. "
        "Si personne n’y a de compte, invitez quelqu’un depuis la page « Accès ».",
        name=signer.person.name,
    )
