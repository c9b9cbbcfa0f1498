"""What is looked up once for however many members are noted together: the categories, the numbers that are taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.members.models import Member, MemberCategory
from app.members.queries.roll import categories_of
from app.members.services.ground import BadMember, hold_numbers
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

FIRST_CATEGORIES = (
    (_l("Membre actif"), True),
    (_l("Association ou entreprise"), True),
    (_l("Membre bienfaiteur"), False),
    (_l("Membre d’honneur"), False),
)
"""What a body starts from; every body then has a list of its own."""


@dataclass
class Desk:
    """Where members of one body are noted, one after the other, while nobody else gives numbers."""

    categories: Mapping[str, MemberCategory]
    taken: set[int]
    last: int

    def number(self, wanted: int | None) -> int:
        """The number that was wanted, if nobody has it; else the next one."""
        if wanted is None or wanted in self.taken:
            wanted = self.last + 1
        self.taken.add(wanted)
        self.last = max(self.last, wanted)
        return wanted

    def keep_free(self, wanted: Iterable[int]) -> None:
        """Give nobody else the numbers that a list brings for those who come further down."""
        self.last = max(self.last, *wanted, 0)

    def category(self, name: str) -> MemberCategory:
        """The category of this name, the first one where none is said.

        :raises BadMember: when the body has no such category.
        """
        found = self.categories.get(fold(name) or next(iter(self.categories)))
        if found is None:
            raise BadMember(
                _l("La catégorie « %(name)s » n’existe pas : choisissez-en une de la liste.", name=name[:80]),
                field="category",
            )
        return found


def open_desk(session: Session, body_id: int) -> Desk:
    """Look it all up; from here on nobody else gives a number of this body until this is written."""
    hold_numbers(session, body_id)
    taken = set(session.scalars(select(Member.number).where(Member.body_id == body_id)))
    return Desk(_categories(session, body_id), taken, max(taken, default=0))


def settle_category(session: Session, body_id: int, name: str) -> MemberCategory:
    """The category of this name; a body without any starts with the usual ones.

    :raises BadMember: when the body has no such category.
    """
    return Desk(_categories(session, body_id), set(), 0).category(name)


def _categories(session: Session, body_id: int) -> dict[str, MemberCategory]:
    """By folded name, in the body's order; of two names alike the first."""
    known = categories_of(session, body_id, retired=True) or _first_categories(session, body_id)
    found: dict[str, MemberCategory] = {}
    for one in known:
        found.setdefault(fold(one.name), one)
    return found


def _first_categories(session: Session, body_id: int) -> list[MemberCategory]:
    made = [
        MemberCategory(body_id=body_id, name=str(label), is_voting=votes, position=rank)
        for rank, (label, votes) in enumerate(FIRST_CATEGORIES)
    ]
    session.add_all(made)
    session.flush()
    return made
