"""Says values, thresholds and states in a language. Only French so far; another is another entry of the tables."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.rules.numbers import cents
from app.rules.phrases import PHRASES
from app.rules.units import UNITS
from app.rules.vocabulary.codes import STAGES
from app.rules.vocabulary.countries import PLACES
from app.rules.when import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.rules.language.rounds import Yearly
    from app.rules.language.syntax import Shown
    from app.rules.numbers import Bounds, Number
    from app.rules.vocabulary.fields import Field
    from app.rules.when import When

_NBSP, _THIN = "\u00a0", "\u202f"
_INVARIABLE = {"EUR": "€", "CAD": "$ CA", "%": "%", "km": "km", "mois": "mois", "pays": "pays"}


class Speaker:
    """Says things in one language."""

    def __init__(self, language: str = "fr") -> None:
        self.words: dict[str, Any] = PHRASES[language]

    def number(self, value: Number, unit: str) -> str:
        """« 8 455 € », « 58,3 % », « 1 personne », « 1 an et 1 mois » is not said: lengths keep one unit."""
        if unit == "%":
            return f"{digits(Fraction(value) * 100)}{_NBSP}%"
        if unit in ("EUR", "CAD"):
            return f"{money(cents(value))}{_NBSP}{_INVARIABLE[unit]}"
        if unit == "année":
            return str(value)
        if unit == "mois" and 0 < value < 1 and (days := _days_of(value)):
            return self.number(days, "jours")
        said = digits(value)
        if not unit:
            return said
        is_plural = value >= 2 or value <= -2  # noqa: PLR2004  # as French counts
        word = _INVARIABLE.get(unit) or (unit if is_plural else UNITS[unit][2])
        return f"{said}{_NBSP}{word}"

    def bounds(self, bounds: Bounds, unit: str) -> str:
        """A number as far as it is known."""
        low, high = bounds
        if low is None and high is None:
            return str(self.words["unknown"])
        if low == high and low is not None:
            return self.number(low, unit)
        if high is None and low is not None:
            return str(self.words["at_least"].format(self.number(low, unit)) if low else self.words["unknown"])
        if low is None and high is not None:
            return str(self.words["at_most"].format(self.number(high, unit)))
        return str(self.words["between"].format(self.number(low or 0, ""), self.number(high or 0, unit)))

    def day(self, value: date | datetime, zone: str = "") -> str:
        """« 19 septembre 2024 à 17 h 00 (heure de Bruxelles) »."""
        day = "1er" if value.day == 1 else str(value.day)
        said = f"{day}{_NBSP}{self.words['months'][value.month - 1]}{_NBSP}{value.year}"
        if isinstance(value, datetime):
            said = self.words["at"].format(said, f"{value.hour}{_NBSP}h{_NBSP}{value.minute:02}")
            if zone:
                said += f" ({self.zone(zone)})"
        return said

    def zone(self, zone: str) -> str:
        """« heure de Bruxelles »."""
        city = zone.rsplit("/", 1)[-1].replace("_", " ")
        return str(self.words["time_of"].format(self.words["cities"].get(city, city)))

    def when(self, value: When, zone: str = "") -> str:
        """A date as precisely as it is known."""
        if value.instant is not None:
            local = value.instant.astimezone(zone_of(zone)) if zone else value.instant
            return self.day(local, zone)
        if value.is_day:
            return self.day(value.first)
        return str(self.words["span"].format(self.day(value.first), self.day(value.last)))

    def code(self, value: object, field: Field | None) -> str:
        """A code by its name."""
        if field is not None and field.type in ("country", "countries"):
            return PLACES.get(str(value), str(value))
        if isinstance(value, int | Fraction | Decimal) and not isinstance(value, bool):
            return self.number(value if isinstance(value, int) else Fraction(value), field.unit if field else "")
        return str((field.codes or {}).get(str(value), value)) if field is not None else str(value)

    def several(self, values: Iterable[object], field: Field | None, joint: str = "or") -> str:
        """« commune, région ou comité de jumelage »."""
        said = [self.code(one, field) for one in values]
        if not said:
            return str(self.words["none"])
        return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {self.words[joint]} {said[-1]}"

    def say(self, shown: Shown) -> str:
        """A value or a threshold in words."""
        method = _SAYS.get(shown.kind)
        return str(method(self, shown) if method else self.words["unknown"])

    def limits(self, shown: Shown) -> str:
        """Bounds."""
        by_kind = {one.kind: one for one in shown.parts}
        if set(by_kind) == {"min", "max"}:
            low, high = by_kind["min"], by_kind["max"]
            if (
                None not in (*low.value, *high.value)
                and low.value[0] == low.value[1]
                and high.value[0] == high.value[1]
            ):
                if low.value == high.value:
                    return str(self.words["equals"].format(self.number(low.value[0], low.unit)))
                unit = "" if low.unit not in ("EUR", "CAD", "%") else low.unit
                said = (self.number(low.value[0], unit), self.number(high.value[0], high.unit))
                return str(self.words["between"].format(*said))
        return f" {self.words['and']} ".join(
            self.words[f"limit_{one.kind}"].format(self._limit(one)) for one in shown.parts
        )

    def _limit(self, shown: Shown) -> str:
        """A bound, which is said only when it is known."""
        low, high = shown.value
        return self.bounds(shown.value, shown.unit) if low == high else str(self.words["unknown"])

    def window(self, shown: Shown) -> str:
        """A window."""
        since, until, zone = shown.value
        if since and until:
            return str(self.words["from_until"].format(self.day(since, zone), self.day(until, zone)))
        if until:
            return str(self.words["until"].format(self.day(until, zone)))
        return str(self.words["since"].format(self.day(since, zone)))

    def yearly(self, shown: Shown) -> str:
        """Days of every year."""
        days, zone = shown.value
        said = [self._day_of_year(one) for one in days]
        return f"{', '.join(said)} ({self.zone(zone)})"

    def _day_of_year(self, one: Yearly) -> str:
        day = "1er" if one.day == 1 else str(one.day)
        hour = f" à {one.at.hour}{_NBSP}h{_NBSP}{one.at.minute:02}" if one.at else ""
        return f"{day}{_NBSP}{self.words['months'][one.month - 1]}{hour}"

    def rounds(self, shown: Shown) -> str:
        """Deadlines by the start."""
        rounds, _zone = shown.value
        return " ; ".join(
            self.words["round"].format(*(self._day_of_year(one) for one in (until, since, end)))
            for since, end, until in rounds
        )

    def document(self, shown: Shown) -> str:
        """A document and its stage."""
        _kind, name, stage, signed = shown.value
        said = self.words["the_document"].format(name) + (f" {self.words['signed']}" if signed else "")
        return f"{said} ({STAGES[stage]})" if stage else said

    def joined(self, shown: Shown, joint: str) -> str:
        """Several, joined."""
        said = [one for one in dict.fromkeys(self.say(leaf) for leaf in _leaves(shown)) if one]
        known = [one for one in said if one != self.words["unknown"]]
        return joint.join(known or said)


_SAYS: dict[str, Any] = {
    "number": lambda speaker, shown: speaker.bounds(shown.value, shown.unit),
    "yes_no": lambda speaker, shown: speaker.words["yes" if shown.value else "no"],
    "when": lambda speaker, shown: speaker.when(shown.value, shown.unit),
    "code": lambda speaker, shown: speaker.code(*shown.value),
    "codes": lambda speaker, shown: speaker.several(*shown.value, joint="and"),
    "values": lambda speaker, shown: speaker.several(*shown.value),
    "list": lambda speaker, shown: speaker.words["list"].format(shown.value[1]),
    "in": lambda speaker, shown: speaker.say(shown.parts[0]),
    "not_in": lambda speaker, shown: speaker.words["off_list" if shown.parts[0].kind == "list" else "not_in"].format(
        speaker.say(shown.parts[0])
    ),
    "bounds": Speaker.limits,  # its own table
    "window": Speaker.window,
    "yearly": Speaker.yearly,
    "rounds": Speaker.rounds,
    "document": Speaker.document,
    "parts": lambda speaker, shown: speaker.joined(shown, " ; "),
    "all": lambda speaker, shown: speaker.joined(shown, f" {speaker.words['and']} "),
    "any": lambda speaker, shown: speaker.joined(shown, f" {speaker.words['or']} "),
    "not": lambda speaker, shown: speaker.words["not"].format(speaker.say(shown.parts[0])),
    "each": lambda speaker, shown: speaker.words["each"].format(speaker.say(shown.parts[0])),
    "per": lambda speaker, shown: speaker.words["per"].format(speaker.say(shown.parts[0])),
    "such": lambda speaker, shown: f"{speaker.say(shown.parts[0])} ({speaker.say(shown.parts[1])})",
    "how_many": lambda speaker, shown: speaker.say(shown.parts[0]),
    "group": lambda speaker, shown: f"{PLACES.get(shown.value, shown.value)} : {speaker.say(shown.parts[0])}",
    "mentions": lambda speaker, shown: " ; ".join(
        speaker.words[one.kind].format(speaker.several(*one.value)) for one in shown.parts
    ),
    "state": lambda speaker, shown: speaker.words["document"][shown.value],
    "unwritten": lambda speaker, _shown: speaker.words["unwritten"],
    "nothing": lambda _speaker, _shown: "",
}


def _leaves(shown: Shown) -> Iterator[Shown]:
    for one in shown.parts:
        if one.kind == shown.kind:
            yield from _leaves(one)
        else:
            yield one


def _days_of(part: Number) -> int:
    """The days that a part of a month is; 0 where it is not whole days of a month."""
    return next((int(part * length) for length in (31, 30, 28, 29) if length % part.denominator == 0), 0)


def digits(value: Number) -> str:
    """A number in French: spaces by thousands, a decimal comma, at most two decimals."""
    rounded = cents(value)
    whole, _, part = f"{abs(rounded):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", _THIN)
    part = part.rstrip("0")
    return ("−" if rounded < 0 else "") + grouped + (f",{part}" if part else "")


def money(value: Decimal) -> str:
    """Euros; cents only where there are some."""
    said = digits(Fraction(value))
    return said + "0" if "," in said and len(said.split(",")[1]) == 1 else said
