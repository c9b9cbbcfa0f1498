"""What the fields and the words of closed lists are called, in the languages that texts are written in."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "labels.toml"


@cache
def tables() -> dict[str, dict[str, dict[str, str]]]:
    """Return the tables ``sections``, ``fields``, ``units``, ``values``, ``words``, ``contradictions``."""
    made: dict[str, dict[str, dict[str, str]]] = tomllib.loads(FILE.read_text("utf-8"))
    return made


def languages() -> frozenset[str]:
    """Return the languages that have every label: facts are told in one language, not in two."""
    return frozenset.intersection(*(frozenset(one) for table in tables().values() for one in table.values()))


def section(name: str, language: str) -> str:
    """Name a part of a document."""
    return _said(tables()["sections"][name], language)


def field(owner: str, name: str, language: str) -> str:
    """Name a field of a structure."""
    table = tables()["fields"]
    return _said(table.get(f"{owner}.{name}") or table[name], language)


def value(owner: str, name: str, word: str, language: str) -> str:
    """Name a word of a closed list."""
    table = tables()["values"]
    return _said(table.get(f"{owner}.{name}.{word}") or table.get(f"{owner}.{word}") or table[word], language)


def word(text: str, language: str) -> str:
    """Name a word that is often used where the format leaves the choice; others are given back as they are."""
    known = tables()["words"].get(text)
    return _said(known, language) if known else text


def contradiction(code: str, language: str, **figures: str) -> str:
    """Say what two figures of a vote have against each other."""
    return _said(tables()["contradictions"][code], language).format(**figures)


def _said(found: dict[str, str], language: str) -> str:
    return found.get(language.split("-", maxsplit=1)[0], found["fr"])
