"""Reading and writing the interchange document: strict in, canonical out."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

import msgspec

from app.texts.document import Document
from app.texts.faults import BadDocument, refuse
from app.texts.soundness import check, check_names

__all__ = [
    "LARGEST",
    "BadDocument",
    "check",
    "check_names",
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

    :raises BadDocument: when they are too many, are not JSON, or say something that the format does not know.
    """
    _refuse_large(raw, LARGEST)
    return _read_values(_load(raw), "$")


def read_many(raw: bytes) -> list[Document]:
    """Return the documents that these bytes hold: one, or a list of them.

    :raises BadDocument: naming the place in the list.
    """
    _refuse_large(raw, LARGEST * 10)
    values = _load(raw)
    if not isinstance(values, list):
        _refuse_large(raw, LARGEST)
        return [_read_values(values, "$")]
    if not values:
        raise BadDocument("empty_list")
    documents = [_read_values(one, f"$[{place}]") for place, one in enumerate(values)]
    names = [document.id for document in documents]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise BadDocument("double_identifier", f"$[{place}].id", name=name)
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


def _read_values(values: Any, path: str) -> Document:  # noqa: ANN401  # any JSON
    _refuse_lost(values, path)
    if not isinstance(values, dict):
        refuse(values, Document, path)
    try:
        document = msgspec.convert(_renewed(values), Document)
        check(document)
        check_names(document)
    except msgspec.ValidationError:
        refuse(_renewed(values), Document, path)
    except BadDocument as error:
        raise BadDocument(error.code, f"{path}{error.path.removeprefix('$')}", **error.values) from error
    return document


def _refuse_large(raw: bytes, limit: int) -> None:
    if len(raw) > limit:
        raise BadDocument("too_large", limit=str(limit // 1024 // 1024))


def _load(raw: bytes) -> Any:  # noqa: ANN401  # any JSON
    """Return the values of a JSON text.

    :raises BadDocument: naming the line and the column where it is none.
    """
    text = _text(raw)
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

    :raises BadDocument: when it is another sort of file, empty, or not in UTF-8.
    """
    for head, kind in _OTHER_FILES.items():
        if raw.startswith(head):
            raise BadDocument(f"is_{kind}")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_half_empty(raw[:4]):
        raise BadDocument("is_utf16")
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


def _refuse_lost(value: Any, path: str) -> None:  # noqa: ANN401  # any JSON
    """Refuse what could not be written again: a key given twice, half of a pair of UTF-16."""
    if isinstance(value, str) and _HALF.search(value):
        raise BadDocument("control_character", path)
    if isinstance(value, dict):
        if isinstance(value, _Pairs) and value.double is not None:
            raise BadDocument("double_key", path, name=value.double)
        for name, one in value.items():
            _refuse_lost(name, path)
            _refuse_lost(one, f"{path}.{name}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            _refuse_lost(one, f"{path}[{place}]")


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
