"""The letters of this room: templates turned into text in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from app.access.roles import ROLE_NAMES
from app.accounts.credentials import grouped
from app.mail import addresses
from app.mail.services import Letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.access.roles import Role
    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.people.models import Person
    from app.shared.actor import Actor


def address_of(endpoint: str, **arguments: Any) -> str:  # noqa: ANN401  # as url_for takes them
    """A full address for a letter: it begins as the settings say, whatever host the request named."""
    base: str = current_app.config["SETTINGS"].base_url
    return base.rstrip("/") + url_for(endpoint, **arguments)


def sign_in_letter(email: str, *, link: str, code: str, language: str, after: str) -> Letter:
    """The letter with a link and a code to come in."""
    more = {"suite": after} if after else {}
    with force_locale(language):
        return Letter(
            to=email,
            subject=_("Votre lien pour entrer dans Trait d’union"),
            text=render_template(
                "accounts/letters/sign_in.txt",
                address=address_of("accounts.link", link=link, **more),
                code=grouped(code),
            ),
            language=language,
            is_secret=True,
        )


def invitation_letter(  # noqa: PLR0913  # what an invitation says
    email: str, *, name: str, link: str, body_name: str, body_id: int, role: Role, inviter: str, language: str
) -> Letter:
    """The letter that invites somebody into a body."""
    with force_locale(language):
        return Letter(
            to=email,
            name=name,
            subject=_("%(inviter)s vous invite pour %(body)s", inviter=inviter, body=body_name),
            text=render_template(
                "accounts/letters/invitation.txt",
                name=name,
                address=address_of("accounts.invitation", link=link),
                body_name=body_name,
                role=str(ROLE_NAMES[role]),
                inviter=inviter,
            ),
            language=language,
            body_id=body_id,
            is_secret=True,
        )


def new_address_letter(email: str, *, name: str, link: str, language: str) -> Letter:
    """The letter to a new address: the change is made only from there."""
    with force_locale(language):
        return Letter(
            to=email,
            name=name,
            subject=_("Confirmez votre nouvelle adresse"),
            text=render_template(
                "accounts/letters/new_address.txt", name=name, address=address_of("accounts.confirm_address", link=link)
            ),
            language=language,
            is_secret=True,
        )


def address_changed_letter(account: Account, *, new: str) -> Letter:
    """The letter to the old address, which asks nothing unless the change surprises."""
    with force_locale(account.language):
        return Letter(
            to=account.email,
            name=account.name,
            subject=_("Votre adresse a changé dans Trait d’union"),
            text=render_template("accounts/letters/address_changed.txt", name=account.name, new=new),
            language=account.language,
        )


def recovery_letter(to: str, *, account: Account, new: str, by: str, body: Body) -> Letter:
    """The letter to both addresses when a second administrator replaced a lost mailbox."""
    with force_locale(account.language):
        return Letter(
            to=to,
            name=account.name,
            subject=_("Votre adresse a été remplacée dans Trait d’union"),
            text=render_template(
                "accounts/letters/recovered.txt",
                name=account.name,
                new=new,
                by=by,
                body_name=body.name,
                address=address_of("accounts.sign_in"),
            ),
            language=account.language,
            body_id=body.id,
        )


def tied_letters(
    account: Account, person: Person, administrators: Iterable[Account], *, by: Actor, body: Body
) -> list[Letter]:
    """What the account, the record's address and whoever else administers are told when somebody tied the two."""
    made = {one.email: (one.name, one.language) for one in administrators if one.id != by.id}
    if person.email:
        made[person.email.strip().lower()] = (person.name, account.language)
    made[account.email] = (account.name, account.language)
    found = []
    for address, (name, language) in made.items():
        try:
            found.append(_tied_letter(addresses.clean(address), name, language, account, person, by=by, body=body))
        except addresses.BadAddress:  # a record may hold an address that was never one
            continue
    return found


def _tied_letter(
    to: str, name: str, language: str, account: Account, person: Person, *, by: Actor, body: Body
) -> Letter:
    with force_locale(language):
        return Letter(
            to=to,
            name=name,
            subject=_("Un compte est relié à la fiche de %(name)s", name=person.name),
            text=render_template(
                "accounts/letters/tied.txt",
                name=name,
                by=by.name,
                body_name=body.name,
                email=account.email,
                person=person.name,
            ),
            language=language,
            reply_to=body.email,
            from_name=body.name,
            body_id=body.id,
        )
