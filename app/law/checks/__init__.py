"""The checks C01 to C58, by subject. ``findings`` tells how to add one."""

from __future__ import annotations

from app.law.checks import (
    acts,
    association,
    convocation,
    files,
    interest,
    languages,
    money,
    people,
    publicity,
    quorum,
    texts,
    votes,
)

__all__ = [
    "acts",
    "association",
    "convocation",
    "files",
    "interest",
    "languages",
    "money",
    "people",
    "publicity",
    "quorum",
    "texts",
    "votes",
]
