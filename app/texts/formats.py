"""Dates, amounts, lists, countries and French prepositions, as each language writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from babel.lists import format_list
from babel.numbers import format_decimal

from app.shared.datewords import locale, say
from app.shared.fuzzydate import understand
from app.shared.typography import elides
from app.texts import codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.texts.parties import When

_OUR_MONTHS = {"gregorian", "julian"}
_FRENCH_KINDS = (
    dict.fromkeys(
        ("collectivité", "commune", "communauté", "fédération", "ligue", "métropole", "région", "ville"), "la "
    )
    | dict.fromkeys(("cercle", "comité", "conseil", "département", "district", "syndicat"), "le ")
    | dict.fromkeys(("agglomération", "amicale", "association", "eurométropole", "intercommunalité", "union"), "l’")
)
_GERMAN_KINDS = (
    *("gemeinde", "hansestadt", "kreisstadt", "landeshauptstadt", "marktgemeinde", "ortsgemeinde", "samtgemeinde"),
    *("stadt", "verbandsgemeinde"),
)
_KIND_ARTICLES = {
    "fr": _FRENCH_KINDS,
    "de": dict.fromkeys(_GERMAN_KINDS, "die "),
    "en": dict.fromkeys(("borough of", "city of", "municipality of", "parish of", "town of"), "the "),
    "it": {"comune di": "il "},
    "es": {"ayuntamiento de": "el ", "municipio de": "el "},
    "pt": {"município de": "o ", "freguesia de": "a "},
}
"""The article of a name that says itself what the body is, by how it begins: never « Vila Nova », « Ciudad Real »."""
_BOTH_FORMS = re.compile(r"·(\w+)")
_TITLES = {"mme": True, "madame": True, "mlle": True, "m.": False, "m": False, "mr": False, "monsieur": False}
"""French titles by their first word, and whether they are a woman's."""
_YES = {
    "fr": ("oui", "non"),
    "en": ("yes", "no"),
    "de": ("ja", "nein"),
    "it": ("sì", "no"),
    "es": ("sí", "no"),
    "pt": ("sim", "não"),
    "pl": ("tak", "nie"),
    "uk": ("так", "ні"),
}


def day(text: str, language: str) -> str:
    """Write an EDTF date in words, never more precise than it is; what is none is given back as it is."""
    when = understand(text)
    return say(when, language) if when else text


def dated(when: When, language: str) -> str:
    """Write a date in words. Of another calendar our names of months would be wrong: then the day in ours, if known."""
    if when.calendar in _OUR_MONTHS:
        return day(when.date or "", language)
    if when.gregorian:
        return day(when.gregorian, language)
    return next(iter(when.as_written.values()), "") or (when.date or "")


def euros(amount: str, language: str) -> str:
    """Write an amount of euros."""
    return money(amount, "EUR", language)


def money(amount: str, currency: str | None, language: str) -> str:
    """Write an amount of money; without a currency where none is known."""
    return codes.money(amount, currency, language)


def currency(code: str, language: str) -> str:
    """Name a currency."""
    return str(locale(language).currencies.get(code, code))


def whole(number: int, language: str) -> str:
    """Write a whole number."""
    return str(format_decimal(number, locale=locale(language)))


def join(words: Sequence[str], language: str) -> str:
    """Join words: « A, B et C »."""
    return str(format_list(list(words), locale=locale(language))) if words else ""


def either(words: Sequence[str], language: str) -> str:
    """Join words of which one holds: « A, B ou C »."""
    return str(format_list(list(words), style="or", locale=locale(language))) if words else ""


def country(code: str, language: str) -> str:
    """Name a country of today or of the past."""
    return codes.country(code, language)


def language_name(code: str, language: str) -> str:
    """Name a language in another one."""
    return str(locale(language).languages.get(code.split("-", maxsplit=1)[0], code))


def own_name(code: str) -> str:
    """Name a language in itself, with a capital."""
    name = locale(code).languages.get(code.split("-", maxsplit=1)[0], code)
    return str(name[:1].upper() + name[1:])


def names_its_kind(name: str, language: str = "fr") -> bool:
    """Whether a name begins by what the body is: Communauté de communes, Ville de Lille, Stadt Werne, City of York."""
    return _kind_article(name, language) is not None


def with_article(name: str, language: str = "fr") -> str:
    """« la Communauté de communes », « die Stadt Werne »; a name that does not say its kind stays as it is."""
    return f"{_kind_article(name, language) or ''}{name}"


def _kind_article(name: str, language: str = "fr") -> str | None:
    said = name.casefold()
    kinds = _KIND_ARTICLES.get(language, {})
    return next((article for kind, article in kinds.items() if said.startswith(f"{kind} ")), None)


def of(name: str) -> str:
    """« de » and a name in French: d’Antibes, du Mans, de La Rochelle, de la Communauté de communes."""
    if article := _kind_article(name):
        return f"du {name}" if article == "le " else f"de {article}{name}"
    if match := re.match(r"(Les?)\s+(?=\S)", name):
        return f"{'du' if match[1] == 'Le' else 'des'} {name[match.end() :]}"
    return f"d’{name}" if elides(name) else f"de {name}"


def is_masculine(party: str) -> bool:
    """Whether a party, as a French text calls it, is masculine: « le Comité de jumelage »; « la », « l’ » are not."""
    return party.casefold().startswith("le ")


def one_form(text: str, *, is_feminine: bool) -> str:
    """« représenté·e » in the one of its two forms that agrees."""
    return _BOTH_FORMS.sub(r"\1" if is_feminine else "", text)


def office(word: str, title: str, language: str) -> str:
    """A function as its holder bears it where a French title tells: « présidente » for Mme; else as it stands."""
    first = title.casefold().split(" ")[0]
    if not language.startswith("fr") or first not in _TITLES:
        return word
    return one_form(word, is_feminine=_TITLES[first])


def at(name: str) -> str:
    """« à » and a town's name in French: à Antibes, au Mans, aux Marches, à la Ville de Lille."""
    if article := _kind_article(name):
        return f"au {name}" if article == "le " else f"à {article}{name}"
    if match := re.match(r"(Les?)\s+(?=\S)", name):
        return f"{'au' if match[1] == 'Le' else 'aux'} {name[match.end() :]}"
    return f"à {name}"


def add(one: str, other: str) -> str:
    """Add two amounts."""
    return str(Decimal(one) + Decimal(other))


def yes_or_no(value: bool, language: str) -> str:  # noqa: FBT001  # the value is what is said
    """Say yes or no."""
    words = _YES.get(language, _YES["en"])
    return words[0] if value else words[1]
