"""``flask places load|search``: the lists of communes and foreign towns."""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from app.database.unit import writing
from app.extensions import db
from app.places import services
from app.places.queries import found_places, missing_lists
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

TITLES = {"france": "communes de France", "foreign": "villes étrangères"}
commands = AppGroup("places", help="Les listes de communes et de villes étrangères.")


@commands.command("load")
@click.option("--again", is_flag=True, help="Recharger même ce qui est à jour.")
def load(*, again: bool) -> None:
    """Charger les listes livrées avec le logiciel ; ce qui est à jour n’est pas touché."""
    load_all(again=again)


@commands.command("search")
@click.argument("words", nargs=-1, required=True)
def search(words: tuple[str, ...]) -> None:
    """Chercher un lieu par son nom, son code postal ou son code INSEE."""
    for name in missing_lists(db.session()):
        click.echo(f"Liste non chargée : {TITLES[name]}. Faites d’abord « script/flask places load ».", err=True)
    found = found_places(db.session(), " ".join(words))
    for one in found:
        click.echo(" — ".join(filter(None, (one.label, one.detail))))
    if not found:
        click.echo("Aucun lieu de ce nom.")


def load_all(*, again: bool = False) -> None:
    """Load every list that is not up to date, and say so."""
    stale = list(TITLES) if again else services.stale_lists(db.session())
    for name, title in TITLES.items():
        if name not in stale:
            click.echo(f"{title} : à jour")
            continue
        start = time.perf_counter()
        with _uncollected():
            read = services.read_list(name)
            with writing() as session:
                done = services.load_list(session, read, at=clock.now())
        spent = time.perf_counter() - start
        click.echo(f"{title} : {done.places} lieux, {done.added} ajoutés, {done.changed} mis à jour ({spent:.1f} s)")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Half a million small rows and no circle among them: looking for circles would take a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def install(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(commands)
