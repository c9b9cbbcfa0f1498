"""Ask every room, in the order in which people look for things."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.web.searching.asked import Asked
from app.web.searching.committees import find_assemblies, find_letters, find_members
from app.web.searching.papers import (
    find_acts,
    find_ceremonies,
    find_conventions,
    find_foundings,
    find_meetings,
    find_programmes,
    find_projects,
)
from app.web.searching.spine import find_bodies, find_persons, find_twinnings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.web.searching.asked import Hit

MOST_FOUND = 10


@dataclass(frozen=True)
class Group:
    """What was found of one kind; ``is_near``: not what was typed, but close to it."""

    title: str
    hits: Sequence[Hit]
    is_near: bool


def search_all(session: Session, who: Identity, typed: str) -> list[Group]:
    """Search for words, in any order and without accents, in all that the person may see."""
    asked = Asked(session, who, typed)
    if not asked.words:
        return []
    return _found(asked) or _found(replace(asked, is_near=True))


def _found(asked: Asked) -> list[Group]:
    groups = []
    for title, find in _SOURCES:
        answers = (hit for hit in find(asked) if hit.is_sure or asked.answered_by(hit.words))
        if hits := list(islice(answers, MOST_FOUND)):
            groups.append(Group(str(title), hits, asked.is_near))
    return groups


_SOURCES: tuple[tuple[object, Callable[[Asked], Iterable[Hit]]], ...] = (
    (_l("Jumelages"), find_twinnings),
    (_l("Organismes"), find_bodies),
    (_l("Personnes"), find_persons),
    (_l("Conventions"), find_conventions),
    (_l("Délibérations"), find_acts),
    (_l("Séances du conseil"), find_meetings),
    (_l("Cérémonies"), find_ceremonies),
    (_l("Projets"), find_projects),
    (_l("Comités en création"), find_foundings),
    (_l("Réunions"), find_assemblies),
    (_l("Membres"), find_members),
    (_l("Lettres"), find_letters),
    (_l("Aides"), find_programmes),
)
