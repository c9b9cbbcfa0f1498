"""How a place is told to people: homonyms are told apart by département, region and country."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from app.places.divisions import departements, without_towns
from app.places.models import PlaceKind
from app.shared.folding import fold

if TYPE_CHECKING:
    from app.places.models import Place

_COUNTRY = re.compile(r"[A-Z]{2}")


def country_name(code: str, language: str | None = None) -> str:
    """The name of a country in the reader's language, or in the one asked for."""
    try:
        locale = Locale.parse(language) if language else get_locale()
    except (UnknownLocaleError, ValueError):
        locale = None
    names = (locale or Locale("fr")).territories
    return str(names.get(code, code))


def countries(language: str | None = None) -> list[tuple[str, str]]:
    """Every country that has towns as (code, name), in the order of the reader's alphabet."""
    locale = Locale.parse(language) if language else (get_locale() or Locale("fr"))
    named = [(code, str(name)) for code, name in locale.territories.items() if _COUNTRY.fullmatch(code)]
    return sorted((one for one in named if one[0] not in without_towns()), key=lambda one: fold(one[1]))


def label(place: Place) -> str:
    """« Sailly-lez-Lannoy (Nord, 59) », « Semenivka (Ukraine) »."""
    if place.kind == PlaceKind.FOREIGN:
        return f"{place.name} ({country_name(place.country)})"
    departement = departements().get(place.admin, "")
    return f"{place.name} ({departement}, {place.admin})" if departement else f"{place.name} ({place.admin})"


def detail(place: Place) -> str:
    """What tells a place apart from its homonyms: postcode or region, and how many live there."""
    parts = []
    if place.kind == PlaceKind.FOREIGN:
        if place.near and place.near != place.name:
            opens_with_vowel = fold(place.near)[:1] in set("aeiou")
            region = _("région d’%(town)s", town=place.near) if opens_with_vowel else ""
            parts.append(region or _("région de %(town)s", town=place.near))
    elif place.postcodes:
        first, *more = place.postcodes.split("|")
        parts.append(f"{first}…" if more else first)
    if place.population:
        number = format_decimal(place.population)
        parts.append(ngettext("%(number)s habitant", "%(number)s habitants", place.population, number=number))
    return " · ".join(parts)


def former(place: Place) -> str:
    """What a former commune is in the present one."""
    if place.kind == PlaceKind.ARRONDISSEMENT:
        return str(_("%(name)s en est un arrondissement", name=place.name))
    if place.kind == PlaceKind.ASSOCIATED:
        return str(_("%(name)s y est commune associée", name=place.name))
    return str(_("%(name)s y est commune déléguée", name=place.name))
