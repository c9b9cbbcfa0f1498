"""``flask conventions import | export | schema``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup
from flask_babel import gettext as _
from sqlalchemy import select

from app.bodies.called import body_called
from app.conventions import services
from app.conventions.documents import draft_print, html, write
from app.conventions.models import Convention
from app.conventions.queries import conventions_by_uid, document_of
from app.conventions.refusals import fault_sentences
from app.conventions.sentences import remark_sentence, unprintable_sentence
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.actor import SOFTWARE
from app.shared.errors import DomainError
from app.texts import checks, interchange, labels
from app.texts.interchange import BadDocument
from app.twinnings.models import Twinning

if TYPE_CHECKING:
    from flask import Flask

    from app.texts.document import Document

group = AppGroup(
    "conventions", help="Serments, chartes, pactes et conventions : importer, exporter, décrire le format."
)


def install(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("schema")
def schema() -> None:
    """Écrire le schéma JSON du format d’échange."""
    click.echo(interchange.schema(), nl=False)


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "kind", type=click.Choice(["json"]), default="json", help="Le format lu.")
@click.option("--body", default="", help="L’organisme au nom duquel on importe : son nom ou son numéro.")
@click.option("--twinning", "twinning_uid", default="", help="Identifiant du jumelage auquel rattacher.")
def import_(file: Path, kind: str, body: str, twinning_uid: str) -> None:
    """Importer FILE (« - » : entrée standard) : un document ou une liste. Tout est lu avant que rien ne soit écrit."""
    del kind
    raw = _read(file)
    try:
        documents = interchange.read_many(raw)
        for line in _bring_in(documents, body, twinning_uid):
            click.echo(line)
    except BadDocument as error:
        raise click.ClickException(_refusal(error)) from error
    except DomainError as error:
        raise click.ClickException(str(error)) from error


@group.command("export")
@click.argument("uids", nargs=-1)
@click.option("--format", "kind", type=click.Choice(["json", "pdf", "html"]), default="json", show_default=True)
@click.option(
    "--language", default="", help="Langue de l’en-tête, de l’état et des faits relevés ; par défaut, celle du texte."
)
@click.option("--output", type=click.Path(path_type=Path), help="Fichier à écrire ; par défaut, la sortie standard.")
def export(uids: tuple[str, ...], kind: str, language: str, output: Path | None) -> None:
    """Exporter les textes UIDS (tous si aucun n’est nommé). PDF et HTML demandent un seul texte."""
    found = list(conventions_by_uid(db.session(), uids or None))
    if unknown := set(uids) - {one.uid for one in found}:
        raise click.ClickException(_("Aucun texte ne porte l’identifiant « %(name)s ».", name=min(unknown)))
    if uids:
        found.sort(key=lambda one: uids.index(one.uid))
    if kind != "json" and len(found) != 1:
        raise click.ClickException(_("Nommez un seul texte : %(kind)s ne peut en contenir qu’un.", kind=kind.upper()))
    if language and language not in labels.languages():
        known = ", ".join(sorted(labels.languages()))
        sentence = _("« %(name)s » n’est pas une langue d’impression : %(known)s.", name=language, known=known)
        raise click.ClickException(sentence)
    try:
        content = _written(found, kind, language, single=len(uids) == 1)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise click.ClickException(_trouble(error, output)) from error


def _refusal(error: BadDocument) -> str:
    """Everything that is wrong with a file, and that nothing of it is kept."""
    told, nothing = fault_sentences(error), _("Rien n’est importé.")
    if len(told) == 1:
        return told[0] if nothing in told[0] else f"{told[0]} {nothing}"
    head = _("Le fichier ne peut pas être lu tel quel ; voici ce qui est à corriger.")
    return "\n".join([f"{head} {nothing}", *(f"  {line}" for line in told)])


def _read(file: Path) -> bytes:
    """Return what a file, or the standard input, holds."""
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise click.ClickException(_trouble(error, file)) from error


def _trouble(error: OSError, file: Path) -> str:
    """Say why a file cannot be read or written, and what to do."""
    name = str(file)
    if isinstance(error, FileNotFoundError):
        if not file.parent.is_dir():
            return str(_("Le dossier « %(name)s » n’existe pas. Vérifiez le chemin.", name=str(file.parent)))
        return str(_("Le fichier « %(name)s » n’existe pas. Vérifiez le nom et le dossier.", name=name))
    if isinstance(error, IsADirectoryError):
        return str(_("« %(name)s » est un dossier : nommez un fichier.", name=name))
    if isinstance(error, PermissionError):
        return str(_("Le fichier « %(name)s » n’est pas accessible : demandez le droit de l’ouvrir.", name=name))
    return str(_("Le fichier « %(name)s » ne peut être ni lu ni écrit. Vérifiez le disque et le chemin.", name=name))


def _written(found: list[Convention], kind: str, language: str, *, single: bool) -> bytes:
    documents = [document_of(one) for one in found]
    if kind == "json":
        return interchange.write(documents[0]) if single else interchange.write_many(documents)
    wanted, words = draft_print(db.session(), found[0], language)
    if kind == "pdf" and (warning := unprintable_sentence(documents[0])):
        click.echo(warning, err=True)
    if kind == "html":
        return html(documents[0], wanted, words).encode("utf-8")
    return write(documents[0], wanted, "pdf", "fr", words)


def _bring_in(documents: list[Document], body: str, twinning_uid: str) -> list[str]:
    told = {"added": _("ajouté"), "changed": _("remplacé"), "same": _("déjà là, inchangé")}
    with writing() as session:
        owner = body_called(session, body).id if body else None
        twinning = session.scalar(select(Twinning).where(Twinning.uid == twinning_uid)) if twinning_uid else None
        if twinning_uid and twinning is None:
            raise DomainError(_("Aucun jumelage ne porte l’identifiant « %(uid)s ».", uid=twinning_uid))
        lines = []
        for document in documents:
            command = services.ImportConvention(document, owner, [twinning] if twinning else [])
            before = session.scalar(select(Convention.title).where(Convention.uid == document.id))
            convention, state = services.bring_in(session, command, by=SOFTWARE, at=clock.now())
            lines.append(f"{document.id} : {told[state]}")
            if state == "changed" and before != convention.title:
                lines.append("  " + _("« %(old)s » devient « %(new)s ».", old=before or "", new=convention.title))
            found_wrong = checks.contradictions(document)
            lines += [f"  {_('À vérifier :')} {remark_sentence(document, one, 'fr')}" for one in found_wrong]
    return lines
