"""``flask database upgrade|downgrade|status``: the schema of this installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from app.cli.start import bring_agendas_up_to_date, fix_frozen_words
from app.database import migrate
from app.extensions import db

if TYPE_CHECKING:
    from flask import Flask

commands = AppGroup("database", help="Le schéma de la base de données.")


@commands.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Mettre la base à jour."""
    _go("upgrade", revision)
    if migrate.is_current(db.engine):
        bring_agendas_up_to_date()
        fix_frozen_words()
    click.echo("Base de données à jour.")


@commands.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Revenir à une révision plus ancienne."""
    _go("downgrade", revision)
    click.echo(f"Base de données à la révision {revision}.")


@commands.command()
def status() -> None:
    """Dire si la base est à jour."""
    current = migrate.is_current(db.engine)
    click.echo("à jour" if current else "une mise à jour attend : flask database upgrade")
    raise SystemExit(0 if current else 1)


def _go(verb: str, revision: str) -> None:
    from alembic.util import CommandError  # noqa: PLC0415  # only when there is something to migrate

    try:
        getattr(migrate, verb)(db.engine, revision)
    except CommandError as error:
        known = ", ".join(["base", *sorted(migrate.revisions())])
        raise click.ClickException(
            f"« {revision} » n’est pas une révision que l’on peut atteindre d’ici. Rien n’a changé. "
            f"Révisions connues : {known}."
        ) from error


def install(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(commands)
