"""``flask council import | export | check``: old lists in, open data out, a file of open data judged."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from app.bodies.called import body_called
from app.bodies.models import BodyKind
from app.council.opendata import BadFile, Schema, export, judge_file, lines_of
from app.council.pastlists import MEANING_NAMES, guess, read_list, remarks_of
from app.council.services.past import plan_import, write_import
from app.database.unit import writing
from app.documents.columns import corrected
from app.documents.errors import UnreadableFile
from app.documents.sheets import read_sheet
from app.extensions import db
from app.shared import clock
from app.shared.actor import SOFTWARE
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from flask import Flask

    from app.bodies.models import Body
    from app.council.opendata import Fault, Line
    from app.council.pastlists import ReadList
    from app.council.services.past import Plan
    from app.documents.sheets import Sheet

SHOWN = 20
group = AppGroup("council", help="Le conseil : délibérations passées, données ouvertes (SCDL).")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SCHEMAS = click.Choice([str(one) for one in Schema])


def install(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("import")
@click.argument("file", type=_FILE)
@click.option("--body", required=True, help="La commune : son code INSEE, son identifiant ou son numéro.")
@click.option("--column", "columns", multiple=True, help="Corriger une colonne : « 3=title » (number, date, title).")
@click.option("--only-twinnings", is_flag=True, help="N’importer que les délibérations qui parlent d’un jumelage.")
@click.option("--dry-run", is_flag=True, help="Montrer ce qui serait fait, sans rien écrire.")
def import_command(file: Path, body: str, columns: tuple[str, ...], *, only_twinnings: bool, dry_run: bool) -> None:
    """Importer une liste de délibérations passées (CSV, XLSX, XLS ou ODS)."""
    commune = _commune(body)
    sheet = _sheet(file)
    read = read_list(sheet, corrected(guess(sheet), columns), today=clock.today())
    _tell_understood(sheet, read)
    if not read.is_understood:
        raise click.ClickException(
            "Je ne vois pas la date et l’objet : dites-le par --column, par exemple --column 1=date --column 2=title."
        )
    plan = plan_import(db.session(), commune.id, read)
    _tell_plan(read, plan)
    if dry_run:
        click.echo("Essai : rien n’est écrit.")
        return
    if read.bad and not read.records:
        raise click.ClickException(
            "Aucune ligne ne peut être importée : corrigez celles qui sont nommées ci-dessus, puis recommencez."
        )
    if only_twinnings and plan.fresh and not plan.on_twinnings:
        click.echo("Rien n’est importé : aucune délibération nouvelle ne parle d’un jumelage.")
        return
    wanted, commune_id = plan.on_twinnings if only_twinnings else plan.fresh, commune.id
    with writing() as session:
        number = write_import(session, commune_id, wanted, file=file.name, by=SOFTWARE, at=clock.now())
    click.echo(f"{_count(number, 'délibération importée')}." if number else "Rien de nouveau : tout est déjà là.")


@group.command("export")
@click.option("--schema", type=_SCHEMAS, required=True, help="Le fichier : deliberations (2.1.5), subventions (2.1.1).")
@click.option("--body", required=True, help="La commune : son code INSEE, son identifiant ou son numéro.")
@click.option("--year", type=click.IntRange(1800, 2200), help="Une seule année.")
@click.option("--only-right", is_flag=True, help="Laisser de côté les lignes à compléter, au lieu de refuser.")
@click.option("--output", type=click.Path(path_type=Path), help="Fichier à écrire ; par défaut, la sortie standard.")
def export_command(schema: str, body: str, year: int | None, output: Path | None, *, only_right: bool) -> None:
    """Écrire un fichier de données ouvertes SCDL ; ce qui manque est dit avant que rien ne soit écrit."""
    kind = Schema(schema)
    lines = lines_of(db.session(), kind, _commune(body), year=year)
    for line in lines:
        for fault in line.faults:
            click.echo(f"{line.name} : {fault.column}, {fault.sentence}. {fault.remedy}", err=True)
    try:
        content = export(lines, kind, only_right=only_right)
    except BadFile as error:
        raise click.ClickException(str(error)) from error
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise click.ClickException(
            f"« {output} » ne peut pas être écrit : vérifiez le dossier et vos droits."
        ) from error
    click.echo(f"{_count(sum(not line.faults for line in lines), 'ligne écrite')} dans {output.name}.", err=True)


@group.command("check")
@click.argument("file", type=_FILE)
@click.option("--schema", type=_SCHEMAS, required=True, help="Le schéma SCDL.")
@click.option("--limit", type=click.IntRange(min=1), default=SHOWN, show_default=True, help="Fautes à montrer.")
def check_command(file: Path, schema: str, limit: int) -> None:
    """Vérifier un fichier SCDL comme le fait le validateur public ; sort en 1 s’il a une faute."""
    judged = judge_file(Schema(schema), _sheet(file))
    told = [_said(line, fault) for line in judged for fault in line.faults]
    for words in told[:limit]:
        click.echo(words)
    if len(told) > limit:
        click.echo(f"… et {_count(len(told) - limit, 'autre')}.")
    wrong = sum(any(fault.is_official for fault in line.faults) for line in judged)
    click.echo(f"{_count(len(judged), 'ligne lue')}, {wrong} avec une faute.")
    if wrong:
        sys.exit(1)


def _said(line: Line, fault: Fault) -> str:
    stricter = "" if fault.is_official else " (remarque : le schéma l’accepte)"
    return f"Ligne {line.name} : {fault.column}, {fault.sentence}{stricter}."


def _commune(words: str) -> Body:
    try:
        return body_called(db.session(), words, kinds=[BodyKind.COMMUNE])
    except DomainError as error:
        raise click.ClickException(str(error)) from error


def _sheet(file: Path) -> Sheet:
    try:
        return read_sheet(file.read_bytes(), file.name)
    except UnreadableFile as error:
        raise click.ClickException(error.sentence("fr")) from error


def _tell_understood(sheet: Sheet, read: ReadList) -> None:
    seen = sheet.understood
    how = ", ".join(
        part for part in (seen.kind, seen.encoding, seen.separator and f"« {seen.separator} »", seen.sheet) if part
    )
    head = " sous leur en-tête" if read.header else ", sans en-tête"
    click.echo(f"Lu : {_count(read.lines, 'ligne')}{head} ({how}).")
    for number, meaning in enumerate(read.columns[:SHOWN], 1):
        name = read.header[number - 1] if number <= len(read.header) else ""
        click.echo(f"  colonne {number} {name!r} : {MEANING_NAMES[meaning]}")
    remarks = remarks_of(sheet)
    for line, remark in remarks[:SHOWN]:
        click.echo(f"  remarque, ligne {line} : {remark}")
    if len(remarks) > SHOWN:
        click.echo(f"  … et {_count(len(remarks) - SHOWN, 'autre remarque')}.")


def _tell_plan(read: ReadList, plan: Plan) -> None:
    for bad in read.bad:
        click.echo(f"Ligne {bad.line}, laissée de côté : {bad.reason} [{bad.text}]")
    for one in plan.namesakes[:SHOWN]:
        click.echo(
            f"Ligne {one.line}, à vérifier : le numéro {one.number} est déjà porté ce jour-là, sous un autre objet."
        )
    click.echo(
        f"{_count(len(read.records), 'délibération distincte')}, {_count(read.repeated, 'ligne répétée')}, "
        f"{_count(len(read.bad), 'ligne')} à laisser de côté. "
        f"À importer : {len(plan.fresh)}. Déjà là : {plan.known}."
    )
    told = read.on_twinnings
    click.echo(f"{_count(len(told), 'délibération')} sur un jumelage :")
    for record in told[:SHOWN]:
        title = record.title.replace("\n", " · ")
        click.echo(f"  {record.when}  {record.number}  {title[:160]}")


def _count(number: int, what: str) -> str:
    """« 1 ligne lue », « 2 lignes lues »."""
    return f"{number} {what}" if number < 2 else f"{number} {' '.join(f'{word}s' for word in what.split())}"  # noqa: PLR2004  # French counts many from two
