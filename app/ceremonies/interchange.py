"""The product's own format for ceremonies: reading it with care, writing it always the same way.

``schema.json`` beside this file is its description, published by ``flask ceremonies schema``. A fact that is not
known is absent; nothing is filled in.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.documents.zones import is_zone
from app.shared.errors import DomainError
from app.shared.fuzzydate import BadDate, FuzzyDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from app.ceremonies.models import Ceremony, ProgrammeItem

FORMAT = "trait-d-union.ceremonies"
VERSION = 1
MAX_BYTES = 50 * 1024 * 1024
_SHOWN = 10
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

    :raises UnreadableProgramme: with what is wrong, where, and what was expected; at most ten faults are told.
    """
    document = _parse(data)
    faults = [*_schema_faults(document)] or [*_meaning_faults(document)]
    if faults:
        shown = faults[:_SHOWN]
        if len(faults) > _SHOWN:
            shown.append(_("… et %(count)s autres.", count=len(faults) - _SHOWN))
        raise UnreadableProgramme(
            _l("Le fichier n’a pas été importé, rien n’a été changé.\n%(faults)s", faults="\n".join(shown))
        )
    ceremonies: list[dict[str, Any]] = document["ceremonies"]
    return ceremonies


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


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_text())
    return schema


def _parse(data: bytes) -> Any:  # noqa: ANN401  # whatever JSON holds
    if len(data) > MAX_BYTES:
        raise UnreadableProgramme(_l("Le fichier dépasse 50 Mio. Découpez-le, puis importez chaque partie."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableProgramme(
            _l("Le fichier n’est pas en UTF-8 (octet %(place)s). Enregistrez-le en UTF-8.", place=error.start)
        ) from error
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
        yield _fault(error)


@lru_cache(maxsize=1)
def _validator() -> Any:  # noqa: ANN401  # untyped library
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415  # slow to import, used by imports only

    checker = FormatChecker(formats=())
    checker.checks("edtf", raises=BadDate)(lambda text: not isinstance(text, str) or FuzzyDate(text) is not None)
    checker.checks("date", raises=BadDate)(lambda text: not isinstance(text, str) or _is_day(text))
    return Draft202012Validator(_schema(), format_checker=checker)


def _is_day(text: str) -> bool:
    return FuzzyDate(text).day is not None


def _fault(error: Any) -> str:  # noqa: ANN401  # untyped library
    where = place(error.absolute_path) or _("le document")
    value = json.dumps(error.instance, ensure_ascii=False)[:60]
    return str(_told(error, where, value))


def _quoted(name: str) -> str:
    return str(_("«\N{NO-BREAK SPACE}%(name)s\N{NO-BREAK SPACE}»", name=name))


def _told(error: Any, where: str, value: str) -> Any:  # noqa: ANN401  # untyped library
    match error.validator:
        case "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            return _(
                "%(where)s : il manque %(names)s.",
                where=where,
                names=", ".join(_quoted(name) for name in missing),
            )
        case "additionalProperties":
            known = set(error.schema.get("properties", {}))
            names = ", ".join(_quoted(name) for name in error.instance if name not in known)
            return _("%(where)s : champ inconnu %(names)s. Écrivez-le dans « facts ».", where=where, names=names)
        case "pattern" | "format":
            return _("%(where)s : %(value)s n’a pas la forme attendue.", where=where, value=value)
        case "type" | "anyOf":
            return _("%(where)s : %(value)s n’est pas du genre attendu.", where=where, value=value)
        case "const" | "enum":
            expected = error.validator_value
            names = ", ".join(str(one) for one in (expected if isinstance(expected, list) else [expected]))
            return _("%(where)s : %(value)s ; attendu : %(names)s.", where=where, value=value, names=names)
        case _:
            return _(
                "%(where)s : %(value)s ne convient pas (%(rule)s).", where=where, value=value, rule=error.validator
            )


def place(path: Iterable[Any]) -> str:
    """Say where a fault lies: « ceremonies[0].items[3].start »."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _meaning_faults(document: dict[str, Any]) -> Iterator[str]:
    """What a schema cannot say: zones that exist, names that are unique, days that can be read."""
    seen: set[str] = set()
    for number, ceremony in enumerate(document["ceremonies"]):
        where = f"ceremonies[{number}]"
        yield from _zone_fault(f"{where}.timezone", ceremony)
        yield from _uid_fault(f"{where}.uid", ceremony, seen)
        yield from _range_faults(f"{where}.published_range", ceremony.get("published_range", {}))
        for rank, item in enumerate(ceremony.get("items", [])):
            yield from _zone_fault(f"{where}.items[{rank}].timezone", item)
            yield from _uid_fault(f"{where}.items[{rank}].uid", item, seen)


def _zone_fault(where: str, thing: dict[str, Any]) -> Iterator[str]:
    name = thing.get("timezone")
    if name and not is_zone(name):
        yield _("%(where)s : le fuseau « %(name)s » n’existe pas. Exemple : Europe/Paris.", where=where, name=name)


def _uid_fault(where: str, thing: dict[str, Any], seen: set[str]) -> Iterator[str]:
    uid = thing.get("uid")
    if uid and uid in seen:
        yield _("%(where)s : l’identifiant « %(uid)s » sert déjà dans ce fichier.", where=where, uid=uid)
    if uid:
        seen.add(uid)


def _range_faults(where: str, bounds: dict[str, Any]) -> Iterator[str]:
    for name in ("start", "end"):
        text = bounds.get(name, "2000-01-01")[:10]
        try:
            FuzzyDate(text)
        except BadDate:
            yield _("%(where)s : « %(text)s » n’est pas un jour du calendrier.", where=f"{where}.{name}", text=text)
