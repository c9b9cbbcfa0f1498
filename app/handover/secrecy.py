"""What a handover never holds: it is read by two boards, printed and kept."""

from __future__ import annotations

import re

_TOLD = r"\b(mots?\s+de\s+passe|mdp|passwords?|code\s+(?:pin|secret))\s*(?:[:=]|est\b|\bis\b)\s*\S"
_LOCK = (
    r"\bcodes?\s+(?:(?:d[’']|de\s+l[’']|du\s+|de\s+la\s+)?(?:accès|porte|portail|coffre|alarme|immeuble|local)\s*)?"
    r"(?:[:=]|est\b)?\s*\d{3,}"
)
_SECRET = re.compile(f"{_TOLD}|{_LOCK}", re.IGNORECASE)


def tells_secret(text: str) -> bool:
    """Whether a password or the figures of a lock stand in a text.

    « code du coffre : 1234 » does, « code postal 34700 » does not.
    """
    return _SECRET.search(text) is not None
