"""Writing a list of members that was planned: newcomers with their households, corrections of those known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.database.unit import alone_on
from app.members.headings import Meaning
from app.members.models import Leaving, Member
from app.members.queries.finding import mark_of
from app.members.services.changes import revisions
from app.members.services.desk import open_desk
from app.members.services.ground import RollChanged, tell
from app.members.services.leaving import leave
from app.members.services.roll import AddMembers, Address, enrol, make_household
from app.members.services.settings import keep_category
from app.people.models import Person
from app.people.services import PersonFacts, rewrite_person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.members.lines import ReadLine
    from app.members.models import Household
    from app.members.services.changes import Change
    from app.members.services.desk import Desk
    from app.members.services.plan import Departure, Newcomer, Plan
    from app.people.couples import Named
    from app.shared.actor import Actor

_PAIR = 2


def write_import(session: Session, body: Body, plan: Plan, *, file: str, by: Actor, at: datetime) -> int:
    """Write the newcomers, corrections and departures of a plan; give how many members were added.

    :raises RollChanged: when somebody brought a list in since the plan was made, the same one by a second click, or
        wrote on a record that it corrects.
    """
    alone_on(session, body)
    if mark_of(session, body.id) != plan.mark:
        raise RollChanged
    for name, is_voting in plan.wording.made.items():
        keep_category(session, body, name, is_voting=is_voting, by=by, at=at)
    known = _members_named(session, body, plan)
    homes: dict[int, Household | None] = {}
    added, desk = 0, open_desk(session, body.id)
    desk.keep_free(one.line.number for one in plan.fresh if one.line.number and one.joins is None)
    with session.no_autoflush:
        for one in plan.fresh:
            made = _enrol(session, body, one, homes, known, desk, at=at)
            homes[one.line.line] = made[0].household
            added += len(made)
        for change in plan.changes:
            _correct(session, change, known, at=at)
        if plan.notes_departures:
            for departure in plan.departures:
                _let_leave(session, departure, known, by=by, at=at)
    details = {"file": file, "added": added, "changed": len(plan.changes)}
    tell(session, "members.imported", body.id, ("body", body.id), by=by, at=at, **details)
    return added


def _be_alone_on_all(session: Session, body: Body) -> None:
    """Wait until nobody else writes on the members of a body, in two queries for however many of them."""
    of_it = select(Member.person_id).where(Member.body_id == body.id)
    for everybody in (
        select(Person.id).where(Person.id.in_(of_it)).order_by(Person.id),
        select(Member.id).where(Member.body_id == body.id).order_by(Member.id),
    ):
        session.execute(everybody.with_for_update(key_share=True)).all()
    session.expire_all()


def _members_named(session: Session, body: Body, plan: Plan) -> dict[int, Member]:
    """The members of today whom the plan speaks of, in one query; nobody of them but who is still there.

    :raises RollChanged: when somebody wrote on a record that is to be corrected.
    """
    if not (plan.changes or plan.departures or any(one.joins is not None for one in plan.fresh)):
        return {}
    if plan.changes:
        _be_alone_on_all(session, body)
    statement = (
        select(Member)
        .where(Member.body_id == body.id, Member.trashed_at.is_(None))
        .options(joinedload(Member.person), joinedload(Member.household))
    )
    known = {member.id: member for member in session.scalars(statement)}
    if any(change.read != revisions(known[change.member_id]) for change in plan.changes if change.member_id in known):
        raise RollChanged
    return known


def _enrol(  # what a newcomer is compared with
    session: Session,
    body: Body,
    newcomer: Newcomer,
    homes: dict[int, Household | None],
    known: Mapping[int, Member],
    desk: Desk,
    *,
    at: datetime,
) -> list[Member]:
    line = newcomer.line
    home = _home_here(session, newcomer, known, at=at) or homes.get(newcomer.shares_with or 0)
    people = [_person(line, rank, line.people[rank]) for rank in newcomer.ranks if rank < len(line.people)]
    command = AddMembers(
        facts=newcomer.facts,
        person=people[0] if people else None,
        second=people[1] if len(people) > 1 else None,
        address=_address(line),
        household=home,
        number=line.number if newcomer.joins is None else None,
    )
    made = enrol(session, body, command, desk, at=at)
    for person in people[_PAIR:]:
        further = AddMembers(facts=newcomer.facts, person=person, household=made[0].household)
        made += enrol(session, body, further, desk, at=at)
    if newcomer.until is not None:
        why = line.situation.leaving or Leaving.NOT_RENEWED
        for rank, member in zip(newcomer.ranks, made, strict=False):
            if rank in line.gone:
                member.until, member.until_sort, member.leaving = newcomer.until, newcomer.until.latest, why
    return made


def _address(line: ReadLine) -> Address:
    """Where they live; what reaches a couple, or an organisation for which nobody speaks, is their household's."""
    is_shared = len(line.people) != 1
    return Address(
        street=line.cell(Meaning.STREET),
        postcode=line.cell(Meaning.POSTCODE),
        town=line.cell(Meaning.TOWN),
        country=line.cell(Meaning.COUNTRY),
        email=line.emails[0] if is_shared and len(line.emails) == 1 else "",
        phone=line.cell(Meaning.PHONE) if is_shared else "",
    )


def _home_here(session: Session, newcomer: Newcomer, known: Mapping[int, Member], *, at: datetime) -> Household | None:
    """The household of the member whom a newcomer joins; one is made of the line where there is none yet."""
    if newcomer.joins is None:
        return None
    if (host := known.get(newcomer.joins)) is None:
        raise RollChanged
    if host.household is None:
        host.household = make_household(session, host.body_id, _address(newcomer.line), at=at)
        host.revision += 1
    return host.household


def _let_leave(session: Session, departure: Departure, known: Mapping[int, Member], *, by: Actor, at: datetime) -> None:
    """Note a departure that the list dates; the others wait on the member's page."""
    member = known.get(departure.member_id)
    if departure.until is None or member is None or member.until is not None:
        return
    leave(session, member, until=departure.until, why=departure.why, revision=member.revision, by=by, at=at)


def _person(line: ReadLine, rank: int, one: Named) -> PersonFacts:
    is_couple = len(line.people) > 1
    own = line.emails[rank] if rank < len(line.emails) else ""
    return PersonFacts(
        title=one.title[:40],
        given_name=one.given_name[:120],
        family_name=one.family_name[:120],
        email="" if is_couple and len(line.emails) == 1 else own,
        phone=line.phone_of(rank) if line.phones or not is_couple else "",
        languages=line.languages,
    )


def _correct(session: Session, change: Change, known: Mapping[int, Member], *, at: datetime) -> None:
    if (member := known.get(change.member_id)) is None:
        raise RollChanged
    if change.person is not None and member.person is not None:
        rewrite_person(member.person, change.person)
    if change.address:
        if member.household is None:
            member.household = make_household(session, member.body_id, Address(), at=at)
        for name, text in change.address.items():
            setattr(member.household, name, text)
        member.household.revision += 1
    if change.answers:
        member.answers = {**member.answers, **change.answers}
    if change.note is not None:
        member.note = change.note
    member.revision += 1
