"""``flask law check|schema``: the law of councils on a case told in JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from app.law.answer import as_json, judge
from app.law.reading import LARGEST_FILE, UnreadableFacts, read_case, schema
from app.law.telling import as_text

if TYPE_CHECKING:
    from flask import Flask

BAD_INPUT = 2
_WHY: dict[type[OSError], str] = {
    FileNotFoundError: "ce fichier n’existe pas",
    IsADirectoryError: "c’est un dossier",
    PermissionError: "ce fichier ne vous est pas ouvert",
}
commands = AppGroup("law", help="Le droit du conseil, des actes, des subventions et des comités.")


@commands.command("check")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="La forme de la réponse.")
@click.option("--all", "with_all", is_flag=True, help="Montrer aussi les vérifications sans objet (texte).")
def check_command(file: str, form: str, *, with_all: bool) -> None:
    """Vérifier un cas décrit en JSON (« - » : l’entrée standard). Vocabulaire : flask law schema."""
    try:
        answer = judge(read_case(_content(file)))
    except UnreadableFacts as error:
        click.echo("\n".join(error.sentences()), err=True)
        raise SystemExit(BAD_INPUT) from None
    if form == "json":
        click.echo(json.dumps(as_json(answer), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(answer, with_all=with_all))


def _content(name: str) -> bytes:
    """Read a little more than may be, so that a file too large is refused without filling the memory."""
    try:
        with click.open_file(name, "rb") as file:
            content: bytes = file.read(LARGEST_FILE + 1)
    except OSError as error:
        why = _WHY.get(type(error), "il ne se lit pas")
        click.echo(f"{name}\u00a0: {why}. Donnez le chemin d’un fichier JSON.", err=True)
        raise SystemExit(BAD_INPUT) from None
    return content


@commands.command("schema")
def schema_command() -> None:
    """Publier le vocabulaire des faits (JSON Schema)."""
    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))


def install(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(commands)
