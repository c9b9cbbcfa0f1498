"""``flask seed``: the demonstration and the national data set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from app.database.unit import writing
from app.places.cli import load_all
from app.seeds import demonstration
from app.seeds import national as nation
from app.shared import clock

if TYPE_CHECKING:
    from flask import Flask

commands = AppGroup("seed", help="Des données pour essayer ou pour mesurer.")


@commands.command("demo")
def demo() -> None:
    """Charger la démonstration : Sailly-lez-Lannoy et Semenivka, et d’autres jumelages."""
    load_all()
    with writing() as session:
        fresh = demonstration.load(session, at=clock.now())
    click.echo("Démonstration chargée." if fresh else "La démonstration était déjà chargée.")


@commands.command("national")
@click.option("--entries", default=nation.ENTRIES, show_default=True, help="Combien d’entrées de journal.")
def national(entries: int) -> None:
    """Charger un jeu de mesure : mille organismes français, 26 000 jumelages, un journal d’un million d’entrées."""
    fresh = nation.load(writing, entries=entries)
    click.echo("Jeu national chargé." if fresh else "Le jeu national était déjà chargé.")


def install(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(commands)
