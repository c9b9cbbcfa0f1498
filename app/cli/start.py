"""Makes an installation ready to serve: schema, demonstration on first run, and never both kinds at once.

``script/wsgi.py`` calls ``ready`` once, in the process from which the workers are forked.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup
from sqlalchemy import exists, false, select, true
from sqlalchemy.exc import OperationalError

from app.accounts.models import Account
from app.ceremonies.services import rewrite_agendas
from app.config import load
from app.conventions.services import fix_words
from app.database import migrate
from app.database.unit import writing
from app.extensions import db
from app.places import services
from app.places.cli import load_all
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from app.config import Settings

LOADING = "demonstration.loading"
commands = AppGroup("start", help="Ce que script/server fait avant de servir.")


class StartError(RuntimeError):
    """The installation cannot be served as asked; the message says why and what to do."""


def ready(
    settings: Settings, create_app: Callable[[Settings], Flask], *, load_places: Callable[[], None] = load_all
) -> Flask:
    """The application, migrated, and either a loaded demonstration or a real installation.

    A database whose administrator is a real person is never opened as a demonstration, which would let
    anybody sign in as anybody.
    """
    app = create_app(settings)
    with app.app_context():
        try:
            is_real = _prepare(app, settings, load_places)
        finally:
            _close()
    return create_app(replace(settings, demonstration=False)) if is_real and settings.demonstration else app


def _prepare(app: Flask, settings: Settings, load_places: Callable[[], None]) -> bool:
    """Migrate and load; return whether real people work in this database."""
    bring_up_to_date(settings)
    bring_agendas_up_to_date()
    fix_frozen_words()
    is_real = _has_real_administrator()
    if is_real and settings.demonstration:
        click.echo("Cette base contient de vraies données : elle est servie sans la démonstration.")
    elif not settings.demonstration and _has_personas():
        raise StartError(
            f"La base {db.engine.url.render_as_string()} contient la démonstration : elle ne peut pas être "
            "servie comme une vraie installation. Nommez-en une autre par DATABASE_URL, ou mettez celle-ci "
            "de côté : script/flask start set-aside"
        )
    _load_lists(load_places)
    if settings.demonstration and not is_real:
        _load_demonstration(app, settings)
    return is_real


@commands.command("set-aside")
def set_aside_command() -> None:
    """Mettre la démonstration de côté dans un dossier daté, sans rien perdre."""
    settings = load()
    place = set_aside(settings)
    click.echo("Rien à mettre de côté." if place is None else f"La démonstration est maintenant dans {place}")


WAITS = 3  # not 1, which any failure gives


@commands.command("who-administers")
def who_administers() -> None:
    """Dire si quelqu’un administre cette installation (code 0) ou si elle attend sa première personne (code 3)."""
    if not migrate.is_current(db.engine):  # Alembic costs a start a fifth of its time
        migrate.upgrade(db.engine)
    raise SystemExit(0 if _has_real_administrator() else WAITS)


def set_aside(settings: Settings) -> Path | None:
    """Move a demonstration's SQLite database and files to a dated folder; None when there is none."""
    source = settings.instance / "traitdunion.sqlite3"
    if settings.database_url or not source.exists():
        return None
    with db.engine.connect() as connection:
        if not migrate.is_current(db.engine) or not _has_personas() or _has_real_administrator():
            return None
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    _close()
    place = settings.instance / f"demonstration-{clock.now():%Y-%m-%d-%H%M%S}"
    place.mkdir()
    beside = (source.with_name(source.name + end) for end in ("-wal", "-shm"))  # where somebody still has it open
    for path in (source, *beside, settings.files, settings.instance / LOADING):
        if path.exists():
            path.rename(place / path.name)
    return place


def install(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(commands)


def bring_up_to_date(settings: Settings) -> None:
    """Migrate what is new or older than the software.

    :raises StartError: the database cannot be opened, or is newer than the software.
    """
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
        if migrate.is_current(db.engine):
            return
        if strangers := migrate.standing(db.engine) - migrate.revisions():
            raise StartError(
                f"La base {db.engine.url.render_as_string()} vient d’une version plus récente du logiciel "
                f"({', '.join(sorted(strangers))}) : mettez le logiciel à jour."
            )
        click.echo("Mise à jour de la base de données…", err=True)
        migrate.upgrade(db.engine)
    except (OSError, OperationalError) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise StartError(
            f"La base {db.engine.url.render_as_string()} ne peut pas être ouverte : {reason}\n"
            f"Vérifiez DATABASE_URL, ou que ce compte peut écrire dans {settings.instance}."
        ) from error


def bring_agendas_up_to_date() -> None:
    """Write anew the entries of agendas that an older version wrote in other words, some at a time."""
    while True:
        with writing() as session:
            if not rewrite_agendas(session, at=clock.now()):
                return


def fix_frozen_words() -> None:
    """Keep the words of the texts that were frozen before words were kept, some at a time."""
    while True:
        with writing() as session:
            if not fix_words(session):
                return


def _load_lists(load_places: Callable[[], None]) -> None:
    """The communes and foreign towns that came with this version, if the database has older ones or none."""
    if services.stale_lists(db.session()):
        click.echo("Chargement des communes et des villes étrangères…")
        load_places()
    db.session.remove()


def _load_demonstration(app: Flask, settings: Settings) -> None:
    if _has_personas() and not (settings.instance / LOADING).exists():
        return
    click.echo("Première mise en route : la démonstration se charge (moins d’une minute)…")
    with _marked(settings.instance / LOADING):
        app.cli.main(["seed", "demo"], prog_name="flask", standalone_mode=False)


@contextmanager
def _marked(path: Path) -> Iterator[None]:
    """A file that stays when the block was interrupted, so that the next start does it again."""
    path.touch()
    yield
    path.unlink(missing_ok=True)


def _close() -> None:
    """Leave no connection open: the workers are forked from here, and a moved file must be nobody's."""
    db.session.remove()
    db.engine.dispose()


def _has_personas() -> bool:
    return bool(db.session.scalar(select(exists().where(Account.is_persona == true()))))


def _has_real_administrator() -> bool:
    real = exists().where(Account.is_instance_administrator == true(), Account.is_persona == false())
    return bool(db.session.scalar(select(real)))
