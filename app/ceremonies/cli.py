"""``flask ceremonies import | export | schema``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup
from flask_babel import gettext as _
from sqlalchemy import select

from app.bodies.models import Body
from app.ceremonies import interchange, remarks, services
from app.ceremonies.calendars import calendar_of, unsaid
from app.ceremonies.queries import ceremonies_by_uid
from app.database.unit import writing
from app.documents.zones import is_zone
from app.extensions import db
from app.shared import clock
from app.shared.actor import Actor
from app.shared.errors import DomainError
from app.twinnings.models import Twinning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask

    from app.ceremonies.models import Ceremony

group = AppGroup("ceremonies", help="Cérémonies : importer, exporter, décrire le format.")


def install(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("schema")
def schema() -> None:
    """Écrire le schéma JSON du format d’échange."""
    click.echo(interchange.schema_text(), nl=False)


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "kind", type=click.Choice(["json", "ics"]), help="Par défaut : d’après le nom du fichier.")
@click.option("--body", "body_uid", default="", help="Identifiant de l’organisme au nom duquel on importe.")
@click.option("--twinning", "twinning_uid", default="", help="Identifiant du jumelage auquel rattacher.")
@click.option("--title", default="", help="Agenda ics : titre de la cérémonie.")
@click.option("--timezone", default="Europe/Paris", show_default=True, help="Agenda ics : fuseau du lieu.")
def import_(  # one an option
    file: Path, kind: str | None, body_uid: str, twinning_uid: str, title: str, timezone: str
) -> None:
    """Importer FILE (« - » : entrée standard). Importer deux fois le même fichier n’ajoute rien."""
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise click.ClickException(_("Le fichier « %(name)s » ne peut pas être lu.", name=str(file))) from error
    kind = kind or ("ics" if file.suffix.lower() == ".ics" else "json")
    try:
        options = _options(body_uid, twinning_uid)
        done = _import_ics(data, options, title, timezone) if kind == "ics" else _import_json(data, options)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    for line in done:
        click.echo(line)


@group.command("export")
@click.argument("uids", nargs=-1)
@click.option("--format", "kind", type=click.Choice(["json", "ics", "pdf"]), default="json", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Par défaut : sortie standard.")
@click.option("--languages", default="", help="PDF : une ou deux langues, par exemple « fr,de ».")
def export(uids: tuple[str, ...], kind: str, output: Path | None, languages: str) -> None:
    """Exporter les cérémonies nommées par UIDS, ou toutes."""
    found = ceremonies_by_uid(db.session(), uids or None)
    if missing := set(uids) - {ceremony.uid for ceremony in found}:
        raise click.ClickException(
            _("Aucune cérémonie ne porte l’identifiant %(uid)s.", uid=", ".join(sorted(missing)))
        )
    try:
        content = _content(found, kind, tuple(filter(None, languages.split(","))))
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    if kind == "ics":
        for line in unsaid(found):
            click.echo(line, err=True)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    else:
        try:
            output.write_bytes(content)
        except OSError as error:
            sentence = _("Le fichier « %(name)s » ne peut pas être écrit.", name=str(output))
            raise click.ClickException(sentence) from error


def _content(found: Sequence[Ceremony], kind: str, languages: tuple[str, ...]) -> bytes:
    if kind == "json":
        return interchange.write(found).encode()
    if kind == "ics":
        return calendar_of(found)
    from app.ceremonies.documents import programme_pdf  # noqa: PLC0415  # the PDF engine is slow to import

    if len(found) != 1:
        raise DomainError(_("Un programme PDF montre une cérémonie : donnez un identifiant, et un seul."))
    return programme_pdf(found[0], languages)


def _options(body_uid: str, twinning_uid: str) -> services.ImportOptions:
    session = db.session()
    body = session.scalar(select(Body.id).where(Body.uid == body_uid)) if body_uid else None
    twinning = session.scalar(select(Twinning.id).where(Twinning.uid == twinning_uid)) if twinning_uid else None
    if body_uid and body is None:
        raise DomainError(_("Aucun organisme ne porte l’identifiant « %(uid)s ».", uid=body_uid), field="body")
    if twinning_uid and twinning is None:
        raise DomainError(_("Aucun jumelage ne porte l’identifiant « %(uid)s ».", uid=twinning_uid), field="twinning")
    return services.ImportOptions(owner_body_id=body, twinning_id=twinning)


def _import_json(data: bytes, options: services.ImportOptions) -> list[str]:
    plain = interchange.read(data)
    with writing() as session:
        done = services.import_ceremonies(session, plain, options, by=_by(), at=clock.now())
        return [remarks.outcome(one) for one in done]


def _import_ics(data: bytes, options: services.ImportOptions, title: str, timezone: str) -> list[str]:
    if not is_zone(timezone):
        raise DomainError(_("Le fuseau « %(name)s » n’existe pas. Exemple : Europe/Paris.", name=timezone))
    reading = remarks.read_calendar(data)
    with writing() as session:
        done = services.import_calendar(
            session, reading, options, title=title, timezone=timezone, by=_by(), at=clock.now()
        )
        told = [remarks.outcome(done)]
    return [*told, *(remarks.sentence(one) for one in reading.remarks), *remarks.limits_of_calendars()]


def _by() -> Actor:
    return Actor(None, _("Ligne de commande"))
