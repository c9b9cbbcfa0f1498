"""``flask ceremonies import | export | schema``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup
from flask_babel import gettext as _
from sqlalchemy import select

from app.bodies.called import body_called
from app.ceremonies import interchange, remarks, services
from app.ceremonies.calendars import calendar_of, unsaid
from app.ceremonies.labels import LANGUAGE_NAMES
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

_PARIS = "Europe/Paris"
group = AppGroup("ceremonies", help="Cérémonies : importer, exporter, décrire le format.")


def install(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("schema")
def schema() -> None:
    """Écrire le schéma JSON du format d’échange."""
    click.echo(interchange.schema_text(), nl=False)


@group.command("import")
@click.argument("file", default="")
@click.option("--format", "kind", default="", help="json ou ics. Par défaut : d’après le nom du fichier.")
@click.option("--body", default="", help="L’organisme au nom duquel on importe : son nom ou son numéro.")
@click.option("--twinning", "twinning_uid", default="", help="Identifiant du jumelage auquel rattacher.")
@click.option("--title", default="", help="Agenda ics : titre de la cérémonie.")
@click.option(
    "--timezone", default="", help="Agenda ics : fuseau du lieu. Par défaut : celui de l’agenda, sinon Europe/Paris."
)
def import_(  # one an option
    file: str, kind: str, body: str, twinning_uid: str, title: str, timezone: str
) -> None:
    """Importer FILE (« - » : entrée standard). Importer deux fois le même fichier n’ajoute rien."""
    try:
        kind = _one_of(kind or ("ics" if file.lower().endswith(".ics") else "json"), ("json", "ics"))
        data = remarks.read_file(file)
        options = _options(body, twinning_uid)
        done = _import_ics(data, options, title, timezone) if kind == "ics" else _import_json(data, options)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    for line in done:
        click.echo(line)


@group.command("export")
@click.argument("uids", nargs=-1)
@click.option("--format", "kind", default="json", show_default=True, help="json, ics ou pdf.")
@click.option("--output", "-o", default="", help="Par défaut : sortie standard.")
@click.option("--languages", default="", help="PDF : une ou deux langues, par exemple « fr,de ».")
def export(uids: tuple[str, ...], kind: str, output: str, languages: str) -> None:
    """Exporter les cérémonies nommées par UIDS, ou toutes."""
    try:
        content = _export(uids, _one_of(kind, ("json", "ics", "pdf")), _languages(languages))
        _put(content, output)
    except DomainError as error:
        raise click.ClickException(str(error)) from error


def _export(uids: tuple[str, ...], kind: str, languages: tuple[str, ...]) -> bytes:
    found = ceremonies_by_uid(db.session(), uids or None)
    if missing := set(uids) - {ceremony.uid for ceremony in found}:
        raise DomainError(_("Aucune cérémonie ne porte l’identifiant %(uid)s.", uid=", ".join(sorted(missing))))
    content = _content(found, kind, languages)
    if kind == "ics":
        for line in unsaid(found):
            click.echo(line, err=True)
    return content


def _put(content: bytes, output: str) -> None:
    if not output:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    if Path(output).is_dir():
        raise DomainError(_("« %(name)s » est un dossier. Nommez le fichier à écrire.", name=output))
    try:
        Path(output).write_bytes(content)
    except (OSError, ValueError) as error:
        raise DomainError(
            _("Le fichier « %(name)s » ne peut pas être écrit. Vérifiez le dossier et vos droits.", name=output)
        ) from error


def _one_of(word: str, allowed: tuple[str, ...]) -> str:
    if word not in allowed:
        raise DomainError(
            _("Le format « %(word)s » n’existe pas. Formats : %(allowed)s.", word=word, allowed=", ".join(allowed))
        )
    return word


def _languages(text: str) -> tuple[str, ...]:
    """The languages of a print, each one that the software knows."""
    wanted = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    known = [code for code in LANGUAGE_NAMES if code != "und"]
    for word in wanted:
        if word not in known:
            raise DomainError(
                _(
                    "« %(word)s » n’est pas une langue que ce programme connaît. Langues : %(known)s.",
                    word=word,
                    known=", ".join(known),
                )
            )
    return wanted


def _content(found: Sequence[Ceremony], kind: str, languages: tuple[str, ...]) -> bytes:
    if kind == "json":
        return interchange.write(found).encode()
    if kind == "ics":
        return calendar_of(found)
    from app.ceremonies.documents import programme_page, unprintable, write  # noqa: PLC0415  # the PDF engine is slow to import

    if len(found) != 1:
        raise DomainError(_("Un programme PDF montre une cérémonie : donnez un identifiant, et un seul."))
    page = programme_page(found[0], languages)
    if told := unprintable(page.html):
        click.echo(told, err=True)
    return write(page)


def _options(body: str, twinning_uid: str) -> services.ImportOptions:
    session = db.session()
    owner = body_called(session, body).id if body else None
    twinning = session.scalar(select(Twinning.id).where(Twinning.uid == twinning_uid)) if twinning_uid else None
    if twinning_uid and twinning is None:
        raise DomainError(_("Aucun jumelage ne porte l’identifiant « %(uid)s ».", uid=twinning_uid), field="twinning")
    return services.ImportOptions(owner_body_id=owner, twinning_id=twinning)


def _import_json(data: bytes, options: services.ImportOptions) -> list[str]:
    plain = interchange.read(data)
    if not plain:
        return [_("Le fichier ne contient aucune cérémonie : il n’y a rien à importer.")]
    with writing() as session:
        done = services.import_ceremonies(session, plain, options, by=_by(), at=clock.now())
        return [remarks.outcome(one) for one in done]


def _import_ics(data: bytes, options: services.ImportOptions, title: str, timezone: str) -> list[str]:
    if timezone and not is_zone(timezone):
        raise DomainError(_("Le fuseau « %(name)s » n’existe pas. Exemple : Europe/Paris.", name=timezone))
    reading = remarks.read_calendar(data)
    timezone = timezone or reading.timezone or _PARIS
    with writing() as session:
        done = services.import_calendar(
            session, reading, options, title=title, timezone=timezone, by=_by(), at=clock.now()
        )
        told = [remarks.outcome(done)]
    return [*told, *remarks.report(reading, timezone)]


def _by() -> Actor:
    return Actor(None, _("Ligne de commande"))
