"""``flask rules …``: the funding rules at the command line, with the same engine and wording as the pages."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from flask.cli import AppGroup

from app.rules import checking, comparing, documentation, template
from app.rules.answer import answer
from app.rules.choice import edition_or_first
from app.rules.errors import RuleError
from app.rules.evaluate import assess
from app.rules.jsontext import BadJson, read_json
from app.rules.loader import RULES, load, read_edition
from app.rules.portfolio import assess_all
from app.rules.reading import FactsError, read_facts
from app.rules.schema import edition_schema, facts_schema
from app.rules.telling import as_text, changes_text, overview_text
from app.rules.when import When
from app.rules.words import nearest
from app.shared import clock

if TYPE_CHECKING:
    from flask import Flask

    from app.rules.facts import Facts
    from app.rules.loader import Catalogue
    from app.rules.model import Edition

commands = AppGroup("rules", help="Les règles de financement.")
_FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Forme de la réponse."
)
_FOLDER = click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), default=RULES, help="Dossier des fichiers de règles."
)


@commands.command("assess")
@click.option("--facts", "path", required=True, help="Fichier JSON des faits du projet ; « - » : l’entrée standard.")
@click.option("--programme", help="Identifiant d’un programme ; tous si rien n’est dit.")
@click.option("--edition", help="Identifiant d’une édition ; celle de la date si rien n’est dit.")
@click.option(
    "--on",
    "day",
    help="Jour dont on lit les règles (AAAA-MM-JJ), au lieu de « --edition » ; celui du dépôt si rien n’est dit.",
)
@_FORMAT
@_FOLDER
def assess_command(  # the options of the command
    path: str, programme: str | None, edition: str | None, day: str | None, form: str, folder: Path
) -> None:
    """Dire ce que chaque programme répond à un projet."""
    if edition is not None and day is not None:
        _refuse("« --edition » et « --on » ne vont pas ensemble : une édition se choisit par son nom ou par une date.")
    catalogue = _catalogue(folder)
    facts = _facts(path, catalogue)
    today = clock.now().date()
    on = _day(day) or _submitted(facts) or today
    if programme is None and edition is None:
        overview = assess_all(catalogue, facts, on=on, today=today)
        click.echo(overview_text(overview)) if form == "text" else _print_json(overview)
        return
    told = answer(assess(_chosen(catalogue, programme, edition, on), facts), catalogue=catalogue, today=today)
    click.echo(as_text(told)) if form == "text" else _print_json(told)


@commands.command("list")
@_FORMAT
@_FOLDER
def list_command(form: str, folder: Path) -> None:
    """Nommer les programmes et leurs éditions."""
    listed = documentation.listed(_catalogue(folder))
    if form == "json":
        _print_json(listed)
        return
    for programme in listed["programmes"]:
        click.echo(programme["id"])
        for one in programme["editions"]:
            click.echo(f"  {one['id']:<24} {one['title']}")


@commands.command("check")
@click.option("--on", "day", help="Jour où les chiffres doivent être encore valables ; aujourd’hui si rien n’est dit.")
@_FOLDER
def check_command(day: str | None, folder: Path) -> None:
    """Vérifier tous les fichiers : lecture, exemples, chiffres périmés."""
    _must_exist(folder)
    try:
        catalogue = load(folder, tolerant=True)
    except RuleError as error:
        _refuse(str(error), code=1)
    problems = checking.problems(catalogue, today=_day(day) or clock.now().date())
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise SystemExit(1)
    examples = sum(len(one.examples) for one in catalogue.editions)
    click.echo(f"{len(catalogue.editions)} éditions, {examples} exemples : tout est juste.")


@commands.command("new")
@click.argument("programme")
@click.argument("edition")
@_FOLDER
def new_command(programme: str, edition: str, folder: Path) -> None:
    """Écrire un fichier d’édition à compléter."""
    for name in (programme, edition):
        if not template.is_identifier(name):
            _refuse(f"« {name} » n’est pas un identifiant : minuscules, chiffres et tirets.")
    path = folder / programme / f"{edition}.toml"
    if path.exists():
        _refuse(f"{path} existe déjà.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template.edition_file(programme, edition, today=clock.now().date()), "utf-8")
    click.echo(f"À compléter : {path}")


@commands.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--facts", "path", help="Fichier JSON des faits d’un projet : ce qui change pour lui.")
@_FORMAT
@_FOLDER
def diff_command(old: str, new: str, path: str | None, form: str, folder: Path) -> None:
    """Dire ce qui change entre deux éditions (identifiants, ou fichiers)."""
    catalogue = _catalogue(folder)
    if path is not None:
        told = comparing.changes_for(_named(catalogue, old), _named(catalogue, new), _facts(path, catalogue))
        click.echo(changes_text(told)) if form == "text" else _print_json(told)
        return
    changes = comparing.changes(_named(catalogue, old), _named(catalogue, new))
    if form == "json":
        _print_json([one.plain() for one in changes])
        return
    for one in changes:
        click.echo(one.sentence(by_id=True))
    if not changes:
        click.echo("Aucun changement.")


@commands.command("doc")
@_FOLDER
def doc_command(folder: Path) -> None:
    """Écrire la documentation du langage des règles, en Markdown."""
    click.echo(documentation.language(_catalogue(folder)), nl=False)


@commands.command("schema")
@click.option("--of", "subject", type=click.Choice(["facts", "edition"]), default="facts", help="Schéma de quoi.")
@_FOLDER
def schema_command(subject: str, folder: Path) -> None:
    """Écrire le JSON Schema des faits d’un projet, ou celui d’un fichier d’édition."""
    _print_json(facts_schema(_catalogue(folder).words) if subject == "facts" else edition_schema())


def install(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(commands)


def _catalogue(folder: Path) -> Catalogue:
    _must_exist(folder)
    try:
        return load(folder)
    except RuleError as error:
        _refuse(str(error))


def _must_exist(folder: Path) -> None:
    if not folder.is_dir():
        _refuse(f"Le dossier {folder} n’existe pas.")


def _facts(path: str, catalogue: Catalogue) -> Facts:
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        told = read_json(content)
    except IsADirectoryError:
        _refuse(f"{path} est un dossier : donnez un fichier.")
    except OSError:
        _refuse(f"Le fichier {path} n’existe pas, ou ne se laisse pas lire.")
    except BadJson as error:
        _refuse(f"Le fichier {path} n’est pas du JSON correct : {error}.")
    try:
        return read_facts(told, catalogue.words)
    except FactsError as error:
        _refuse(str(error))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse(f"« {text} » n’est pas une date : écrivez AAAA-MM-JJ.")


def _submitted(facts: Facts) -> date | None:
    submitted = facts.flat.get("submission.date")
    return submitted.last if isinstance(submitted, When) else None


def _chosen(catalogue: Catalogue, programme: str | None, edition: str | None, on: date) -> Edition:
    by_programme = catalogue.programmes()
    if programme is not None and programme not in by_programme:
        _refuse(f"Le programme « {programme} » n’existe pas.{nearest(programme, by_programme)}")
    if edition is not None:
        return _one_edition(catalogue, programme, edition)
    found = edition_or_first(by_programme[programme or ""], on)
    if found is None:
        _refuse(f"Aucune édition de « {programme} » ne se choisit d’après la date : dites --edition.")
    return found


def _one_edition(catalogue: Catalogue, programme: str | None, edition: str) -> Edition:
    found = [
        one
        for one in catalogue.editions
        if edition in (one.id, one.edition, one.call) and programme in (None, one.programme)
    ]
    if len(found) > 1:
        _refuse(f"Plusieurs programmes ont une édition « {edition} » : dites --programme, ou programme/édition.")
    if not found:
        known = [
            one.edition if programme else one.id for one in catalogue.editions if programme in (None, one.programme)
        ]
        _refuse(f"L’édition « {edition} » n’existe pas.{nearest(edition, known)}")
    return found[0]


def _named(catalogue: Catalogue, name: str) -> Edition:
    if not name.endswith(".toml"):
        return _one_edition(catalogue, None, name)
    path = Path(name)
    try:
        text = path.read_text("utf-8")
        return read_edition(f"{path.parent.name}/{path.name}", text, words=catalogue.words, lists=catalogue.lists)
    except (OSError, UnicodeDecodeError):
        _refuse(f"Le fichier {name} ne peut pas être lu.")
    except RuleError as error:
        _refuse(str(error))


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _refuse(problem: str, *, code: int = 2) -> NoReturn:
    click.echo(problem, err=True)
    raise SystemExit(code)
