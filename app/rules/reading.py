"""Reads a project's facts from plain JSON values, strictly: an unknown word is refused, with the nearest right one."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.rules.derived import completed, consistency
from app.rules.facts import ONE, Codes, Collection, Facts
from app.rules.numbers import NOTHING, exact, point
from app.rules.vocabulary.countries import FRENCH_NAMES, OFTEN_MISTAKEN, placed
from app.rules.vocabulary.fields import COLLECTIONS, SECTIONS, TOP, Field
from app.rules.when import parse_when
from app.rules.words import Words, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rules.facts import Element, Value
    from app.rules.numbers import Bounds, Number

_LISTS = {"partners": "organisations", **{name: name for name in COLLECTIONS if name != "organisations"}}
_TITLES = ("schema", *(one.name for one in TOP))
_SUBDIVISION = re.compile(r"([A-Z]{2})(-[A-Z0-9]{1,3})?")
_MOST = 10**12
_DIGITS = 12  # of _MOST; looked at first, since a huge exponent cannot be worked with
_DECIMALS = 9


class FactsError(ValueError):
    """The facts cannot be read; each problem says where, what and what to write instead."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def read_facts(told: object, words: Words | None = None) -> Facts:
    """Read facts.

    :raises FactsError: with every problem found.
    """
    reader = _Reader(words or Words())
    facts = reader.everything(told)
    problems = reader.problems or (consistency(facts) if facts else [])
    if problems or facts is None:
        raise FactsError(problems or ["Ces faits ne peuvent pas être lus."])
    facts.unread = tuple(dict.fromkeys(reader.unread))
    return facts


class _Reader:
    def __init__(self, words: Words) -> None:
        self.words = words
        self.problems: list[str] = []
        self.unread: list[str] = []
        self.flat: dict[str, Value] = {}
        self.lists: dict[str, Collection] = {}

    def everything(self, told: object) -> Facts | None:
        known = {*(one.name for one in TOP), *SECTIONS, *_LISTS, "applicant", "answers", "schema"}
        if told is None:
            self._refuse("faits", "attend un objet { … }")
        for name, value in self._table(told, "faits", known).items():
            if name in _TITLES and value is not None and not isinstance(value, str):
                self._refuse(name, "attend un texte entre guillemets")
            if name in SECTIONS:
                self._section(name, value)
            elif name == "participants":
                self._participants(value)
            elif name in _LISTS:
                self._list(name, value)
            elif name == "answers":
                self._answers(value)
        self._applicant(told.get("applicant") if isinstance(told, dict) else None)
        return (
            None
            if self.problems
            else completed(Facts(self.flat, self.lists, told=told if isinstance(told, dict) else {}))
        )

    def _section(self, name: str, told: object) -> None:
        fields = {one.name: one for one in SECTIONS[name]}
        more = {"parts"} if name == "score" else set()
        for key, value in self._table(told, name, {*fields, *more}).items():
            if key == "parts":
                self._parts(value)
            else:
                self._scalar(f"{name}.{key}", fields[key], value)

    def _parts(self, told: object) -> None:
        if not isinstance(told, dict):
            self._refuse("score.parts", "attend un objet { critère : note }")
            return
        for key, value in told.items():
            self._scalar(f"score.parts.{key}", Field(key, "number", "", "points"), value)

    def _answers(self, told: object) -> None:
        """Answers are told as such, or as ``{value, by, on}`` when a named person ticked them."""
        for key, value in self._table(told, "answers", set(self.words.answers)).items():
            ticked = value.get("value") if isinstance(value, dict) else value
            self._scalar(f"answers.{key}", self.words.answers[key], ticked)

    def _applicant(self, told: object) -> None:
        element = self._element("applicant", told or {}, "organisations")
        for key, value in element.items():
            self.flat[f"applicant.{key}"] = value
        stated = element.get("role")
        roles = stated.items if isinstance(stated, Codes) else frozenset()
        said_all = isinstance(stated, Codes) and stated.complete
        element = {**element, "role": Codes(roles | {"applicant"}, complete=said_all)}
        others = self.lists.get("organisations", Collection())
        kept = tuple(one for one in others.items if not _is_same(one, element))
        self.lists["organisations"] = Collection((element, *kept), (ONE,) * (len(kept) + 1), complete=others.complete)

    def _list(self, name: str, told: object) -> None:
        items, complete = self._items(name, told)
        read = tuple(self._element(f"{name}[{rank}]", one, _LISTS[name]) for rank, one in enumerate(items))
        self.lists[_LISTS[name]] = Collection(read, (ONE,) * len(read), complete=complete)

    def _participants(self, told: object) -> None:
        if isinstance(told, list):
            told = {"groups": told}
        table = self._table(told, "participants", {"complete", "total", "invited", "groups", "persons"})
        for name in ("total", "invited"):
            if table.get(name) is not None:
                field = Field(name, "number", "", "personnes")
                self._scalar(f"participants.{name}", field, table[name])
        elements: list[Element] = []
        weights: list[Bounds] = []
        for kind in ("groups", "persons"):
            for rank, one in enumerate(self._array(f"participants.{kind}", table.get(kind))):
                where = f"participants.{kind}[{rank}]"
                elements.append(self._persons(where, one, group=kind == "groups"))
                weights.append(self._weight(where, one) if kind == "groups" else ONE)
        complete = self._complete("participants", table) and not (table.get("groups") is table.get("persons") is None)
        self.lists["participants"] = Collection(tuple(elements), tuple(weights), complete=complete)

    def _persons(self, where: str, told: object, *, group: bool) -> Element:
        more = {"count", "age_min", "age_max"} if group else set()
        element = self._element(where, told, "participants", more)
        table = told if isinstance(told, dict) else {}
        youngest, oldest = (self._number(f"{where}.{name}", table.get(name)) for name in ("age_min", "age_max"))
        if group and (youngest is not None or oldest is not None):
            element["age"] = (youngest, oldest)
        return element

    def _weight(self, where: str, told: object) -> Bounds:
        count = self._number(f"{where}.count", told.get("count") if isinstance(told, dict) else None)
        if count is not None and type(count) is not int:
            self._refuse(f"{where}.count", "attend un nombre entier")
        return (0, None) if count is None else point(count)

    def _element(self, where: str, told: object, collection: str, more: Iterable[str] = ()) -> Element:
        fields = {one.name: one for one in COLLECTIONS[collection]}
        element: Element = {}
        for key, value in self._table(told, where, {*fields, *more}).items():
            if key in fields and value is not None:
                read = self._value(f"{where}.{key}", fields[key], value)
                if read is not None:
                    element[key] = read
        return element

    def _scalar(self, path: str, field: Field, told: object) -> None:
        if told is not None and (value := self._value(path, field, told)) is not None:
            self.flat[path] = value

    def _value(self, where: str, field: Field, told: object) -> Value | None:
        if field.type in ("codes", "countries"):
            return self._codes(where, field, told)
        if field.type == "age":
            age = self._number(where, told)
            return NOTHING if age is None else point(age)
        if field.type == "number":
            number = self._number(where, told, can_be_negative=False)
            is_read = number is None or isinstance(number, int) or not field.is_whole
            return number if is_read else self._refuse(where, "attend un nombre entier")
        if field.type == "yes_no":
            return told if isinstance(told, bool) else self._refuse(where, "attend true ou false")
        if not isinstance(told, str):
            return self._refuse(where, "attend un texte entre guillemets")
        return self._word(where, field, told)

    def _word(self, where: str, field: Field, told: str) -> Value | None:
        if field.type == "when":
            return self._when(where, told)
        if field.type == "country":
            return self._country(where, told)
        if field.named:
            return self._named(field, told)
        known = self.words.documents if field.name == "kind" and where.startswith("documents[") else field.codes
        if known and told not in known:
            return self._refuse(where, f"ne connaît pas « {told[:60]} ».{nearest(told, known)}")
        return told

    def _named(self, field: Field, told: str) -> str | None:
        """The code of what is told by a name; none for a name that nobody knows here, which is said."""
        found = self.words.known_as(field, told)
        if found is None:
            what = "Le programme" if field.name == "programme" else "L’agrément"
            self.unread.append(
                f"{what} « {told[:60]} » n’est pas connu d’ici : ce qui en dépend reste à vérifier."
                f"{self.words.nearest_name(field, told)}"
            )
        return found

    def _when(self, where: str, told: str) -> Value | None:
        try:
            return parse_when(told)
        except (ValueError, KeyError, OSError, OverflowError) as error:
            if error.args == ("zone",):
                return self._refuse(where, "donne une heure sans fuseau : ajoutez « +02:00 » ou « [Europe/Brussels] »")
            if error.args == ("offset",):
                return self._refuse(
                    where, "donne un décalage et un fuseau qui ne vont pas ensemble : gardez l’un des deux"
                )
            if error.args == ("skipped",):
                return self._refuse(where, "donne une heure qui n’existe pas : cette nuit-là, on avance l’heure")
            return self._refuse(where, "attend une date (2024-09-19, 2024-09, ou 2024-09-19T17:00+02:00)")

    def _country(self, where: str, told: str) -> Value | None:
        found = _SUBDIVISION.fullmatch(told)
        if found and found[1] in FRENCH_NAMES:
            return placed(told)
        hint = OFTEN_MISTAKEN.get(told.upper(), told.upper() if told.upper() in FRENCH_NAMES else "")
        said = f" Vouliez-vous dire « {hint} » ?" if hint else ""
        return self._refuse(where, f"attend un code de pays (FR, DE, UA…), pas « {told[:60]} ».{said}")

    def _codes(self, where: str, field: Field, told: object) -> Codes | None:
        is_list_of_project = where.startswith("project.")
        if isinstance(told, str):
            items, complete = [told], not is_list_of_project
        else:
            if isinstance(told, dict) and told.get("items") is None:
                self._items(where, told)
                return None
            items, complete = self._items(where, told)
            complete = complete or (not is_list_of_project and isinstance(told, list))
        read = set()
        for one in items:
            is_place = field.type == "countries"
            kind = Field(field.name, "country" if is_place else "code", "", codes=field.codes, named=field.named)
            if isinstance(word := self._value(where, kind, one), str):
                read.add(word)
            elif field.named:
                complete = False
        return Codes(frozenset(read), complete)

    def _number(self, where: str, told: object, *, can_be_negative: bool = False) -> Number | None:
        if told is None:
            return None
        if isinstance(told, bool) or not isinstance(told, int | float | Decimal):
            self._refuse(where, "attend un nombre, sans guillemets ni unité")
            return None
        number = Decimal(str(told))
        if not _is_ordinary(number):
            self._refuse(where, "attend un nombre ordinaire")
            return None
        if number < 0 and not can_be_negative:
            self._refuse(where, "ne peut pas être négatif")
            return None
        return exact(number)

    def _items(self, where: str, told: object) -> tuple[list[Any], bool]:
        if isinstance(told, list):
            return told, False
        table = self._table(told, where, {"complete", "items"})
        complete = self._complete(where, table)
        return self._array(where, table.get("items")), complete and table.get("items") is not None

    def _complete(self, where: str, table: dict[str, Any]) -> bool:
        told = table.get("complete")
        if told is not None and not isinstance(told, bool):
            self._refuse(f"{where}.complete", "attend true ou false")
        return told is True

    def _array(self, where: str, told: object) -> list[Any]:
        if told is not None and not isinstance(told, list):
            self._refuse(where, "attend une liste")
        return told if isinstance(told, list) else []

    def _table(self, told: object, where: str, known: set[str]) -> dict[str, Any]:
        if told is None:
            return {}
        if not isinstance(told, dict):
            self._refuse(where, "attend un objet { … }")
            return {}
        for key in told:
            if key not in known:
                self._refuse(where, f"ne connaît pas « {str(key)[:60]} ».{nearest(str(key), known)}")
        return {key: value for key, value in told.items() if key in known}

    def _refuse(self, where: str, problem: str) -> Value | None:
        """Note a problem; there is then no value."""
        self.problems.append(f"« {where} » {problem}" + ("" if problem.endswith((".", "?")) else "."))
        return None


def _is_same(one: Element, applicant: Element) -> bool:
    """Whether the applicant stands among the partners as well: it is then counted once."""
    name = applicant.get("id")
    return name is not None and one.get("id") == name and one.get("country") in (None, applicant.get("country"))


def _is_ordinary(number: Decimal) -> bool:
    if not number.is_finite() or number.adjusted() > _DIGITS or abs(number) > _MOST:
        return False
    return number == round(number, _DECIMALS)
