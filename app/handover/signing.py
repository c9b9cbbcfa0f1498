"""How a signature that is missing comes: said beside the person, and to whoever may not give or note it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.handover.models import Stage

if TYPE_CHECKING:
    from app.handover.hands import Hands
    from app.handover.models import Handover, HandoverPerson

_AFTER_CONTEST = _l(
    "À cette personne de signer, ou à quelqu’un de son côté de noter sa signature, avec la copie du papier. Si elle ne "
    "signe pas, notez-le, avec la raison."
)


def ways(handover: Handover, hands: Hands, account_id: int | None, *, may_note: bool) -> dict[int, object]:
    """How each signature comes that the reader does not give."""
    if handover.stage == Stage.DRAFT:
        return {one.id: _foretold(one, hands) for one in handover.people}
    return {
        one.id: _way(one, hands, account_id, may_note=may_note)
        for one in handover.unsigned
        if not hands.speaks_for(one, account_id)
    }


def _foretold(signer: HandoverPerson, hands: Hands) -> object:
    """How somebody will sign, as long as it can still be prepared."""
    if hands.may_sign_here(signer):
        return _l("Signera depuis son compte.")
    if (account := hands.doubtful(signer)) is not None:
        return _l("Signera sur papier, avec son compte ou sans : %(why)s.", why=hands.objection(signer, account))
    if (why := hands.doubt_of_record(signer)) is not None:
        return _l("Signera sur papier : %(why)s. La copie du papier se joint ici.", why=why)
    return _l("Signera depuis son compte, une fois invité·e à l’adresse de sa fiche ; sinon, sur papier.")


def _way(signer: HandoverPerson, hands: Hands, account_id: int | None, *, may_note: bool) -> object:
    if signer.is_contested:
        return _AFTER_CONTEST
    if hands.is_own(signer, account_id):
        return alone(signer, hands, account_id)
    return _with_copy(signer, hands) if may_note else _by_others(signer, hands)


def alone(signer: HandoverPerson, hands: Hands, account_id: int | None) -> object:
    """Why the reader's account does not sign by itself, and what to do."""
    return _l(
        "Votre compte ne signe pas seul pour cette passation : %(why)s. Signez le dossier imprimé et joignez-en la "
        "copie : ainsi, personne ne signe pour les deux côtés.",
        why=hands.objection(signer, hands.accounts[account_id or 0]),
    )


def contested(signer: HandoverPerson) -> object:
    """Why a paper is noted for them no more by the other side, and what remains."""
    return _l(
        "%(name)s a contesté ce qui avait été noté ou signé à sa place : à cette personne de signer, ou à quelqu’un de "
        "son côté de noter sa signature, avec la copie du papier. Si elle ne signe pas, notez-le, avec la raison.",
        name=signer.person.name,
    )


def _by_others(signer: HandoverPerson, hands: Hands) -> object:
    name = signer.person.name
    if hands.may_sign_here(signer):
        return _l("%(name)s a son propre compte ici : à cette personne de signer.", name=name)
    return _l(
        "%(name)s signe le dossier imprimé ; qui préside, tient le secrétariat ou administre les accès le note avec la "
        "copie du papier.",
        name=name,
    )


def _with_copy(signer: HandoverPerson, hands: Hands) -> object:
    """Who signs, before the reader notes it with the copy of the paper."""
    name = signer.person.name
    if hands.may_sign_here(signer):
        return _l(
            "%(name)s a son propre compte ici : à cette personne de signer. Si ce n’est pas possible, notez sa "
            "signature avec la copie du papier signé.",
            name=name,
        )
    if (account := hands.doubtful(signer)) is not None:
        return _l(
            "Le compte de %(name)s ne signe pas seul pour cette passation : %(why)s. Notez sa signature avec la copie "
            "du papier signé, ou laissez cette personne joindre la copie.",
            name=name,
            why=hands.objection(signer, account),
        )
    if hands.doubt_of_record(signer) is not None:
        return _l("%(name)s n’a pas de compte ici : notez sa signature avec la copie du papier signé.", name=name)
    return _l(
        "%(name)s n’a pas de compte ici. Invitez cette personne à l’adresse de sa fiche, ou notez sa signature avec la "
        "copie du papier signé.",
        name=name,
    )
