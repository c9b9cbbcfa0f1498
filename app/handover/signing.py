"""Who may note a signature that is missing, and with what proof: said beside the person, and to whoever may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.handover.models import Side, Stage
from app.shared.saying import said

if TYPE_CHECKING:
    from app.accounts.models import Account
    from app.handover.hands import Hands
    from app.handover.models import Handover, HandoverPerson


_AFTER_CONTEST = _l(
    "À cette personne de signer, ou à quelqu’un de son côté de noter sa signature. Si elle ne signe pas, notez-le, "
    "avec la raison."
)


def ways(handover: Handover, hands: Hands, account_id: int | None, *, may_note: bool) -> dict[int, object]:
    """How each signature comes that the reader neither gives nor may note on their word alone."""
    if handover.stage != Stage.SEALED:
        return {}
    found = {}
    for one in handover.unsigned:
        if hands.is_own(one, account_id):
            if not hands.speaks_for(one, account_id):
                found[one.id] = _AFTER_CONTEST if one.is_contested else too_new(hands.accounts[account_id or 0])
        elif not may_note:
            found[one.id] = _by_others(one, hands)
        elif not hands.vouches_for(one, account_id):
            found[one.id] = _AFTER_CONTEST if one.is_contested else _with_proof(one, hands)
    return found


def too_new(account: Account) -> object:
    """Why the reader's account does not sign by itself, and what to do."""
    words = {"day": said(account.tied_on) if account.tied_on else "", "by": account.tied_on_the_word_of}
    if not words["by"]:
        return _l(
            "Votre compte est relié à votre fiche depuis le %(day)s, par une adresse qui y a été écrite après le début "
            "de cette passation. Pour que personne ne signe des deux côtés, il ne signe pas seul : signez le dossier "
            "imprimé et joignez-en la copie, ou faites noter votre signature par quelqu’un de votre côté.",
            day=words["day"],
        )
    return _l(
        "Votre compte est relié à votre fiche depuis le %(day)s, par %(by)s, après le début de cette passation. Pour "
        "que personne ne signe des deux côtés, il ne signe pas seul : signez le dossier imprimé et joignez-en la "
        "copie, ou faites noter votre signature par quelqu’un de votre côté.",
        **words,
    )


def contested(signer: HandoverPerson) -> object:
    """Why a paper is noted for them no more by the other side, and what remains."""
    return _l(
        "%(name)s a contesté ce qui avait été noté ou signé à sa place : à cette personne de signer, ou à quelqu’un de "
        "son côté de noter sa signature. Si elle ne signe pas, notez-le, avec la raison.",
        name=signer.person.name,
    )


def _by_others(signer: HandoverPerson, hands: Hands) -> object:
    name = signer.person.name
    if hands.may_sign_here(signer):
        return _l("%(name)s a son propre compte ici : à cette personne de signer.", name=name)
    if hands.doubtful(signer) is not None:
        return _l(
            "Le compte de %(name)s n’est relié à sa fiche que depuis le début de cette passation : sa signature vient "
            "sur papier, ou quelqu’un de son côté la note.",
            name=name,
        )
    if signer.side == Side.OUTGOING:
        return _l("Qui préside ou tient le secrétariat note la signature de %(name)s sur papier.", name=name)
    return _l(
        "%(name)s n’a pas encore de compte ici : quelqu’un du nouveau bureau qui préside, tient le secrétariat ou "
        "administre les accès note cette signature sur papier. Sinon, faites inviter %(name)s depuis la page "
        "« Accès ».",
        name=name,
    )


def _with_proof(signer: HandoverPerson, hands: Hands) -> object:
    """Who signs, or notes it, before the reader does with a copy of the paper."""
    name = signer.person.name
    if hands.may_sign_here(signer):
        return _l(
            "%(name)s a son propre compte ici : à cette personne de signer, ou à quelqu’un de son côté de noter sa "
            "signature sur papier. Si ce n’est pas possible, notez-la en joignant la copie du papier signé.",
            name=name,
        )
    if (account := hands.doubtful(signer)) is not None and account.tied_on is not None:
        return _l(
            "Le compte de %(name)s est relié à sa fiche depuis le %(day)s, après le début de cette passation : il ne "
            "signe pas seul. Quelqu’un de son côté note sa signature. Si ce n’est pas possible, notez-la en joignant "
            "la copie du papier signé.",
            name=name,
            day=said(account.tied_on),
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
