"""The templates' gettext: quick, escaped, and in the language of the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale, get_locale, lazy_gettext
from markupsafe import Markup

from app.web import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask


@pytest.fixture
def say(app: Flask) -> Callable[..., str]:
    """Render a line of template."""

    def said(source: str, **values: object) -> str:
        with app.test_request_context("/", headers={"Accept-Language": "fr"}):
            return app.jinja_env.from_string(source).render(values)

    return said


def test_what_fills_a_sentence_is_escaped(say: Callable[..., str]) -> None:
    told = say("{% autoescape true %}{{ _('Journal de %(name)s', name=name) }}{% endautoescape %}", name="<b>")
    assert told == "Journal de &lt;b&gt;"


def test_a_letter_in_plain_text_is_not_escaped(say: Callable[..., str]) -> None:
    told = say("{% autoescape false %}{{ _('Journal de %(name)s', name=name) }}{% endautoescape %}", name="L’Isle & Co")
    assert told == "Journal de L’Isle & Co"


def test_markup_may_stand_in_a_sentence(say: Callable[..., str]) -> None:
    told = say("{% autoescape true %}{{ _('Voir %(link)s', link=link) }}{% endautoescape %}", link=Markup("<i>là</i>"))
    assert told == "Voir <i>là</i>"


def test_one_and_many_are_told_apart(say: Callable[..., str]) -> None:
    source = "{{ ngettext('%(num)s lieu', '%(num)s lieux', count) }}"
    assert [say(source, count=count) for count in (1, 2)] == ["1 lieu", "2 lieux"]


def test_a_percent_sign_is_written_twice_and_read_once(say: Callable[..., str]) -> None:
    assert say("{{ _('10 %% de plus') }}") == "10 % de plus"


def test_a_letter_in_another_language_takes_that_catalogue_and_gives_it_back(app: Flask) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "fr"}):
        before = words._catalogue()
        with force_locale("en"):
            assert get_locale().language == "en"
            abroad = words._catalogue()
        assert words._catalogue() is before
        assert abroad is not before


def test_a_lazy_sentence_is_escaped_like_any_other(say: Callable[..., str]) -> None:
    lazy = lazy_gettext("« %(name)s » n’est pas une date.", name="<b onclick=alert(1)>")
    told = say(
        "{% autoescape true %}{{ reason }}{{ reason | string }}{{ [reason] | join }}{% endautoescape %}", reason=lazy
    )
    assert "<b" not in told
    assert told.count("&lt;b onclick") == 3
