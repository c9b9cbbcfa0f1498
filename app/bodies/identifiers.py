"""French identifiers: SIREN, SIRET, RNA. Pure."""

from __future__ import annotations

import re

LA_POSTE = "356000000"


def compact(text: str) -> str:
    """The identifier without the spaces, dots and hyphens that people type."""
    return re.sub(r"[\s. \-]", "", text).upper()


def is_siren(number: str) -> bool:
    """Nine digits that satisfy Luhn's check."""
    return bool(re.fullmatch(r"[0-9]{9}", number)) and _luhn(number) % 10 == 0


def is_siret(number: str) -> bool:
    """Fourteen digits that satisfy Luhn's check.

    The establishments of La Poste other than its seat satisfy another one: the sum of the digits is a
    multiple of five.
    """
    if not re.fullmatch(r"[0-9]{14}", number):
        return False
    if _luhn(number) % 10 == 0:
        return True
    return number.startswith(LA_POSTE) and sum(map(int, number)) % 5 == 0


def is_rna(number: str) -> bool:
    """W, three signs for the place of the registry, six digits: « W595012345 », « W9C1000123 »."""
    return bool(re.fullmatch(r"W[0-9][0-9A-Z][0-9][0-9]{6}|W[0-9][A-Z][0-9]{7}", number))


def spaced_siret(number: str) -> str:
    """« 213 005 219 00015 »: as it is read aloud."""
    return f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}" if number else ""


def _luhn(number: str) -> int:
    total = 0
    for position, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if position % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004  # two digits added
    return total
