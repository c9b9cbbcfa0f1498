"""A new council, a new mayor, a new board: old mandates end on a day, new ones begin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.bodies.labels import FUNCTION_NAMES, FUNCTIONS_BY_KIND, ONE_AT_A_TIME
from app.bodies.models import BodyKind, Function
from app.bodies.queries import is_in_office, mandates_of
from app.bodies.services.mandates import BadMandate, MandateFacts, close_mandate, open_mandate
from app.people.models import Person
from app.people.services import PersonFacts, note_person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body, Mandate
    from app.shared.actor import Actor
    from app.shared.fuzzydate import FuzzyDate


class Occasion(StrEnum):
    """Why offices change hands."""

    COUNCIL = "conseil"
    MAYOR = "maire"
    BOARD = "bureau"


class Outcome(StrEnum):
    """What becomes of a mandate that was open."""

    ENDS = "fin"
    RENEWED = "reconduit"
    STAYS = "continue"


OCCASION_NAMES = {
    Occasion.COUNCIL: _l("Un nouveau conseil"),
    Occasion.MAYOR: _l("Une nouvelle ou un nouveau maire"),
    Occasion.BOARD: _l("Un nouveau bureau"),
}
_OFFICES = {
    Occasion.COUNCIL: frozenset(
        {
            Function.MAYOR,
            Function.DEPUTY_MAYOR,
            Function.COUNCILLOR,
            Function.COUNCIL_DELEGATE,
            Function.EPCI_PRESIDENT,
            Function.VICE_PRESIDENT,
        }
    ),
    Occasion.MAYOR: frozenset(
        {Function.MAYOR, Function.DEPUTY_MAYOR, Function.EPCI_PRESIDENT, Function.VICE_PRESIDENT}
    ),
    Occasion.BOARD: frozenset(
        {
            Function.PRESIDENT,
            Function.VICE_PRESIDENT,
            Function.SECRETARY,
            Function.TREASURER,
            Function.BOARD_MEMBER,
        }
    ),
}
_TOWNS = (BodyKind.COMMUNE, BodyKind.EPCI, BodyKind.FOREIGN_AUTHORITY)


def occasions_of(kind: str) -> tuple[Occasion, ...]:
    """What can happen to the offices of a body of this kind."""
    return (Occasion.COUNCIL, Occasion.MAYOR) if kind in _TOWNS else (Occasion.BOARD,)


def functions_of(kind: str, occasion: Occasion) -> list[Function]:
    """The offices of a body of this kind that the occasion concerns, in their order."""
    return [function for function in FUNCTIONS_BY_KIND[BodyKind(kind)] if function in _OFFICES[occasion]]


@dataclass(frozen=True)
class Newcomer:
    """Somebody who takes office: a person already known, or one to note."""

    function: Function
    wording: str = ""
    person_id: int | None = None
    person: PersonFacts | None = None


@dataclass(frozen=True)
class RenewOffices:
    """The day, its reason, what becomes of each open mandate, who comes."""

    occasion: Occasion
    on: FuzzyDate
    why: str
    outcomes: dict[int, Outcome]
    newcomers: Sequence[Newcomer]


def open_offices(session: Session, body: Body, occasion: Occasion, *, on: date) -> list[Mandate]:
    """The mandates that the occasion concerns."""
    return [
        mandate
        for mandate in mandates_of(session, body.id)
        if mandate.until is None and Function(mandate.function) in _OFFICES[occasion] and is_in_office(mandate, on)
    ]


def renew_offices(
    session: Session, body: Body, command: RenewOffices, *, by: Actor, at: datetime
) -> tuple[list[Mandate], list[Mandate]]:
    """Close and open mandates as said; give those closed and those opened.

    :raises BadMandate: when two people would hold one office, or nothing would change.
    """
    concerned = open_offices(session, body, command.occasion, on=at.date())
    changing = [(mandate, command.outcomes.get(mandate.id, Outcome.STAYS)) for mandate in concerned]
    _refuse_two_in_one_office(changing, command.newcomers)
    closed = [
        close_mandate(session, mandate, until=command.on, why=command.why, by=by, at=at)
        for mandate, outcome in changing
        if outcome != Outcome.STAYS
    ]
    opened = [
        open_mandate(
            session,
            body,
            mandate.person,
            MandateFacts(Function(mandate.function), mandate.wording, mandate.rank, since=command.on),
            by=by,
            at=at,
        )
        for mandate, outcome in changing
        if outcome == Outcome.RENEWED
    ]
    opened += [_take_office(session, body, newcomer, command.on, by, at) for newcomer in command.newcomers]
    if not closed and not opened:
        raise BadMandate(_l("Rien ne change : dites qui part ou qui arrive."))
    record(
        session,
        "offices.renewed",
        by=by,
        at=at,
        body_id=body.id,
        subject=("body", body.id),
        name=body.name,
        closed=len(closed),
        opened=len(opened),
    )
    return closed, opened


def _take_office(session: Session, body: Body, newcomer: Newcomer, on: FuzzyDate, by: Actor, at: datetime) -> Mandate:
    if newcomer.person_id is not None:
        person = session.get_one(Person, newcomer.person_id)
    else:
        keeper = body.kept_by_id or body.id
        person = note_person(session, newcomer.person or PersonFacts(), kept_by=keeper, by=by, at=at, quiet=True)
    facts = MandateFacts(newcomer.function, newcomer.wording, since=on)
    return open_mandate(session, body, person, facts, by=by, at=at)


def _refuse_two_in_one_office(changing: Sequence[tuple[Mandate, Outcome]], newcomers: Sequence[Newcomer]) -> None:
    holders: dict[Function, int] = {}
    for mandate, outcome in changing:
        if outcome != Outcome.ENDS:
            holders[Function(mandate.function)] = holders.get(Function(mandate.function), 0) + 1
    for newcomer in newcomers:
        holders[newcomer.function] = holders.get(newcomer.function, 0) + 1
    for function, number in holders.items():
        if function in ONE_AT_A_TIME and number > 1:
            raise BadMandate(
                _l(
                    "%(function)s : deux personnes tiendraient cette fonction. Dites qui part, "
                    "ou ajoutez ensuite la seconde personne depuis la page de l’organisme.",
                    function=FUNCTION_NAMES[function],
                )
            )
