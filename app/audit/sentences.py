"""What each action reads as. Every room declares its own in ``app/<room>/journal.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from collections.abc import Mapping

_SENTENCES: dict[str, object] = {}
_UNKNOWN = _l("a fait une modification (%(action)s)")


def declare(sentences: Mapping[str, object]) -> None:
    """Add a room's sentences: action → lazy sentence with the details as named placeholders."""
    _SENTENCES.update(sentences)


def sentence(action: str, details: Mapping[str, Any]) -> str:
    """Say in the reader's language what was done; an entry never fails to be shown."""
    known = _SENTENCES.get(action)
    if known is None:
        return str(_UNKNOWN) % {"action": action}
    try:
        return str(known) % details
    except (KeyError, ValueError, TypeError):
        return str(known)
