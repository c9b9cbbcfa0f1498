"""Finding people among those called, by as much of their name as somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.assemblies.models import AssemblySeat


def matching(seats: Iterable[AssemblySeat], words: str) -> list[AssemblySeat]:
    """Those whose name has, for each word, a word that begins with it."""
    asked = fold(words).split()
    return [one for one in seats if all(any(part.startswith(word) for part in one.folded.split()) for word in asked)]


def bearers(seats: Iterable[AssemblySeat], name: str) -> list[AssemblySeat]:
    """Those who bear a name in full, the given name before or behind."""
    asked = sorted(fold(name).split())
    return [one for one in seats if asked and sorted(one.folded.split()) == asked]


def meant(seats: Iterable[AssemblySeat], typed: str) -> list[AssemblySeat]:
    """Whom a name may mean: who bears it in full, else those whose names begin so."""
    known = list(seats)
    return bearers(known, typed) or (matching(known, typed) if fold(typed) else [])
