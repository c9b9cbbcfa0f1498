"""What spreadsheets take away from addresses: the zero that begins a code or a number, the cell of its own."""

from __future__ import annotations

import re

from babel import Locale

from app.shared.folding import fold

_FRENCH_CODE, _FRENCH_PHONE = 4, 9
_FRENCH = Locale("fr")
_TOWN = re.compile(r"((?:[A-Z]{1,2}-)?\d{4,5}(?:\.0+)?)\s+(\D.*)", re.DOTALL)
_CODE = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5}(?:\.0+)?")
_END = re.compile(r"(?P<street>.*?)[\s,;–—-]*(?P<code>\b(?:[A-Z]{1,2}-)?\d{4,5})\s+(?P<town>\D+)", re.DOTALL)
_LETTERS = {"F": "FR", "D": "DE", "A": "AT", "B": "BE", "L": "LU", "I": "IT", "E": "ES", "UK": "GB"}
"""What people write before a code of another country, where it is not the country's own sign."""
_FRANCE = frozenset({"", "france", "fr", "fra"})


def apart(text: str) -> tuple[str, str]:
    """The code and the town of « 59390 Lys-lez-Lannoy »; a text without a code is a town, digits alone are a code."""
    if _CODE.fullmatch(text.strip()):
        return text.strip(), ""
    found = _TOWN.fullmatch(text.strip())
    return (found[1], found[2].strip()) if found else ("", text.strip())


def address_apart(text: str) -> tuple[str, str, str]:
    """The street, the code and the town of « 6 place Turenne, 68230 Turckheim »; all is the street without a code."""
    found = _END.fullmatch(" ".join(text.split()))
    return (
        (found["street"].strip(" ,;"), found["code"], found["town"].strip(" ,;")) if found else (text.strip(), "", "")
    )


def postcode(text: str, country: str) -> str:
    """A code as it is written: a spreadsheet makes 1000 of 01000."""
    digits = text.removesuffix(".0")
    is_french = fold(country) in _FRANCE
    return f"0{digits}" if is_french and digits.isdecimal() and len(digits) == _FRENCH_CODE else digits


def phone(text: str, country: str) -> str:
    """A telephone number as it is written: a spreadsheet makes 612345678 of 0612345678."""
    digits = text.removesuffix(".0")
    is_short = digits.isdecimal() and len(digits) == _FRENCH_PHONE and not digits.startswith("0")
    return f"0{digits}" if is_short and fold(country) in _FRANCE else text


def country_of(postcode: str, country: str) -> str:
    """The country of an address that names none: France where the code is one of hers, another by its letters."""
    if country:
        return country
    letters, _dash, digits = postcode.partition("-")
    if digits and letters.isalpha():
        sign = letters.upper()
        return str(_FRENCH.territories.get(_LETTERS.get(sign, sign), ""))
    return str(_FRENCH.territories["FR"]) if postcode.isdecimal() and len(postcode) == _FRENCH_CODE + 1 else ""
