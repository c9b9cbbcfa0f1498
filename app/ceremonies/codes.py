"""Codes, amounts and links of a programme that no shape can check: which exist, and what was probably meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.texts import codes

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS = {
    "country": "country",
    "currency": "currency",
    **dict.fromkeys(("language", "languages", "from", "to"), "language"),
}
_WORDS = frozenset({"title", "subtitle", "description", "name", "function", "place", "note", "text"})
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+-]*):(?!\d)", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What a link may begin with; « www.exemple.fr », as programmes print it, begins with none."""
_UNSAID = "und"
_SENTENCES = {
    "country": _l("« %(code)s » n’est le code d’aucun pays (ISO 3166 : FR, UA)."),
    "currency": _l("« %(code)s » n’est le code d’aucune monnaie (ISO 4217 : EUR, PLN)."),
    "language": _l("« %(code)s » n’est le code d’aucune langue (BCP 47 : fr, de, uk)."),
}


def faults(thing: Any, where: str, name: str = "") -> Iterator[str]:  # noqa: ANN401  # any part of a file
    """Every code that does not exist, every link that no browser may open."""
    if isinstance(thing, list):
        for rank, one in enumerate(thing):
            yield from faults(one, f"{where}[{rank}]", name)
    elif isinstance(thing, dict):
        is_by_language = name in _WORDS and all(_TAG.fullmatch(key) for key in thing)
        for key, one in thing.items():
            if is_by_language:
                yield from _code_faults("language", key, where)
            else:
                yield from faults(one, f"{where}.{key}", key)
    elif isinstance(thing, str):
        yield from _text_faults(thing, where, name)


def _text_faults(text: str, where: str, name: str) -> Iterator[str]:
    if name in _KINDS:
        yield from _code_faults(_KINDS[name], text, where)
    elif name == "url" and (scheme := _SCHEME.match(text)) and scheme[1].lower() not in _SCHEMES:
        yield _at(
            where,
            _(
                "« %(url)s » n’est pas un lien. Un lien commence par « https:// » ou « http:// ».",
                url=text[:60],
            ),
        )


def _code_faults(kind: str, code: str, where: str) -> Iterator[str]:
    if code == _UNSAID or codes.exists(kind, code):
        return
    told = str(_SENTENCES[kind]) % {"code": code}
    meant = codes.meant(kind, code)
    yield _at(where, f"{told} {_('Vouliez-vous « %(near)s » ?', near=meant)}" if meant else told)


def _at(where: str, fault: str) -> str:
    return str(_("%(where)s : %(fault)s", where=where, fault=fault))
