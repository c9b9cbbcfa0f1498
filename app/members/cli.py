"""``flask members import|export``: lists in and out, told before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from app.bodies.called import body_called
from app.bodies.models import Body
from app.database.unit import writing
from app.documents.errors import UnreadableFile
from app.documents.sheets import read_sheet
from app.extensions import db
from app.members import exports
from app.members.headings import guess, under_its_headings
from app.members.lists import read_roll
from app.members.models import ConsentKind
from app.members.queries.care import persons_who_agree
from app.members.queries.roll import HAVE_MEMBERS, RollFilter, categories_of, fields_of, members_wanted
from app.members.services.bringing import write_import
from app.members.services.ground import tell
from app.members.services.imports import plan_import
from app.members.services.plan import Choices
from app.people.uploads import forget_old
from app.shared import clock
from app.shared.actor import SOFTWARE
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from flask import Flask

    from app.documents.sheets import Sheet
    from app.members.services.plan import Plan

commands = AppGroup("members", help="Listes de membres des comités.")


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--body", required=True, help="Le comité : son nom ou son numéro.")
@click.option("--sheet", "page", default="", help="La feuille à lire, dans un classeur qui en a plusieurs.")
@click.option("--update", is_flag=True, help="Corriger aussi les coordonnées des membres déjà là.")
@click.option("--apart", is_flag=True, help="Ne pas réunir en foyers les membres de même nom à la même adresse.")
@click.option("--yes", is_flag=True, help="Importer sans demander.")
@click.option("--dry-run", is_flag=True, help="Montrer ce qui serait fait, sans rien écrire.")
def import_command(  # a list, and what is decided about it
    file: Path, body: str, page: str, *, update: bool, apart: bool, yes: bool, dry_run: bool
) -> None:
    """Importer une liste de membres (CSV, XLSX ou ODS)."""
    found = _body(body)
    try:
        sheet = under_its_headings(read_sheet(file.read_bytes(), file.name, sheet=page))
    except UnreadableFile as error:
        raise click.ClickException(error.sentence("fr")) from error
    _tell_sheets(sheet)
    questions = fields_of(db.session(), found.id)
    names = [one.name for one in categories_of(db.session(), found.id, retired=True)]
    read = read_roll(sheet, guess(sheet, questions), on=clock.today(), categories=names)
    choices = Choices(together=not apart, update=update)
    plan = plan_import(db.session(), found, read, choices, questions)
    _tell(plan)
    if plan.bad and not (plan.does_something or plan.known):
        raise click.ClickException(
            "Aucune ligne ne peut être importée : corrigez celles qui sont nommées ci-dessus, puis recommencez."
        )
    if dry_run or not plan.does_something:
        click.echo("Rien n’est importé.")
        return
    if not yes and not click.confirm("Importer ?"):
        click.echo("Rien n’est importé.")
        return
    number = found.id
    with writing() as session:
        again = session.get(Body, number) or found
        added = write_import(session, again, plan, file=file.name, by=SOFTWARE, at=clock.now())
    click.echo(f"Membres inscrits : {added}. Fiches corrigées : {len(plan.changes)}.")


def _tell_sheets(sheet: Sheet) -> None:
    others = [one for one in sheet.understood.sheets if one != sheet.understood.sheet]
    if others:
        click.echo(
            f"Seule la feuille « {sheet.understood.sheet} » est lue ; ne sont pas lues : {', '.join(others)}. "
            "Choisissez-en une autre par --sheet."
        )


def _tell(plan: Plan) -> None:
    click.echo(
        f"À inscrire : {plan.people}. Déjà là : {len(plan.known)}. À corriger : {len(plan.changes)}. "
        f"Laissées de côté : {len(plan.bad)}."
    )
    for one in plan.bad:
        click.echo(f"  ligne {one.line} laissée de côté : {one.reason}")
    for one in plan.doubts:
        click.echo(f"  ligne {one.line}, à vérifier : {one.reason}")
    for departure in plan.departures:
        click.echo(f"  ligne {departure.line} : {departure.name}, « {departure.said} » : notez le départ sur sa fiche")
    for name in plan.wording.made:
        click.echo(f"  catégorie nouvelle : {plan.wording.told(name)}")


@commands.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--body", required=True, help="Le comité : son nom ou son numéro.")
@click.option("--form", type=click.Choice(exports.FORMS), default="xlsx", help="La forme du fichier.")
@click.option("--column", "columns", multiple=True, help="Une colonne de plus ; sans elle, les colonnes usuelles.")
@click.option("--all", "everybody", is_flag=True, help="Aussi ceux qui sont partis.")
def export_command(file: Path, body: str, form: str, columns: tuple[str, ...], *, everybody: bool) -> None:
    """Exporter la liste des membres d’un comité."""
    found, at = _body(body), clock.now()
    session, number = db.session(), found.id
    wanted = RollFilter(state="all" if everybody else "current")
    members = session.scalars(members_wanted(number, wanted, on=clock.today())).all()
    if form == "paheko":
        agreed = persons_who_agree(session, number, ConsentKind.NEWSLETTER, on=clock.today())
        sheet = exports.paheko(members, agreed)
    elif form == "partner":
        agreed = persons_who_agree(session, number, ConsentKind.PARTNER, on=clock.today())
        sheet = exports.partner(members, agreed)
    elif form == "galette":
        sheet = exports.galette(members)
    else:
        sheet = exports.table_of(members, columns, fields_of(session, number), name=found.name)
    content, count = exports.written(sheet, form, at=at), len(members)
    with writing() as unit:
        details = {"number": count, "form": form}
        tell(unit, "members.exported", number, ("body", number), by=SOFTWARE, at=at, **details)
    file.write_bytes(content)
    click.echo(f"{count} fiches écrites dans {file.name}.")


def _body(words: str) -> Body:
    """The committee of this number or name."""
    try:
        return body_called(db.session(), words, kinds=HAVE_MEMBERS)
    except DomainError as error:
        raise click.ClickException(str(error)) from error


def install(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(commands)
    app.extensions.setdefault("daily", []).append(forget_old)
