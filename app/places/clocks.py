"""Which clocks a country lives by, told and read in the words of people: a city and its country.

Zones of each country: ``zone.tab`` of the IANA time zone data (public domain), as the pinned ``tzdata`` has it. Where
clocks differ, the one of nearly everybody is believed in the countries for which CLDR names a primary zone
(``primaryZones``, Unicode licence); for all others a human says which.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from babel.dates import get_timezone_location

from app.places.telling import country_name
from app.shared import datewords
from app.shared.folding import fold

_CHIEF = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
}
_ALSO = {"XK": ("Europe/Belgrade",)}
"""Countries that the list of zones does not know."""
_CITIES = {("Europe/Kyiv", "uk"): "Київ", ("Europe/Kyiv", "fr"): "Kyïv", ("Europe/Kyiv", "pl"): "Kijów"}
"""Cities that Babel's data does not yet name as the language does."""
_READ_IN = ("fr", "en", "de")
_DATA = resources.files("tzdata").joinpath("zoneinfo")


def zones_of(country: str) -> tuple[str, ...]:
    """The zones of a country by its code; none where the country is not known."""
    return _by_country().get(country, ())


def zone_of(country: str) -> str:
    """The zone of a country with one clock, or one for nearly everybody; empty where a human must say which."""
    zones = zones_of(country)
    return _CHIEF.get(country) or (zones[0] if len({_rule(zone) for zone in zones}) == 1 else "")


def believable(zone: str, country: str) -> str:
    """The zone noted for a town at no place of the lists; its country's, where what is noted cannot be meant.

    Every town was once noted in Paris time, or Berlin's abroad: that is an answer only where clocks go alike.
    """
    known = zones_of(country)
    noted_by_hand = zone not in {"Europe/Paris", "Europe/Berlin"}
    if not known or (zone and (noted_by_hand or _rule(zone) in {_rule(one) for one in known})):
        return zone
    return zone_of(country)


def same_clock(zone: str, country: str) -> bool:
    """Whether clocks of this zone go like some of the country; also where the country is not known."""
    known = zones_of(country)
    return not known or zone in known or _rule(zone) in {_rule(one) for one in known}


def city(zone: str, language: str) -> str:
    """Name the place whose clock a zone is: « Paris », « Lisbonne »."""
    named = _CITIES.get((zone, language)) or str(
        get_timezone_location(zone, locale=datewords.locale(language), return_city=True)
    )
    return named.rpartition("/")[2]


def told(zone: str, language: str) -> str:
    """« Kyïv (Ukraine) »; a zone of no country by its own name."""
    country = _countries().get(zone)
    return f"{city(zone, language)} ({country_name(country, language)})" if country else zone


@cache
def offered(language: str) -> tuple[tuple[str, str], ...]:
    """Every zone and its words, in the order of the alphabet."""
    named = ((zone, told(zone, language)) for zone in _countries())
    return tuple(sorted(named, key=lambda one: fold(one[1])))


def read(text: str, language: str) -> str | None:
    """The zone that somebody means: its words, its city, its code, or a country with one clock; None when none."""
    asked = fold(text)
    for one in dict.fromkeys((language, *_READ_IN)):
        if (found := _names(one).get(asked)) is not None:
            return found
    return None


def country_of_name(text: str, language: str) -> str:
    """The code of a country by its name; empty when it is none."""
    asked = fold(text)
    found = (code for one in (language, *_READ_IN) for code in _by_country() if fold(country_name(code, one)) == asked)
    return next(found, "")


@cache
def _names(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for country in _by_country():
        if zone := zone_of(country):
            found[fold(country_name(country, language))] = zone
    for zone in _countries():
        found[fold(city(zone, language))] = zone
    for zone in _countries():
        found[fold(zone)] = found[fold(told(zone, language))] = zone
    return found


@cache
def _by_country() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in _DATA.joinpath("zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _position, zone = line.split("\t")[:3]
            found.setdefault(country, []).append(zone)
    return {country: tuple(zones) for country, zones in found.items()} | _ALSO


@cache
def _countries() -> dict[str, str]:
    told_of: dict[str, str] = {}
    for country, zones in _by_country().items():
        for zone in zones:
            told_of.setdefault(zone, country)
    return told_of | {zone: country for country, zone in _CHIEF.items()} | {"Europe/Belgrade": "RS"}


@cache
def _rule(zone: str) -> bytes:
    """How the clocks of a zone go from now on: the last line of its file (RFC 8536, section 3.3)."""
    try:
        raw = _DATA.joinpath(*zone.split("/")).read_bytes()
    except (OSError, ValueError):
        return zone.encode()
    return raw.rstrip(b"\n").rpartition(b"\n")[2]
