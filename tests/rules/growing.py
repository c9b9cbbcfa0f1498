"""Projects that are told fact by fact: what the shipped examples say, and more, drawn from all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.rules.loader import load
from app.rules.told import plain
from app.rules.vocabulary.fields import COLLECTIONS

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from app.rules.model import Edition
    from app.rules.vocabulary.fields import Field

CATALOGUE = load()
TOLD = [(edition, example) for edition in CATALOGUE.editions for example in edition.examples if example.verdict]
LISTS = {"organisations": "partners"} | {name: name for name in COLLECTIONS if name != "organisations"}
ELEMENTS = ("items", "groups", "persons")
COUNTRIES = ("FR", "DE", "PL", "UA", "IT", "CZ", "HU", "SK", "RS", "MD", "SN", "BF", "XK", "CH")
DAYS = (
    "2024-09-10",
    "2024-09-19",
    "2025-05",
    "2025",
    "2025-10-01T12:00+02:00",
    "2026-03-05",
    "2027-01-01",
    "2022-03-20",
)
NUMBERS = (0, 1, 2, 4, 7, 12, 16, 25, 50, 60, 500, 7000, 8455, 10000, 30000, 60000, 80000)
Path = tuple[str | int, ...]


def project(edition: Edition, facts: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The facts of an example, with up to five more or others, most of which the edition reads."""
    told = plain(facts)
    reads = sorted(path for one in edition.criteria for path in one.reads)
    for _ in range(chance.choice((0, 1, 2, 3, 5))):
        section, _dot, name = chance.choice(reads).partition(".") if reads and chance.random() < 0.6 else ("", "", "")
        if section in LISTS or not section:
            _put_element(told, section or chance.choice(list(LISTS)), chance)
        elif section == "score":
            told.setdefault("score", {}).setdefault("parts", {})[name.removeprefix("parts.")] = chance.choice(
                (5, 15, 40)
            )
        elif name and (field := CATALOGUE.words.scalar(f"{section}.{name}")):
            told.setdefault(section, {})[name] = _value(field, chance)
    return told


def _put_element(told: dict[str, Any], collection: str, chance: random.Random) -> None:
    """One more element of a list, or one more field of an element; perhaps there is then no other."""
    key = LISTS[collection]
    listed = told.get(key) if isinstance(told.get(key), dict) else {"items": told.get(key) or []}
    told[key] = listed
    name = "groups" if collection == "participants" else "items"
    if collection == "participants" and "items" in listed:
        listed["groups"] = listed.pop("items")
    elements = listed.setdefault(name, [])
    made = {one.name: _value(one, chance) for one in COLLECTIONS[collection] if chance.random() < 0.3}
    if collection == "participants":
        made = {**{key: one for key, one in made.items() if key != "age"}, "count": chance.choice((0, 1, 4, 25, 30))}
    if elements and chance.random() < 0.5:
        elements[-1] = {**made, **elements[-1]}
    else:
        elements.append(made)
    listed["complete"] = chance.random() < 0.5


def _value(field: Field, chance: random.Random) -> Any:
    if field.type == "yes_no":
        return chance.random() < 0.5
    if field.type == "country":
        return chance.choice(COUNTRIES)
    if field.type in ("number", "age"):
        return chance.choice(NUMBERS)
    if field.type == "when":
        return chance.choice(DAYS)
    if field.type in ("codes", "countries"):
        known = COUNTRIES if field.type == "countries" else tuple(field.codes or ("jep", "sport"))
        return {"complete": chance.random() < 0.6, "items": chance.sample(known, min(len(known), 2))}
    return chance.choice(tuple(field.codes or ("a", "b", "applicant")))


def grown(told: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    """The same project, one fact after the other: elements before their fields, a complete list after its elements."""
    times = {path: chance.random() for path in _facts(told, ())}
    for path in times:
        times[path] = max(times[path[: end + 1]] for end in range(len(path)) if path[: end + 1] in times)
    for path in [one for one in times if one[-1] == "complete"]:
        beside = [one for one in times if one[:-2] == path[:-1] and one[-2] in ELEMENTS and isinstance(one[-1], int)]
        times[path] = max(times[one] for one in [path, *beside])
    moments = sorted(set(times.values()))
    for now in moments[chance.randrange(len(moments)) if moments else 0 :]:
        yield _told_by(told, (), times, now)


def _is_table(value: Any, path: Path) -> bool:
    return isinstance(value, dict) and not (path[0] == "answers" and "value" in value)


def _is_grown(value: Any, path: Path) -> bool:
    """Whether a list grows element by element; the codes of an element without ``complete`` are told at once."""
    return isinstance(value, list) and (path[0] == "project" or path[-1] in {*ELEMENTS, *LISTS.values()})


def _facts(node: Any, above: Path) -> Iterator[Path]:
    for key, value in node.items():
        path = (*above, key)
        if _is_table(value, path):
            yield from _facts(value, path)
        elif _is_grown(value, path):
            for rank, one in enumerate(value):
                yield (*path, rank)
                if isinstance(one, dict):
                    yield from _facts(one, (*path, rank))
        else:
            yield path


def _told_by(node: dict[str, Any], above: Path, times: dict[Path, float], now: float) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, value in node.items():
        path = (*above, key)
        if _is_table(value, path):
            told[key] = _told_by(value, path, times, now)
        elif _is_grown(value, path):
            here = [(rank, one) for rank, one in enumerate(value) if times[*path, rank] <= now]
            told[key] = [
                _told_by(one, (*path, rank), times, now) if isinstance(one, dict) else one for rank, one in here
            ]
        elif times[path] <= now:
            told[key] = value
    return told
