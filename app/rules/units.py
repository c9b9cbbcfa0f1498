"""The units that numbers of the facts and of the rules are in."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from app.rules.numbers import exact

if TYPE_CHECKING:
    from app.rules.numbers import Number

MONEY = ("EUR", "CAD")

# unit: (what it measures, how much of the first unit of that kind, singular)
UNITS: dict[str, tuple[str, Number, str]] = {
    "EUR": ("euros", 1, "€"),
    "CAD": ("dollars canadiens", 1, "$ CA"),
    "%": ("part", Fraction(1, 100), "%"),
    "jours": ("jours", 1, "jour"),
    "semaines": ("jours", 7, "semaine"),
    "mois": ("mois", 1, "mois"),
    "ans": ("mois", 12, "an"),
    "année": ("année", 1, "année"),
    "minutes": ("minutes", 1, "minute"),
    "heures": ("minutes", 60, "heure"),
    "km": ("km", 1, "km"),
    "nuits": ("nuits", 1, "nuit"),
    "points": ("points", 1, "point"),
    "personnes": ("personnes", 1, "personne"),
    "pays": ("pays", 1, "pays"),
    "organismes": ("organismes", 1, "organisme"),
    "rencontres": ("rencontres", 1, "rencontre"),
    "trajets": ("trajets", 1, "trajet"),
    "lignes": ("lignes", 1, "ligne"),
    "documents": ("documents", 1, "document"),
    "demandes": ("demandes", 1, "demande"),
    "financements": ("financements", 1, "financement"),
    "appels": ("appels", 1, "appel"),
    "projets": ("projets", 1, "projet"),
    "postes": ("postes", 1, "poste"),
    "aides": ("aides", 1, "aide"),
    "renouvellements": ("renouvellements", 1, "renouvellement"),
    "objectifs": ("objectifs", 1, "objectif"),
    "conditions": ("conditions", 1, "condition"),
    "valeurs": ("valeurs", 1, "valeur"),
}
COUNTED = frozenset(
    {"personnes", "nuits", "organismes", "rencontres", "trajets", "renouvellements", "objectifs", "projets", "aides"}
)
"""What comes in whole numbers only: there is no half of a person."""
SHARE = "part"
_LITERAL = re.compile(r"(-?\d[\d\u00a0\u202f ]*(?:[.,]\d+)?)(?:/(\d+))?[\s\u00a0\u202f]*(.*)")


class UnknownUnit(ValueError):
    """A number is followed by a word that is no unit."""


def family(unit: str) -> str:
    """What a unit measures; a share and a plain number measure nothing."""
    return UNITS[unit][0] if unit else ""


def meant_by(word: str) -> str:
    """The unit that people call so: « euros », « € », « an »; empty when none is."""
    called = word.casefold()
    return next((unit for unit, (many, _factor, one) in UNITS.items() if called in (many, one, unit.casefold())), "")


def parse_literal(text: str) -> tuple[Number, str] | None:
    """Read « 42 jours », « 80 % », « 8 455 EUR », « 1/3 »; None when the text does not begin with a number.

    :raises UnknownUnit: the word after the number is not a unit.
    """
    found = _LITERAL.fullmatch(text.strip())
    if found is None:
        return None
    digits = re.sub(r"[\u00a0\u202f ]", "", found[1]).replace(",", ".")
    unit = found[3].strip()
    if unit not in UNITS and unit:
        raise UnknownUnit(unit)
    divisor = int(found[2] or 1)
    if divisor == 0:
        raise UnknownUnit("/0")
    return exact(Fraction(Decimal(digits)) / divisor), unit


def factor(source: str, target: str) -> Number | None:
    """By what a number in one unit is multiplied to be in another; None when they do not measure the same."""
    if source == target:
        return 1
    if source == "%" and not target:
        return UNITS["%"][1]
    if not source or not target:
        return 1
    if UNITS[source][0] != UNITS[target][0]:
        return None
    return exact(Fraction(UNITS[source][1]) / UNITS[target][1])
