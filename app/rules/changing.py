"""What each lever can do to the told facts of a project, and how the change is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.rules.numbers import exact
from app.rules.vocabulary.countries import FRENCH_NAMES
from app.rules.vocabulary.fields import COLLECTIONS
from app.rules.when import length_in_months, parse_when

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.rules.levers import Lever
    from app.rules.numbers import Number
    from app.rules.saying import Speaker
    from app.rules.vocabulary.fields import Field
    from app.rules.words import Words

_FARTHEST = 36_600
_DAY_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Change:
    """A set of values to put at paths of the told facts, with what it costs and how it is said."""

    lever: str
    put: tuple[tuple[str, Any], ...]
    effort: float
    sentence: str

    @property
    def key(self) -> str:
        """What makes two changes the same."""
        return repr(self.put)

    @property
    def paths(self) -> frozenset[str]:
        """The facts that are told otherwise; neither what is added to a list, nor a total that follows."""
        return frozenset(
            path for path, value in self.put if not isinstance(value, dict) and path != "participants.total"
        )


def together(told: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """What changes put at which paths, all of them or a part: what is added to a list follows its last element."""
    put: dict[str, Any] = {}
    added: dict[str, int] = {}
    for path, value in (pair for one in changes for pair in one.put):
        holder, _, rank = path.rpartition(".")
        if isinstance(value, dict) and rank.isdecimal():
            last = added.get(holder, len(value_at(told, holder)) - 1) + 1
            added[holder] = last
            put[f"{holder}.{last}"] = value
        else:
            put[path] = value
    return put


def expanded(told: Mapping[str, Any], path: str) -> Iterator[str]:
    """Each path that exists in the told facts, ``*`` standing for every element."""
    yield from _walk(told, path.split("."), ())


def _walk(node: Any, parts: list[str], above: tuple[str, ...]) -> Iterator[str]:  # noqa: ANN401  # any JSON value
    if not parts:
        if node is not None:
            yield ".".join(above)
        return
    name, rest = parts[0], parts[1:]
    if isinstance(node, list):
        ranks = range(len(node)) if name in ("*", "items", "groups") else ()
        rest = rest if name == "*" else rest[1:]
        for rank in ranks:
            yield from _walk(node[rank], rest, (*above, str(rank)))
    elif isinstance(node, dict) and name in node:
        yield from _walk(node[name], rest, (*above, name))


def value_at(told: Any, path: str) -> Any:  # noqa: ANN401  # any JSON value
    """The value at a path of the told facts."""
    for name in path.split("."):
        told = told[int(name)] if isinstance(told, list) else told[name]
    return told


def number_at(told: Mapping[str, Any], path: str) -> Number | None:
    """The number at a path, or None."""
    value = value_at(told, path)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return exact(Decimal(str(value)))


def plain_number(value: Number) -> int | Decimal:
    """A number as it would be told."""
    return value if isinstance(value, int) else Decimal(value.numerator) / Decimal(value.denominator)


def shifted(told: Mapping[str, Any], paths: list[str], days: int) -> dict[str, Any] | None:
    """The dates at these paths, so many days later; None when one is no known day, or a century away."""
    if abs(days) > _FARTHEST:
        return None
    put = {}
    for path in paths:
        text = value_at(told, path)
        try:
            known = parse_when(text)
        except (ValueError, TypeError):
            return None
        if not known.is_day:
            return None
        day = date.fromisoformat(text[:_DAY_LENGTH]) + timedelta(days)
        put[path] = day.isoformat() + text[_DAY_LENGTH:]
    return {**put, **_months(told, put)}


def _months(told: Mapping[str, Any], put: Mapping[str, Any]) -> dict[str, Any]:
    """The length of the project after its days moved, where it is told as well."""
    ends = ("project.start", "project.end")
    told_too = all(list(expanded(told, path)) for path in (*ends, "project.months"))
    if not told_too or not put.keys() & set(ends) or number_at(told, "project.months") is None:
        return {}
    try:
        start, end = (parse_when(put.get(path, value_at(told, path))) for path in ends)
    except (ValueError, TypeError):
        return {}
    return {"project.months": round(length_in_months(start.first, end.last))}


class Teller:
    """Says a change in a sentence."""

    def __init__(self, words: Words, speaker: Speaker) -> None:
        self.words, self.speaker = words, speaker

    def number(self, lever: Lever, told: Mapping[str, Any], path: str, new: Number) -> str:
        """A number that changes."""
        old = number_at(told, path) or 0
        unit = self._unit(path)
        return self._said(
            lever,
            told,
            path,
            old=self.speaker.number(old, unit if unit == "EUR" else ""),
            new=self.speaker.number(new, unit),
            delta=self.speaker.number(exact(abs(Fraction(new) - old)), unit),
        )

    def shift(self, lever: Lever, told: Mapping[str, Any], path: str, days: int) -> str:
        """Dates that move together; the first is named."""
        moved = shifted(told, [path], days) or {}
        day = date.fromisoformat(str(moved[path])[:_DAY_LENGTH])
        delta = self.speaker.number(abs(int(days)), "jours")
        return self._said(lever, told, path, new=self.speaker.day(day), delta=delta)

    def choice(self, lever: Lever, told: Mapping[str, Any], path: str, new: object, *, old: object = "") -> str:
        """A word that changes."""
        field = self._field(path)
        before, after = self.speaker.code(old, field), self.speaker.code(new, field)
        if lever.choices == "countries":
            after = FRENCH_NAMES.get(str(new), str(new))
        return self._said(lever, told, path, old=before, new=after)

    def choices(self, lever: Lever, told: Mapping[str, Any], paths: list[str], new: object) -> str:
        """A word that changes at several places: each is said, or how many there are where they are said alike."""
        said = [self.choice(lever, told, path, new, old=value_at(told, path)) for path in paths]
        if len(said) > 1 and len(set(said)) == 1 and lever.says_all:
            parts = {"new": self.choice(replace(lever, says="{new}"), told, paths[0], new)}
            return lever.says_all.format(count=len(paths), **parts)
        return " ".join(dict.fromkeys(said))

    def _said(self, lever: Lever, told: Mapping[str, Any], path: str, **parts: str) -> str:
        blank = {"old": "", "new": "", "delta": "", "who": self._who(told, path)}
        said = lever.says.format(**{**blank, **parts})
        return said.replace(" ()", "")

    def _who(self, told: Mapping[str, Any], path: str) -> str:
        holder = path.rpartition(".")[0]
        try:
            element = value_at(told, holder) if holder else {}
        except (KeyError, IndexError, ValueError):
            return ""
        if not isinstance(element, dict):
            return ""
        if path.startswith("journeys"):
            several = len(value_at(told, holder.rpartition(".")[0])) > 1
            return f"trajet {int(holder.rpartition('.')[2]) + 1}" if several else ""
        if path.startswith("documents"):
            return self.words.documents.get(str(element.get("kind")), "")
        name = element.get("name")
        return str(name) if name else FRENCH_NAMES.get(str(element.get("country")), "")

    def _unit(self, path: str) -> str:
        if path.endswith(".count"):
            return "personnes"
        if path.endswith((".age_min", ".age_max")):
            return "ans"
        found = self._field(path)
        return found.unit if found else ""

    def _field(self, path: str) -> Field | None:
        if found := self.words.scalar(path):
            return found
        section, name = path.split(".", maxsplit=1)[0], path.rsplit(".", 1)[-1]
        collection = {"partners": "organisations"}.get(section, section)
        return self.words.element(collection, name) if collection in COLLECTIONS else None
