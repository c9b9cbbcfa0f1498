"""The two commands."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.backup import archive
from app.cli.start import fix_frozen_words
from app.database import migrate
from app.extensions import db
from app.shared import clock

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


@click.command("backup")
@click.argument("target", metavar="[FICHIER]", required=False, type=click.Path(path_type=Path))
@with_appcontext
def backup(target: Path | None) -> None:
    """Sauvegarder la base et les fichiers dans une archive, même pendant que le site sert."""
    settings: Settings = current_app.config["SETTINGS"]
    place = target or settings.instance / "backups" / _name("traitdunion")
    if place.exists():
        raise click.ClickException(f"{place} existe déjà : choisissez un autre nom, rien n’a été écrasé.")
    if not migrate.is_current(db.engine):
        raise click.ClickException("La base attend une mise à jour : lancez d’abord flask database upgrade.")
    try:
        manifest = archive.save(db.engine, settings.files, place, at=clock.now())
    except OSError as error:
        raise click.ClickException(
            f"{place} ne peut pas être écrit : vérifiez que son dossier existe, qu’il y reste de la place "
            "et que vous avez le droit d’y écrire."
        ) from error
    held = archive.summary(manifest)
    click.echo(f"Sauvegarde faite : {place} ({held['rows']} lignes, {held['files']} fichiers).")


@click.command("restore")
@click.argument("source", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Remplacer ce que cette installation contient déjà.")
@with_appcontext
def restore(source: Path, *, replace: bool) -> None:
    """Remettre une sauvegarde à la place de cette installation, entière ou pas du tout."""
    settings: Settings = current_app.config["SETTINGS"]
    empty = archive.is_empty(db.engine)
    if not empty and not replace:
        raise click.ClickException(
            "Cette installation contient déjà des données : rien n’a été touché. "
            "Pour les remplacer (elles seront d’abord sauvegardées) : flask restore --replace FICHIER"
        )
    try:
        with zipfile.ZipFile(source) as opened:
            manifest = archive.read_manifest(opened)
            if not empty:
                _keep_present(settings)
            archive.restore(db.engine, settings.files, opened, manifest)
        fix_frozen_words()
    except (OSError, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or "ce n’est pas une archive"
        raise click.ClickException(f"{source} ne peut pas être lu : {reason}") from error
    except archive.ArchiveError as error:
        raise click.ClickException(str(error)) from error
    held = archive.summary(manifest)
    made = f"{manifest.made_at:%Y-%m-%d %H:%M} UTC"
    click.echo(f"Sauvegarde du {made} restaurée : {held['rows']} lignes, {held['files']} fichiers.")


def install(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(backup)
    app.cli.add_command(restore)


def _keep_present(settings: Settings) -> None:
    if not migrate.is_current(db.engine):
        migrate.upgrade(db.engine)
    kept = settings.instance / "backups" / _name("avant-restauration")
    archive.save(db.engine, settings.files, kept, at=clock.now())
    click.echo(f"L’état présent est sauvegardé dans {kept}")


def _name(start: str) -> str:
    return f"{start}-{clock.now():%Y-%m-%d-%H%M%S}.zip"
