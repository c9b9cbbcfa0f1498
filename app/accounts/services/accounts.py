"""Opening, naming and closing accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import Account
from app.audit.services import record
from app.mail import addresses
from app.mail.services import one_line
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor

LANGUAGES = frozenset({"fr", "en", "de"})


class AddressTaken(DomainError):
    """Two accounts would share one address."""

    def __init__(self) -> None:
        super().__init__(_l("Cette adresse est déjà celle d’un compte. Choisissez une autre adresse."), field="email")


@dataclass(frozen=True, kw_only=True)
class OpenAccount:
    """A new account; it may do nothing until it is given a role."""

    email: str
    name: str
    language: str = "fr"
    person_id: int | None = None
    is_instance_administrator: bool = False
    is_persona: bool = False
    persona_rank: int = 0


def open_account(session: Session, command: OpenAccount, *, by: Actor, at: datetime) -> Account:
    """Open an account.

    :raises AddressTaken: when there is one with this address, open or closed.
    :raises app.mail.addresses.BadAddress: when the address is none.
    """
    email = addresses.clean(command.email)
    if session.scalar(select(Account.id).where(Account.email == email)) is not None:
        raise AddressTaken
    account = Account(
        email=email,
        name=one_line(command.name, 200) or email,
        language=command.language if command.language in LANGUAGES else "fr",
        person_id=command.person_id,
        is_instance_administrator=command.is_instance_administrator,
        is_persona=command.is_persona,
        persona_rank=command.persona_rank,
        created_at=at,
    )
    session.add(account)
    session.flush()
    record(session, "accounts.opened", by=by, at=at, subject=("account", account.id), name=account.name)
    return account


def end_sessions(account: Account) -> None:
    """Make every cookie given so far worthless."""
    account.session_epoch += 1


def choose_body(account: Account, body_id: int) -> None:
    """Look at the pages in the name of this body from now on."""
    account.current_body_id = body_id


def choose_language(account: Account, language: str) -> None:
    """Speak to the person in this language from now on, on screen and by mail."""
    if language in LANGUAGES:
        account.language = language
