"""Reads TOML strictly: what each key holds is of the type it asks for."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from app.rules.errors import RuleError
from app.rules.model import CONFIDENCES, Severity
from app.rules.plainly import read_plainly
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.rules.language.syntax import Context, Param


def items_of(raw: object, context: Context) -> list[tuple[str, Any]]:
    """The entries of a table of tables."""
    if not isinstance(raw, dict):
        context.fail("il faut ici une table.")
    return list(raw.items())


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """Read TOML; figures with a point become ``Decimal``."""
    plain = read_plainly(text, Decimal)
    if plain is not None:
        return plain
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else _suspect(text)
        reason = _reason(error, text.split("\n")[line - 1])
        raise RuleError(f"ce n’est pas du TOML correct : {reason}.", file=file, line=line) from error


def _suspect(text: str) -> int:
    """The line that the standard reader does not name: the longest number, or the most brackets."""
    lines = text.split("\n")
    if long := next((rank for rank, one in enumerate(lines, 1) if _ENDLESS.search(one)), None):
        return long
    return max(range(1, len(lines) + 1), key=lambda rank: lines[rank - 1].count("[") + lines[rank - 1].count("{"))


_ENDLESS = re.compile(r"[0-9_]{4000}")
_DATED = re.compile(r"=\s*\d{4}-\d{2}-\d{2}\s*(?:#|$)", re.ASCII)


def _reason(error: Exception, line: str) -> str:
    """Why the standard reader stopped at a line, in French."""
    if isinstance(error, RecursionError):
        return "trop de crochets sont les uns dans les autres"
    if not isinstance(error, tomllib.TOMLDecodeError):
        return "un nombre est trop long"
    if _DATED.search(line) and str(error).startswith("Expected newline"):
        return "cette date n’existe pas"  # a thirteenth month is four digits and something over, to the reader
    return next((french for english, french in _REASONS if str(error).startswith(english)), "cette ligne ne se lit pas")


_REASONS = (
    ("Cannot overwrite a value", "la même clé est écrite deux fois"),
    ("Cannot declare", "la même table est écrite deux fois"),
    ("Cannot mutate", "cette table est déjà fermée"),
    ("Expected newline", "quelque chose est de trop à la fin de cette ligne"),
    ("Expected '='", "il manque « = » après un nom"),
    ("Expected ']", "il manque « ] »"),
    ("Unclosed array", "il manque « ] »"),
    ("Unclosed inline table", "il manque « } »"),
    ("Unterminated string", "il manque des guillemets à la fin d’un texte"),
    ("Illegal character", "un texte contient un retour à la ligne ou un signe invisible"),
    ("Invalid value", "cette valeur ne se lit pas ; un texte se met entre guillemets"),
    ("Invalid date", "cette date n’existe pas"),
)


_TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "text": ((str,), "un texte entre guillemets"),
    "yes_no": ((bool,), "true ou false"),
    "day": ((date,), "une date sans guillemets (2024-09-19)"),
    "when": ((date,), "une date ou une date avec l’heure, sans guillemets"),
    "severity": ((str,), "bloquant, avertissement ou information"),
    "confidence": ((str,), "A, B, C, G ou U"),
    "source": ((str, list), "le code d’une source"),
    **dict.fromkeys(
        ("path", "list", "zone", "unit", "collection", "period", "field", "element_path", "document", "stage", "table"),
        ((str,), "un nom entre guillemets"),
    ),
    **dict.fromkeys(
        ("texts", "conditions", "quantities", "cases", "rounds", "rows", "lines", "entries", "levers"),
        ((list,), "une liste [ … ]"),
    ),
    **dict.fromkeys(("where", "facts", "points", "words", "answers"), ((dict,), "une table { … }")),
    "values": ((list,), "une liste de valeurs [ … ]"),
    "values_or_list": ((list, str), "une liste de valeurs [ … ], ou le nom d’une liste"),
}
_SETS: dict[str, tuple[str, ...]] = {"severity": tuple(Severity), "confidence": CONFIDENCES}
_TYPES |= {
    one: ((list,), f"[[{one}]]")
    for one in ("criteria", "documents", "payments", "dates", "contacts", "notes", "cumulation", "examples", "trials")
}
_TYPES |= {"readings": ((list,), "[[…readings]]")}
_TYPES |= {one: ((dict,), f"[{one}]") for one in ("window", "sources", "amount", "tables", "lists")}


def check_types(raw: Mapping[str, Any], known: Mapping[str, Param], context: Context) -> None:
    """Each value is of the type its key asks for; a key that is not known here is looked at elsewhere."""
    for key, value in raw.items():
        one = known.get(key)
        if one is None or isinstance(value, _ENOUGH.get(one.type, ())):
            continue
        if problem := _wrong(one, value):
            context.inside(key).fail(problem)


def expected(kind: str) -> str:
    """What a type of value is, in words; nothing where more than one shape will do."""
    return _TYPES.get(kind, _ANYTHING)[1]


def _wrong(one: Param, value: object) -> str:
    """What is wrong with the value of a key; empty when nothing is."""
    types, said = _TYPES.get(one.type, _ANYTHING)
    if (types and not isinstance(value, types)) or (one.type == "day" and isinstance(value, datetime)):
        return f"« {one.name} » attend {said}."
    if one.type == "text" and (problem := _wrong_text(one.name, str(value))):
        return problem
    if one.type == "texts" and not all(isinstance(text, str) for text in cast("list[object]", value)):
        return f"« {one.name} » attend une liste de textes."
    if one.type in _SETS and value not in _SETS[one.type]:
        return f"« {value} » ne va pas : « {one.name} » attend {said}.{nearest(str(value), _SETS[one.type])}"
    return ""


def _wrong_text(name: str, text: str) -> str:
    if name in _NEVER_EMPTY and not text.strip():
        return f"« {name} » ne reste pas vide."
    if name == "id" and not _ID.fullmatch(text):
        return f"« {text[:60]} » ne va pas : « id » attend des lettres, des chiffres et des traits d’union."
    if name == "url" and not _ADDRESS.fullmatch(text):
        return f"« {name} » attend une adresse qui commence par « https:// » ou « http:// »."
    return ""


_NEVER_EMPTY = frozenset({"title", "label", "says", "name", "funder"})
_ID = re.compile(r"\w[\w-]*")
_ADDRESS = re.compile(r"(?:https?://\S*)?")
_ANYTHING: tuple[tuple[type, ...], str] = ((), "")
_LOOKED_INTO = {"day", "text", "texts", *_SETS}
# The types of which a value needs no second look, which is most of what stands in a file.
_ENOUGH = {kind: types for kind, (types, _said) in _TYPES.items() if kind not in _LOOKED_INTO}
_ENOUGH |= dict.fromkeys(("condition", "quantity"), (object,))
