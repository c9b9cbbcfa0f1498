"""``flask twinnings import FILE``: what was understood is told before anything is written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from app.bodies.called import body_called
from app.documents.columns import corrected
from app.documents.errors import UnreadableFile
from app.documents.sheets import read_sheet
from app.extensions import db
from app.shared.actor import SOFTWARE
from app.shared.errors import DomainError
from app.twinnings.inparts import bring_in
from app.twinnings.lists import MEANING_NAMES, Meaning, guess, read_list, under_its_headings
from app.twinnings.remarks import sentence
from app.twinnings.services.imports import Bringing, Choices, Importer, plan_import
from app.twinnings.understood import understood

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from app.documents.sheets import Sheet
    from app.twinnings.lists import ReadList
    from app.twinnings.services.imports import Plan

SHOWN = 15
commands = AppGroup("twinnings", help="Les jumelages.")


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--body", default="", help="L’organisme qui tiendra les fiches nouvelles : son nom ou son numéro.")
@click.option("--column", "columns", multiple=True, help="Corriger une colonne : « 3=partner ». Voir --columns.")
@click.option("--columns", "list_columns", is_flag=True, help="Montrer les colonnes comprises, sans rien importer.")
@click.option("--match", is_flag=True, help="Rapprocher les villes dont le nom est exactement un seul lieu des listes.")
@click.option("--french-pairs", is_flag=True, help="Importer aussi les liens entre deux communes françaises.")
@click.option("--together", is_flag=True, help="Réunir les lignes de même ville partenaire et de même jour.")
@click.option("--all-or-nothing", is_flag=True, help="Ne rien importer si une seule ligne ne peut pas l’être.")
@click.option("--yes", is_flag=True, help="Importer sans demander.")
@click.option("--dry-run", is_flag=True, help="Montrer ce qui serait fait, sans rien écrire.")
def import_command(  # noqa: PLR0913  # each an option of the command
    file: Path,
    body: str,
    columns: tuple[str, ...],
    *,
    list_columns: bool,
    match: bool,
    french_pairs: bool,
    together: bool,
    all_or_nothing: bool,
    yes: bool,
    dry_run: bool,
) -> None:
    """Importer une liste de jumelages (CSV, XLSX ou ODS)."""
    sheet = _sheet(file)
    read = read_list(sheet, corrected(guess(sheet), columns))
    _tell_understood(sheet, read)
    if list_columns:
        return
    if not read.lines:
        click.echo("Le fichier n’a aucune ligne sous son en-tête : il n’y a rien à importer.")
        return
    if not {Meaning.PARTNER, Meaning.PARTNERS} & set(read.columns) or Meaning.TOWN not in read.columns:
        raise click.ClickException(
            "Je ne vois pas la ville et sa partenaire : dites-le par --column, par exemple --column 2=partner."
        )
    importer = _importer(body)
    choices = Choices(match=match, french_pairs=french_pairs, together=together)
    planned = partial(plan_import, db.session(), read, choices, importer)
    plan = planned()
    _tell_plan(plan)
    _tell_twinnings(plan)
    if dry_run:
        return
    if all_or_nothing and plan.bad:
        raise click.ClickException(
            "Rien n’est importé : corrigez les lignes ci-dessus, ou relancez sans --all-or-nothing."
        )
    if plan.fresh and not yes and not click.confirm("Importer ces jumelages ?"):
        click.echo("Rien n’est importé.")
        return
    if not plan.fresh:
        _tell_nothing(plan)
        return
    number = _brought(Bringing(plan, importer, file.name, SOFTWARE), planned)
    click.echo(f"{_count(number, 'jumelage importé')}." if number else "Rien de nouveau : la liste est déjà importée.")


def install(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(commands)


def _brought(bringing: Bringing, plan_again: Callable[[], Plan]) -> int:
    """Write all; how many dossiers were opened. Whatever ends it early leaves what is written, and says so."""
    try:
        bring_in(bringing, plan_again)
    except BaseException:
        said = f"L’importation s’est arrêtée : {_count(bringing.number, 'jumelage importé')}"
        click.echo(f"{said}. La même commande apportera la suite, et rien deux fois.", err=True)
        raise
    return bringing.number


def _tell_nothing(plan: Plan) -> None:
    """Say why nothing is brought in: all of it is there, or no line of it can be.

    :raises ClickException: when nothing of the list is here, nor will be.
    """
    if plan.bad and not plan.known:
        raise click.ClickException(
            "Aucune ligne ne peut être importée : corrigez celles qui sont nommées ci-dessus, puis recommencez."
        )
    if not plan.bad:
        click.echo("Rien de nouveau : la liste est déjà importée.")
    elif len(plan.bad) == 1:
        click.echo("Rien de nouveau : sauf la ligne nommée ci-dessus, la liste est déjà importée.")
    else:
        click.echo(f"Rien de nouveau : sauf les {len(plan.bad)} lignes nommées ci-dessus, la liste est déjà importée.")


def _sheet(file: Path) -> Sheet:
    try:
        return under_its_headings(read_sheet(file.read_bytes(), file.name))
    except UnreadableFile as error:
        raise click.ClickException(error.sentence("fr")) from error


def _importer(words: str) -> Importer:
    if not words:
        return Importer()
    try:
        return Importer(keeper=body_called(db.session(), words).id)
    except DomainError as error:
        raise click.ClickException(str(error)) from error


def _tell_understood(sheet: Sheet, read: ReadList) -> None:
    seen = sheet.understood
    how = ", ".join(
        part for part in (seen.kind, seen.encoding, seen.separator and f"« {seen.separator} »", seen.sheet) if part
    )
    head = " sous leur en-tête" if read.header else ""
    click.echo(f"Lu : {_count(read.lines, 'ligne')}{head} ({how}).")
    for number, meaning in enumerate(read.columns[:SHOWN], 1):
        head = read.header[number - 1] if number <= len(read.header) else ""
        click.echo(f"  colonne {number} {head!r} : {MEANING_NAMES[meaning]}")
    if len(read.columns) > SHOWN:
        click.echo(f"  … et {len(read.columns) - SHOWN} autres colonnes de même.")
    for remark in sheet.remarks[:SHOWN]:
        click.echo(f"  remarque, ligne {remark.line} : {sentence(remark)}")


def _tell_twinnings(plan: Plan) -> None:
    """The first twinnings as they were understood; who is asked must see them."""
    for one in understood(db.session(), plan, SHOWN):
        facts = f" ; {one.facts}" if one.facts else ""
        click.echo(f"  ligne {one.line} : {one.towns} — {one.partner}{facts}")
    if len(plan.fresh) > SHOWN:
        click.echo(f"  … et {_count(len(plan.fresh) - SHOWN, 'autre')}.")


def _tell_plan(plan: Plan) -> None:
    for bad in plan.bad:
        click.echo(f"Ligne {bad.line}, laissée de côté : {bad.reason}")
    for doubt in plan.doubts:
        click.echo(f"Ligne {doubt.line}, à vérifier : « {doubt.name} » {doubt.reason}")
    click.echo(
        f"À importer : {_count(len(plan.fresh), 'jumelage')}, {_count(plan.new_towns, 'ville nouvelle')}. "
        f"Déjà là : {len(plan.known)}. À laisser de côté : {_count(len(plan.bad), 'ligne')}. "
        f"Au nom d’un seul lieu des listes : {_count(plan.matchable, 'ville')}."
    )


def _count(number: int, what: str) -> str:
    """« 1 ville nouvelle », « 2 villes nouvelles »."""
    return f"{number} {what}" if number < 2 else f"{number} {' '.join(f'{word}s' for word in what.split())}"  # noqa: PLR2004  # French counts many from two
