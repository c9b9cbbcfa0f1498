"""What the types of the format cannot see: dates, codes and references that do not exist, ends before beginnings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.shared.fuzzydate import understand
from app.texts import codes
from app.texts.document import Act, Contributor, Name, Party, Present, Signatory, Spot, Subject, When
from app.texts.faults import BadDocument
from app.texts.walk import leaves, structures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msgspec import Struct

    from app.texts.document import Document
    from app.texts.walk import Leaf

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_NAMES: dict[type[Struct], frozenset[str]] = {
    Party: frozenset({"name", "official_name", "member_of"}),
    Name: frozenset({"text"}),
    Signatory: frozenset({"name", "initials", "title"}),
    Contributor: frozenset({"name", "title"}),
    Present: frozenset({"name"}),
    Spot: frozenset({"name", "names", "venue"}),
}
_MARKUP = re.compile(r"<\s*[/!?]?\s*[A-Za-z][^<>]*>|<\s*(?:script|img|svg|iframe|style)\b|<!--", re.IGNORECASE)
_FORMULA = re.compile(r"\s*(?:=|[@+\-]\s*[$']?[\w.]+[$']?\s*[(!|:+*/^]|[@+\-]\s*[A-Z]{1,3}\$?\d+\s*$)")
_FREE_KEYS = {"fields", "answers"}


def check(document: Document) -> None:
    """Refuse what holds no sense in any document, and names that are code for a page or a spreadsheet.

    :raises BadDocument: at the first place.
    """
    if first := next(unsound(document), None):
        raise first


def unsound(document: Document) -> Iterator[BadDocument]:
    """Everything that holds no sense in any document. No town, person or place bears a name that a machine obeys."""
    found = list(leaves(document))
    for leaf in found:
        if isinstance(leaf.value, str):
            yield from _text_faults(leaf)
    for path, one in structures(document):
        if faults := list(_order_faults(path, one)):
            yield from () if _is_told(document, path) else faults
    yield from _reference_faults(document, found)
    for leaf in found:
        yield from _name_faults(document, leaf)


def _name_faults(document: Document, leaf: Leaf) -> Iterator[BadDocument]:
    if leaf.owner is document and leaf.field in {"title", "subtitle"} and not leaf.is_key:
        if looks_like_code(leaf.value) == "markup":
            yield BadDocument("markup", leaf.path, text=leaf.value)
    elif not leaf.is_key and leaf.field in _NAMES.get(type(leaf.owner), ()):
        if leaf.value and not leaf.value.strip():
            yield BadDocument("empty_name", leaf.path)
        if kind := looks_like_code(leaf.value):
            yield BadDocument(kind, leaf.path, text=leaf.value)


def looks_like_code(text: str) -> str:
    """Return ``markup`` or ``formula`` when a page or a spreadsheet would obey this text; else nothing."""
    if _MARKUP.search(text):
        return "markup"
    return "formula" if _FORMULA.match(text) else ""


def _text_faults(leaf: Leaf) -> Iterator[BadDocument]:
    if _CONTROL.search(leaf.value):
        yield BadDocument("control_character", leaf.path)
    if leaf.role in {"language", "country", "currency"}:
        yield from _code_faults(leaf, leaf.role)
    elif leaf.field == "timezone":
        yield from _code_faults(leaf, "timezone")
    elif leaf.role == "day" and understand(leaf.value) is None and not _of_other_calendar(leaf):
        first, _slash, last = leaf.value.partition("/")
        backwards = understand(first) and understand(last)
        yield BadDocument("backwards" if backwards else "bad_date", leaf.path, text=leaf.value)


def _code_faults(leaf: Leaf, kind: str) -> Iterator[BadDocument]:
    if not codes.exists(kind, leaf.value):
        yield BadDocument(f"unknown_{kind}", leaf.path, name=leaf.value, nearest=codes.meant(kind, leaf.value))


def _of_other_calendar(leaf: Leaf) -> bool:
    """A day that our calendar does not have, in a document that counts by another one: 29 February 1900, Julian."""
    other = isinstance(leaf.owner, When) and leaf.field == "date" and leaf.owner.calendar != "gregorian"
    return other and re.fullmatch(r"\d{4}-(0\d|1[0-3])-([0-2]\d|3[01])", leaf.value) is not None


def _order_faults(path: str, one: Struct) -> Iterator[BadDocument]:
    """No end before its beginning, as far as both are surely known."""
    begin, end = (getattr(one, "date" if isinstance(one, Act) else "since", None), getattr(one, "until", None))
    if isinstance(begin, When) and isinstance(end, When) and begin.date and end.date:
        first, last = understand(begin.date), understand(end.date)
        if first and last and begin.calendar == end.calendar and last.latest < first.earliest:
            yield BadDocument("end_first", f"{path}.until", name=end.date, text=begin.date)
    if isinstance(one, When) and one.time and one.time_end and one.time_end < one.time and not _is_long(one):
        yield BadDocument("hour_first", f"{path}.time_end", name=one.time_end, text=one.time)


def _is_told(document: Document, path: str) -> bool:
    """Whether « notes.conflicts » tells that the source contradicts itself here: kept and shown, then.

    Of a part with an identifier a conflict names it; of what has none, one that is about nothing in particular tells.
    """
    conflicts = document.notes.conflicts if document.notes is not None else []
    named = {name for place, name, _one in _identified(document) if f"{path}.".startswith((f"{place}.", f"{place}["))}
    return any(bool(named & set(one.about)) if named else not one.about for one in conflicts)


def _is_long(when: When) -> bool:
    """Whether it lasts over several days, so that it may end earlier in the day than it began."""
    return bool(when.date and "/" in when.date)


def _reference_faults(document: Document, found: list[Leaf]) -> Iterator[BadDocument]:
    yield from _double_identifiers(document)
    known = {name for _path, name, _one in _identified(document)}
    for leaf in found:
        if leaf.role != "slug" or leaf.field == "id" or (leaf.is_key and leaf.field in _FREE_KEYS):
            continue
        if leaf.value not in known:
            near = codes.nearest(leaf.value, sorted(known), 0.6)
            yield BadDocument("unknown_reference", leaf.path, name=leaf.value, nearest=near[0] if near else "")


def _double_identifiers(document: Document) -> Iterator[BadDocument]:
    """Two parts may not bear the same identifier; towns of other subjects may be those named before."""
    seen: set[str] = set()
    again = {id(town) for _path, one in structures(document) if isinstance(one, Subject) for town in one.towns}
    for path, name, one in _identified(document):
        if name in seen and id(one) not in again:
            yield BadDocument("double_identifier", f"{path}.id", name=name)
        seen.add(name)


def _identified(document: Document) -> Iterator[tuple[str, str, Struct]]:
    """Every part of a document that bears an identifier: its place, its identifier, itself."""
    for path, one in structures(document):
        name = getattr(one, "id", None)
        if one is not document and isinstance(name, str):
            yield path, name, one
