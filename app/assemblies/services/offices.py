"""What an election changes outside the assembly: mandates, and the declaration to the registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.assemblies.declared import OfficersDeclaration
from app.assemblies.models import AssemblyKind, Outcome, Status
from app.assemblies.queries.terms import ends_of
from app.assemblies.queries.waiting import declared_with
from app.assemblies.services.calling import need
from app.assemblies.services.settling import add_change
from app.assemblies.services.telling import tell
from app.audit.services import record
from app.bodies.labels import ONE_AT_A_TIME
from app.bodies.models import Function
from app.bodies.services import renewal
from app.bodies.services.renewal import Newcomer, Occasion, RenewOffices
from app.bodies.services.renewal import Outcome as Fate
from app.law.days import add_months
from app.people.naming import clean
from app.people.services import PersonFacts
from app.shared.clock import day_of
from app.shared.errors import DomainError
from app.shared.folding import fold
from app.shared.fuzzydate import FuzzyDate
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblyCandidate
    from app.bodies.models import Body, Mandate
    from app.shared.actor import Actor


_BUREAU = frozenset({Function.PRESIDENT, Function.VICE_PRESIDENT, Function.SECRETARY, Function.TREASURER})
"""Offices of which a person leaves one for another, unless somebody says that they keep both."""
_AHEAD = timedelta(days=366)
_LONGEST = 12 * 30


class NobodyElected(DomainError):
    """There is nothing to install."""


class TwoOffices(DomainError):
    """An office would have two holders."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What an election does to the mandates: those elected by office, and what becomes of each one that is open.

    ``unseated``: officers who are not elected to a board that was renewed as a whole; they are among those who leave.
    """

    elected: tuple[tuple[Function, AssemblyCandidate], ...]
    leaving: tuple[Mandate, ...]
    staying: tuple[Mandate, ...]
    unseated: tuple[Mandate, ...] = ()

    def fates(self) -> dict[int, Fate]:
        """As the renewal of offices wants it."""
        return {mandate.id: Fate.ENDS for mandate in self.leaving}


def change_of(session: Session, assembly: Assembly, *, on: date) -> Change:
    """What the elections of an assembly mean for the mandates of its body."""
    elected = tuple(
        (Function(item.function), candidate)
        for item in assembly.agenda
        if item.outcome == Outcome.ELECTED and item.function in set(Function)
        for candidate in item.candidates
        if candidate.elected_round
    )
    functions = {function for function, _one in elected}
    moving = {one.person_id for function, one in elected if function in _BUREAU} - {None}
    held = renewal.open_offices(session, assembly.body, Occasion.BOARD, on=on)
    unseated = _unseated(assembly, elected, held)
    standing = _seats_not_renewed(session, assembly, elected, held)
    leaving = tuple(
        mandate
        for mandate in held
        if (mandate.function in functions and mandate not in standing)
        or (mandate.function in _BUREAU and mandate.person_id in moving)
        or mandate in unseated
    )
    staying = tuple(one for one in held if one not in leaving)
    return Change(elected=elected, leaving=leaving, staying=staying, unseated=unseated)


def _seats_not_renewed(
    session: Session,
    assembly: Assembly,
    elected: Sequence[tuple[Function, AssemblyCandidate]],
    held: Sequence[Mandate],
) -> tuple[Mandate, ...]:
    """Seats that go on while a part of the board is renewed: fewer were filled than there are, and theirs last longer.

    A seat whose term is over, and one of whoever was elected again, is among those renewed.
    """
    seats = [mandate for mandate in held if mandate.function == Function.BOARD_MEMBER]
    filled = [one for function, one in elected if function == Function.BOARD_MEMBER]
    if not filled or _places(assembly) >= len(seats):
        return ()
    day = day_of(assembly.starts_at)
    persons, names = _who(filled)
    ends = ends_of(session, assembly.body_id, seats, on=day)
    return tuple(
        mandate
        for mandate in seats
        if mandate.person_id not in persons
        and fold(mandate.person.name) not in names
        and ends.get(mandate.id, date.max) > day
    )


def _places(assembly: Assembly) -> int:
    """How many seats of the board the elections of an assembly were to fill."""
    seats = [item for item in assembly.agenda if item.function == Function.BOARD_MEMBER]
    return sum(item.places for item in seats if item.outcome == Outcome.ELECTED)


def _who(elected: Iterable[AssemblyCandidate]) -> tuple[set[int | None], set[str]]:
    """Those elected, by the record that is known of them or else by name."""
    found = list(elected)
    return {one.person_id for one in found} - {None}, {fold(one.name) for one in found if one.person_id is None}


def _unseated(
    assembly: Assembly, elected: Sequence[tuple[Function, AssemblyCandidate]], held: Sequence[Mandate]
) -> tuple[Mandate, ...]:
    """Officers who lost their seat: as many seats were filled as people held one, and they are among none of them."""
    places = _places(assembly)
    if not places or places < len({mandate.person_id for mandate in held}):
        return ()
    persons, names = _who(one for _function, one in elected)
    contested = {function for function, _one in elected}
    return tuple(
        mandate
        for mandate in held
        if mandate.function in _BUREAU - contested
        and mandate.person_id not in persons
        and fold(mandate.person.name) not in names
    )


def install(
    session: Session,
    assembly: Assembly,
    on: date,
    fates: Mapping[int, Fate] | None = None,
    *,
    due_on: date | None = None,
    by: Actor,
    at: datetime,
) -> tuple[list[Mandate], list[Mandate]]:
    """Open the mandates of those elected and close those they take over; give both.

    ``due_on``: until when they are meant to last; they end when somebody ends them.

    :raises TwoOffices: when an office that one person holds at a time would have two.
    """
    need(assembly, {Status.CLOSED}, _l("Le nouveau bureau s’installe une fois la réunion close."))
    if assembly.offices_on is not None:
        raise NobodyElected(_l("Les mandats de cette élection sont déjà ouverts."))
    _check_days(assembly, on, due_on, day_of(at))
    change = change_of(session, assembly, on=day_of(at))
    if not change.elected:
        raise NobodyElected(_l("Aucune élection à une fonction n’a abouti dans cette réunion."))
    decided = change.fates() if fates is None else dict(fates)
    _refuse_two(change, decided)
    command = RenewOffices(
        occasion=Occasion.BOARD,
        on=FuzzyDate(on.isoformat()),
        why=str(_l("élection du %(day)s", day=full_day(day_of(assembly.starts_at)))),
        outcomes=decided,
        newcomers=[_newcomer(function, candidate) for function, candidate in change.elected],
    )
    closed, opened = renewal.renew_offices(session, assembly.body, command, by=by, at=at)
    for (_function, candidate), mandate in zip(
        change.elected, opened[len(opened) - len(change.elected) :], strict=True
    ):
        candidate.person_id = mandate.person_id
    for mandate in opened:
        mandate.due_on = due_on
    assembly.offices_on = on
    if assembly.kind != AssemblyKind.FOUNDING:
        add_change(assembly, "officers")
    assembly.revision += 1
    session.flush()
    tell(session, "installed", assembly, by=by, at=at, number=len(opened))
    return closed, opened


def _check_days(assembly: Assembly, on: date, due_on: date | None, today: date) -> None:
    if on > today + _AHEAD:
        raise NobodyElected(_l("Ce jour est trop lointain : vérifiez l’année."), field="on")
    if on < day_of(assembly.starts_at):
        raise NobodyElected(_l("Les élus n’entrent pas en fonction avant leur élection."), field="on")
    if due_on is not None and not on < due_on <= add_months(on, _LONGEST):
        raise NobodyElected(_l("Le terme prévu suit le premier jour, de trente ans au plus."), field="due_on")


def note_declaration(
    session: Session, assembly: Assembly, declared_on: date, reference: str, *, by: Actor, at: datetime
) -> None:
    """Note that the registry was told of the change."""
    if not assembly.change_of:
        raise NobodyElected(_l("Cette réunion n’a rien changé qui se déclare."))
    if declared_on > day_of(at):
        raise NobodyElected(_l("Ce jour est à venir : notez la déclaration une fois faite."), field="day")
    if declared_on < day_of(assembly.starts_at):
        raise NobodyElected(_l("La déclaration suit la réunion : vérifiez le jour."), field="day")
    for one in (assembly, *declared_with(session, assembly)):
        one.change_declared_on, one.change_reference = declared_on, clean(reference)[:120]
        one.revision += 1
    tell(session, "declared", assembly, by=by, at=at, on=declared_on.isoformat())


def note_officers_declared(
    session: Session, body: Body, declared_on: date, reference: str, *, changed_on: date, by: Actor, at: datetime
) -> None:
    """Note that the registry was told of officers who changed without an assembly kept here."""
    if declared_on > day_of(at):
        raise NobodyElected(_l("Ce jour est à venir : notez la déclaration une fois faite."), field="day")
    if declared_on < changed_on:
        raise NobodyElected(_l("La déclaration suit le changement : vérifiez le jour."), field="day")
    session.add(
        OfficersDeclaration(body_id=body.id, declared_on=declared_on, reference=clean(reference)[:120], noted_at=at)
    )
    record(
        session,
        "assemblies.officers_declared",
        by=by,
        at=at,
        body_id=body.id,
        subject=("body", body.id),
        day=declared_on.isoformat(),
    )


def _newcomer(function: Function, candidate: AssemblyCandidate) -> Newcomer:
    if candidate.person_id is not None:
        return Newcomer(function, person_id=candidate.person_id)
    return Newcomer(function, person=PersonFacts(name_as_written=candidate.name))


def _refuse_two(change: Change, fates: Mapping[int, Fate]) -> None:
    """Name both people, rather than the office alone."""
    for mandate in (*change.leaving, *change.staying):
        if fates.get(mandate.id, Fate.STAYS) == Fate.ENDS or mandate.function not in ONE_AT_A_TIME:
            continue
        rival = next((one for function, one in change.elected if function == mandate.function), None)
        if rival is not None:
            raise TwoOffices(
                _l(
                    "%(holder)s garderait la fonction à laquelle %(rival)s est élu·e. Une seule personne la tient "
                    "à la fois : terminez le premier mandat.",
                    holder=mandate.person.name,
                    rival=rival.name,
                )
            )
