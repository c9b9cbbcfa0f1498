"""A field that understands a clock as people name it."""

from __future__ import annotations

from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms import StringField

from app.documents.zones import is_zone
from app.places import clocks


class ZoneField(StringField):
    """A clock, told by a city: « Kyïv (Ukraine) ». ``data`` is its code, empty when nothing was said."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read words or a code.

        :raises ValueError: naming the cities to choose from, when they name no clock or several.
        """
        text = (valuelist[0] if valuelist else "").strip()
        self.data = text
        if not text or is_zone(text):
            return
        language = _language()
        if (found := clocks.read(text, language)) is not None:
            self.data = found
            return
        if several := clocks.zones_of(clocks.country_of_name(text, language)):
            cities = ", ".join(sorted(clocks.city(one, language) for one in several))
            raise ValueError(
                _(
                    "Ce pays a plusieurs heures. Écrivez la ville dont l’heure est celle du lieu : %(cities)s.",
                    cities=cities,
                )
            )
        raise ValueError(
            _(
                "« %(name)s » ne dit pas de quelle ville est l’heure. Choisissez dans la liste, ou écrivez le pays "
                "ou une grande ville, par exemple Lisbonne.",
                name=text[:60],
            )
        )

    def in_words(self) -> str:
        """What the page shows: the words of the clock, or what was typed."""
        text = str(self.data or "")
        return clocks.told(text, _language()) if text and is_zone(text) else text

    def _value(self) -> str:
        return self.in_words()


def _language() -> str:
    return str(get_locale() or "fr").partition("_")[0]
