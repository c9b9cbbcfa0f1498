"""The product's own format for ceremonies: reading it with care, writing it always the same way.

``schema.json`` beside this file is its description, published by ``flask ceremonies schema``. A fact that is not
known is absent; nothing is filled in.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.ceremonies import faults, meaning, times
from app.shared.errors import DomainError
from app.shared.fuzzydate import BadDate, FuzzyDate
from app.texts.lines import lines_of, nearest_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.ceremonies.models import Ceremony, ProgrammeItem

FORMAT = "trait-d-union.ceremonies"
VERSION = 1
MAX_BYTES = 50 * 1024 * 1024
_SHOWN = 20
_PLACE = re.compile(r"ceremonies[^\s:]*")
_PATH = Path(__file__).with_name("schema.json")
_CEREMONY_COLUMNS = ("uid", "title", "kind", "status", "timezone", "languages")
_ITEM_COLUMNS = ("uid", "title", "kind", "status", "day", "start", "end", "public")


class UnreadableProgramme(DomainError):
    """The file is not in the format; each line of the sentence says where and why."""


def schema_text() -> str:
    """Return the published JSON Schema."""
    return _PATH.read_text("utf-8")


def write(ceremonies: Iterable[Ceremony]) -> str:
    """Write ceremonies with their programmes; the same content always gives the same text."""
    document = {"format": FORMAT, "version": VERSION, "ceremonies": [plain(one) for one in ceremonies]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def plain(ceremony: Ceremony) -> dict[str, Any]:
    """Tell a ceremony as the format does."""
    known = dict(ceremony.details)
    known.update({name: getattr(ceremony, name) for name in _CEREMONY_COLUMNS})
    known["date"] = None if ceremony.when is None else ceremony.when.text
    known["sequence"], known["modified"] = ceremony.sequence, instant(ceremony.modified)
    known["items"] = [_plain_item(item) for item in ceremony.programme]
    return _ordered(known, "ceremony")


def read(data: bytes) -> list[dict[str, Any]]:
    """Read a file of the format and return its ceremonies, checked.

    :raises UnreadableProgramme: with what is wrong, where, and what was expected; at most twenty faults are told.
    """
    document = _parse(data)
    found = [*_schema_faults(document)] or [*meaning.faults(document["ceremonies"])]
    if found:
        found = _with_lines(found, _text(data))
        shown = found[:_SHOWN]
        if len(found) > _SHOWN:
            shown.append(ngettext("… et %(num)s autre.", "… et %(num)s autres.", len(found) - _SHOWN))
        raise UnreadableProgramme(
            _l("Le fichier n’a pas été importé, rien n’a été changé.\n%(faults)s", faults="\n".join(shown))
        )
    ceremonies: list[dict[str, Any]] = document["ceremonies"]
    return ceremonies


def _with_lines(found: list[str], text: str) -> list[str]:
    """The same sentences, each with the line of the file where its place is, in the order of the file."""
    places = [f"$.{place[0]}" if (place := _PLACE.match(sentence)) else "$" for sentence in found]
    lines = lines_of(text, set(places))
    told = [(nearest_line(lines, place), sentence) for place, sentence in zip(places, found, strict=True)]
    told.sort(key=lambda one: one[0])
    return [_("Ligne %(line)s, %(fault)s", line=at[0], fault=said) if at[0] else said for at, said in told]


def instant(moment: datetime) -> str:
    """Write a moment in UTC, with its fraction of a second only when it has one."""
    text = moment.isoformat(timespec="microseconds" if moment.microsecond else "seconds")
    return text.replace("+00:00", "Z")


def _plain_item(item: ProgrammeItem) -> dict[str, Any]:
    known = dict(item.details)
    known.update({name: getattr(item, name) for name in _ITEM_COLUMNS})
    known["date"] = None if item.own_date is None else item.own_date.text
    known["sequence"], known["modified"] = item.sequence, instant(item.modified)
    return _ordered(known, "item")


def _ordered(known: dict[str, Any], kind: str) -> dict[str, Any]:
    """Put the fields in the schema's order and leave out those that are not known."""
    return {name: known[name] for name in _order(kind) if name in known and known[name] not in (None, "", [], {})}


@lru_cache(maxsize=4)
def _order(kind: str) -> tuple[str, ...]:
    return tuple(_schema()["$defs"][kind]["properties"])


def definition(kind: str) -> dict[str, Any]:
    """One of the schema's definitions, by its name."""
    found: dict[str, Any] = _schema()["$defs"][kind]
    return found


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_text())
    return schema


def _parse(data: bytes) -> Any:  # noqa: ANN401  # whatever JSON holds
    text = _text(data)
    try:
        document = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
        json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise UnreadableProgramme(
            _l(
                "Ce n’est pas du JSON : ligne %(line)s, colonne %(column)s. Vérifiez les guillemets et les virgules.",
                line=error.lineno,
                column=error.colno,
            )
        ) from error
    except _Doubled as error:
        raise UnreadableProgramme(
            _l("Le champ « %(name)s » est écrit deux fois au même endroit. Gardez-en un.", name=str(error))
        ) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableProgramme(
            _l("Le fichier contient un nombre, un signe ou une profondeur que ce format ne permet pas.")
        ) from error
    if "\\u0000" in text or "\x00" in text:
        raise UnreadableProgramme(_l("Le fichier contient un caractère nul. Retirez-le, puis recommencez."))
    return document


def _text(data: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 that says so at its beginning.

    :raises UnreadableProgramme: when it is too large, empty, compressed or written otherwise.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableProgramme(_l("Le fichier dépasse 50 Mio. Découpez-le, puis importez chaque partie."))
    if data.startswith((b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ")):
        raise UnreadableProgramme(
            _l("Le fichier est compressé. Décompressez-le, puis importez le fichier « .json » qu’il contient.")
        )
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableProgramme(
            _l("Le fichier n’est pas en UTF-8 (octet %(place)s). Enregistrez-le en UTF-8.", place=error.start)
        ) from error
    if not text.strip():
        raise UnreadableProgramme(_l("Le fichier est vide : il n’y a rien à importer."))
    return text


class _Doubled(ValueError):
    """A name written twice in one object."""


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise _Doubled(next(name for name in names if names.count(name) > 1))
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _schema_faults(document: Any) -> Iterator[str]:  # noqa: ANN401  # whatever JSON holds
    for error in sorted(_validator().iter_errors(document), key=lambda found: [str(part) for part in found.path]):
        yield faults.sentence(error)


@lru_cache(maxsize=1)
def _validator() -> Any:  # noqa: ANN401  # untyped library
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415  # slow to import, used by imports only

    checker = FormatChecker(formats=())
    checker.checks("edtf", raises=BadDate)(lambda text: not isinstance(text, str) or FuzzyDate(text) is not None)
    checker.checks("date-time", raises=ValueError)(
        lambda text: not isinstance(text, str) or datetime.fromisoformat(text) is not None
    )
    checker.checks("date")(lambda text: not isinstance(text, str) or times.exact_day(text) is not None)
    return Draft202012Validator(_schema(), format_checker=checker)
