"""No line of French begins with « : », and none ends with an opening guillemet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import render_template_string
from flask_babel import force_locale, gettext, lazy_ngettext, ngettext

from app.shared.typography import typeset

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Conseil municipal : %(name)s", "Conseil municipal\u00a0: %(name)s"),
        ("De quoi s’agit-il ?", "De quoi s’agit-il\u00a0?"),
        ("le projet « %(title)s » ; rien", "le projet «\u00a0%(title)s\u00a0»\u00a0; rien"),
        (" : ", "\u00a0: "),
        ("Déjà\u00a0: dit", "Déjà\u00a0: dit"),
        ("de 9:30 à 10:00, à https://exemple.fr/?a=1", "de 9:30 à 10:00, à https://exemple.fr/?a=1"),
        ("la part de 80 %(unit)s", "la part de 80 %(unit)s"),
        ("(CGCT, art. L. 2131-1)", "(CGCT, art.\u00a0L.\u00a02131-1)"),
        ("(CGCT, art. %(article)s)", "(CGCT, art.\u00a0%(article)s)"),
    ],
)
def test_spaces_before_high_punctuation_do_not_break(written: str, printed: str) -> None:
    assert typeset(written) == printed
    assert typeset(printed) == printed, "what is right stays"


def test_the_sentences_of_the_product_have_them_in_french_alone(app: Flask) -> None:
    with app.test_request_context(), force_locale("fr"):
        assert gettext("De quoi s’agit-il ?") == "De quoi s’agit-il\u00a0?"
        assert ngettext("une chose : une", "%(num)s choses : trois", 3) == "3 choses\u00a0: trois"
    with app.test_request_context(), force_locale("en"):
        assert "\u00a0" not in gettext("De quoi s’agit-il ?")


def test_a_page_sends_them(client: FlaskClient) -> None:
    page = client.get("/", follow_redirects=True).data.decode()
    assert " :" not in page.partition("<main")[2]
    assert " ?" not in page.partition("<main")[2]


def test_a_sentence_with_a_number_elides_as_any_other(app: Flask) -> None:
    one, many = "le pouvoir de %(name)s", "les %(num)s pouvoirs de %(name)s, « %(title)s »"
    with app.test_request_context(), force_locale("fr"):
        assert ngettext(one, many, 1, name="Emil") == "le pouvoir d’Emil"
        assert str(lazy_ngettext(one, many, 2, name="Ada", title="« Vœux »")).endswith(
            "pouvoirs d’Ada, «\u00a0“Vœux”\u00a0»"
        )
        shown = render_template_string("{{ ngettext(one, many, 1, name='Emil') }}", one=one, many=many)
        assert shown == "le pouvoir d’Emil"
