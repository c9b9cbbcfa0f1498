"""Who among some people is known to be a minor: by the birth that the papers of a stay asked for, as long as kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.members.ages import ADULT, age_on
from app.members.models import Stay, Traveller
from app.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class KnownMinor:
    """Somebody under eighteen on the day that was asked about."""

    name: str
    age: int


def minors_among(session: Session, body_id: int, people: Collection[int], *, on: date) -> list[KnownMinor]:
    """Those of the people who are known to be minors on a day; of whom nothing is known is not among them."""
    if not people:
        return []
    statement = (
        select(Person.name_as_written, Person.given_name, Person.family_name, func.min(Traveller.born_on))
        .join(Traveller, Traveller.person_id == Person.id)
        .join(Stay, Stay.id == Traveller.stay_id)
        .where(Stay.body_id == body_id, Person.id.in_(list(people)), Traveller.born_on.is_not(None))
        .group_by(Person.id, Person.name_as_written, Person.given_name, Person.family_name)
        .order_by(Person.id)
    )
    found = [
        KnownMinor(written or f"{given} {family}".strip(), age_on(born, on))
        for written, given, family, born in session.execute(statement)
        if born is not None
    ]
    return [one for one in found if one.age < ADULT]
