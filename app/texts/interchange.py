"""Reading and writing the interchange document: strict in, canonical out."""

from __future__ import annotations

import contextlib
import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from app.texts.document import Document
from app.texts.faults import MOST, OF_WHAT_IS_INSIDE, BadDocument, BadFile, Enough, Sieve
from app.texts.lines import lines_of, nearest_line
from app.texts.soundness import check, unsound

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "LARGEST",
    "BadDocument",
    "BadFile",
    "check",
    "from_plain",
    "plain",
    "read",
    "read_many",
    "schema",
    "write",
    "write_many",
]

LARGEST = 2 * 1024 * 1024
_OTHER_FILES = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"BZh": "gzip", b"\xfd7zXZ": "gzip", b"%PDF": "pdf"}
_JSON_FAULTS = (
    ("Expecting property name", "key_expected"),
    ("Expecting ':'", "colon_expected"),
    ("Expecting ','", "comma_expected"),
    ("Expecting value", "value_expected"),
    ("Illegal trailing comma", "value_expected"),
    ("Extra data", "extra_data"),
    ("Unterminated string", "open_string"),
    ("Invalid control character", "control_in_string"),
    ("Invalid \\", "bad_escape"),
)
_DEEPEST = 60
_HALF = re.compile(r"[\ud800-\udfff]")


def read(raw: bytes) -> Document:
    """Return the document that these bytes hold.

    :raises BadFile: when they say what the format does not know, with every fault.
    :raises BadDocument: when they are too many, or are not JSON.
    """
    _refuse_large(raw, LARGEST)
    text = _text(raw)
    values, sieve = _load(text), Sieve()
    document = _sifted(sieve, [(values, "$")])[0]
    _refuse_all(sieve, text)
    return document


def read_many(raw: bytes) -> list[Document]:
    """Return the documents that these bytes hold: one, or a list of them.

    :raises BadFile: when they say what the format does not know, with every fault.
    :raises BadDocument: when they are too many, or are not JSON.
    """
    _refuse_large(raw, LARGEST * 10)
    text = _text(raw)
    values, sieve = _load(text), Sieve()
    if not isinstance(values, list):
        _refuse_large(raw, LARGEST)
        values = [values]
        documents = _sifted(sieve, [(values[0], "$")])
    elif not values:
        raise BadDocument("empty_list")
    else:
        documents = _sifted(sieve, [(one, f"$[{place}]") for place, one in enumerate(values)])
    _refuse_all(sieve, text)
    return documents


def write(document: Document) -> bytes:
    """Return the one way to write this document: fields in the order of the format, two spaces, a last line feed."""
    raw = msgspec.json.encode(document, order="deterministic")
    return msgspec.json.format(raw, indent=2) + b"\n"


def write_many(documents: list[Document]) -> bytes:
    """Return a list of documents, each as :func:`write` writes it."""
    raw = msgspec.json.encode(documents, order="deterministic")
    return msgspec.json.format(raw, indent=2) + b"\n"


def schema() -> bytes:
    """Return the JSON Schema (2020-12) that the format is published as."""
    made = msgspec.json.schema(Document)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "traitdunion/convention 1",
    }
    return msgspec.json.format(msgspec.json.encode(head | made, order="deterministic"), indent=2) + b"\n"


def plain(document: Document) -> dict[str, Any]:
    """Return the document as plain values, for a JSON column."""
    made: dict[str, Any] = msgspec.to_builtins(document, order="deterministic")
    return made


def from_plain(values: dict[str, Any]) -> Document:
    """Return the document that a JSON column holds."""
    return msgspec.convert(_renewed(values), Document)


def _sifted(sieve: Sieve, found: list[tuple[Any, str]]) -> list[Document]:
    """The documents that these values hold, each with its place; what is wrong with them is in the sieve."""
    made: list[Document] = []
    names: set[str] = set()
    with contextlib.suppress(Enough):
        for values, path in found:
            if (document := _read_values(sieve, values, path)) is None:
                continue
            made.append(document)
            if document.id in names:
                sieve.note(BadDocument("double_identifier", f"{path}.id", name=document.id))
            names.add(document.id)
    return made


def _read_values(sieve: Sieve, values: Any, path: str) -> Document | None:  # noqa: ANN401  # any JSON
    lost = list(_lost(values, path))
    for fault in lost:
        sieve.note(fault)
    values = _whole(values) if lost else values
    left = sieve.kept(_renewed(values) if isinstance(values, dict) else values, Document, path)
    try:
        document = msgspec.convert(left, Document)
    except msgspec.ValidationError:
        return None
    for fault in unsound(document):
        sieve.note(BadDocument(fault.code, f"{path}{fault.whole_path.removeprefix('$')}", **fault.values))
    return document


def _refuse_all(sieve: Sieve, text: str) -> None:
    """Refuse a file with faults, each with its line, in the order of the file.

    :raises BadFile: with every fault.
    """
    if not sieve.found:
        return
    places = {fault.whole_path for fault in sieve.found}
    places |= {f"{fault.whole_path}.{fault.values['name']}" for fault in sieve.found if "name" in fault.values}
    lines = lines_of(text, places)
    found = []
    for fault in sieve.found:
        key = f"{fault.whole_path}.{fault.values.get('name')}" if fault.code in OF_WHAT_IS_INSIDE else fault.whole_path
        at = nearest_line(lines, key)
        fault.line = at[0]
        found.append((at, fault))
    found.sort(key=lambda one: one[0])
    raise BadFile([fault for _at, fault in found], is_cut=len(found) >= MOST)


def _refuse_large(raw: bytes, limit: int) -> None:
    if len(raw) > limit:
        raise BadDocument("too_large", limit=str(limit // 1024 // 1024))


def _load(text: str) -> Any:  # noqa: ANN401  # any JSON
    """Return the values of a JSON text.

    :raises BadDocument: naming the line and the column where it is none.
    """
    try:
        values = json.loads(text, object_pairs_hook=_Pairs, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        _tell(error, text)
    except RecursionError as error:
        raise BadDocument("too_deep") from error
    except ValueError as error:
        if isinstance(error, BadDocument):
            raise
        raise BadDocument("number_too_long") from error
    _refuse_depth(values, 0)
    return values


def _text(raw: bytes) -> str:
    """Return the text of a file.

    :raises BadDocument: when it is another sort of file, empty, or neither in UTF-8 nor in UTF-16 that says so.
    """
    for head, kind in _OTHER_FILES.items():
        if raw.startswith(head):
            raise BadDocument(f"is_{kind}")
    raw = _from_utf16(raw)
    if b"\x00" in raw:
        raise BadDocument("is_binary")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadDocument("not_utf8", at=str(error.start + 1), line=str(line)) from error
    if not text.strip():
        raise BadDocument("empty")
    return text


def _from_utf16(raw: bytes) -> bytes:
    """The same file in UTF-8, where its first two bytes say that it is in UTF-16, as some editors save texts.

    :raises BadDocument: when it is not what it says, or is in UTF-16 without saying so.
    """
    if not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        if _is_half_empty(raw[:4]):
            raise BadDocument("is_utf16")
        return raw
    try:
        return raw.decode("utf-16").encode()
    except UnicodeDecodeError as error:
        raise BadDocument("is_utf16") from error


def _is_half_empty(head: bytes) -> bool:
    """Whether every other byte is nought, as in UTF-16 without a mark."""
    evens, odds = set(head[::2]), set(head[1::2])
    return ({0} in (evens, odds)) and evens != odds


class _Pairs(dict[str, Any]):
    """An object that remembers which key was written twice: one of its values would be lost without a word."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _value in pairs]
        self.double: str | None = None
        if len(self) != len(names):
            self.double = next(name for place, name in enumerate(names) if name in names[:place])


def _lost(value: Any, path: str) -> Iterator[BadDocument]:  # noqa: ANN401  # any JSON
    """What could not be written again: a key given twice, half of a pair of UTF-16."""
    if isinstance(value, str) and _HALF.search(value):
        yield BadDocument("control_character", path)
    if isinstance(value, dict):
        if isinstance(value, _Pairs) and value.double is not None:
            yield BadDocument("double_key", path, name=value.double)
        for name, one in value.items():
            yield from _lost(name, path)
            yield from _lost(one, f"{path}.{name}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _lost(one, f"{path}[{place}]")


def _whole(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """The same values without halves of pairs, which nothing can write."""
    if isinstance(value, str):
        return _HALF.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {_whole(name): _whole(one) for name, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, list) else value


def _refuse_depth(value: Any, depth: int) -> None:  # noqa: ANN401  # any JSON
    if depth > _DEEPEST:
        raise BadDocument("too_deep")
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            _refuse_depth(one, depth + 1)


def _refuse_constant(word: str) -> NoReturn:
    """NaN and Infinity are no JSON.

    :raises BadDocument: always.
    """
    raise BadDocument("no_number", name=word)


def _tell(error: json.JSONDecodeError, text: str) -> NoReturn:
    code = next((code for begin, code in _JSON_FAULTS if error.msg.startswith(begin)), "value_expected")
    if error.pos >= len(text.rstrip()) and code != "extra_data":
        code = "cut"
    raise BadDocument(code, line=str(error.lineno), column=str(error.colno)) from error


def _renewed(values: dict[str, Any]) -> dict[str, Any]:
    """Lift what earlier versions of the product wrote: one act and one signing a signatory, terms in months alone."""
    made = dict(values)
    for room in ("signatories", "witnesses"):
        if isinstance(made.get(room), list):
            made[room] = [_listed(_listed(one, "act"), "signing") for one in made[room]]
    term = made.get("term")
    if isinstance(term, dict) and term.keys() & {"months", "notice_months"}:
        term = dict(term)
        for old, new in (("months", "length"), ("notice_months", "notice")):
            if old in term and new not in term:
                term[new] = {"months": term.pop(old)}
        made["term"] = term
    return made


def _listed(one: Any, name: str) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(one, dict) and name in one and f"{name}s" not in one and isinstance(one[name], str):
        return {key: value for key, value in one.items() if key != name} | {f"{name}s": [one[name]]}
    return one
