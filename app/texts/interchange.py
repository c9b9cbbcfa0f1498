"""Reading and writing the interchange document: strict in, canonical out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec

from app.shared.fuzzydate import understand
from app.texts.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 2 * 1024 * 1024
_PATH = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_NAMES = (".fields.", ".mandate.", ".delegation.", ".proofread_by.")
_REFERENCES = ("by", "party", "parties", "act", "signing", "articles")


class BadDocument(ValueError):  # named for what it is
    """A document that cannot be read. ``code`` and ``values`` make the sentence; ``path`` is where, as JSON path."""

    def __init__(self, code: str, path: str = "$", **values: str) -> None:
        super().__init__(f"{path}: {code} {values}")
        self.code = code
        self.path = path
        self.values = values


def read(raw: bytes) -> Document:
    """Return the document that these bytes hold.

    :raises BadDocument: when they are too many, are not JSON, or say something that the format does not know.
    """
    if len(raw) > LARGEST:
        raise BadDocument("too_large", limit=str(LARGEST // 1024 // 1024))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDocument("not_utf8", at=str(error.start)) from error
    try:
        document = msgspec.json.decode(text.encode("utf-8"), type=Document)
        json.loads(text, object_pairs_hook=_no_double)
    except msgspec.ValidationError as error:
        raise _told(str(error)) from error
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        raise BadDocument("not_json", reason=str(error)) from error
    check(document)
    return document


def _no_double(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A key written twice would silently lose its first value."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise BadDocument("double_key", "$", name=name)
        found[name] = value
    return found


def write(document: Document) -> bytes:
    """Return the one way to write this document: fields in the order of the format, two spaces, a last line feed."""
    raw = msgspec.json.encode(document, order="deterministic")
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
    return msgspec.convert(values, Document)


def check(document: Document) -> None:
    """Refuse what the types cannot see: dates that do not exist, double identifiers, references to nobody.

    :raises BadDocument: at the first one.
    """
    values = plain(document)
    for path, key, value in _walk(values, "$"):
        if key in {"date", "value", "consulted", "published"} and isinstance(value, str):
            _check_date(path, key, value, values)
        if isinstance(value, str) and re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", value):
            raise BadDocument("control_character", path)
    known = _identifiers(values)
    for path, key, value in _walk(values, "$"):
        if key in _REFERENCES and not any(part in path for part in _NAMES):
            for wanted in [value] if isinstance(value, str) else value if isinstance(value, list) else []:
                if isinstance(wanted, str) and wanted not in known:
                    raise BadDocument("unknown_reference", path, name=wanted)


def _check_date(path: str, key: str, value: str, values: dict[str, Any]) -> None:
    if key == "value":
        if not path.startswith("$.fields."):
            return
        name = path.removeprefix("$.fields.").removesuffix(".value")
        if values["fields"].get(name, {}).get("type") != "date":
            return
    if understand(value) is None:
        raise BadDocument("bad_date", path, text=value)


def _identifiers(values: dict[str, Any]) -> set[str]:
    _refuse_doubles(values)
    return {value for _path, key, value in _walk(values, "$") if key == "id" and isinstance(value, str)}


def _refuse_doubles(values: dict[str, Any]) -> None:
    known: set[str] = set()
    for room in ("parties", "signings", "acts", "articles", "signatories", "witnesses", "about"):
        for place, one in enumerate(values.get(room, ())):
            for name in [one.get("id"), *(town.get("id") for town in one.get("towns", ()))]:
                if name is None:
                    continue
                if name in known:
                    raise BadDocument("double_identifier", f"$.{room}[{place}].id", name=name)
                known.add(name)


def _walk(value: Any, path: str, key: str = "") -> Iterator[tuple[str, str, Any]]:  # noqa: ANN401  # any JSON
    yield path, key, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, f"{path}.{name}", name)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _walk(inner, f"{path}[{place}]")


_TOLD = (
    (re.compile(r"^Object contains unknown field `(?P<name>.*)`$", re.DOTALL), "unknown_key"),
    (re.compile(r"^Object missing required field `(?P<name>.*)`$", re.DOTALL), "missing_key"),
    (re.compile(r"^Invalid enum value (?P<name>.*)$", re.DOTALL), "not_in_list"),
    (re.compile(r"^Invalid value (?P<name>.*)$", re.DOTALL), "not_in_list"),
    (re.compile(r"^Expected `(?P<wanted>.*)`, got `(?P<name>.*)`$", re.DOTALL), "wrong_type"),
    (re.compile(r"^Expected `str` matching regex (?P<wanted>.*)$", re.DOTALL), "wrong_form"),
    (re.compile(r"^Expected `str` of length <= (?P<wanted>.*)$", re.DOTALL), "too_long"),
    (re.compile(r"^Expected (?P<wanted>.*)$", re.DOTALL), "wrong_form"),
)


def _told(sentence: str) -> BadDocument:
    match = _PATH.match(sentence)
    what, path = (match["what"], match["path"] or "$") if match else (sentence, "$")
    for pattern, code in _TOLD:
        if found := pattern.match(what):
            return BadDocument(code, path, **{name: str(text) for name, text in found.groupdict().items()})
    return BadDocument("not_json", path, reason=what)


def read_many(raw: bytes) -> list[Document]:
    """Return the documents that these bytes hold: one, or a list of them.

    :raises BadDocument: naming the place in the list.
    """
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        return [read(raw)]
    if len(raw) > LARGEST * 10:
        raise BadDocument("too_large", limit=str(LARGEST * 10 // 1024 // 1024))
    documents = [_read_part(part, place) for place, part in enumerate(_parts(raw))]
    names = [document.id for document in documents]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise BadDocument("double_identifier", f"$[{place}].id", name=name)
    return documents


def write_many(documents: list[Document]) -> bytes:
    """Return a list of documents, each as :func:`write` writes it."""
    raw = msgspec.json.encode(documents, order="deterministic")
    return msgspec.json.format(raw, indent=2) + b"\n"


def _parts(raw: bytes) -> list[bytes]:
    try:
        parts = msgspec.json.decode(raw.decode("utf-8-sig").encode("utf-8"), type=list[msgspec.Raw])
    except UnicodeDecodeError as error:
        raise BadDocument("not_utf8", at=str(error.start)) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadDocument("not_json", reason=str(error)) from error
    return [bytes(part) for part in parts]


def _read_part(raw: bytes, place: int) -> Document:
    try:
        return read(raw)
    except BadDocument as error:
        raise BadDocument(error.code, f"$[{place}]{error.path.removeprefix('$')}", **error.values) from error
