"""``flask worker``: empties the outbox until it is told to stop."""

from __future__ import annotations

import signal
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import click
from flask import current_app
from sqlalchemy.exc import OperationalError

from app.database.connection import empty_log
from app.extensions import db
from app.mail import worker
from app.mail.smtp import SmtpPostman
from app.shared import clock

if TYPE_CHECKING:
    from datetime import date, datetime

    from flask import Flask

    from app.config import Settings
    from app.mail.smtp import Postman


_BETWEEN_CLEARINGS = timedelta(minutes=30)


@click.command("worker")
@click.option("--once", is_flag=True, help="Envoyer ce qui attend, puis s’arrêter.")
@click.option("--every", type=click.FloatRange(min=0.05), default=2.0, help="Secondes entre deux regards.")
def command(*, once: bool, every: float) -> None:
    """Vider la boîte d’envoi : un message après l’autre, jusqu’à l’arrêt (SIGTERM ou Ctrl-C)."""
    settings: Settings = current_app.config["SETTINGS"]
    postman: Postman | None = None if settings.demonstration else SmtpPostman(settings)
    if postman is not None and not settings.mail_host:
        click.echo("Aucun serveur de courrier n’est réglé (MAIL_HOST) : les messages attendent, rien n’est perdu.")
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    rounds = _Rounds()
    while not stop.is_set():
        rounds.do_what_is_due()
        busy = _work(postman, settings)
        if not busy and once:
            break
        if not busy:
            stop.wait(every)
    db.session.remove()


@dataclass
class _Rounds:
    """What is done from time to time beside the letters."""

    looked: date | None = None
    cleared: datetime | None = None

    def do_what_is_due(self) -> None:
        """Do what a new day, or half an hour, asks for."""
        if self.looked != clock.today():
            self.looked = clock.today()
            _daily()
        if self.cleared is None or clock.now() - self.cleared >= _BETWEEN_CLEARINGS:
            self.cleared = clock.now()
            _clear_log()


def _daily() -> None:
    """Do what the rooms above want done once a day; each of them tells nothing twice."""
    for duty in current_app.extensions.get("daily", ()):
        try:
            duty()
        except OperationalError as error:
            db.session.rollback()
            click.echo(f"La base ne répond pas ({error.orig}) : les alertes partiront demain.", err=True)


def _clear_log() -> None:
    """What was erased leaves the database's log too, within the hour."""
    db.session.remove()
    try:
        empty_log(db.engine)
    except OperationalError as error:
        click.echo(f"La base ne répond pas ({error.orig}) : son journal sera vidé plus tard.", err=True)


def _work(postman: Postman | None, settings: Settings) -> bool:
    """Send one message; a database that is busy or being migrated is asked again later."""
    if postman is not None and not settings.mail_host:
        return False
    try:
        return worker.send_one(postman, now=clock.now, tell=_complain)
    except OperationalError as error:
        db.session.rollback()
        click.echo(f"La base ne répond pas ({error.orig}) : nouvel essai bientôt.", err=True)
        return False


def _complain(sentence: str) -> None:
    click.echo(sentence, err=True)


def install(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(command)
