"""Countries as lists write them: codes, names in several languages, and what is no country but is written as one."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from app.shared.folding import fold

_CODE = re.compile(r"[A-Za-z]{2}")
_READ_IN = ("fr", "en", "de", "es", "it")
_ALSO = {
    "england": "GB", "angleterre": "GB", "scotland": "GB", "ecosse": "GB", "wales": "GB", "pays de galles": "GB",
    "northern ireland": "GB", "irlande du nord": "GB", "great britain": "GB", "grande bretagne": "GB", "uk": "GB",
    "republic of ireland": "IE", "eire": "IE", "usa": "US", "united states of america": "US",
    "etats unis d amerique": "US", "czech republic": "CZ", "republique tcheque": "CZ", "macedonia": "MK",
    "north macedonia": "MK", "turkey": "TR", "ivory coast": "CI", "cote d ivoire": "CI", "south korea": "KR",
    "coree du sud": "KR", "north korea": "KP", "russian federation": "RU", "federation de russie": "RU",
    "holland": "NL", "hollande": "NL", "the netherlands": "NL", "palestine": "PS", "state of palestine": "PS",
    "palestinian territories": "PS", "kosovo": "XK", "vatican": "VA", "cape verde": "CV", "cap vert": "CV",
    "burma": "MM", "swaziland": "SZ", "east timor": "TL", "taiwan": "TW", "hong kong": "HK", "macau": "MO",
    "macao": "MO", "republic of china": "TW", "people s republic of china": "CN",
    "democratic republic of the congo": "CD", "dr congo": "CD", "republic of the congo": "CG", "congo": "CG",
    "the gambia": "GM", "the bahamas": "BS", "bosnia": "BA", "bosnia hercegovina": "BA", "bosnie": "BA",
    "belarus": "BY", "bielorussie": "BY", "moldova": "MD", "moldavie": "MD", "syria": "SY", "iran": "IR",
    "laos": "LA", "viet nam": "VN", "tanzania": "TZ", "sao tome and principe": "ST",
    "federated states of micronesia": "FM", "micronesia": "FM", "reunion": "FR", "guadeloupe": "FR",
    "martinique": "FR", "french guiana": "FR", "guyane": "FR", "mayotte": "FR", "new caledonia": "NC",
    "french polynesia": "PF", "falkland islands": "FK", "saint helena": "SH", "abkhazia": "GE",
    "northern cyprus": "CY", "transnistria": "MD", "artsakh": "AZ", "crimea": "UA", "greenland": "GL",
    "faroe islands": "FO", "isle of man": "IM", "jersey": "JE", "guernsey": "GG", "gibraltar": "GI",
    "rda": "DE", "ddr": "DE", "gdr": "DE", "republique democratique allemande": "DE", "east germany": "DE",
    "allemagne de l est": "DE", "rfa": "DE", "brd": "DE", "frg": "DE", "republique federale d allemagne": "DE",
    "allemagne federale": "DE", "allemagne de l ouest": "DE", "west germany": "DE", "bundesrepublik deutschland": "DE",
    "macedoine": "MK", "ex republique yougoslave de macedoine": "MK", "fyrom": "MK", "haute volta": "BF",
    "zaire": "CD", "dahomey": "BJ", "birmanie": "MM", "republique slovaque": "SK", "slovak republic": "SK",
    "royaume uni de grande bretagne": "GB", "republique d irlande": "IE", "roumania": "RO", "rumania": "RO",
    "saint vincent and the grenadines": "VC", "west bank": "PS", "puerto rico": "PR", "guam": "GU",
}  # fmt: skip
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
"""Codes that name a union, a rest of the world, a language test or nothing."""

_NATIONS = frozenset({"england", "scotland", "wales", "northern ireland", "angleterre", "ecosse", "pays de galles"})


def country_code(text: str) -> str | None:
    """The code of a country, however it is written; « England, United Kingdom » is one country. None: unknown.

    Of « Réunion, France » or « Brandenburg, Germany » the last word is the country.
    """
    words = text.strip()
    if _CODE.fullmatch(words) and words.upper() in _codes():
        return words.upper()
    parts = [_key(part) for part in re.sub(r"\(.*?\)", " ", words).split(",") if _key(part)]
    return _names().get(parts[-1]) if parts else None


def split_country(text: str) -> tuple[str, str | None]:
    """« Leeds, England, United Kingdom » is a town and a country; None when the end is no country."""
    parts = [part.strip() for part in text.split(",")]
    code, last = None, len(parts)
    while last > 1 and (found := country_code(parts[last - 1])) is not None and code in {None, found}:
        if code is not None and fold(parts[last - 1]) not in _NATIONS:
            break
        code, last = found, last - 1
    return ", ".join(parts[:last]), code


def _key(name: str) -> str:
    """A name without its accents and its « and »."""
    return " ".join(word for word in fold(name).split() if word not in {"and", "et", "und", "y", "e"})


@cache
def _codes() -> frozenset[str]:
    written = {str(code) for code in Locale("fr").territories} - _NO_COUNTRY
    return frozenset(code for code in written if _CODE.fullmatch(code))


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in _READ_IN:
        for code, name in Locale(language).territories.items():
            if code in _codes():
                found.setdefault(_key(str(name)), str(code))
    return found | {_key(name): code for name, code in _ALSO.items()}
