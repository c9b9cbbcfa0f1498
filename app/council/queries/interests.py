"""Councillors who sit on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.bodies.models import Body, BodyKind, Function, Mandate
from app.bodies.queries import is_in_office
from app.council.models import SamePerson, Subsidy
from app.council.queries.money import associations_known
from app.people.naming import compared
from app.shared.folding import fold
from app.twinnings.models import TwinningParty

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session

    from app.council.models import Act
    from app.people.models import Person

BOARD_FUNCTIONS = (
    Function.PRESIDENT,
    Function.VICE_PRESIDENT,
    Function.SECRETARY,
    Function.TREASURER,
    Function.BOARD_MEMBER,
)


class Interested(NamedTuple):
    """A councillor who is, or may be, somebody on a committee's board; ``is_same`` is None until a human said."""

    councillor: Person
    other: Person
    body: Body
    mandate: Mandate
    is_same: bool | None


def committees_concerned(session: Session, act: Act) -> list[Body]:
    """The associations that an act concerns: those of its twinning, those it aids, those that its text names."""
    parties = select(TwinningParty.body_id).where(TwinningParty.twinning_id == act.twinning_id)
    aided = select(Subsidy.beneficiary_id).where(Subsidy.act_id == act.id, Subsidy.trashed_at.is_(None))
    statement = select(Body.id).where(Body.kind == BodyKind.COMMITTEE, Body.trashed_at.is_(None))
    tied = set(session.scalars(statement.where(or_(Body.id.in_(parties), Body.id.in_(aided)))))
    known = {body.id: body for body in associations_known(session, act.body_id)}
    text = fold(" ".join([act.title, *act.recitals, *act.articles]))
    named = {body.id for body in known.values() if f" {_bare(body.name)} " in f" {text} "}
    return [known.get(number) or session.get_one(Body, number) for number in sorted(tied | named)]


def _bare(name: str) -> str:
    """« Les Amis de Bourg » as it stands in « aux amis de Bourg »: without its first article."""
    first, _space, rest = fold(name).partition(" ")
    return rest if first in {"l", "le", "la", "les"} and rest else fold(name)


def interested_in(
    session: Session, body_id: int, persons: Iterable[Person], committees: Iterable[Body], *, on: date
) -> list[Interested]:
    """Who of these councillors sits on the board of one of these committees: the same record, or a like name.

    A like name is a question for a human; what they answered is kept.
    """
    bodies = {body.id: body for body in committees}
    if not bodies:
        return []
    board = session.scalars(
        select(Mandate)
        .where(Mandate.body_id.in_(bodies), Mandate.trashed_at.is_(None), Mandate.function.in_(BOARD_FUNCTIONS))
        .options(joinedload(Mandate.person))
    ).all()
    decided = {
        (one.councillor_id, one.other_id): one.is_same
        for one in session.scalars(select(SamePerson).where(SamePerson.body_id == body_id))
    }
    found = []
    for person in persons:
        for mandate in board:
            if not is_in_office(mandate, on):
                continue
            other = mandate.person
            answer = True if other.id == person.id else decided.get((person.id, other.id))
            if answer is None and compared(person.name) != compared(other.name):
                continue
            found.append(Interested(person, other, bodies[mandate.body_id], mandate, answer))
    return found
