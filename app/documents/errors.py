"""What can go wrong while reading or making a file, as a code, its values and a sentence.

This leaf knows no catalogue: ``errors.toml`` holds the sentences in the three languages of the interface. A room
turns one into its own error with ``DomainError(error.sentence(locale))``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_SPOKEN = "fr"


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(Path(__file__).with_name("errors.toml").read_text("utf-8"))


def codes() -> frozenset[str]:
    """Return every code an error may have."""
    return frozenset(_texts()["sentences"])


class DocumentError(Exception):
    """A file that cannot be read or made. ``code`` is stable; ``values`` fill the sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def sentence(self, lang: str = _SPOKEN) -> str:
        """Say what is wrong and what to do, in French where the language is not ours."""
        spoken = lang[:2].lower()
        texts = _texts()["sentences"][self.code]
        values = {name: _word(value, spoken) for name, value in self.values.items()}
        return texts.get(spoken, texts[_SPOKEN]).format(**values)

    def __str__(self) -> str:
        """Return the French sentence."""
        return self.sentence()


def said(name: str, lang: str) -> str:
    """Return what a document itself says about how it was made, in its language where we speak it."""
    texts = _texts()["notes"][name]
    return texts.get(lang[:2].lower(), texts[_SPOKEN])


class PdfUnavailable(DocumentError):
    """The machine lacks the libraries that draw the PDF; everything else goes on working."""


class UnreadableFile(DocumentError):
    """A file that a person sent and that cannot be taken as it is."""


def _word(value: object, lang: str) -> object:
    words = _texts()["words"].get(value) if isinstance(value, str) else None
    return value if words is None else words.get(lang, words[_SPOKEN])
