"""The kinds of value a fact may have: each reads JSON, says what is wrong, and describes itself as JSON Schema."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Protocol

from app.law.words import french

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIRST_YEAR, _LAST_YEAR = 1800, 2200  # beyond, a date is a slip of the keyboard
_LARGEST = 10**9
_LONGEST = 100_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Fault:
    """What is wrong, where, and what to do."""

    at: str
    sentence: str

    def __str__(self) -> str:
        return french(f"{self.at} : {self.sentence}") if self.at else french(self.sentence)


class Kind(Protocol):
    """One way to tell a fact."""

    def read(self, value: object, at: str, faults: list[Fault]) -> Any:
        """Return the value, or add a fault and return None."""

    def schema(self) -> dict[str, Any]:
        """Describe the values that ``read`` accepts."""


def shown(value: object) -> str:
    """Write a JSON value as its author wrote it, shortened."""
    words = {True: "true", False: "false", None: "null"}
    if isinstance(value, bool) or value is None:
        return words[value]
    if isinstance(value, dict):
        return "un objet { … }"
    if isinstance(value, list):
        return "une liste [ … ]"
    text = f"« {value} »" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004  # a line of a screen


@dataclass(frozen=True)
class Text:
    """Free text."""

    def read(self, value: object, at: str, faults: list[Fault]) -> str | None:
        if isinstance(value, str) and value.strip() and len(value) <= _LONGEST:
            if _CONTROL.search(value):
                faults.append(Fault(at, "ce texte contient un signe invisible qui n'est pas du texte ; retirez-le."))
                return None
            return value.strip()
        what = "ce texte est vide ; retirez la ligne si vous ne savez pas" if value == "" else "un texte est attendu"
        faults.append(Fault(at, f"{what}, et non {shown(value)}." if value != "" else f"{what}."))
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


@dataclass(frozen=True)
class Country:
    """A country: two letters of ISO 3166."""

    def read(self, value: object, at: str, faults: list[Fault]) -> str | None:
        if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2}", value.strip()):
            return value.strip().upper()
        faults.append(Fault(at, f"un pays se dit en deux lettres ISO (« DE »), et non {shown(value)}."))
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Za-z]{2}$"}


@dataclass(frozen=True)
class PlaceCode:
    """An official code: of a commune (five characters), or of a department."""

    pattern: str
    what: str

    def read(self, value: object, at: str, faults: list[Fault]) -> str | None:
        if isinstance(value, str) and re.fullmatch(self.pattern, value.strip(), re.ASCII):
            return value.strip().upper()
        faults.append(Fault(at, f"{self.what} est attendu, entre guillemets, et non {shown(value)}."))
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    def read(self, value: object, at: str, faults: list[Fault]) -> bool | None:
        if isinstance(value, bool):
            return value
        faults.append(Fault(at, f"true ou false est attendu (sans guillemets), et non {shown(value)}."))
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Count:
    """A whole number, zero or more."""

    least: int = 0
    most: int = _LARGEST

    def read(self, value: object, at: str, faults: list[Fault]) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int):
            faults.append(Fault(at, f"un nombre entier est attendu (sans guillemets), et non {shown(value)}."))
        elif not self.least <= value <= self.most:
            faults.append(
                Fault(at, f"{shown(value)} est impossible ici : donnez un nombre de {self.least} à {self.most}.")
            )
        else:
            return value
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Money:
    """Euros: a number, or its text with a decimal point."""

    def read(self, value: object, at: str, faults: list[Fault]) -> Decimal | None:
        amount: Decimal | None = None
        if isinstance(value, int | Decimal | str) and not isinstance(value, bool):
            try:
                amount = Decimal(value)
            except InvalidOperation:
                amount = None
        if amount is None or not amount.is_finite():
            faults.append(Fault(at, f"une somme en euros est attendue (15000 ou 15000.50), et non {shown(value)}."))
        elif amount < 0 or amount > _LARGEST * 1000:
            faults.append(Fault(at, f"{shown(value)} est impossible ici : une somme est nulle ou positive."))
        elif amount != round(amount, 2):
            faults.append(Fault(at, f"{shown(value)} : une somme s'arrête aux centimes (15000.50)."))
        else:
            return amount
        return None

    def schema(self) -> dict[str, Any]:
        number = {"type": "number", "minimum": 0}
        return {"anyOf": [number, {"type": "string", "pattern": r"^\d+(\.\d{1,2}0*)?$"}]}


@dataclass(frozen=True)
class Day:
    """A calendar day, ``2026-09-11``."""

    def read(self, value: object, at: str, faults: list[Fault]) -> date | None:
        day = _day(value)
        if day is None:
            faults.append(Fault(at, f"une date est attendue sous la forme 2026-09-11, et non {shown(value)}."))
        elif not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            faults.append(Fault(at, f"l'année {day.year} est hors de portée ; vérifiez la date."))
        else:
            return day
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


def _day(value: object) -> date | None:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


@dataclass(frozen=True)
class OrNo:
    """A value, or ``false`` to say that there is none; absent, one does not know."""

    kind: Kind

    def read(self, value: object, at: str, faults: list[Fault]) -> Any:
        return False if value is False else self.kind.read(value, at, faults)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.kind.schema(), {"const": False}]}


@dataclass(frozen=True)
class OneOf:
    """One word of a closed list, each with its French sense."""

    words: Mapping[str, str]

    def read(self, value: object, at: str, faults: list[Fault]) -> str | None:
        if isinstance(value, str) and value in self.words:
            return value
        known = ", ".join(f"{word} ({sense})" for word, sense in self.words.items())
        faults.append(Fault(at, f"{shown(value)} n'est pas un mot connu ici. Mots possibles : {known}."))
        return None

    def schema(self) -> dict[str, Any]:
        senses = " ; ".join(f"{word} : {sense}" for word, sense in self.words.items())
        return {"enum": [*self.words], "$comment": french(senses)}


@dataclass(frozen=True)
class Many:
    """A list; ``or_one`` accepts a single element without its brackets."""

    kind: Kind
    or_one: bool = False

    def read(self, value: object, at: str, faults: list[Fault]) -> tuple[Any, ...] | None:
        if isinstance(value, list):
            read = [self.kind.read(one, f"{at}[{index}]", faults) for index, one in enumerate(value)]
            return tuple(one for one in read if one is not None)
        if self.or_one:
            one = self.kind.read(value, at, faults)
            return None if one is None else (one,)
        faults.append(Fault(at, f"une liste [ … ] est attendue, et non {shown(value)}."))
        return None

    def schema(self) -> dict[str, Any]:
        several = {"type": "array", "items": self.kind.schema()}
        return {"anyOf": [several, self.kind.schema()]} if self.or_one else several


@dataclass(frozen=True)
class FirstOf:
    """Either a count or names, for instance: the kind whose JSON type fits reads the value."""

    by_type: Mapping[type, Kind]

    def read(self, value: object, at: str, faults: list[Fault]) -> Any:
        for type_, kind in self.by_type.items():
            if isinstance(value, type_) and (type_ is bool or not isinstance(value, bool)):
                return kind.read(value, at, faults)
        known = {int: "un nombre", list: "une liste de noms", bool: "true ou false", str: "un texte", dict: "un objet"}
        hoped = " ou ".join(known.get(type_, "une valeur") for type_ in self.by_type)
        faults.append(Fault(at, f"{hoped} est attendu, et non {shown(value)}."))
        return None

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [kind.schema() for kind in self.by_type.values()]}


@dataclass(frozen=True)
class ByName:
    """An object whose keys are free (names of persons, languages…)."""

    kind: Kind

    def read(self, value: object, at: str, faults: list[Fault]) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            faults.append(Fault(at, f"un objet {{ nom : valeur }} est attendu, et non {shown(value)}."))
            return None
        read = {name: self.kind.read(one, f"{at}.{name}", faults) for name, one in value.items()}
        return {name: one for name, one in read.items() if one is not None}

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.kind.schema()}


@dataclass(frozen=True)
class Cells:
    """A row of a table as it stands: text, number, true/false or null."""

    def read(self, value: object, at: str, faults: list[Fault]) -> dict[str, Any] | None:
        if isinstance(value, dict) and not any(isinstance(cell, dict | list) for cell in value.values()):
            return value
        faults.append(Fault(at, f"une ligne {{ colonne : valeur }} est attendue, et non {shown(value)}."))
        return None

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "additionalProperties": {"type": ["string", "number", "integer", "boolean", "null"]},
        }


def fact(kind: Kind, sense: str, *, aka: str = "", singular: str = "") -> Any:
    """Declare one field: its kind, its sense in French, other words people try for it, its singular if a list."""
    metadata = {"kind": kind, "sense": sense, "aka": tuple(aka.split()), "singular": singular}
    return dataclasses.field(default=None, metadata=metadata)


TEXT = Text()
FLAG = Flag()
COUNT = Count()
MONEY = Money()
DAY = Day()
YEAR = Count(_FIRST_YEAR, _LAST_YEAR)
AGE = Count(0, 130)
TEXTS = Many(TEXT, or_one=True)
INSEE = PlaceCode(
    "(?:0[1-9]|[1-8][0-9]|9[0-5]|2[ABab])[0-9]{3}|9[78][0-9]{3}",
    "un code officiel géographique de cinq caractères (« 59522 », « 2A004 », « 97411 »)",
)
DEPARTMENT = PlaceCode("0?[1-9]|[1-8][0-9]|9[0-5]|2[ABab]|9[78][0-9]", "un département (« 59 », « 2A », « 974 »)")
PEOPLE = FirstOf({int: Count(), list: Many(Text())})
HAPPENED = OrNo(Day())
