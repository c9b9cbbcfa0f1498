"""Writing a letter to many, sending it once, trying it on oneself; models; trash."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.database.unit import alone_on
from app.mail.addresses import clean
from app.mail.services import Letter, enqueue
from app.mailing.models import AudienceKind, Delivery, Mailing, MailingKind, MailingModel
from app.mailing.queries import audience_of, together
from app.shared.clock import day_of
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.mailing.queries import Audience, Recipient
    from app.shared.actor import Actor

    Link = Callable[[str], str]

HOLES = ("nom", "comite")
MOST_TEXT = 20_000
_HOLE = re.compile(r"\{([^{}\n]{0,40})\}")


class BadLetter(DomainError):
    """The letter cannot be kept or sent as it is."""


class LetterIsSent(DomainError):
    """What was sent does not change, and is not sent again."""


@dataclass(frozen=True)
class LetterFacts:
    """A letter as it is written."""

    kind: MailingKind
    audience: AudienceKind
    subject: str
    text: str
    group_id: int | None = None
    reply_to: str = ""


def write_letter(session: Session, body: Body, facts: LetterFacts, *, by: Actor, at: datetime) -> Mailing:
    """Begin a letter; nothing leaves before somebody sends it."""
    made = Mailing(uid=str(uuid.uuid4()), body_id=body.id, created_at=at, changed_at=at)
    made.body = body
    _write(made, facts, by, at)
    session.add(made)
    session.flush()
    _tell(session, "mailing.begun", made, by, at)
    return made


def edit_letter(
    session: Session, mailing: Mailing, facts: LetterFacts, *, revision: int, by: Actor, at: datetime
) -> None:
    """Change a letter that is not sent.

    :raises EditConflict: when somebody else did in the meantime.
    """
    alone_on(session, mailing)
    require_draft(mailing)
    if mailing.trashed_at is not None:
        raise BadLetter(_l("Cette lettre est à la corbeille : sortez-la d’abord de la corbeille, puis enregistrez."))
    if mailing.revision != revision:
        raise EditConflict(theirs=told(mailing.subject, mailing.text), yours=told(facts.subject, facts.text))
    _write(mailing, facts, by, at)
    mailing.revision += 1
    _tell(session, "mailing.edited", mailing, by, at)


def require_draft(mailing: Mailing) -> None:
    """Refuse to touch what was sent.

    :raises LetterIsSent: with what to do.
    """
    if mailing.sent_at is not None:
        raise LetterIsSent(
            _l(
                "Cette lettre est déjà partie, envoyée par %(who)s : elle ne change plus et ne repart pas. "
                "Copiez-la pour en écrire une autre.",
                who=mailing.sent_by,
            )
            if mailing.sent_by
            else _l("Cette lettre est partie : elle ne change plus. Copiez-la pour en écrire une autre.")
        )


def told(subject: str, text: str) -> dict[str, str]:
    """The parts by label, for people who compare two texts."""
    return {str(_l("Objet")): subject, str(_l("Texte")): text}


def _write(mailing: Mailing, facts: LetterFacts, by: Actor, at: datetime) -> None:
    subject = " ".join(facts.subject.split())
    if not subject:
        raise BadLetter(_l("Écrivez l’objet de la lettre."), field="subject")
    if facts.audience == AudienceKind.GROUP and facts.group_id is None:
        raise BadLetter(_l("Choisissez le groupe."), field="group")
    if len(facts.text) > MOST_TEXT:
        raise BadLetter(_l("C’est trop long : gardez 20 000 caractères au plus."), field="text")
    check_holes(subject, field="subject")
    check_holes(facts.text)
    mailing.kind, mailing.audience = facts.kind.value, facts.audience.value
    mailing.group_id = facts.group_id if facts.audience == AudienceKind.GROUP else None
    mailing.subject, mailing.text = subject[:200], facts.text.replace("\r\n", "\n").strip()
    mailing.reply_to = clean(facts.reply_to, field="reply_to") if facts.reply_to.strip() else ""
    mailing.changed_at, mailing.changed_by = at, by.name


def check_holes(text: str, *, field: str = "text") -> None:
    """Refuse a word between braces that names nothing.

    :raises BadLetter: naming it and those that exist.
    """
    for match in _HOLE.finditer(text):
        if match[1] not in HOLES:
            raise BadLetter(
                _l("« {%(word)s} » ne veut rien dire ici. Vous pouvez écrire {nom} ou {comite}.", word=match[1]),
                field=field,
            )


def filled(mailing: Mailing, names: str) -> tuple[str, str]:
    """The subject and the text as one address reads them."""
    known = {"nom": names, "comite": mailing.body.name}
    subject, text = (
        _HOLE.sub(lambda hole: known.get(hole[1], hole[0]), one) for one in (mailing.subject, mailing.text)
    )
    return " ".join(subject.split()), text


def letter_to(mailing: Mailing, recipient: Recipient, footer: str, unsubscribe: str) -> Letter:
    """The message to one address; nobody else’s address stands in it."""
    subject, text = filled(mailing, recipient.names)
    return Letter(
        to=recipient.address,
        name=recipient.names,
        subject=subject[:300],
        text=f"{text}\n\n-- \n{footer}\n",
        reply_to=mailing.reply_to or (mailing.body.email or ""),
        body_id=mailing.body_id,
        from_name=mailing.body.name,
        unsubscribe_url=unsubscribe,
    )


@dataclass(frozen=True)
class Dispatch:
    """How letters are finished: the words under them, by what link one leaves.

    ``seen``: how many were announced; ``revision``: of the words that were read.
    """

    footer: Callable[[str], str]
    link: Link
    seen: int | None = None
    revision: int | None = None


def send_mailing(session: Session, mailing: Mailing, dispatch: Dispatch, *, by: Actor, at: datetime) -> int:
    """Put one letter for each address into the outbox, once and for all, whoever else presses at the same moment.

    The audience is read again here; where it, or the letter, is not the one that was announced, nothing leaves.

    :raises LetterIsSent: on a second click.
    :raises BadLetter: when there is nobody or nothing to send.
    """
    alone_on(session, mailing)
    require_draft(mailing)
    if mailing.trashed_at is not None:
        raise BadLetter(_l("Cette lettre est à la corbeille : sortez-la d’abord."))
    if not mailing.text.strip():
        raise BadLetter(_l("La lettre est vide : écrivez son texte."), field="text")
    _require_read(mailing, dispatch.revision)
    audience = audience_of(session, mailing, on=day_of(at))
    _require_readers(audience, dispatch.seen)
    for recipient in audience.recipients:
        link = dispatch.link(recipient.address) if mailing.kind == MailingKind.NEWS else ""
        message = enqueue(session, letter_to(mailing, recipient, dispatch.footer(link), link), at=at)
        session.add(
            Delivery(
                mailing_id=mailing.id,
                address=recipient.address,
                name=together(recipient.people)[:200],
                message_id=message.message_id,
            )
        )
    mailing.sent_at, mailing.sent_by, mailing.count = at, by.name, len(audience.recipients)
    mailing.changed_at, mailing.changed_by = at, by.name
    mailing.revision += 1
    session.flush()
    _tell(session, "mailing.sent", mailing, by, at, count=mailing.count)
    return mailing.count


def _require_read(mailing: Mailing, revision: int | None) -> None:
    """Nothing leaves with words that its sender has not seen."""
    if revision is not None and revision != mailing.revision:
        raise BadLetter(
            _l(
                "%(who)s a modifié cette lettre depuis que vous avez ouvert la page : rien n’est parti. Relisez-la "
                "telle qu’elle est maintenant, puis envoyez.",
                who=mailing.changed_by,
            )
        )


def _require_readers(audience: Audience, seen: int | None) -> None:
    if not audience.recipients:
        raise BadLetter(_l("Personne ne recevrait cette lettre : choisissez d’autres destinataires."))
    if seen is not None and seen != len(audience.recipients):
        raise BadLetter(
            _l(
                "Les destinataires ont changé depuis que vous avez ouvert la page : ils sont maintenant %(count)s. "
                "Relisez, puis envoyez.",
                count=len(audience.recipients),
            )
        )


def try_on_oneself(
    session: Session, mailing: Mailing, address: str, name: str, dispatch: Dispatch, *, at: datetime
) -> None:
    """Send the letter to its writer alone."""
    link = dispatch.link(address) if mailing.kind == MailingKind.NEWS else ""
    subject, text = filled(mailing, name)
    letter = Letter(
        to=address,
        name=name,
        subject=str(_l("[Essai] %(subject)s", subject=subject))[:300],
        text=f"{text}\n\n-- \n{dispatch.footer(link)}\n",
        reply_to=mailing.reply_to or (mailing.body.email or ""),
        body_id=mailing.body_id,
        from_name=mailing.body.name,
    )
    enqueue(session, letter, at=at)


def copy_letter(session: Session, mailing: Mailing, *, by: Actor, at: datetime) -> Mailing:
    """Begin another letter from this one."""
    facts = LetterFacts(
        MailingKind(mailing.kind),
        AudienceKind(mailing.audience),
        mailing.subject,
        mailing.text,
        mailing.group_id,
        mailing.reply_to,
    )
    return write_letter(session, mailing.body, facts, by=by, at=at)


def trash_letter(session: Session, mailing: Mailing, *, by: Actor, at: datetime, revision: int | None = None) -> None:
    """Put a letter in the trash; what was sent stays sent.

    :raises LetterIsSent: when it left since ``revision`` was read: who meant to keep it from leaving is told.
    """
    alone_on(session, mailing)
    if revision is not None and revision != mailing.revision:
        require_draft(mailing)
    if mailing.trashed_at is None:
        mailing.trashed_at = at
        _tell(session, "mailing.trashed", mailing, by, at)


def restore_letter(session: Session, mailing: Mailing, *, by: Actor, at: datetime) -> None:
    """Take a letter out of the trash."""
    if mailing.trashed_at is not None:
        mailing.trashed_at = None
        _tell(session, "mailing.restored", mailing, by, at)


@dataclass(frozen=True)
class ModelFacts:
    """A letter that is written again and again."""

    name: str
    subject: str
    text: str
    revision: int = 0


def keep_model(
    session: Session, body: Body, facts: ModelFacts, model: MailingModel | None = None, *, by: Actor, at: datetime
) -> MailingModel:
    """Keep a model, new or changed.

    :raises EditConflict: when somebody else changed it since it was read.
    """
    name = " ".join(facts.name.split())
    if not name:
        raise BadLetter(_l("Donnez un nom au modèle."), field="name")
    check_holes(facts.subject, field="subject")
    check_holes(facts.text)
    if model is None:
        model = MailingModel(body_id=body.id, created_at=at, revision=0)
        session.add(model)
    else:
        _require_unchanged(session, model, facts)
    facts = replace(facts, name=name)
    model.name, model.subject = facts.name[:120], " ".join(facts.subject.split())[:200]
    model.text = facts.text.replace("\r\n", "\n").strip()[:MOST_TEXT]
    model.revision += 1
    session.flush()
    _tell_model(session, "mailing.model_kept", model, by, at)
    return model


def _require_unchanged(session: Session, model: MailingModel, facts: ModelFacts) -> None:
    alone_on(session, model)
    if model.revision != facts.revision:
        raise EditConflict(
            theirs={str(_l("Nom du modèle")): model.name, **told(model.subject, model.text)},
            yours={str(_l("Nom du modèle")): facts.name, **told(facts.subject, facts.text)},
        )


def trash_model(session: Session, model: MailingModel, *, by: Actor, at: datetime) -> None:
    """Put a model in the trash."""
    if model.trashed_at is None:
        model.trashed_at = at
        _tell_model(session, "mailing.model_trashed", model, by, at)


def restore_model(session: Session, model: MailingModel, *, by: Actor, at: datetime) -> None:
    """Take a model out of the trash."""
    if model.trashed_at is not None:
        model.trashed_at = None
        _tell_model(session, "mailing.model_restored", model, by, at)


def _tell(session: Session, action: str, mailing: Mailing, by: Actor, at: datetime, **details: Any) -> None:  # noqa: ANN401  # what the sentence names
    about = ("mailing", mailing.id)
    record(session, action, by=by, at=at, body_id=mailing.body_id, subject=about, title=mailing.subject, **details)


def _tell_model(session: Session, action: str, model: MailingModel, by: Actor, at: datetime) -> None:
    record(session, action, by=by, at=at, body_id=model.body_id, subject=("mailing_model", model.id), name=model.name)


def fields_of(model: MailingModel | None) -> Mapping[str, str]:
    """What a model proposes for a new letter."""
    return {} if model is None else {"subject": model.subject, "text": model.text}
