"""``flask archive``: everything a body owns and shares, out to a file and into an empty installation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from app.bodies.called import body_called
from app.bodies.models import Body
from app.conventions.services import fix_words
from app.database import migrate
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.errors import DomainError
from app.web.takeaway.pack import pack
from app.web.takeaway.unpack import restore_files, unpack

if TYPE_CHECKING:
    from flask import Flask

commands = AppGroup("archive", help="Tout exporter d’un organisme, tout importer dans une installation vide.")


@commands.command("bodies")
def list_bodies() -> None:
    """Dire les organismes et leur numéro."""
    for body in db.session.scalars(select(Body).where(Body.trashed_at.is_(None)).order_by(Body.id)):
        click.echo(f"{body.id:>6}  {body.name} ({body.kind}, {body.country})")


@commands.command("export")
@click.argument("body", metavar="ORGANISME")
@click.argument("target", metavar="FICHIER.zip", type=click.Path(dir_okay=False, path_type=Path))
def export(body: str, target: Path) -> None:
    """Écrire dans FICHIER.zip tout ce que possède et partage ORGANISME (son nom ou son numéro)."""
    session = db.session()
    try:
        number = body_called(session, body).id
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    files = current_app.config["SETTINGS"].files
    content = pack(session, number, files=files, at=clock.now(), revision=migrate.head())
    try:
        target.write_bytes(content)
    except OSError as error:
        raise click.ClickException(
            f"{target} ne peut pas être écrit : vérifiez que son dossier existe, qu’il y reste de la place "
            "et que vous avez le droit d’y écrire."
        ) from error
    click.echo(f"Archive écrite : {target} ({len(content)} octets).")


@commands.command("import")
@click.argument("source", metavar="FICHIER.zip", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take_in(source: Path) -> None:
    """Mettre l’archive FICHIER.zip dans cette installation, qui doit être vide."""
    try:
        with source.open("rb") as opened, writing() as session:
            files = unpack(session, opened, revision=migrate.head())
            while fix_words(session):
                pass
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    restore_files(current_app.config["SETTINGS"].files, files)
    click.echo("Archive importée. Chaque personne se connecte par un lien envoyé à son adresse électronique.")


def install(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(commands)
