"""Who is to be called: the members of the association, or those in office, as the lists of that day tell.

Whom the town council sends is called to the board as well, with a voice and no vote: what the committee's model
statutes say, and the safest (domain file, 3.2). Who votes for the town sits on the board as its member.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.accounts.queries import roles_of_body
from app.assemblies.models import Assembly, AssemblyKind
from app.assemblies.services.calling import SeatFacts
from app.bodies.inside import inside
from app.bodies.labels import office_shown
from app.bodies.models import Function
from app.bodies.queries import mandates_in_office
from app.bodies.services.renewal import Occasion, functions_of
from app.members.erasing import ERASED
from app.members.models import Household, Member
from app.members.queries.voters import voters
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate
    from app.law.statutes import Statutes


def people_to_call(session: Session, assembly: Assembly, statutes: Statutes) -> list[SeatFacts]:
    """The people whom the lists name for this kind of assembly; nobody when the lists are empty."""
    on = day_of(assembly.starts_at)
    if assembly.is_of_members:
        found = voters(session, assembly.body_id, on)
        addresses = _addresses(session, {one.household_id for one in found if one.household_id})
        return [
            SeatFacts(
                name=one.name,
                person_id=one.person_id,
                quality=one.category,
                email=one.email,
                address=addresses.get(one.household_id or 0, ""),
                may_vote=not (statutes.voters == "paid_up" and one.is_paid_up is False),
                why_not=_("cotisation non réglée") if one.is_paid_up is False else "",
            )
            for one in found
            if one.name != ERASED
        ]
    functions = set(functions_of(assembly.body.kind, Occasion.BOARD))
    heard = {Function.COUNCIL_DELEGATE} if assembly.kind == AssemblyKind.BOARD else set()
    held: dict[int, list[Mandate]] = {}
    here = [one for one in mandates_in_office(session, assembly.body_id, on=on) if one.function in functions | heard]
    for mandate in _as_the_board_stands(session, assembly, here, on):
        held.setdefault(mandate.person_id, []).append(mandate)
    homes = _homes(session, assembly.body_id, set(held))
    accounts = {one.account.person_id: one.account.email for one in roles_of_body(session, assembly.body_id, on=on)}
    return [
        SeatFacts(
            name=mandates[0].person.name,
            person_id=person,
            quality=_offices(mandates),
            email=mandates[0].person.email
            or (homes[person].email if person in homes else "")
            or accounts.get(person, ""),
            address=_lines(homes[person]) if person in homes else "",
            may_vote=(votes := any(one.function in functions for one in mandates)),
            why_not="" if votes else _("voix consultative"),
        )
        for person, mandates in held.items()
    ]


def _offices(mandates: list[Mandate]) -> str:
    """« Présidente, membre du conseil »: one capital at the beginning."""
    first, *others = (office_shown(one) for one in mandates)
    return ", ".join((first, *(inside(one) for one in others)))


def _as_the_board_stands(session: Session, assembly: Assembly, mandates: list[Mandate], on: date) -> list[Mandate]:
    """On the day of a new board those elected sit in what follows, those before them in what came before.

    Both are in office that day as far as its dates tell.
    """
    if not any(one.since_sort == on for one in mandates):
        return mandates
    installed = select(func.min(Assembly.starts_at)).where(
        Assembly.body_id == assembly.body_id, Assembly.offices_on == on, Assembly.trashed_at.is_(None)
    )
    elected_at = session.scalar(installed)
    if elected_at is not None and assembly.starts_at < elected_at:
        return [one for one in mandates if one.since_sort != on]
    return [one for one in mandates if one.until_sort != on or one.function == Function.COUNCIL_DELEGATE]


def _homes(session: Session, body_id: int, people: set[int]) -> dict[int, Household]:
    """Where officers live who are members, and share an address with others."""
    found = select(Member.person_id, Household).join(Household, Household.id == Member.household_id)
    here = found.where(Member.body_id == body_id, Member.person_id.in_(people), Member.trashed_at.is_(None))
    return {person: home for person, home in session.execute(here) if person is not None}


def _addresses(session: Session, households: set[int]) -> dict[int, str]:
    """Where letters go, by household."""
    return {one.id: _lines(one) for one in session.scalars(select(Household).where(Household.id.in_(households)))}


def _lines(home: Household) -> str:
    return "\n".join(line for line in (home.street, f"{home.postcode} {home.town}".strip()) if line)
