"""Bringing a list of members in: what it would do is told first; writing it twice adds nobody twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import ValidationError

from app.members.answers import answer_of
from app.members.labels import LEAVING_NAMES, STATUS_NAMES
from app.members.lists import BadLine, Meaning, address_key
from app.members.models import Leaving, Member, MemberStatus
from app.members.queries.roll import categories_of
from app.members.services.ground import BadMember, tell
from app.members.services.roll import (
    FIRST_CATEGORIES,
    AddMembers,
    Address,
    MemberFacts,
    add_members,
    differs,
    make_household,
)
from app.members.services.settings import keep_category
from app.people.services import PersonFacts, correct_person
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.members.lists import ReadLine, ReadRoll
    from app.members.models import Household, MemberField
    from app.people.couples import Named
    from app.people.models import Person
    from app.shared.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the person decided: one household for one address and name, correct known members, add categories."""

    together: bool = True
    update: bool = False
    categories: bool = True


@dataclass
class Newcomer:
    """A line that brings somebody in; ``partner_of``: the line whose household it shares."""

    line: ReadLine
    facts: MemberFacts
    shares_with: int | None = None


@dataclass
class Change:
    """A known member whose record the list would correct: what, field by field."""

    member_id: int
    line: int
    name: str
    told: list[tuple[str, str, str]]
    person: PersonFacts | None = None
    address: dict[str, str] = field(default_factory=dict)


@dataclass
class Plan:
    """What importing would do."""

    fresh: list[Newcomer] = field(default_factory=list)
    known: list[ReadLine] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    doubts: list[BadLine] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many members would be added."""
        return sum(1 if one.line.organisation else len(one.line.people) for one in self.fresh)


class _Roll:
    """The members already there, to be found again."""

    def __init__(self, session: Session, body_id: int) -> None:
        statement = (
            select(Member)
            .where(Member.body_id == body_id, Member.trashed_at.is_(None), Member.erased_at.is_(None))
            .options(joinedload(Member.person), joinedload(Member.household), joinedload(Member.category))
        )
        self.by_number: dict[int, Member] = {}
        self.by_words: dict[frozenset[str], list[Member]] = defaultdict(list)
        self.by_organisation: dict[str, Member] = {}
        for member in session.scalars(statement):
            self.by_number[member.number] = member
            if member.organisation:
                self.by_organisation[fold(member.organisation)] = member
            elif member.person is not None:
                self.by_words[_words(member.person)].append(member)

    def find(self, line: ReadLine, rank: int) -> tuple[Member | None, Member | None]:
        """The member that a line names, and one who bears the same name but may be somebody else."""
        if line.organisation:
            return self.by_organisation.get(fold(line.organisation)), None
        if named := self.by_organisation.get(fold(line.cell(Meaning.NAME))):
            return named, None
        one = line.people[rank]
        same = self.by_words.get(one.words, [])
        numbered = self.by_number.get(line.number) if line.number is not None and len(line.people) == 1 else None
        if numbered is not None and numbered in same:
            return numbered, None
        if not one.given_name and one.title:
            same = [member for member in same if member.person is None or member.person.title in {"", one.title}]
        sure = next((member for member in same if _agrees(member, line, rank)), None)
        return sure, same[0] if same and sure is None else None


def _may_be_another(member: Member, line: ReadLine) -> bool:
    """Two e-mail addresses tell two people of one name apart; an address alone does not: people move."""
    return bool(member.email and line.emails)


def _words(person: Person) -> frozenset[str]:
    return frozenset(fold(person.name_as_written or f"{person.given_name} {person.family_name}").split())


def _agrees(member: Member, line: ReadLine, rank: int) -> bool:
    """Whether a member of the same name is the same: nothing that both say of where they are reached differs."""
    email = line.email_of(rank)
    if email and member.email:
        return email == member.email.lower()
    here = address_key(line.cells)
    home = member.household
    there = address_key({"street": home.street, "postcode": home.postcode, "town": home.town}) if home else ""
    return not (here and there) or here == there


def plan_import(
    session: Session, body: Body, read: ReadRoll, choices: Choices, questions: Sequence[MemberField]
) -> Plan:
    """Look everything up, write nothing."""
    plan = Plan(bad=list(read.bad), doubts=list(read.doubts))
    roll = _Roll(session, body.id)
    names = {fold(one.name): one.name for one in categories_of(session, body.id, retired=True)}
    names = names or {fold(str(label)): str(label) for label, _votes in FIRST_CATEGORIES}
    known = _Known(roll, choices, names, questions)
    for line in read.lines:
        _sort_out(line, plan, known)
    plan.bad.sort(key=lambda one: one.line)
    plan.doubts.sort(key=lambda one: one.line)
    return plan


@dataclass
class _Known:
    """What a line is compared with, and what the lines before it said."""

    roll: _Roll
    choices: Choices
    names: dict[str, str]
    questions: Sequence[MemberField]
    seen: dict[object, int] = field(default_factory=dict)
    homes: dict[object, int] = field(default_factory=dict)
    fresh: dict[object, list[tuple[ReadLine, int]]] = field(default_factory=lambda: defaultdict(list))


def _sort_out(line: ReadLine, plan: Plan, compared: _Known) -> None:
    key, choices = _key(line), compared.choices
    if key in compared.seen:
        plan.bad.append(BadLine(line.line, _l("déjà à la ligne %(line)s", line=compared.seen[key])))
        return
    compared.seen[key] = line.line
    found = [compared.roll.find(line, rank) for rank in range(max(len(line.people), 1))]
    known = [sure for sure, _like in found if sure is not None]
    if known and len(known) == len(found):
        plan.known.append(line)
        if choices.update:
            plan.changes += [one for rank, member in enumerate(known) if (one := _change(member, line, rank))]
        return
    if known:
        sentence = _l(
            "%(name)s est déjà membre, l’autre personne de la ligne non : inscrivez-la à la main", name=known[0].name
        )
        plan.bad.append(BadLine(line.line, sentence))
        return
    likes = [like for _sure, like in found if like is not None]
    if not _is_first_of_the_list(line, plan, compared) or not _stands_apart(likes, line, plan):
        return
    facts = _facts(line, plan, compared)
    if facts is not None:
        plan.fresh.append(Newcomer(line, facts, _shared_home(line, choices, compared.homes)))
        for rank, named in enumerate(line.people):
            compared.fresh[_who(named)].append((line, rank))


def _is_first_of_the_list(line: ReadLine, plan: Plan, compared: _Known) -> bool:
    """Whether nobody of this line already came in by a line above; one of the same name elsewhere is told."""
    if line.organisation:
        return True
    named = [(rank, one, compared.fresh.get(_who(one), [])) for rank, one in enumerate(line.people)]
    same = {
        f"{one.given_name} {one.family_name}".strip(): above.line
        for rank, one, lines in named
        for above, place in lines
        if line.is_reached_as(rank, above, place)
    }
    if same:
        sentence = _l("déjà à la ligne %(line)s", line=min(same.values()))
        if len(same) < len(line.people):
            name, above = next(iter(same.items()))
            sentence = _l(
                "%(name)s est déjà à la ligne %(line)s, l’autre personne non : inscrivez-la à la main",
                name=name,
                line=above,
            )
        plan.bad.append(BadLine(line.line, sentence))
        return False
    for _rank, _one, lines in named:
        if lines:
            sentence = _l(
                "porte le même nom que la ligne %(line)s : si c’est la même personne, réunissez les fiches",
                line=lines[0][0].line,
            )
            plan.doubts.append(BadLine(line.line, sentence))
    return True


def _who(one: Named) -> object:
    return one.title if not one.given_name else "", one.words


def _stands_apart(likes: Sequence[Member], line: ReadLine, plan: Plan) -> bool:
    """Whether somebody who bears the name of a member is surely another; a doubt is told either way."""
    if any(not _may_be_another(like, line) for like in likes):
        sentence = _l(
            "porte le nom d’un membre qui est joint autrement : corrigez sa fiche si c’est la même personne, "
            "inscrivez celle-ci à la main sinon"
        )
        plan.bad.append(BadLine(line.line, sentence))
        return False
    for like in likes:
        sentence = _l(
            "porte le même nom que le membre no %(number)s : si c’est la même personne, réunissez les fiches",
            number=like.number,
        )
        plan.doubts.append(BadLine(line.line, sentence))
    return True


def _key(line: ReadLine) -> object:
    who = frozenset(_who(one) for one in line.people)
    return fold(line.organisation), who, line.emails, address_key(line.cells)


def _shared_home(line: ReadLine, choices: Choices, homes: dict[object, int]) -> int | None:
    """The line whose household this one shares: the same household number, or the same name at the same address."""
    keys: list[object] = []
    if number := line.cell(Meaning.HOUSEHOLD):
        keys.append(("number", fold(number)))
    elif choices.together and not line.organisation and (where := address_key(line.cells)):
        keys += [(where, fold(one.family_name)) for one in line.people if one.family_name]
    shared = next((homes[key] for key in keys if key in homes), None)
    for key in keys:
        homes.setdefault(key, line.line)
    return shared


def _facts(line: ReadLine, plan: Plan, compared: _Known) -> MemberFacts | None:
    category, names = line.cell(Meaning.CATEGORY), compared.names
    if category and fold(category) not in names:
        if not compared.choices.categories:
            plan.bad.append(BadLine(line.line, _l("la catégorie « %(name)s » n’existe pas", name=category[:80])))
            return None
        names[fold(category)] = category[:80]
        plan.categories.append(category[:80])
    lost = list(line.lost)
    answers: dict[str, Any] = {}
    for question in compared.questions:
        raw = line.cells.get(f"field:{question.id}", "")
        try:
            answer = answer_of(question, raw)
        except ValidationError as error:
            plan.doubts.append(BadLine(line.line, error.args[0]))
            lost.append(f"{question.label} : {raw[:300]}")
            continue
        if answer is not None:
            answers[str(question.id)] = answer
    note = "\n".join(part for part in (line.cell(Meaning.NOTE), *lost) if part)
    status = _named(line.cell(Meaning.STATUS), STATUS_NAMES, MemberStatus.ACTIVE)
    return MemberFacts(
        category=names.get(fold(category), "") if category else "",
        organisation=line.organisation,
        status=MemberStatus(status),
        since=line.since,
        answers=answers,
        note=note,
    )


def _named(text: str, names: Any, usual: Any) -> Any:  # noqa: ANN401  # an enumeration and its labels
    return next((one for one, label in names.items() if fold(str(label)) == fold(text)), usual)


def _change(member: Member, line: ReadLine, rank: int) -> Change | None:
    change = Change(member.id, line.line, member.name, [])
    if member.person is not None and not member.organisation:
        facts = _updated(member, line, rank)
        if differs(member.person, facts):
            change.person = facts
            change.told += [
                (str(label), getattr(member.person, name), getattr(facts, name))
                for name, label in (("email", _l("Adresse électronique")), ("phone", _l("Téléphone")))
                if getattr(member.person, name) != getattr(facts, name)
            ]
    home = member.household
    for meaning, label in (
        (Meaning.STREET, _l("Adresse")),
        (Meaning.POSTCODE, _l("Code postal")),
        (Meaning.TOWN, _l("Commune")),
        (Meaning.COUNTRY, _l("Pays")),
    ):
        text, before = line.cell(meaning), getattr(home, meaning.value) if home else ""
        if text and text != before.replace("\n", ", "):
            change.address[meaning.value] = text
            change.told.append((str(label), before, text))
    return change if change.told else None


def _updated(member: Member, line: ReadLine, rank: int) -> PersonFacts:
    person = member.person
    assert person is not None  # noqa: S101  # the caller looked
    email = line.emails[rank] if rank < len(line.emails) else ""
    is_shared = member.household is not None and email == member.household.email
    return PersonFacts(
        title=person.title,
        given_name=person.given_name,
        family_name=person.family_name,
        name_as_written=person.name_as_written,
        email=person.email if is_shared or not email else email,
        phone=line.cell(Meaning.PHONE) or person.phone,
        languages=tuple(person.languages),
    )


def write_import(session: Session, body: Body, plan: Plan, *, file: str, by: Actor, at: datetime) -> int:
    """Write the newcomers and corrections of a plan; give how many members were added."""
    for name in plan.categories:
        keep_category(session, body, name, is_voting=True, by=by, at=at)
    homes: dict[int, Household | None] = {}
    added = 0
    for one in plan.fresh:
        made = _enrol(session, body, one, homes, by=by, at=at)
        homes[one.line.line] = made[0].household
        added += len(made)
    for change in plan.changes:
        _correct(session, change, by=by, at=at)
    details = {"file": file, "added": added, "changed": len(plan.changes)}
    tell(session, "members.imported", body.id, ("body", body.id), by=by, at=at, **details)
    return added


def _enrol(
    session: Session,
    body: Body,
    newcomer: Newcomer,
    homes: dict[int, Household | None],
    *,
    by: Actor,
    at: datetime,
) -> list[Member]:
    line = newcomer.line
    home = homes.get(newcomer.shares_with or 0)
    people = [_person(line, rank, one) for rank, one in enumerate(line.people)]
    is_couple = len(people) > 1
    address = Address(
        street=line.cell(Meaning.STREET),
        postcode=line.cell(Meaning.POSTCODE),
        town=line.cell(Meaning.TOWN),
        country=line.cell(Meaning.COUNTRY),
        email=line.emails[0] if is_couple and len(line.emails) == 1 else "",
        phone=line.cell(Meaning.PHONE) if is_couple else "",
    )
    command = AddMembers(
        facts=newcomer.facts,
        person=people[0] if people else None,
        second=people[1] if is_couple else None,
        address=address,
        household_id=home.id if home is not None else None,
        number=line.number,
    )
    made = add_members(session, body, command, by=by, at=at, quiet=True)
    if line.until is not None:
        why = _named(line.cell(Meaning.LEAVING), LEAVING_NAMES, Leaving.NOT_RENEWED)
        for member in made:
            member.until, member.until_sort, member.leaving = line.until, line.until.latest, why
    return made


def _person(line: ReadLine, rank: int, one: Named) -> PersonFacts:
    is_couple = len(line.people) > 1
    own = line.emails[rank] if rank < len(line.emails) else ""
    return PersonFacts(
        title=one.title[:40],
        given_name=one.given_name[:120],
        family_name=one.family_name[:120],
        email="" if is_couple and len(line.emails) == 1 else own,
        phone="" if is_couple else line.cell(Meaning.PHONE),
    )


def _correct(session: Session, change: Change, *, by: Actor, at: datetime) -> None:
    member = session.get(Member, change.member_id)
    if member is None or member.trashed_at is not None:
        raise BadMember(_l("La liste a changé entre-temps : relisez le fichier."))
    if change.person is not None and member.person is not None:
        person = member.person
        correct_person(session, person, change.person, revision=person.revision, by=by, at=at, quiet=True)
    if change.address:
        if member.household is None:
            member.household = make_household(session, member.body_id, Address(), at=at)
        for name, text in change.address.items():
            setattr(member.household, name, text)
        member.household.revision += 1
    member.revision += 1
