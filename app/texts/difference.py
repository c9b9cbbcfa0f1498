"""What changed between two versions, article by article and word by word."""

from __future__ import annotations

import difflib
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.texts.merge import merge_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.texts.document import Document
    from app.texts.merge import Part, Text


@dataclass(frozen=True)
class Change:
    """Words that stayed (``kept``), went (``gone``) or came (``new``)."""

    state: str
    words: str


@dataclass(frozen=True)
class ArticleChange:
    """One article in one language: ``same``, ``changed``, ``added``, ``removed`` or ``moved``.

    Without an identifier it is the title.
    """

    article: str
    language: str
    state: str
    label: str
    changes: tuple[Change, ...] = ()


def compare(old: Document, new: Document) -> list[ArticleChange]:
    """Return every article of both documents, each in the words that today's phrases give it."""
    return compare_texts(merge_all(old), merge_all(new))


def compare_texts(old: Iterable[Text], new: Iterable[Text]) -> list[ArticleChange]:
    """Return every article of both versions, in the order of the new one, what is gone after it."""
    before, after = ({text.language: text for text in texts} for texts in (old, new))
    found: list[ArticleChange] = []
    for language in dict.fromkeys([*after, *before]):
        earlier, now = before.get(language), after.get(language)
        if earlier is not None and now is not None and _head(earlier) != _head(now):
            changes = words(_head(earlier), _head(now))
            found.append(ArticleChange("", language, "changed", now.title or earlier.title, changes))
        found.extend(_language(earlier.parts if earlier else (), now.parts if now else (), language))
    return found


def words(old: str, new: str) -> tuple[Change, ...]:
    """Return the difference of two texts, word by word; joined again, it gives both of them back."""
    before, after = re.findall(r"\s+|[^\s]+", old), re.findall(r"\s+|[^\s]+", new)
    made: list[Change] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(Change("kept", "".join(before[i:j])))
            continue
        if j > i:
            made.append(Change("gone", "".join(before[i:j])))
        if m > k:
            made.append(Change("new", "".join(after[k:m])))
    return tuple(made)


def _language(old: Iterable[Part], new: Iterable[Part], language: str) -> list[ArticleChange]:
    before, after = ({part.id: part for part in parts} for parts in (old, new))
    common = [name for name in after if name in before]
    moved = _moved([name for name in before if name in after], common)
    found = []
    for name, part in after.items():
        earlier = before.get(name)
        if earlier is None:
            found.append(ArticleChange(name, language, "added", _label(part), (Change("new", part.text),)))
            continue
        state = "moved" if name in moved else "same"
        if _content(earlier) != _content(part):
            found.append(
                ArticleChange(name, language, "changed", _label(part), words(_content(earlier), _content(part)))
            )
        else:
            found.append(ArticleChange(name, language, state, _label(part)))
    for name, part in before.items():
        if name not in after:
            found.append(ArticleChange(name, language, "removed", _label(part), (Change("gone", part.text),)))
    return found


def _moved(before: list[str], after: list[str]) -> set[str]:
    kept: set[str] = set()
    for block in difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        kept.update(before[block.a : block.a + block.size])
    return set(after) - kept


def _head(text: Text) -> str:
    return "\n".join(line for line in (text.title, text.subtitle) if line)


def _content(part: Part) -> str:
    """The words without the number: an article that is only renumbered has not changed."""
    return part.text.removeprefix(f"{part.number} – ").removeprefix(part.number)


def _label(part: Part) -> str:
    heading = "".join(piece.text for piece in part.heading)
    return " – ".join(word for word in (part.number, heading) if word) or _beginning(part.text) or part.id


def _beginning(text: str) -> str:
    """The first words of what has neither number nor heading, none of them cut."""
    return textwrap.shorten(text.partition("\n")[0], 60, placeholder="…")
