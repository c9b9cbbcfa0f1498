"""What each action reads as. Every room declares its own in ``app/<room>/journal.py``.

``SENTENCES`` gives an action its sentence, with the details as named placeholders; where one of them says how many,
``Counting("number", lambda number, told: ngettext(…, …, number, **told))``. ``WORDS`` (optional) says how the codes of
a detail read, alone or in a list: ``{"stage": {"vote": _l("vote")}}``. A detail whose name ends in ``_on`` or is
``day``, ``on``, ``until`` or ``since``, and that holds an ISO day, reads as a date.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from app.shared.typography import elided, unnested

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SENTENCES: dict[str, object] = {}
_WORDS: defaultdict[str, dict[str, object]] = defaultdict(dict)
_DAYS = frozenset({"until", "since", "on", "day"})
_UNKNOWN = _l("a fait une modification (%(action)s)")


@dataclass(frozen=True)
class Counting:
    """A sentence whose words follow a number among the details: ``say(number, details)``, in the reader's language."""

    detail: str
    say: Callable[[int, Mapping[str, Any]], str]


def declare(sentences: Mapping[str, object], words: Mapping[str, Mapping[str, object]] | None = None) -> None:
    """Add a room's sentences: action → lazy sentence with the details as named placeholders."""
    _SENTENCES.update(sentences)
    _translated.cache_clear()
    _word.cache_clear()
    for detail, said in (words or {}).items():
        _WORDS[detail].update(said)


def reading_language() -> str:
    """The language of the page; ask once for many entries."""
    locale = get_locale()
    return locale.language if locale else "fr"


def sentence(action: str, details: Mapping[str, Any], language: str = "") -> str:
    """Say in the reader's language what was done; an entry never fails to be shown."""
    language = language or reading_language()
    rule = _SENTENCES.get(action)
    told = {"action": action, **{name: _said(name, value, language) for name, value in details.items()}}
    known = "" if isinstance(rule, Counting) else _translated(action, language)
    try:
        if isinstance(rule, Counting):
            return rule.say(_number(details.get(rule.detail)), told)
        if language == "fr":
            known, told = elided(known, told), unnested(known, told)
        return known % told
    except (KeyError, ValueError, TypeError):
        return known or str(_UNKNOWN) % told


def _number(value: object) -> int:
    """How many; an entry that does not tell is read as one of several."""
    return value if isinstance(value, int) else 2


@lru_cache(maxsize=2000)
def _translated(action: str, language: str) -> str:
    """The sentence in the reader's language, found once."""
    del language  # the one that the page speaks; it keys the cache
    return str(_SENTENCES.get(action, _UNKNOWN))


def _said(name: str, value: object, language: str) -> object:
    if isinstance(value, list):
        return ", ".join(str(_said(name, one, language)) for one in value)
    if not isinstance(value, str):
        return value
    if name in _WORDS or name in _DAYS or name.endswith("_on"):
        return _word(name, value, language)
    return value


@lru_cache(maxsize=5000)
def _word(name: str, value: str, language: str) -> str:
    """A code or an ISO day as it reads; anything else as it stands."""
    words = _WORDS.get(name, {})
    if value in words:
        return str(words[value])
    if name in _DAYS or name.endswith("_on"):
        try:
            day = date.fromisoformat(value)
            text = str(format_date(day, "long", locale={"en": "en_GB"}.get(language, language)))
            return text.replace("1 ", "1er ", 1) if day.day == 1 and language == "fr" else text
        except ValueError:
            return value
    return value
