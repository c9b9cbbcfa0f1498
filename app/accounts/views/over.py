"""What a mailed link says that opens nothing any more: what happened to it, and whom to ask for another.

Only who holds the whole link is told anything, and never more than its letter said: the inviter's name, no body's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template, session, url_for
from flask_babel import gettext as _
from flask_babel import refresh

from app.accounts import queries
from app.accounts.gate import identity
from app.accounts.models import TokenPurpose
from app.extensions import db
from app.shared import clock
from app.shared.saying import said

if TYPE_CHECKING:
    from app.accounts.models import Token


@dataclass(frozen=True)
class Over:
    """A sentence, and the button that leads on; none where only somebody else can help."""

    sentence: str
    button: tuple[str, str] | None = None


def over(link_hash: str, purpose: TokenPurpose) -> tuple[str, int]:
    """The page of a link that was used, replaced or withdrawn, is too old, or never was."""
    token = queries.token_ever(db.session(), link_hash, purpose=purpose)
    if token is not None and purpose is TokenPurpose.INVITATION and not identity().is_signed_in:
        session.setdefault("language", token.language)
        refresh()
    tell = {
        TokenPurpose.SIGN_IN: _sign_in,
        TokenPurpose.INVITATION: _invitation,
        TokenPurpose.NEW_ADDRESS: _new_address,
    }
    found = _unknown(purpose) if token is None else tell[purpose](token)
    return render_template("accounts/link_over.html", over=found), 410


def _ask_again() -> tuple[str, str]:
    if identity().is_signed_in:
        return url_for("web.home"), str(_("Aller à l’accueil"))
    return url_for("accounts.sign_in"), str(_("Demander un autre message"))


def _unknown(purpose: TokenPurpose) -> Over:
    whole = _("Ce lien n’ouvre rien : il est trop ancien, ou il n’a pas été copié en entier depuis le message.")
    if purpose is TokenPurpose.INVITATION:
        whom = _("Demandez une nouvelle invitation à la personne qui vous l’avait envoyée.")
        return Over(f"{whole} {whom}")
    return Over(f"{whole} {_('Demandez-en un autre, il arrive en une minute.')}", _ask_again())


def _sign_in(token: Token) -> Over:
    what = (
        _("Ce lien de connexion a expiré : il ne valait que trente minutes.")
        if token.used_at is None
        else _("Ce lien de connexion a déjà servi : chaque lien n’ouvre qu’une fois.")
    )
    if token.used_at is not None and token.account_id == identity().account_id:
        return Over(f"{what} {_('Vous êtes déjà dans Trait d’union sur cet appareil.')}", _ask_again())
    return Over(f"{what} {_('Demandez-en un autre, il arrive en une minute.')}", _ask_again())


def _invitation(token: Token) -> Over:
    if token.used_at is None:
        day = said(clock.day_of(token.expires_at))
        what = _("Cette invitation a expiré le %(day)s : personne n’y avait répondu.", day=day)
    elif queries.has_newer_invitation(db.session(), token, at=clock.now()):
        return Over(_("Une invitation plus récente remplace celle-ci : ouvrez le dernier message que vous avez reçu."))
    elif queries.was_taken_up(db.session(), token):
        what = _("Cette invitation a déjà été acceptée : il n’y a plus rien à faire.")
        how = _("Pour entrer, tapez l’adresse à laquelle elle vous a été envoyée.")
        return Over(f"{what} {how}", _ask_again())
    else:
        what = _("Cette invitation a été retirée.")
    return Over(f"{what} {_whom(token)}")


def _whom(token: Token) -> str:
    if not token.invited_by:
        return str(_("Demandez une nouvelle invitation à la personne qui vous l’avait envoyée."))
    return str(_("Demandez-en une nouvelle à %(inviter)s, qui vous l’avait envoyée.", inviter=token.invited_by))


def _new_address(token: Token) -> Over:
    if token.used_at is not None:
        what = _("Ce lien a déjà servi, ou une demande plus récente le remplace.")
        return Over(f"{what} {_('Votre adresse actuelle est dans « Mon compte ».')}", _account())
    what = _("Ce lien a expiré : votre adresse n’a pas changé.")
    return Over(f"{what} {_('Demandez le changement de nouveau dans « Mon compte ».')}", _account())


def _account() -> tuple[str, str]:
    return url_for("accounts.me"), str(_("Ouvrir « Mon compte »"))
