"""The command line speaks French and answers 2 to whatever was asked wrongly."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from app.cli import french

if TYPE_CHECKING:
    from flask import Flask

NEVER_TOLD = frozenset(
    {
        "%(prog)s, version %(version)s",
        "Name '{name}' defined twice",
        "Could not determine name for option with declarations {decls!r}",
        (
            "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
            "Did you mean to pass '--{name}'?"
        ),
        "Arguments take exactly one parameter declaration, got {length}: {decls}.",
        "Boolean option {decl!r} cannot use the same flag for true/false.",
        "Invalid start character for option ({option})",
        "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
        "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
        "Choice({choices})",
        "{len_type} values are required, but {len_value} was given.",
        "{len_type} values are required, but {len_value} were given.",
        "Unknown standard stream '{name}'",
        "Press any key to continue...",
        "Unknown color {colour!r}",
    }
)
"""What click says to programmers, or in ways that no command of ours uses."""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("twinnings import /nowhere/list.csv", "« /nowhere/list.csv » est introuvable"),
        ("twinnings import /", "« / » est un dossier : un fichier est attendu"),
        ("twinnings import", "Il manque l’argument"),
        ("twinnings imprt", "La commande « imprt » n’existe pas. Vouliez-vous dire 'import' ?"),
        ("twinnings import --bodi x y", "L’option « --bodi » n’existe pas. Vouliez-vous dire"),
        ("twinnings import --body", "L’option --body demande une valeur"),
        ("conventions export --format odt", "« odt » n’est pas possible. Au choix : 'json', 'pdf', 'html'"),
        ("seed national --entries beaucoup", "« beaucoup » n’est pas un nombre qui convient"),
        ("archive bodies 3", "Il y a un mot de trop : 3"),
    ],
)
def test_whatever_is_asked_wrongly_is_told_in_french_with_the_code_2(app: Flask, words: str, said: str) -> None:
    done = app.test_cli_runner().invoke(args=words.split())
    told = done.output.replace("\N{NO-BREAK SPACE}", " ")
    assert (done.exit_code, said in told) == (2, True), told
    assert not {"Usage:", "Error:", "Try"} & set(told.split())


def test_an_interrupted_question_says_that_nothing_more_is_done(app: Flask) -> None:
    asking = click.Command("ask", callback=lambda: click.confirm("Continuer\u00a0?"))
    runner = app.test_cli_runner()
    assert "Interrompu" in runner.invoke(asking, input="").output
    assert "[o/N]" in runner.invoke(asking, input="oui\n").output


def test_no_sentence_of_click_is_left_in_english() -> None:
    known = french.SENTENCES.keys() | NEVER_TOLD
    assert said_by_click() <= known


def said_by_click() -> set[str]:
    """Every sentence that click's own modules give to gettext."""
    found = set()
    for name in french.MODULES:
        tree = ast.parse((Path(click.__file__).parent / f"{name}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                found |= {one.value for one in node.args if isinstance(one, ast.Constant)}
    return {sentence for sentence in found if isinstance(sentence, str)}
