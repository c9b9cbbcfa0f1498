"""« d’Anaïs », « de Zoé »: sentences meet the names that people bear, in French alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale, gettext

if TYPE_CHECKING:
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
