"""Noting members: a person, a couple, an organisation; correcting them; the trash."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database.unit import alone_on
from app.members.models import Household, Leaving, Member, MemberStatus
from app.members.queries.roll import members_of_household
from app.members.services.desk import open_desk, settle_category
from app.members.services.ground import BadMember, refuse_erased, refuse_gone, tell
from app.people.naming import clean, clean_text, objection
from app.people.services import PersonFacts, correct_person, new_person
from app.shared.errors import EditConflict
from app.shared.folding import fold
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.members.models import MemberCategory
    from app.members.services.desk import Desk
    from app.people.models import Person
    from app.shared.actor import Actor
    from app.shared.fuzzydate import FuzzyDate

_LENGTHS = {"envelope": 200, "street": 400, "postcode": 12, "town": 120, "country": 80, "email": 254, "phone": 40}


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a household lives and how it is reached."""

    envelope: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return any(getattr(self, name) for name in _LENGTHS)


@dataclass(frozen=True, kw_only=True)
class MemberFacts:
    """What is noted of a membership, besides the person."""

    category: str = ""
    organisation: str = ""
    status: MemberStatus = MemberStatus.ACTIVE
    since: FuzzyDate | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AddMembers:
    """One or two people of one household, or an organisation and who speaks for it.

    ``person``: facts of a new person, or the record that exists already. ``household_id``, ``household``: one to join.
    """

    facts: MemberFacts
    person: PersonFacts | Person | None
    second: PersonFacts | Person | None = None
    address: Address = field(default_factory=Address)
    household_id: int | None = None
    household: Household | None = None
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectMember:
    """What a membership says now; ``revision`` and ``person_revision`` are those that were read."""

    facts: MemberFacts
    person: PersonFacts | None
    address: Address
    revision: int
    person_revision: int = 0


def add_members(session: Session, body: Body, command: AddMembers, *, by: Actor, at: datetime) -> list[Member]:
    """Note one member, or two of one household.

    :raises BadMember: when somebody is a member already, or nobody is named.
    """
    made = enrol(session, body, command, open_desk(session, body.id), at=at)
    session.flush()
    for member in made:
        tell(session, "members.added", body.id, ("member", member.id), by=by, at=at, number=member.number)
    return made


def enrol(session: Session, body: Body, command: AddMembers, desk: Desk, *, at: datetime) -> list[Member]:
    """The same among many others: the caller flushes once, and journals the greater fact.

    :raises BadMember: when somebody is a member already, or nobody is named.
    """
    category = desk.category(command.facts.category)
    household = _household(session, body, command, at=at)
    made: list[Member] = []
    for person in (command.person, command.second):
        if person is None and (made or not command.facts.organisation):
            continue
        kept = new_person(person, kept_by=body.id, at=at) if isinstance(person, PersonFacts) else person
        if person is not None and kept is person and not command.facts.organisation:
            refuse_double(session, body.id, kept)
        made.append(_membership(body, category, household, kept, command, number=desk.number(command.number), at=at))
    if not made:
        raise BadMember(_l("Écrivez au moins un nom ou un prénom, ou le nom de l’organisation."), field="family_name")
    session.add_all(made)
    return made


def _membership(  # what makes a membership
    body: Body,
    category: MemberCategory,
    household: Household | None,
    person: Person | None,
    command: AddMembers,
    *,
    number: int,
    at: datetime,
) -> Member:
    member = Member(
        body_id=body.id,
        number=number,
        person=person,
        household=household,
        category=category,
        created_at=at,
        answers={},
    )
    _write(member, command.facts)
    return member


def refuse_double(session: Session, body_id: int, person: Person) -> None:
    """Nobody is a member of the same body twice.

    :raises BadMember: naming the record that exists.
    """
    same = session.scalar(
        select(Member)
        .where(
            Member.body_id == body_id,
            Member.person_id == person.id,
            Member.organisation == "",
            Member.trashed_at.is_(None),
        )
        .limit(1)
    )
    if same is None:
        return
    if same.leaving == Leaving.DECEASED:
        sentence = _l(
            "%(name)s a déjà une fiche (membre no %(number)s), qui note son décès : est-ce bien la même personne ?",
            name=person.name,
            number=same.number,
        )
    elif same.until is not None:
        sentence = _l(
            "%(name)s a déjà une fiche (membre no %(number)s, parti·e %(until)s) : "
            "ouvrez-la et choisissez « Revient ».",
            name=person.name,
            number=same.number,
            until=said(same.until),
        )
    else:
        sentence = _l("%(name)s est déjà membre (no %(number)s).", name=person.name, number=same.number)
    raise BadMember(sentence, field="family_name")


def _household(session: Session, body: Body, command: AddMembers, *, at: datetime) -> Household | None:
    if command.household is not None:
        return command.household
    if command.household_id is not None:
        found = session.get(Household, command.household_id)
        if found is None or found.body_id != body.id:
            raise BadMember(_l("Ce foyer n’est pas de ce comité : choisissez-en un autre."), field="street")
        return found
    if not command.address and command.second is None:
        return None
    return make_household(session, body.id, command.address, at=at)


def make_household(session: Session, body_id: int, address: Address, *, at: datetime) -> Household:
    """A new household at this address."""
    household = Household(body_id=body_id, created_at=at, revision=1)
    _write_address(household, address)
    session.add(household)
    return household


def correct_member(session: Session, member: Member, command: CorrectMember, *, by: Actor, at: datetime) -> None:
    """Correct a membership, its person and the address of its household.

    :raises BadMember: when somebody put it in the trash meanwhile.
    :raises EditConflict: when somebody else corrected it since it was read.
    """
    if member.person is not None:
        alone_on(session, member.person)
    alone_on(session, member)
    refuse_erased(member)
    if member.trashed_at is not None:
        raise BadMember(_l("Cette fiche est à la corbeille : sortez-la d’abord de la corbeille, puis enregistrez."))
    if command.revision != member.revision:
        raise EditConflict(theirs=told(member), yours=_told_command(command))
    if command.person is not None and member.person is not None and differs(member.person, command.person):
        correct_person(
            session, member.person, command.person, revision=command.person_revision, by=by, at=at, quiet=True
        )
    member.category = settle_category(session, member.body_id, command.facts.category)
    _write(member, command.facts)
    if member.household is not None:
        _write_address(member.household, command.address)
        member.household.revision += 1
    elif command.address:
        member.household = make_household(session, member.body_id, command.address, at=at)
    member.revision += 1
    session.flush()
    tell(session, "members.corrected", member.body_id, ("member", member.id), by=by, at=at, number=member.number)


def differs(person: Person, facts: PersonFacts) -> bool:
    """Whether somebody's record would change."""
    tidy = facts.cleaned()
    names = ("title", "given_name", "family_name", "name_as_written", "email", "phone")
    return any(getattr(person, one) != getattr(tidy, one) for one in names) or list(tidy.languages) != person.languages


def trash_member(session: Session, member: Member, *, by: Actor, at: datetime) -> None:
    """Put a membership that was noted by mistake in the trash."""
    if member.trashed_at is None:
        member.trashed_at = at
        member.revision += 1
        tell(session, "members.trashed", member.body_id, ("member", member.id), by=by, at=at, number=member.number)


def restore_member(session: Session, member: Member, *, by: Actor, at: datetime) -> None:
    """Take a membership out of the trash.

    :raises BadMember: when it was erased there, or the person is a member by another record since.
    """
    alone_on(session, member)
    refuse_erased(member)
    if member.trashed_at is not None:
        if member.person is not None and not member.organisation:
            refuse_double(session, member.body_id, member.person)
        member.trashed_at = None
        member.revision += 1
        tell(session, "members.restored", member.body_id, ("member", member.id), by=by, at=at, number=member.number)


def split_household(session: Session, member: Member, *, by: Actor, at: datetime) -> None:
    """Give a member a household of their own, beginning with a copy of the address."""
    alone_on(session, member)
    refuse_gone(member)
    old = member.household
    if old is None or len(members_of_household(session, old.id)) < 2:  # noqa: PLR2004  # nobody to part from
        return
    address = Address(**{name: getattr(old, name) for name in _LENGTHS if name != "envelope"})
    member.household = make_household(session, member.body_id, address, at=at)
    member.revision += 1
    tell(session, "members.corrected", member.body_id, ("member", member.id), by=by, at=at, number=member.number)


def join_household(session: Session, member: Member, other: Member, *, by: Actor, at: datetime) -> None:
    """Let a member live where another does: one envelope, one reminder, the dues of a household.

    What reached the member by the household before still does.

    :raises BadMember: when the other is of another body, or a membership that is over.
    """
    alone_on(session, member, other)
    refuse_gone(member)
    refuse_erased(other, field="member")
    if other.body_id != member.body_id or other.trashed_at is not None or other.id == member.id:
        raise BadMember(_l("Ce foyer n’est pas de ce comité : choisissez-en un autre."), field="member")
    before = member.household
    if other.household is None:
        other.household = make_household(session, other.body_id, Address(), at=at)
        other.revision += 1
    home = other.household
    if before is not None and before.id != home.id:
        if not home.lines:
            _write_address(home, Address(**{name: getattr(before, name) for name in _LENGTHS if name != "envelope"}))
        _keep_reached(member, before, home)
        home.revision += 1
    member.household = home
    member.revision += 1
    session.flush()
    tell(session, "members.corrected", member.body_id, ("member", member.id), by=by, at=at, number=member.number)


def _keep_reached(member: Member, before: Household, home: Household) -> None:
    person = member.person
    for name in ("email", "phone"):
        text = getattr(before, name)
        if not text or text == getattr(home, name):
            continue
        if not getattr(home, name):
            setattr(home, name, text)
        elif person is not None and not getattr(person, name):
            setattr(person, name, text)
            person.revision += 1


def _write(member: Member, facts: MemberFacts) -> None:
    member.organisation = _organisation(facts.organisation)
    member.organisation_folded = fold(member.organisation)[:200]
    member.status = facts.status
    member.since = facts.since
    member.since_sort = facts.since.earliest if facts.since else None
    member.answers = dict(facts.answers)
    member.note = clean_text(facts.note)[:4000]


def _organisation(name: str) -> str:
    tidy = clean(name)[:200]
    if tidy and (why := objection(tidy)) is not None:
        raise BadMember(why, field="organisation")
    return tidy


def _write_address(household: Household, address: Address) -> None:
    for name, most in _LENGTHS.items():
        text = getattr(address, name)
        setattr(household, name, (clean_text(text) if name == "street" else clean(text))[:most])


def told(member: Member) -> dict[str, str]:
    """What a membership says, label by label, for a conflict."""
    return {
        str(_l("Nom")): member.name,
        str(_l("Catégorie")): member.category.name,
        str(_l("Adresse")): "\n".join(member.household.lines) if member.household else "",
        str(_l("Remarque")): member.note,
    }


def _told_command(command: CorrectMember) -> dict[str, str]:
    person, address = command.person, command.address
    name = command.facts.organisation
    if person is not None and not name:
        name = person.name_as_written or f"{person.given_name} {person.family_name}".strip()
    return {
        str(_l("Nom")): name,
        str(_l("Catégorie")): command.facts.category,
        str(_l("Adresse")): "\n".join([*address.street.splitlines(), f"{address.postcode} {address.town}".strip()]),
        str(_l("Remarque")): command.facts.note,
    }
