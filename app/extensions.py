"""The Flask extensions, made once and bound to an application by the factory."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from flask_babel import Babel, Domain, get_locale
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from app.database.base import Base
from app.shared.typography import elided, typeset, unnested

if TYPE_CHECKING:
    from babel.support import Translations

_MANY = 2


class Catalogues(Domain):
    """The catalogues, and what French needs, whose sentences stand in none: its plural, and its spaces."""

    def get_translations(self) -> Translations:
        """The sentences of the reader's language."""
        found: Translations = super().get_translations()
        if str(get_locale()).startswith("fr"):
            found.gettext = found.ugettext = typeset  # type: ignore[method-assign]
            found.ngettext = found.ungettext = _french_plural  # type: ignore[method-assign]
        return found

    def gettext(self, string: str, **variables: object) -> str:
        """The sentence in the reader's language, filled in."""
        said = self.get_translations().ugettext(string)
        if not variables:
            return said
        if not str(get_locale()).startswith("fr"):
            return said % variables
        return elided(said, variables) % unnested(said, variables)


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
