"""Checks on a whole text: what must be put right before it is voted or signed, and what deserves a second look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.shared.fuzzydate import understand
from app.texts import alignment, codes, formats, votes
from app.texts.document import Kind, TextValue
from app.texts.merge import merge, missing, plain
from app.texts.pending import days_open
from app.texts.wording import MODELS, load_model, open_roles, written_languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.shared.fuzzydate import FuzzyDate
    from app.texts.document import Document, When
    from app.texts.votes import Contradiction

_OF_MONEY = {"financement", "subvention", "moyens"}
_SAYS_NOTHING = 40


@dataclass(frozen=True)
class Remark:
    """One finding. ``blocks``: the text cannot be submitted or signed before; else it only warns."""

    code: str
    blocks: bool = False
    article: str = ""
    value: str = ""


def examine(document: Document) -> list[Remark]:
    """Return every finding, the blocking ones first. The codes D01… are those of documents-and-ceremony.md § 9."""
    found = [
        *_blanks(document),
        *_lines(document),
        *_law(document),
        *_money(document),
        *_people(document),
        *_dates(document),
        *_copies(document),
        *_open_days(document),
        *_open_roles(document),
        *_tongues(document),
        *_unread(document),
        *contradictions(document),
    ]
    return sorted(found, key=lambda remark: not remark.blocks)


def contradictions(document: Document) -> list[Remark]:
    """Return what votes, days, term and copies say against each other."""
    return [Remark(one.code, value=_figures(one)) for one in votes.contradictions(document)]


def _figures(found: Contradiction) -> str:
    if found.code == "vote_unanimous":
        return found.one
    if found.code in {"term_length", "copies_sum", "term_unlimited"}:
        return " ≠ ".join(figure for figure in (found.one, found.two) if figure)
    mark = "<" if found.code == "sent_before" else "≠" if found.other else ">"
    return f"{found.one} {mark} {found.two}"


def _blanks(document: Document) -> Iterator[Remark]:
    """D01: every field filled in."""
    if lacks := missing(document):
        yield Remark("D01", blocks=True, value=str(len(lacks)))
    if alignment.compare(document):
        yield Remark("D06")


def _lines(document: Document) -> Iterator[Remark]:
    """D06: as many actions, or undertakings, in each language; the values of a text stand one on a line."""
    for name, value in document.fields.items():
        if document.model is not None and isinstance(value, TextValue) and not value.prose:
            texts = [value.by_language.get(code, "").split("\n") for code in document.languages]
            counts = {count for lines in texts if (count := sum(1 for line in lines if line.strip()))}
            if len(counts) > 1:
                yield Remark("lines", value=name)


def _law(document: Document) -> Iterator[Remark]:
    """What the law, or usage, asks for in this kind of text (CGCT L. 1115-1; loi 2000-321, art. 10)."""
    if document.model is None or document.model.kind not in MODELS:
        return
    model = load_model(document.model.kind)
    present = {article.id for article in document.articles if any(body.strip() for body in article.body.values())}
    groups: dict[tuple[str, str], list[str]] = {}
    for slot in model.slots:
        if slot.required:
            groups.setdefault((slot.required, slot.id.partition("_")[0]), []).append(slot.id)
    for (source, _), ids in groups.items():
        found = [name for name in ids if name in present]
        if not found:
            yield Remark("law" if source != "usage" else "usage", source != "usage", ids[0], source)
        elif source != "usage":
            yield from _inside(document, found, source)


def _inside(document: Document, articles: list[str], source: str) -> Iterator[Remark]:
    """An article that the law asks for, rewritten until it no longer says what the law wants in it."""
    parts = [part for part in merge(document, document.languages[0]).parts if part.id in articles]
    if any(part.blanks for part in parts):
        return
    for part in parts:
        said = " ".join(plain(line) for paragraph in part.paragraphs for line in paragraph.lines)
        if part.id.partition("_")[0] in _OF_MONEY and not codes.is_sum(said, document.languages[0]):
            yield Remark("law_amount", article=part.id, value=source)
        elif len(said) < _SAYS_NOTHING:
            yield Remark("law_short", article=part.id, value=source)


def _money(document: Document) -> Iterator[Remark]:
    """D02: an oath or a pact that speaks of money is a convention."""
    if document.kind not in {Kind.OATH, Kind.CHARTER} or not document.languages:
        return
    for part in merge(document, document.languages[0]).parts:
        if codes.is_sum(part.text, document.languages[0]):
            yield Remark("D02", article=part.id)


def _people(document: Document) -> Iterator[Remark]:
    """D03: one signatory a party, and nobody for a party that is not there."""
    signing = {party for one in document.signatories for party in one.parties}
    for party in document.parties:
        if party.id not in signing:
            yield Remark("D03", article="", value=party.name)


def _dates(document: Document) -> Iterator[Remark]:
    """A decision that comes after the signature is kept, and pointed at."""
    signed = [when.earliest for one in document.signings if (when := _known(one.date)) and when.start]
    for act in document.acts:
        when = _known(act.date)
        if act.kind == "council_decision" and signed and when and when.start and when.earliest > min(signed):
            yield Remark("D04", value=when.text)


def _known(when: When | None) -> FuzzyDate | None:
    return understand(when.date) if when and when.date else None


def _copies(document: Document) -> Iterator[Remark]:
    """D05: one original a signing party at least."""
    number = document.copies.number if document.copies else None
    if number is not None and number < len(document.parties):
        yield Remark("D05", value=str(number))


def _open_days(document: Document) -> Iterator[Remark]:
    """Days that are written by hand once they are known."""
    if document.model is not None and (number := days_open(document)):
        yield Remark("days_open", value=str(number))


def _open_roles(document: Document) -> Iterator[Remark]:
    """A function that still reads « Bürgermeister/-in »: nobody signs like that."""
    if document.model is None:
        return
    left = {
        word
        for one in document.signatories
        for language in document.languages
        if (word := open_roles(language).get(one.role)) and not one.roles.get(language)
        if formats.office(word, one.title, language) == word
    }
    for word in sorted(left):
        yield Remark("role_form", value=word)


def _tongues(document: Document) -> Iterator[Remark]:
    """A party that finds none of its languages in the text, though a model is written in one of them."""
    if document.model is None:
        return
    here = {code.split("-")[0] for code in document.languages}
    for party in document.parties:
        spoken = {code.split("-")[0] for code in codes.spoken_by(party.languages, party.country)}
        if spoken & set(written_languages()) and not spoken & here:
            yield Remark("tongue", value=party.name)


def _unread(document: Document) -> Iterator[Remark]:
    """« À relire »: warns, never blocks. The first language is its author's own."""
    for language in document.languages[1:]:
        unread = sum(1 for article in document.articles if language not in article.proofread_by)
        if unread:
            yield Remark("unread", value=language)
