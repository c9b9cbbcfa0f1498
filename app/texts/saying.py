"""One field of a document in words: its name, its value in the language, what it points at by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.texts import document as parts
from app.texts import formats, labels
from app.texts.faults import allowed
from app.texts.merge import merge
from app.texts.phrases import Speaker
from app.texts.walk import bare, hints, role_of, structures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.texts.document import Document

HEADS: dict[type[Struct], tuple[str, ...]] = {
    parts.Party: ("name", "official_name"),
    parts.Signatory: ("title", "name", "initials"),
    parts.Contributor: ("title", "name"),
    parts.Office: ("role",),
    parts.Present: ("name",),
    parts.GroupVote: ("name",),
    parts.Statement: ("by", "text"),
    parts.JointBody: ("name", "kind"),
    parts.Act: ("kind", "kind_as_written", "title", "date"),
    parts.Signing: ("places", "date"),
    parts.Relation: ("towns",),
    parts.Clause: ("number", "summary"),
    parts.Commitment: ("what",),
    parts.Basis: ("text",),
    parts.Related: ("kind", "title"),
    parts.Subject: ("subject",),
    parts.Symbol: ("kind",),
    parts.Annex: ("title",),
    parts.Fact: ("label", "value"),
    parts.Conflict: ("statement",),
    parts.Authority: ("language",),
    parts.Spot: ("name",),
    parts.Division: ("name",),
    parts.Name: ("text",),
    parts.Code: ("system", "value"),
    parts.Sitting: ("date",),
    parts.Address: ("text", "place", "at"),
    parts.Copy: ("kind",),
    parts.Reservation: ("kind",),
    parts.Correction: ("kind",),
}
_FREE = {
    "Division.kind", "Code.system", "Code.kind", "Relation.kind", "Relation.status", "Subject.kind", "Clause.topic",
    "Symbol.kind", "Annex.kind", "Signatory.role", "Office.role", "Address.at", "Mandate.given_by", "Present.role",
}  # fmt: skip
_HIDDEN = {"id", "format", "version", "model", "revised", "translated_from", "from_model"}
_HIDDEN_IN = {
    "Article.clause",
    "Article.level",
    "Article.heading",
    "Article.body",
    "Article.number_as_written",
    "Article.numbers",
}
_OUR_OWN = {
    "Document": {"kind", "title", "subtitle", "languages", "about", "fields", "authority", "order_by_language"},
    "Party": {"names", "country", "body", "divisions", "codes", "languages", "seat", "show_division"},
    "Signatory": {"role", "roles", "title", "mandate", "parties", "delegation"},
    "Signing": {"order"},
    "Act": {"kind", "by", "date", "reference"},
    "Copies": {"number"},
    "Article": {"proofread_by"},
}
"""What the pages of the product fill in by themselves: no fact that somebody recorded beside the text."""
_FIRST_WORDS = 6
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Hebrew, Arabic, Syriac and their like."""


class Sayer:
    """Says the fields of one document in one language; what it refers to by identifier, it names."""

    def __init__(self, document: Document, language: str, *, own: bool = False) -> None:
        self._document = document
        self._language = language
        self._own = own
        self._names: dict[str, str] = {}
        for _path, one in structures(document):
            if getattr(one, "id", None) and one is not document:
                self._names[str(one.id)] = ", ".join(self._name(one))  # type: ignore[attr-defined]  # just looked up

    def _pair(self, owner: Struct, field: str, value: Any) -> tuple[str, str]:  # noqa: ANN401
        label = self._label(type(owner).__name__, field)
        return (label, "") if value is True else (label, self._value(owner, field, value))

    def _name(self, one: Struct) -> list[str]:
        """What a structure is called: its head, or what is first said of it."""
        if isinstance(one, parts.Article):
            return [self._article_name(one)]
        given = dict(self._fields(one, hide=False))
        names = [self._value(one, name, given[name]) for name in HEADS.get(type(one), ()) if given.get(name)]
        return [name for name in names if name]

    def _article_name(self, one: parts.Article) -> str:
        """Its heading or its number; of an article that has neither, its first words."""
        if heading := one.heading.get(self._language) or next(iter(one.heading.values()), ""):
            return heading
        shown = {part.id: part for part in merge(self._document, self._language).parts}
        part = shown.get(one.id)
        if part is not None and part.number:
            return part.number
        body = one.body.get(self._language) or next(iter(one.body.values()), "")
        first = " ".join(body.split()[:_FIRST_WORDS])
        return f"{first}…" if first else labels.field("Clause", "article", self._language)

    # --- fields ---------------------------------------------------------------------------------------------------

    def _fields(self, one: Struct, *, hide: bool = True) -> Iterator[tuple[str, Any]]:
        """The fields that differ from what is meant when nothing is said."""
        owner = type(one).__name__
        for field in msgspec.structs.fields(type(one)):
            value = getattr(one, field.name)
            default = field.default_factory() if callable(field.default_factory) else field.default
            if value == default or field.name in _HIDDEN or f"{owner}.{field.name}" in _HIDDEN_IN:
                continue
            if hide and (
                self._is_ours(owner, field.name)
                or (field.name == "currency" and getattr(one, "amount", None) is not None)
            ):
                continue
            yield field.name, value

    def _is_ours(self, owner: str, name: str) -> bool:
        return self._own and name in _OUR_OWN.get(owner, ())

    def _label(self, owner: str, name: str) -> str:
        return labels.field(owner, name, self._language)

    # --- values ---------------------------------------------------------------------------------------------------

    def _value(self, owner: Struct, field: str, value: Any) -> str:  # noqa: ANN401  # any part of a document
        if isinstance(value, bool):
            return formats.yes_or_no(value, self._language)
        if isinstance(value, Struct):
            return self._structure(field, value)
        if isinstance(value, list):
            said = [self._value(owner, field, one) for one in value]
            return (" ; " if any("," in one for one in said) else ", ").join(said)
        if isinstance(value, dict):
            return ", ".join(self._keyed(owner, field, key, one) for key, one in value.items())
        if isinstance(value, int):
            return str(value) if field in {"year", "version"} else formats.whole(value, self._language)
        return self._text(owner, field, str(value))

    def _keyed(self, owner: Struct, field: str, key: str, value: Any) -> str:  # noqa: ANN401
        """One value of a mapping: by language, or by party. A party may be called like a language: pl, uk, fr."""
        said = self._value(owner, field, value)
        mapping = bare(hints(type(owner))[field])
        by_language = get_origin(mapping) is dict and role_of(get_args(mapping)[0]) == "language"
        name = formats.language_name(key, self._language) if by_language else self._names.get(key, key)
        return f"{said} ({name})"

    def _text(self, owner: Struct, field: str, text: str) -> str:
        kind = type(owner).__name__
        hint = hints(type(owner))[field]
        if field == "label" and isinstance(owner, parts.BudgetLine):
            return text
        if text in _choice(hint):
            return labels.value(kind, field, text, self._language)
        if f"{kind}.{field}" in _FREE:
            speaker = Speaker(self._document, self._language)
            return speaker.words.roles.get(text) or labels.word(speaker.code(text), self._language)
        if field in {"amount", "amount_to"}:
            return formats.money(text, getattr(owner, "currency", None), self._language)
        sayers: dict[str, Callable[[str], str]] = {
            "day": lambda said: formats.day(said, self._language),
            "language": lambda said: formats.language_name(said, self._language),
            "country": lambda said: formats.country(said, self._language),
            "currency": lambda said: formats.currency(said, self._language),
            "slug": lambda said: self._names.get(said, said),
        }
        role = role_of(hint) or role_of(_inner(hint))
        return sayers[role](text) if role in sayers else _apart(text)

    def _structure(self, field: str, one: Struct) -> str:
        if isinstance(one, parts.When):
            return self._when(one)
        if isinstance(one, parts.Duration):
            return self._duration(one)
        if isinstance(one, parts.Value):
            return self._valued(field, one)
        if isinstance(one, parts.Name | parts.Spot | parts.Division | parts.Code):
            return self._bracketed(one)
        return self._nested(one)

    def _valued(self, field: str, one: parts.Value) -> str:  # noqa: PLR0911  # one line a sort of value
        speaker = Speaker(self._document, self._language)
        match one:
            case parts.TextValue():
                texts = [one.value, *(f"{text} ({self._tongue(code)})" for code, text in one.by_language.items())]
                return ", ".join(text for text in texts if text)
            case parts.DateValue():
                return formats.day(one.value, self._language)
            case parts.EurValue():
                return formats.euros(one.value, self._language)
            case parts.MoneyValue():
                return formats.money(one.value, one.currency, self._language)
            case parts.ListValue():
                return " ; ".join(self._valued(field, item) for item in one.items)
            case parts.CodesValue():
                return ", ".join(speaker.code(code) for code in one.items)
            case parts.BudgetValue():
                return " ; ".join(
                    "".join(piece.text for piece in line) for line in speaker.budget(field, self._labelled(one))
                )
            case _:
                return self._value(one, "value", one.value)

    def _labelled(self, budget: parts.BudgetValue) -> parts.BudgetValue:
        """A budget told in a language that the text is not in: its items by the names that they have in the text."""
        if self._language in self._document.languages:
            return budget
        lines = []
        for line in budget.lines:
            known = line.label.by_language
            name = known.get(self._language) or line.label.value or " / ".join(dict.fromkeys(known.values()))
            lines.append(replace(line, label=parts.TextValue(value=name)))
        return replace(budget, lines=lines)

    def _bracketed(self, one: Struct) -> str:
        """A name, then in brackets what is said of it without labels: « Esslingen (district) »."""
        said = [
            self._value(one, field, value)
            if field in {"kind", "country", "language", "venue", "divisions"}
            else self._said(one, field, value)
            for field, value in self._fields(one)
            if field not in HEADS[type(one)]
        ]
        mark = " " if isinstance(one, parts.Code) else ", "
        head = mark.join(self._name(one))
        return f"{head} ({', '.join(said)})" if said else head

    def _nested(self, one: Struct) -> str:
        head = ", ".join(self._name(one))
        heading = HEADS.get(type(one), ())
        rest = [self._said(one, field, value) for field, value in self._fields(one) if field not in heading]
        if not head:
            return ", ".join(rest)
        return f"{head} ({', '.join(rest)})" if rest else head

    def _said(self, one: Struct, field: str, value: Any) -> str:  # noqa: ANN401  # any part of a document
        label, text = self._pair(one, field, value)
        if text.startswith(label):  # « scrutin » and « scrutin secret »
            return text
        if isinstance(value, parts.When) and value.date is None:
            return f"{label} ({text})"
        return f"{label} {text}" if text else label

    def _when(self, when: parts.When) -> str:
        """A date with its hour, its calendar, its words; « sans date » where it bears none."""
        ours = when.calendar in {"gregorian", "julian"}
        said = [formats.day(when.date, self._language) if ours else when.date] if when.date else []
        said += [when.time + (f"–{when.time_end}" if when.time_end else "")] if when.time else []
        if when.state != "given":
            said.append(labels.value("When", "state", when.state, self._language))
        skip = {"date", "time", "time_end", "state"} if when.time else {"date", "time", "state"}
        for field, value in self._fields(when):
            if field in {"calendar", "timezone"}:
                said.append(self._value(when, field, value))
            elif field not in skip:
                said.append(self._said(when, field, value))
        return ", ".join(said)

    def _duration(self, one: parts.Duration) -> str:
        said = []
        for field, value in self._fields(one):
            if isinstance(value, int):
                said.append(f"{formats.whole(value, self._language)} {self._unit(field, value)}")
            else:
                said.append(self._value(one, field, value))
        return ", ".join(said)

    def _unit(self, field: str, number: int) -> str:
        """« 1 an », « 2 ans »; in the languages of ``labels.toml`` that have a form for one."""
        one = (
            labels.tables()["units"].get(field, {}).get(self._language.split("-", maxsplit=1)[0]) if number == 1 else ""
        )
        return one or self._label("Duration", field)

    def _tongue(self, code: str) -> str:
        return formats.language_name(code, self._language)


def _apart(text: str) -> str:
    """A text written from right to left, set apart: what stands beside it in a line of ours keeps its place."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if _LEFTWARD.search(text) else text


def _inner(hint: Any) -> Any:  # noqa: ANN401  # any type
    """The type of what a list or a mapping holds."""
    held = get_args(bare(hint)) if get_origin(bare(hint)) in {list, dict} else ()
    return _inner(held[-1]) if held else hint


def _choice(hint: Any) -> Iterable[str]:  # noqa: ANN401  # any type
    return allowed(bare(hint))
