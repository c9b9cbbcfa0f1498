"""The facts of a document in words: every field by its label, every reference by its name, nothing left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from app.texts import document as parts
from app.texts import formats, labels, votes
from app.texts.phrases import Speaker
from app.texts.saying import HEADS, Sayer
from app.texts.wording import MODELS, load_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.texts.document import Document

_SECTIONS = (
    "parties", "order_by_language", "about", "signatories", "witnesses", "people", "signings", "acts", "term",
    "commitments", "joint_bodies", "disputes", "bases", "structure", "clauses", "articles", "fields", "authority",
    "reservations", "corrections",
    "copies", "kept_at", "symbols", "annexes", "related", "same_session", "facts", "notes", "source", "sources",
)  # fmt: skip
_IDENTITY = (
    "kind", "kind_as_written", "reference", "state", "title", "subtitle", "languages", "layout",
    "layout_as_written", "numbering",
    "numbering_as_written",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One fact: what it is about, in pieces, and what is said of it, each with its label."""

    head: tuple[str, ...]
    said: tuple[tuple[str, str], ...] = ()

    def line(self, colon: str) -> str:
        """The fact in one line."""
        pairs = [f"{label}{colon}{text}" if text else label for label, text in self.said]
        return " · ".join(part for part in (", ".join(self.head), *pairs) if part)


@dataclass(frozen=True)
class Section:
    """One kind of facts."""

    title: str
    facts: tuple[Told, ...]


def sections(document: Document, language: str, *, own: bool = False) -> list[Section]:
    """Return every fact of a document, in the order of the format.

    ``own``: the text was written here; what the product filled in by itself is left out.
    """
    return _Teller(document, language, own=own).sections()


def answered(document: Document, language: str) -> list[tuple[str, str]]:
    """Return the values that a text was given, amounts and lengths of time with them, each with its label."""
    return _Teller(document, language).answered()


class _Teller(Sayer):
    """The facts of a document, section by section."""

    def sections(self) -> list[Section]:
        made = [Section(labels.section("identity", self._language), tuple(self._identity()))]
        for name in _SECTIONS:
            if self._is_ours("Document", name):
                continue
            facts = tuple(self._facts(name, getattr(self._document, name)))
            if name == "notes":
                facts += tuple(self._contradictory())
            made.append(Section(labels.section(name, self._language), facts))
        return [section for section in made if section.facts]

    def answered(self) -> list[tuple[str, str]]:
        return [pair for fact in self._facts("fields", self._document.fields) for pair in fact.said]

    def _contradictory(self) -> Iterator[Told]:
        """What contradicts itself: which act, what each figure says, by which source."""
        label = labels.field("Notes", "conflicts", self._language)
        source = self._document.source
        for one in votes.contradictions(self._document):
            sentence = labels.contradiction(one.code, self._language, one=one.one, two=one.two)
            counted = one.code == "vote_twice"
            said = [(label, sentence)]
            if one.act is not None:
                said.append((self._act_in_full(one.act), one.one if counted else ""))
            if one.other is not None:
                said.append((self._act_in_full(one.other), one.two if counted else ""))
            if source is not None and (named := source.title or source.text or source.url):
                said.append((labels.section("source", self._language), named))
            yield Told((), tuple(said))

    def _act_in_full(self, act: parts.Act) -> str:
        """An act by its name, its number and whose it is: two that tell one vote are not mixed up."""
        by = self._names.get(act.by or "", "") or act.by_as_written
        return ", ".join(word for word in (*self._name(act), by, act.reference, act.note) if word)

    def _identity(self) -> Iterator[Told]:
        for name in _IDENTITY:
            found = getattr(self._document, name)
            if not found or self._is_ours("Document", name):
                continue
            if self._document.articles and (name in {"layout", "numbering"} or self._is_printed(found)):
                continue
            yield Told((), ((self._label("Document", name), self._value(self._document, name, found)),))

    def _is_printed(self, found: Any) -> bool:  # noqa: ANN401  # any part of a document
        """Whether the print of a text shows this by itself: its languages, and what is said in each."""
        return isinstance(found, list | dict) and set(found) <= set(self._document.languages)

    def _facts(self, name: str, found: Any) -> Iterator[Told]:  # noqa: ANN401  # any part of a document
        if isinstance(found, Struct):
            for field, one in self._fields(found):
                for item in one if isinstance(one, list) else [one]:
                    yield Told((), (self._pair(found, field, item),))
        elif isinstance(found, dict):
            for key, one in found.items():
                by_language = name == "order_by_language"
                label = formats.language_name(key, self._language) if by_language else self._field_name(key)
                yield Told((), ((label, self._value(self._document, name, one)),))
        else:
            for one in found or ():
                told = self._told(one) if isinstance(one, Struct) else Told((str(one),))
                if told.said or not isinstance(one, parts.Article):
                    yield told

    def _field_name(self, key: str) -> str:
        """What a value of the text is: as its model asks for it, else its own name."""
        kind = self._document.model.kind if self._document.model else ""
        field = load_model(kind).field(key) if kind in MODELS else None
        return field.label.get(self._language, key.replace("_", " ")) if field else key.replace("_", " ")

    def _told(self, one: Struct) -> Told:
        heading = HEADS.get(type(one), ())
        rest = [(field, value) for field, value in self._fields(one) if field not in heading]
        return Told(tuple(self._head(one)), tuple(self._pair(one, field, value) for field, value in rest))

    def _head(self, one: Struct) -> list[str]:
        """What a fact is about; of a text written here, what its own pages do not show."""
        speaker = Speaker(self._document, self._language)
        if self._own and isinstance(one, parts.Act) and one.by and speaker.decision(one.by) is one:
            return [self._value(one, "date", one.date)] if one.date else []
        if self._own and isinstance(one, parts.Signatory) and one.name:
            return [one.name]
        return self._name(one)
