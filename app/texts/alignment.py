"""Do the languages of a document say the same? Every article in each, equal figures, names and blanks, like lengths."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.texts.wording import paragraphs, placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.texts.document import Article, Document

TOLERANCE = 0.35
"""Lengths may differ by so much: languages are not equally long (documents-and-ceremony.md, check D06)."""
_SHORTEST = 200
_NUMBER = re.compile(r"\d[\d\u00a0\u202f .,’']*\d|\d")


@dataclass(frozen=True)
class Mismatch:
    """One thing that two languages do not say alike. ``language`` is compared with the first one."""

    code: str
    article: str
    language: str
    master: str = ""
    other: str = ""


def compare(document: Document) -> list[Mismatch]:
    """Return where the languages part, article by article."""
    if len(document.languages) < 2:  # noqa: PLR2004  # nothing to compare
        return []
    master = document.languages[0]
    found: list[Mismatch] = []
    for article in document.articles:
        for language in document.languages[1:]:
            found.extend(_article(document, article, master, language))
    return found


def figures(text: str) -> Counter[str]:
    """Return the numbers of a text, written alike: « 1 250,50 » and “1,250.50” are one."""
    made: Counter[str] = Counter()
    for match in _NUMBER.finditer(text):
        for number in _split(match.group()):
            made[number] += 1
    return made


def _split(raw: str) -> Iterator[str]:
    """A run of digits may be one grouped number, or several numbers."""
    compact = re.sub(r"[\u00a0\u202f ’'](?=\d{3}(?!\d))", "", raw)
    compact = re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", compact)
    for part in re.split(r"[\u00a0\u202f ’']+|[.,](?=\D|$)|[.,]\s", compact):
        number = part.strip(".,").replace(",", ".")
        if number:
            whole, _, rest = number.partition(".")
            rest = rest.rstrip("0") if rest.isdigit() else rest
            yield f"{whole}.{rest}" if rest else whole


def _article(document: Document, article: Article, master: str, language: str) -> Iterator[Mismatch]:
    ours, theirs = article.body.get(master, ""), article.body.get(language, "")
    if bool(article.heading.get(master)) != bool(article.heading.get(language)):
        yield Mismatch("heading", article.id, language)
    if bool(ours.strip()) != bool(theirs.strip()):
        yield Mismatch("missing", article.id, language if not theirs.strip() else master)
        return
    yield from _counted(article.id, language, ours, theirs)
    yield from _names(document, article.id, language, ours, theirs)
    longest = max(len(ours), len(theirs))
    if longest >= _SHORTEST and not (1 - TOLERANCE) <= len(theirs) / max(len(ours), 1) <= 1 + TOLERANCE:
        yield Mismatch("length", article.id, language, str(len(ours)), str(len(theirs)))
    revised = article.revised.get(master)
    rendered = article.translated_from.get(language)
    if revised is not None and rendered is not None and rendered < revised:
        yield Mismatch("older", article.id, language, str(revised), str(rendered))


def _counted(article: str, language: str, ours: str, theirs: str) -> Iterator[Mismatch]:
    for code, count in (("placeholders", lambda text: Counter(placeholders(text))), ("figures", figures)):
        mine, other = count(ours), count(theirs)
        if mine != other:
            yield Mismatch(code, article, language, _shown(mine - other), _shown(other - mine))
    shapes = [(len(paragraphs(text)), len(re.findall(r"(?m)^- ", text))) for text in (ours, theirs)]
    if shapes[0] != shapes[1]:
        yield Mismatch("shape", article, language, str(sum(shapes[0])), str(sum(shapes[1])))


def _names(document: Document, article: str, language: str, ours: str, theirs: str) -> Iterator[Mismatch]:
    """A name that stands in the first language stands, in one of its forms, in the others."""
    known = [[party.name, party.official_name, *(name.text for name in party.names)] for party in document.parties]
    known += [[one.name, *(name.text for name in one.name_forms)] for one in document.signatories]
    for forms in known:
        words = [form for form in forms if form]
        used = next((form for form in words if form in ours), "")
        if used and not any(form in theirs for form in words):
            yield Mismatch("names", article, language, used)


def _shown(counted: Counter[str]) -> str:
    return ", ".join(sorted(counted.elements()))
