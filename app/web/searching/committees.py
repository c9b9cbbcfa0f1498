"""What an association keeps to itself: its meetings, its members, its letters; only for those who may see them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flask import url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.access.gate import may
from app.assemblies.labels import KINDS
from app.assemblies.models import Assembly, AssemblyItem, AssemblyKind
from app.assemblies.policy import AssemblyAction
from app.mailing.models import AudienceKind, Mailing
from app.members.models import Household, Member
from app.members.policy import MemberAction
from app.members.queries.roll import Roll, bodies_with_members, roll_of
from app.people.models import Person
from app.shared.clock import day_of
from app.shared.saying import full_day
from app.web.searching.asked import MOST_LINES, Hit, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.bodies.models import Body
    from app.web.searching.asked import Asked


def find_assemblies(asked: Asked) -> Iterator[Hit]:
    """Meetings of one's own associations, by what stands on their agenda."""
    shown = select(Assembly).where(Assembly.body_id.in_(asked.who.body_ids), Assembly.trashed_at.is_(None))
    points = select(AssemblyItem.assembly_id, AssemblyItem.title).where(
        AssemblyItem.assembly_id.in_(shown.with_only_columns(Assembly.id))
    )
    told: dict[int, list[str]] = defaultdict(list)
    for number, title in asked.session.execute(asked.read(points, [AssemblyItem.title], AssemblyItem.id.desc())):
        told[number].append(title)
    latest = (Assembly.id.in_(list(told)).desc(), Assembly.id.desc())
    for one in asked.session.scalars(asked.read(shown, [Assembly.place], *latest)):
        if may(AssemblyAction.VIEW, one):
            label = f"{KINDS[AssemblyKind(one.kind)]}, {full_day(day_of(one.starts_at))}"
            said = words_of(label, one.place, *told[one.id])
            yield Hit(label, url_for("assemblies.page", assembly_id=one.id), said)


def _rolls(asked: Asked) -> list[int]:
    """The associations whose list of members the person keeps."""
    kept = bodies_with_members(asked.session, asked.who.body_ids)
    return [body.id for body in kept if _is_kept(body)]


def _is_kept(body: Body) -> bool:
    return may(MemberAction.READ, Roll(body))


def find_members(asked: Asked) -> Iterator[Hit]:
    """Members, for those who keep the list: by name, by address of their household."""
    household = (Household.envelope, Household.street, Household.postcode, Household.town, Household.email)
    written = or_(
        *(column.icontains(word.spellings[0], autoescape=True) for column in household for word in asked.words)
    )
    shown = (
        select(Member)
        .outerjoin(Person, Person.id == Member.person_id)
        .outerjoin(Household, Household.id == Member.household_id)
        .where(Member.body_id.in_(_rolls(asked)), Member.trashed_at.is_(None), Member.erased_at.is_(None))
        .where(or_(asked.may_answer(Person.folded, Member.organisation_folded), written))
        .order_by(asked.fullest_first(Person.folded, Member.organisation_folded), Member.id)
        .limit(MOST_LINES)
    )
    for member in asked.session.scalars(shown.options(joinedload(Member.person), joinedload(Member.household))):
        near = member.household
        home = () if near is None else (near.envelope, near.street, near.postcode, near.town, near.email)
        said = words_of(member.organisation, member.person.folded if member.person else "", *home)
        yield Hit(member.name, url_for("members.member", member_id=member.id), said)


def find_letters(asked: Asked) -> Iterator[Hit]:
    """Letters to the members, for those who keep the list; those to the host families, for who places guests."""
    kept = _rolls(asked)
    placing = [number for number in kept if (roll := roll_of(asked.session, number)) and may(MemberAction.HOST, roll)]
    shown = select(Mailing.id, Mailing.subject, Mailing.text).where(
        Mailing.body_id.in_(kept),
        Mailing.trashed_at.is_(None),
        or_(Mailing.audience != AudienceKind.HOSTS, Mailing.body_id.in_(placing)),
    )
    latest = (Mailing.changed_at.desc(), Mailing.id.desc())
    for number, subject, text in asked.session.execute(asked.read(shown, (Mailing.subject, Mailing.text), *latest)):
        yield Hit(subject, url_for("mailing.letter", mailing_id=number), words_of(subject, text))
