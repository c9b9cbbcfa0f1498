"""« d’Anaïs », « de Zoé »: sentences meet the names that people bear, in French alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale, gettext

from app.law.sentences import Sentences

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Anaïs", "Corriger le mandat d’Anaïs"),
        ("Élodie", "Corriger le mandat d’Élodie"),
        ("Yves", "Corriger le mandat d’Yves"),
        ("Yannick", "Corriger le mandat de Yannick"),
        ("Zoé", "Corriger le mandat de Zoé"),
        ("Hugo", "Corriger le mandat de Hugo"),  # an H may be aspirated: nobody is wrong with « de »
        ("<b>Anaïs", "Corriger le mandat de <b>Anaïs"),
    ],
)
def test_a_name_that_begins_with_a_vowel_takes_the_e(app: Flask, name: str, said: str) -> None:
    with app.test_request_context(), force_locale("fr"):
        assert gettext("Corriger le mandat de %(name)s", name=name) == said
        shown = app.jinja_env.from_string('{{ _("Corriger le mandat de %(name)s", name=name) }}').render(name=name)
        assert shown in {said, said.replace("<", "&lt;").replace(">", "&gt;")}


def test_no_other_language_elides(app: Flask) -> None:
    with app.test_request_context(), force_locale("de"):
        assert "’" not in gettext("Corriger le mandat de %(name)s", name="Anaïs")


def test_a_sentence_of_a_paper_elides_as_one_of_the_screen(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('[minutes]\npair = "celui de {giver} à {holder}"\n', "utf-8")
    say = Sentences(tmp_path / "words.toml").say
    assert say("minutes", "pair", giver="Emil", holder="Zoé") == "celui d’Emil à Zoé"
    assert say("minutes", "pair", giver="Zoé", holder="Emil") == "celui de Zoé à Emil"
