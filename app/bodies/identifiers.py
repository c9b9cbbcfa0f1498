"""French identifiers: SIREN, SIRET, RNA. Pure."""

from __future__ import annotations

import re

from app.law.money import has_luhn_key, is_siret

__all__ = ["compact", "is_rna", "is_siren", "is_siret", "spaced_siret"]


def compact(text: str) -> str:
    """The identifier without the spaces, dots and hyphens that people type."""
    return re.sub(r"[\s. \-]", "", text).upper()


def is_siren(number: str) -> bool:
    """Nine digits, not all zeros, that satisfy Luhn's check."""
    return bool(re.fullmatch(r"[0-9]{9}", number)) and bool(number.strip("0")) and has_luhn_key(number)


def is_rna(number: str) -> bool:
    """W, three signs for the place of the registry, six digits: « W595012345 », « W9C1000123 »."""
    return bool(re.fullmatch(r"W[0-9][0-9A-Z][0-9][0-9]{6}|W[0-9][A-Z][0-9]{7}", number))


def spaced_siret(number: str) -> str:
    """« 213 005 219 00015 »: as it is read aloud."""
    return f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}" if number else ""
