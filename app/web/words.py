"""The words of templates, found quickly: a page asks for some dozens, and each used to look up its language anew.

The meaning is that of Flask-Babel's own functions, ``force_locale`` included: the catalogue kept beside
the locale of the request is dropped as soon as that locale is another object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask_babel
from flask import g
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from markupsafe import Markup, escape

from app.shared.typography import elided, unnested
from app.web import complaints

if TYPE_CHECKING:
    from gettext import GNUTranslations, NullTranslations

    from flask import Flask
    from jinja2.nodes import EvalContext

    Catalogue = GNUTranslations | NullTranslations


def install(app: Flask) -> None:
    """Give the templates ``_``, ``gettext`` and ``ngettext`` that keep the catalogue at hand."""
    complaints.install(app)
    LazyString.__html__ = _escaped
    app.jinja_env.globals.update({"_": gettext, "gettext": gettext, "ngettext": ngettext})


def _escaped(sentence: LazyString) -> Markup:
    """A lazy sentence as a page shows it: Flask-Babel takes it for markup, though it may name what somebody typed."""
    return escape(str(sentence))


def _catalogue() -> Catalogue:
    kept = g.get("_flask_babel")
    locale = getattr(kept, "babel_locale", None)
    if locale is None:
        locale = flask_babel.get_locale()  # finds it and keeps it
        kept = g.get("_flask_babel")
    known: tuple[object, Catalogue] | None = getattr(kept, "catalogue", None)
    if known is None or known[0] is not locale:
        known = (locale, flask_babel.get_translations())
        if kept is not None:
            kept.catalogue = known
    return known[1]


@pass_eval_context
def gettext(context: EvalContext, message: str, /, **variables: object) -> str:
    """Return the sentence in the reader's language, its placeholders filled and escaped."""
    said = _catalogue().gettext(message)
    if variables and str(flask_babel.get_locale()).startswith("fr"):
        said, variables = elided(said, variables), unnested(said, variables)
    if context.autoescape:
        said = Markup(said)  # noqa: S704  # the catalogues are ours
    return said % variables if variables or "%" in said else said


@pass_eval_context
def ngettext(context: EvalContext, one: str, many: str, num: int, /, **variables: object) -> str:
    """Return the sentence for that many, ``%(num)s`` filled."""
    said, filled = _catalogue().ngettext(one, many, num), {"num": num, **variables}
    if variables and str(flask_babel.get_locale()).startswith("fr"):
        said, filled = elided(said, filled), unnested(said, filled)
    if context.autoescape:
        said = Markup(said)  # noqa: S704  # the catalogues are ours
    return said % filled
