"""``flask funding alerts``: what the worker runs daily."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup

from app.database.unit import writing
from app.extensions import db
from app.funding import catalogue
from app.funding.services.alerts import send_alerts
from app.shared import clock

if TYPE_CHECKING:
    from flask import Flask

commands = AppGroup("funding", help="Les alertes des programmes d’aide.")


@commands.command("alerts")
def alerts() -> None:
    """Écrire dans la boîte d’envoi ce qui ouvre, ferme bientôt ou change ; rien n’est dit deux fois."""
    count = run()
    click.echo(f"{count} alerte écrite." if count == 1 else f"{count} alertes écrites.")


def run() -> int:
    """Write the alerts of today."""
    rules = catalogue.current(db.session())
    address = current_app.config["SETTINGS"].base_url.rstrip("/")
    with writing() as session:
        return send_alerts(session, rules, address=address, at=clock.now())


def install(app: Flask) -> None:
    """Add the commands to the application, and what the worker does once a day."""
    app.cli.add_command(commands)
    app.extensions.setdefault("daily", []).append(run)
