"""Signing on both sides: from one's own account, or on paper as somebody notes it; contesting what was noted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.services import ties
from app.handover.erasing import RULE
from app.handover.hands import hands_of
from app.handover.models import Handover, Signed, Stage
from app.handover.services.ground import BadHandover, tell
from app.handover.signing import alone, contested
from app.mail.services import enqueue
from app.members.retention import is_over
from app.people.naming import clean_text
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.handover.hands import Hands
    from app.handover.models import HandoverPerson
    from app.mail.services import Letter
    from app.shared.actor import Actor


@dataclass(frozen=True)
class Proof:
    """The copy of a signed paper that was checked and stored; ``file`` is its name in the folder of files."""

    file: str
    filename: str
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Signing:
    """How somebody signed, or why they do not; ``letters`` tell them, wherever they are known."""

    how: Signed
    on: date
    remark: str = ""
    proof: Proof | None = None
    letters: Sequence[Letter] = ()


def sign(session: Session, signer: HandoverPerson, command: Signing, *, by: Actor, at: datetime) -> None:
    """Note that somebody signed, from their own account or on paper as the person who records it saw.

    :raises BadHandover: when it is not sealed, signed already, dated otherwise, or noted without what proves it.
    """
    handover = _held(session, signer)
    hands = hands_of(session, handover, on=day_of(at))
    _check(signer, command, hands, by, day_of(at))
    _write(signer, command, by, at)
    if command.how != Signed.WAIVED and hands.is_own(signer, by.id):
        _write_tie(signer, hands.accounts[by.id or 0])
    if not handover.unsigned:
        handover.stage, handover.signed_at = Stage.SIGNED, at
    session.flush()
    for letter in command.letters:
        enqueue(session, letter, at=at)
    _tell_signed(session, signer, command, by, at)


def _check(signer: HandoverPerson, command: Signing, hands: Hands, by: Actor, today: date) -> None:
    handover = signer.handover
    _need_kept(handover)
    if handover.stage == Stage.DRAFT:
        raise BadHandover(_l("Le dossier n’est pas encore figé : on signe ce qui ne change plus."))
    if signer.signed_how:
        raise BadHandover(_l("%(name)s a déjà signé.", name=signer.person.name))
    match command.how:
        case Signed.ACCOUNT:
            _need_own(signer, hands, by)
        case Signed.PAPER:
            _need_copy(signer, hands, command.proof, by)
        case Signed.WAIVED if not command.remark.strip():
            raise BadHandover(_l("Dites pourquoi cette personne ne signe pas : décès, refus, absence…"), field="remark")
    if command.on > today or (handover.sealed_at is not None and command.on < day_of(handover.sealed_at)):
        raise BadHandover(_l("La signature suit le jour où le dossier est figé, et n’est pas à venir."), field="day")


def _write(signer: HandoverPerson, command: Signing, by: Actor, at: datetime) -> None:
    signer.signed_how, signer.signed_on, signer.signed_by = command.how.value, command.on, by.name[:200]
    signer.remark = clean_text(command.remark)[:2000]
    signer.noted_on = day_of(at) if signer.is_noted else None
    if command.proof is not None:
        signer.proof_file, signer.proof_type = command.proof.file, command.proof.media_type
        signer.proof_name, signer.proof_struck_on = command.proof.filename[:200], None


def _write_tie(signer: HandoverPerson, account: Account) -> None:
    """Keep since when the account was theirs, and who said so; nobody, where it was the address of the record."""
    signer.account_id = account.id
    signer.tied_on, signer.tied_by = account.tied_on, account.tied_on_the_word_of or None


def _tell_signed(session: Session, signer: HandoverPerson, command: Signing, by: Actor, at: datetime) -> None:
    handover, who = signer.handover, signer.person.name
    if command.how == Signed.WAIVED:
        tell(session, "waived", handover, by, at, who=who)
    elif command.proof is not None:
        tell(session, "signed_with_proof", handover, by, at, who=who, file=signer.proof_name, kept=signer.proof_file)
    elif command.how == Signed.ACCOUNT:
        tell(session, "own_signed", handover, by, at, who=who)
    else:
        tell(session, "signed", handover, by, at, who=who)
    if handover.stage == Stage.SIGNED:
        tell(session, "complete", handover, by, at)


def _need_own(signer: HandoverPerson, hands: Hands, by: Actor) -> None:
    """Whoever signs from an account is the person of the line, on more than a fresh word."""
    if hands.speaks_for(signer, by.id):
        return
    if not hands.is_own(signer, by.id):
        raise BadHandover(_l("Chacun signe pour soi. Une signature sur papier se note à part."))
    raise BadHandover(contested(signer) if signer.is_contested else alone(signer, hands, by.id))


def _need_copy(signer: HandoverPerson, hands: Hands, proof: Proof | None, by: Actor) -> None:
    """Whoever notes a paper joins a copy of it; once its person contested that, it is somebody of their side."""
    if hands.speaks_for(signer, by.id):
        raise BadHandover(_l("Vous avez un compte ici : signez vous-même, sur la page du dossier."), field="how")
    if signer.is_contested and (by.name == signer.contested_noter or not hands.stands_beside(signer, by.id)):
        raise BadHandover(contested(signer), field="how")
    if proof is not None and signer.proof_struck_on is not None and proof.file == signer.proof_file:
        raise BadHandover(
            _l("C’est la copie que %(name)s a contestée : il en faut une autre.", name=signer.person.name),
            field="proof",
        )
    if proof is None:
        raise BadHandover(
            _l(
                "Joignez la copie du papier signé (PDF ou photo) : votre parole ne suffit pas pour %(name)s, car une "
                "seule personne ne signe pas pour les deux côtés.",
                name=signer.person.name,
            ),
            field="proof",
        )


def contest(session: Session, signer: HandoverPerson, *, by: Actor, at: datetime) -> None:
    """Strike a signature, or a note, because the person says it is not theirs; the handover is to be signed again.

    The copy of the paper stays until another is joined: it is what the two would talk about. Who takes their own
    signature back, from the account that gave it, accuses nobody. Where the link of a letter
    strikes what an account with another address than the record's signed, that account is tied to the record no more;
    nor is one that does not speak for the person, whoever noted it.

    :raises BadHandover: when nothing stands there that somebody noted.
    """
    handover = _held(session, signer)
    _need_kept(handover)
    if not signer.signed_how:
        raise BadHandover(_l("Aucune signature n’est notée à votre place : il n’y a rien à contester."))
    noter, was_noted = signer.signed_by, signer.is_noted
    hands = hands_of(session, handover, on=day_of(at))
    takes_back = hands.is_own(signer, by.id) and signer.account_id == by.id
    if not takes_back:
        signer.contested_on, signer.contested_noter = day_of(at), noter if was_noted else None
    signer.proof_struck_on = day_of(at) if signer.proof_file else None
    signer.signed_how, signer.signed_on, signer.signed_by = Signed.NOT_YET.value, None, ""
    signer.noted_on, signer.remark = None, ""
    signer.account_id = signer.tied_on = signer.tied_by = None
    was_complete = handover.stage == Stage.SIGNED
    handover.stage, handover.signed_at = Stage.SEALED.value, None
    session.flush()
    _tell_struck(session, signer, by, at, noter=noter if was_noted else None, takes_back=takes_back)
    if by.id is None:
        doubted = [one for one in hands.accounts.values() if hands.is_own(signer, one.id)]
        _loosen_accounts(
            session, signer, [one for one in doubted if not (was_noted and hands.speaks_for(signer, one.id))], by, at
        )
    if was_complete:
        tell(session, "reopened", handover, by, at)


def _tell_struck(
    session: Session, signer: HandoverPerson, by: Actor, at: datetime, *, noter: str | None, takes_back: bool
) -> None:
    handover, who = signer.handover, signer.person.name
    if takes_back:
        tell(session, "taken_back", handover, by, at, who=who)
    elif noter is not None:
        tell(session, "contested", handover, by, at, who=who, noter=noter)
    else:
        tell(session, "own_contested", handover, by, at, who=who)


def _loosen_accounts(
    session: Session, signer: HandoverPerson, accounts: Sequence[Account], by: Actor, at: datetime
) -> None:
    """Let accounts with another address than the person's record be that person no more."""
    known = (signer.sealed_email or signer.person.email).strip().lower()
    for account in accounts:
        if known and account.email != known and account.closed_at is None:
            ties.loosen(session, account, body_id=signer.handover.body_id, by=by, at=at)


def _need_kept(handover: Handover) -> None:
    if handover.trashed_at is not None:
        raise BadHandover(_l("Cette passation est à la corbeille."))


def may_erase_proofs(handover: Handover, *, on: date) -> bool:
    """Whether copies of signed papers are kept that need be kept no longer."""
    return is_over(RULE, handover.takes_over_on, on=on) and any(one.proof_file for one in handover.people)


def erase_proofs(session: Session, handover: Handover, *, by: Actor, at: datetime) -> set[str]:
    """Forget the copies of signed papers once they need not be kept; gives the files that nothing here holds now.

    :raises BadHandover: when they still prove something.
    """
    if any(one.proof_file for one in handover.people) and not may_erase_proofs(handover, on=day_of(at)):
        raise BadHandover(_l("Ces copies prouvent qui a signé : elles se gardent cinq ans après la prise de fonction."))
    held = [one for one in handover.people if one.proof_file]
    gone = {one.proof_file for one in held if one.proof_file}
    for one in held:
        one.proof_file = one.proof_name = one.proof_type = one.proof_struck_on = None
    session.flush()
    if gone:
        tell(session, "proofs_erased", handover, by, at)
    return gone


def _held(session: Session, signer: HandoverPerson) -> Handover:
    """The handover, held for this transaction: the last two to sign are not each the last but one."""
    session.execute(select(Handover.id).where(Handover.id == signer.handover_id).with_for_update())
    handover = signer.handover
    for one in [*handover.people, handover]:
        session.expire(one)
    return handover
