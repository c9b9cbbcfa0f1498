"""``flask accounts first-administrator ADDRESS``: the person who runs this installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from app.accounts import credentials, queries
from app.accounts.services import invitations, signing_in
from app.accounts.services.accounts import OpenAccount, open_account
from app.audit.services import record
from app.database.unit import writing
from app.mail import addresses
from app.people.naming import objection
from app.shared import clock
from app.shared.actor import SOFTWARE
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask
    from sqlalchemy.orm import Session

commands = AppGroup("accounts", help="Les comptes de cette installation.")


@commands.command("first-administrator")
@click.argument("email")
@click.option("--name", default="", help="Le nom de la personne.")
@click.option("--language", type=click.Choice(["fr", "en", "de"]), default="fr", help="Sa langue.")
def first_administrator(email: str, name: str, language: str) -> None:
    """Donner l’administration de l’installation à la personne de cette adresse."""
    now = clock.now()
    if (why := objection(name)) is not None:
        raise click.ClickException(str(why))
    try:
        with writing() as unit:
            account = queries.account_at(unit, addresses.clean(email)) or open_account(
                unit, OpenAccount(email=email, name=name or email, language=language), by=SOFTWARE, at=now
            )
            account.is_instance_administrator = True
            record(
                unit,
                "accounts.administrator_named",
                by=SOFTWARE,
                at=now,
                subject=("account", account.id),
                name=account.name,
            )
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email} administre cette installation. Pour entrer : la page /connexion, avec cette adresse.")


@commands.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Imprimer un lien de connexion ou d’invitation pour cette adresse, tant que le courrier n’est pas réglé."""
    # Whoever may run commands on this machine may already read its database: the link opens nothing new to them.
    now, made = clock.now(), credentials.new_link()
    try:
        with writing() as unit:
            invited = _print(unit, addresses.clean(email), credentials.link_hash(made), at=now)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    base = current_app.config["SETTINGS"].base_url
    with current_app.test_request_context(base_url=base):
        address = base.rstrip("/") + url_for("accounts.invitation" if invited else "accounts.link", link=made)
    said = "Ce lien d’invitation sert une fois :" if invited else "Ce lien sert une fois, dans la demi-heure :"
    click.echo(f"{said}\n  {address}")


def _print(unit: Session, email: str, link_hash: str, *, at: datetime) -> bool:
    """Whether the link is that of an invitation: who has no account yet comes in by theirs."""
    if queries.account_at(unit, email) is None and invitations.print_anew(unit, email, link_hash, at=at):
        return True
    signing_in.print_link(unit, email, link_hash, at=at)
    return False


def install(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(commands)
