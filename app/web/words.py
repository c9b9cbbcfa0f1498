"""The words of templates, found quickly: a page asks for some dozens, and each used to look up its language anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask_babel

if TYPE_CHECKING:
    from gettext import GNUTranslations, NullTranslations

    from flask import Flask

    Catalogue = GNUTranslations | NullTranslations


def install(app: Flask) -> None:
    """Give the templates ``_`` and ``ngettext`` that keep each language's catalogue at hand."""
    catalogues: dict[str, Catalogue] = {}

    def catalogue() -> Catalogue:
        locale = flask_babel.get_locale()
        language = locale.language if locale else "fr"
        found = catalogues.get(language)
        if found is None:
            found = catalogues[language] = flask_babel.get_translations()
        return found

    def gettext(text: str) -> str:
        return catalogue().gettext(text)

    def ngettext(one: str, many: str, number: int) -> str:
        return catalogue().ngettext(one, many, number)

    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # i18n
