"""Who may note a signature that is missing, and with what proof: said beside the person, and to whoever may not."""

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
    """How each signature comes that the reader neither gives (``signable``) nor may note on their word alone."""
    if handover.stage != Stage.SEALED:
        return {}
    found = {}
    for one in handover.unsigned:
        if one.id in signable:
            continue
        if not may_note:
            found[one.id] = _by_others(session, one, on)
        elif queries.needs_proof(session, one, account_id):
            found[one.id] = contested(one) if one.is_contested else _with_proof(session, one, on)
    return found


def contested(signer: HandoverPerson) -> object:
    """Why a paper is noted for them no more by the other side, and what remains."""
    return _l(
        "%(name)s a contesté ce qui avait été noté ou signé à sa place : à cette personne de signer, ou à quelqu’un de "
        "son côté de noter sa signature. Si elle ne signe pas, notez-le, avec la raison.",
        name=signer.person.name,
    )


def _by_others(session: Session, signer: HandoverPerson, on: date) -> object:
    name = signer.person.name
    if queries.may_sign_here(session, signer, on=on):
        return _l("%(name)s a son propre compte ici : à cette personne de signer.", name=name)
    if signer.side == Side.OUTGOING:
        return _l("Qui préside ou tient le secrétariat note la signature de %(name)s sur papier.", name=name)
    return _l(
        "%(name)s n’a pas encore de compte ici : quelqu’un du nouveau bureau qui préside, tient le secrétariat ou "
        "administre les accès note cette signature sur papier. Sinon, faites inviter %(name)s depuis la page "
        "« Accès ».",
        name=name,
    )


def _with_proof(session: Session, signer: HandoverPerson, on: date) -> object:
    """Who signs, or notes it, before the reader does with a copy of the paper."""
    name = signer.person.name
    if queries.may_sign_here(session, signer, on=on):
        return _l(
            "%(name)s a son propre compte ici : à cette personne de signer, ou à quelqu’un de son côté de noter sa "
            "signature sur papier. Si ce n’est pas possible, notez-la en joignant la copie du papier signé.",
            name=name,
        )
    if signer.side == Side.OUTGOING:
        return _l(
            "%(name)s n’a pas de compte ici : quelqu’un de son côté note sa signature sur papier. Si ce n’est pas "
            "possible, notez-la en joignant la copie du papier signé.",
            name=name,
        )
    return _l(
        "%(name)s reçoit le dossier et n’a pas encore de compte ici. Invitez cette personne, ou quelqu’un d’autre du "
        "nouveau bureau, depuis la page « Accès ». Si ce n’est pas possible, notez sa signature en joignant la copie "
        "du papier signé.",
        name=name,
    )
