"""What each action reads as. Every room declares its own in ``app/<room>/journal.py``.

``SENTENCES`` gives an action its sentence, with the details as named placeholders. ``WORDS`` (optional)
says how the codes of a detail read: ``{"stage": {"vote": _l("vote")}}``. A detail whose name ends in
``_on``, ``until`` or ``since`` and holds an ISO day reads as a date.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask_babel import format_date, get_locale
from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from collections.abc import Mapping

_SENTENCES: dict[str, object] = {}
_WORDS: dict[str, dict[str, object]] = defaultdict(dict)
_UNKNOWN = _l("a fait une modification (%(action)s)")


def declare(sentences: Mapping[str, object], words: Mapping[str, Mapping[str, object]] | None = None) -> None:
    """Add a room's sentences: action → lazy sentence with the details as named placeholders."""
    _SENTENCES.update(sentences)
    _translated.cache_clear()
    for detail, said in (words or {}).items():
        _WORDS[detail].update(said)


def sentence(action: str, details: Mapping[str, Any]) -> str:
    """Say in the reader's language what was done; an entry never fails to be shown."""
    locale = get_locale()
    known = _translated(action, locale.language if locale else "fr")
    try:
        return known % {"action": action, **{name: _said(name, value) for name, value in details.items()}}
    except (KeyError, ValueError, TypeError):
        return known


@lru_cache(maxsize=2000)
def _translated(action: str, language: str) -> str:
    """The sentence in the reader's language, found once."""
    del language  # the one that the page speaks; it keys the cache
    return str(_SENTENCES.get(action, _UNKNOWN))


def _said(name: str, value: object) -> object:
    words = _WORDS.get(name)
    if words is not None and isinstance(value, str) and value in words:
        return words[value]
    if name in {"until", "since", "on"} or name.endswith("_on"):
        try:
            return format_date(date.fromisoformat(str(value)), "long")
        except ValueError:
            return value
    return value
