"""The Flask extensions, made once and bound to an application by the factory."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from flask import g, has_app_context
from flask_babel import Babel, Domain, get_locale
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from app.database.base import Base
from app.shared.typography import elided, typeset, unnested

if TYPE_CHECKING:
    from babel import Locale
    from babel.support import Translations

_MANY = 2


class _Spoken(NamedTuple):
    """What the reader of the moment is spoken to in."""

    locale: Locale | None
    sentences: Translations
    is_french: bool


class Catalogues(Domain):
    """The catalogues, and what French needs, whose sentences stand in none: its plural, and its spaces.

    A page asks for some hundreds: what the reader speaks is looked up once and kept beside the locale of the
    request, until that is another object.
    """

    def get_translations(self) -> Translations:
        """The sentences of the reader's language."""
        return self._spoken().sentences

    def gettext(self, string: str, **variables: object) -> str:
        """The sentence in the reader's language, filled in."""
        spoken = self._spoken()
        said: str = spoken.sentences.ugettext(string)
        if not variables:
            return said
        if not spoken.is_french:
            return said % variables
        return elided(said, variables) % unnested(said, variables)

    def ngettext(self, singular: str, plural: str, num: int, **variables: object) -> str:
        """The sentence for that many in the reader's language, filled in."""
        spoken, filled = self._spoken(), {"num": num, **variables}
        said: str = spoken.sentences.ungettext(singular, plural, num)
        if not spoken.is_french:
            return said % filled
        return elided(said, filled) % unnested(said, filled)

    def _spoken(self) -> _Spoken:
        kept = g.get("_flask_babel") if has_app_context() else None
        known: _Spoken | None = getattr(kept, "spoken", None)
        if known is None or known.locale is None or known.locale is not getattr(kept, "babel_locale", None):
            known = self._looked_up()
            if has_app_context() and (kept := g.get("_flask_babel")) is not None:
                kept.spoken = known
        return known

    def _looked_up(self) -> _Spoken:
        found: Translations = super().get_translations()
        locale = get_locale()
        is_french = locale is not None and locale.language == "fr"
        if is_french:
            found.gettext = found.ugettext = typeset  # type: ignore[method-assign]
            found.ngettext = found.ungettext = _french_plural  # type: ignore[method-assign]
        return _Spoken(locale, found, is_french)


class House(Babel):
    """Flask-Babel with the plurals of each language."""

    @cached_property
    def domain_instance(self) -> Catalogues:
        """Where sentences are looked up."""
        return Catalogues(domain=self.domain)


def _french_plural(msgid1: str, msgid2: str, n: int) -> str:
    """« 0 membre », « 2 membres »."""
    return typeset(msgid1 if abs(n) < _MANY else msgid2)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
babel = House()
csrf = CSRFProtect()
