"""Who is to be called: the members of the association, or those in office, as the lists of that day tell.

Whom the town council sends is called to the board as well, with a voice and no vote: what the committee's model
statutes say, and the safest (domain file, 3.2). Who votes for the town sits on the board as its member.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.queries import roles_of_body
from app.assemblies.models import AssemblyKind
from app.assemblies.services.calling import SeatFacts
from app.bodies.labels import function_name
from app.bodies.models import Function
from app.bodies.queries import mandates_in_office
from app.bodies.services.renewal import Occasion, functions_of
from app.members.models import Household, Member
from app.members.queries.voters import voters
from app.shared.clock import day_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly
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
        ]
    functions = set(functions_of(assembly.body.kind, Occasion.BOARD))
    heard = {Function.COUNCIL_DELEGATE} if assembly.kind == AssemblyKind.BOARD else set()
    held: dict[int, list[Mandate]] = {}
    for mandate in mandates_in_office(session, assembly.body_id, on=on):
        if mandate.function in functions | heard:
            held.setdefault(mandate.person_id, []).append(mandate)
    homes = _homes(session, assembly.body_id, set(held))
    accounts = {one.account.person_id: one.account.email for one in roles_of_body(session, assembly.body_id, on=on)}
    return [
        SeatFacts(
            name=mandates[0].person.name,
            person_id=person,
            quality=", ".join(function_name(one) for one in mandates),
            email=mandates[0].person.email
            or (homes[person].email if person in homes else "")
            or accounts.get(person, ""),
            address=_lines(homes[person]) if person in homes else "",
            may_vote=(votes := any(one.function in functions for one in mandates)),
            why_not="" if votes else _("voix consultative"),
        )
        for person, mandates in held.items()
    ]


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
