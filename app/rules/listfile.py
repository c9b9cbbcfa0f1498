"""Reads named lists: those of the folder, and those that an edition file brings for itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.rules.filekeys import FILE_LIST
from app.rules.language.syntax import Context, Param
from app.rules.lists import Entry, NamedList
from app.rules.model import CONFIDENCES
from app.rules.places import Places
from app.rules.strict import items_of, parse_toml
from app.rules.vocabulary.countries import FRENCH_NAMES, OFTEN_MISTAKEN, placed
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LIST = (
    Param("id", "text", "identifiant : le nom du fichier", required=True),
    Param("title", "text", "ce qu’est la liste", required=True),
    Param("complete", "yes_no", "true : ce qui n’y est pas est certainement dehors", required=True),
    Param("source", "text", "d’où elle vient", required=True),
    Param("consulted", "day", "quand elle a été lue", required=True),
    Param("expires", "day", "jour après lequel la confirmer", required=True),
    Param("includes", "texts", "autres listes dont elle reprend les codes"),
    Param("entries", "entries", "les codes"),
)
ENTRY = (
    Param("code", "text", "un code (pays ISO 3166)", required=True),
    Param("from", "day", "premier jour"),
    Param("until", "day", "dernier jour"),
    Param("confidence", "confidence", "A, B, C, G ou U (non vérifié : ne dit ni oui ni non)"),
    Param("source", "text", "d’où vient cette ligne"),
    Param("note", "text", "précision"),
)


_COUNTRY = 2  # letters of the code of a country


def file_context(name: str, text: str) -> tuple[dict[str, Any], Context]:
    """A file of the folder, read, and where the reader is in it."""
    file = f"funding_rules/{name}"
    return parse_toml(text, file), Context(file=file, line_of=Places(text).line)


def read_lists(texts: Mapping[str, str]) -> tuple[dict[str, NamedList], list[tuple[str, date]]]:
    """The named lists, those that include others after them."""
    raws = {}
    for name, text in texts.items():
        raw, context = file_context(name, text)
        context.table(raw, LIST)
        if raw["id"] != Path(name).stem:
            context.inside("id").fail(f"« id » doit être « {Path(name).stem} », comme le nom du fichier.")
        raws[raw["id"]] = (raw, context)
    lists: dict[str, NamedList] = {}
    for name in raws:
        _list(name, raws, lists, ())
    return lists, [(name, raw["expires"]) for name, (raw, _context_) in raws.items()]


def _list(
    name: str, raws: Mapping[str, tuple[dict[str, Any], Context]], lists: dict[str, NamedList], above: tuple[str, ...]
) -> NamedList:
    if name in lists:
        return lists[name]
    raw, context = raws[name]
    entries = _entries(raw, context)
    complete = raw["complete"]
    for other in raw.get("includes", []):
        if other not in raws or other in (*above, name):
            hint = nearest(str(other), set(raws) - {*above, name})
            context.inside("includes").fail(f"« {other} » n’est pas une autre liste.{hint}")
        included = _list(other, raws, lists, (*above, name))
        entries.extend(included.entries)
    by_code: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        by_code[entry.code] = (*by_code.get(entry.code, ()), entry)
    lists[name] = NamedList(name, raw["title"], tuple(entries), complete=complete, by_code=by_code)
    return lists[name]


def _entries(raw: Mapping[str, Any], context: Context) -> list[Entry]:
    """The codes of a list; one code has no two answers for the same day."""
    entries: list[Entry] = []
    for rank, told in enumerate(raw.get("entries", [])):
        here = context.inside("entries", rank)
        one = read_entry(told, here)
        if any(other.code == one.code and _overlap(other, one) for other in entries):
            here.fail(f"« {one.code} » est dit deux fois pour les mêmes jours.")
        entries.append(one)
    return entries


def _overlap(one: Entry, other: Entry) -> bool:
    ends_before = one.until is not None and other.since is not None and one.until < other.since
    starts_after = one.since is not None and other.until is not None and other.until < one.since
    return not (ends_before or starts_after)


def read_entry(raw: object, here: Context) -> Entry:
    """One code of a list, alone or with its days."""
    if isinstance(raw, str):
        raw = {"code": raw}
    table = here.table(raw, ENTRY)
    if table.get("confidence", "B") not in CONFIDENCES:
        here.fail("« confidence » attend A, B, C, G ou U.")
    code = table["code"]
    if len(code) == _COUNTRY and code.isascii() and code.isupper() and code not in FRENCH_NAMES:
        hint = OFTEN_MISTAKEN.get(code, "")
        here.fail(f"« {code} » n’est pas un code de pays.{f' Vouliez-vous dire « {hint} » ?' if hint else ''}")
    return Entry(
        placed(code), table.get("from"), table.get("until"), table.get("confidence", ""),
        table.get("source", ""), table.get("note", ""),
    )  # fmt: skip


def own_lists(raw: Mapping[str, Any], context: Context) -> dict[str, NamedList]:
    """The lists that only the rules of this file may name; they never replace one of the folder."""
    found: dict[str, NamedList] = {}
    for name, told in items_of(raw.get("lists", {}), context.inside("lists")):
        here = context.inside("lists", name)
        here.table(told, FILE_LIST)
        if name in context.lists:
            here.fail(f"« {name} » est déjà une liste de funding_rules/lists : donnez-lui un autre nom.")
        entries = _entries(told, here)
        by_code: dict[str, tuple[Entry, ...]] = {}
        for one in entries:
            by_code[one.code] = (*by_code.get(one.code, ()), one)
        found[name] = NamedList(name, told["title"], tuple(entries), complete=told["complete"], by_code=by_code)
    return found
