"""What the types of the format cannot see: dates, codes and references that do not exist, ends before beginnings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.shared.fuzzydate import understand
from app.texts import codes
from app.texts.document import Act, Name, Party, Present, Signatory, Spot, Subject, When
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
    Present: frozenset({"name"}),
    Spot: frozenset({"name", "names", "venue"}),
}
_MARKUP = re.compile(r"<\s*[/!?]?\s*[A-Za-z][^<>]*>|<\s*(?:script|img|svg|iframe|style)\b|<!--", re.IGNORECASE)
_FORMULA = re.compile(r"\s*(?:=|[@+\-]\s*[$']?[\w.]+[$']?\s*[(!|:+*/^]|[@+\-]\s*[A-Z]{1,3}\$?\d+\s*$)")
_FREE_KEYS = {"fields", "answers"}


def check(document: Document) -> None:
    """Refuse what holds no sense in any document.

    :raises BadDocument: at the first place.
    """
    found = list(leaves(document))
    for leaf in found:
        if isinstance(leaf.value, str):
            _check_text(leaf)
    for path, one in structures(document):
        _check_order(path, one)
    _check_references(document, found)


def check_names(document: Document) -> None:
    """Refuse names that are code for a page or a spreadsheet. No town, person or place is called so.

    :raises BadDocument: at the first one.
    """
    for leaf in leaves(document):
        if leaf.owner is document and leaf.field in {"title", "subtitle"} and not leaf.is_key:
            if looks_like_code(leaf.value) == "markup":
                raise BadDocument("markup", leaf.path, text=leaf.value)
            continue
        if leaf.is_key or leaf.field not in _NAMES.get(type(leaf.owner), ()):
            continue
        if leaf.value and not leaf.value.strip():
            raise BadDocument("empty_name", leaf.path)
        if kind := looks_like_code(leaf.value):
            raise BadDocument(kind, leaf.path, text=leaf.value)


def looks_like_code(text: str) -> str:
    """Return ``markup`` or ``formula`` when a page or a spreadsheet would obey this text; else nothing."""
    if _MARKUP.search(text):
        return "markup"
    return "formula" if _FORMULA.match(text) else ""


def _check_text(leaf: Leaf) -> None:
    if _CONTROL.search(leaf.value):
        raise BadDocument("control_character", leaf.path)
    if leaf.role in {"language", "country", "currency"}:
        _check_code(leaf, leaf.role)
    elif leaf.field == "timezone":
        _check_code(leaf, "timezone")
    elif leaf.role == "day" and understand(leaf.value) is None and not _of_other_calendar(leaf):
        first, _slash, last = leaf.value.partition("/")
        backwards = understand(first) and understand(last)
        raise BadDocument("backwards" if backwards else "bad_date", leaf.path, text=leaf.value)


def _check_code(leaf: Leaf, kind: str) -> None:
    if not codes.exists(kind, leaf.value):
        raise BadDocument(f"unknown_{kind}", leaf.path, name=leaf.value, nearest=codes.meant(kind, leaf.value))


def _of_other_calendar(leaf: Leaf) -> bool:
    """A day that our calendar does not have, in a document that counts by another one: 29 February 1900, Julian."""
    other = isinstance(leaf.owner, When) and leaf.field == "date" and leaf.owner.calendar != "gregorian"
    return other and re.fullmatch(r"\d{4}-(0\d|1[0-3])-([0-2]\d|3[01])", leaf.value) is not None


def _check_order(path: str, one: Struct) -> None:
    """No end before its beginning, as far as both are surely known."""
    begin, end = (getattr(one, "date" if isinstance(one, Act) else "since", None), getattr(one, "until", None))
    if isinstance(begin, When) and isinstance(end, When) and begin.date and end.date:
        first, last = understand(begin.date), understand(end.date)
        if first and last and begin.calendar == end.calendar and last.latest < first.earliest:
            raise BadDocument("end_first", f"{path}.until", name=end.date, text=begin.date)
    if isinstance(one, When) and one.time and one.time_end and one.time_end < one.time and not _is_long(one):
        raise BadDocument("end_first", f"{path}.time_end", name=one.time_end, text=one.time)


def _is_long(when: When) -> bool:
    """Whether it lasts over several days, so that it may end earlier in the day than it began."""
    return bool(when.date and "/" in when.date)


def _check_references(document: Document, found: list[Leaf]) -> None:
    known = set(_identifiers(document))
    for leaf in found:
        if leaf.role != "slug" or leaf.field == "id" or (leaf.is_key and leaf.field in _FREE_KEYS):
            continue
        if leaf.value not in known:
            near = codes.nearest(leaf.value, sorted(known), 0.6)
            raise BadDocument("unknown_reference", leaf.path, name=leaf.value, nearest=near[0] if near else "")


def _identifiers(document: Document) -> Iterator[str]:
    """Every identifier of the parts of a document.

    :raises BadDocument: when two parts bear the same one; towns of other subjects may be those named before.
    """
    seen: set[str] = set()
    again = {id(town) for _path, one in structures(document) if isinstance(one, Subject) for town in one.towns}
    for path, one in structures(document):
        name = getattr(one, "id", None)
        if one is document or not isinstance(name, str):
            continue
        if name in seen and id(one) not in again:
            raise BadDocument("double_identifier", f"{path}.id", name=name)
        seen.add(name)
        yield name
