"""The facts of a text, said in full on screen and in print; beside a text, those that the text itself does not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.texts import labels, telling
from app.texts.unsaid import unsaid

if TYPE_CHECKING:
    from app.texts.document import Document

_COLONS = {"fr": "\N{NO-BREAK SPACE}: "}


@dataclass(frozen=True)
class Group:
    """One kind of facts: a heading and a line for each."""

    title: str
    lines: tuple[str, ...]


def facts_of(document: Document, language: str) -> list[Group]:
    """Return every fact of the document, in the order of the format."""
    return [_group(one, language) for one in telling.sections(document, language)]


def recorded_facts(document: Document, language: str, print_: str, *, imported: bool = False) -> list[Group]:
    """Return the facts that were recorded beside a text and that its print does not say."""
    own = document.model is not None and not imported
    return [_group(one, language) for one in unsaid(document, language, print_, own=own)]


def language_of(document: Document) -> str:
    """Return the language to say facts in: the first of the text that the product speaks, else French."""
    return next((code for code in document.languages if code in labels.languages()), "fr")


def heading(language: str) -> str:
    """What stands over the recorded facts."""
    return labels.section("recorded", language)


def _group(section: telling.Section, language: str) -> Group:
    colon = _COLONS.get(language, ": ")
    return Group(section.title, tuple(fact.line(colon) for fact in section.facts))
