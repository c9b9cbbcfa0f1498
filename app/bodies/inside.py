"""Words that begin with a capital on their own, as they stand inside a sentence."""

from __future__ import annotations

from flask_babel import get_locale


def inside(words: object) -> str:
    """« première étape » for « Première étape »; a German noun keeps its capital wherever it stands."""
    said, locale = str(words), get_locale()
    return said if locale is not None and locale.language == "de" else said[:1].lower() + said[1:]
