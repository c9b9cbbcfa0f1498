"""Bringing a list of members in: what it would do is told first; writing it twice adds nobody twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from app.members.answers import answer_of
from app.members.headings import Meaning
from app.members.labels import LEAVING_NAMES
from app.members.lists import BadLine, address_key
from app.members.queries.finding import KnownRoll, may_be_another
from app.members.queries.roll import categories_of
from app.members.services.changes import change_of
from app.members.services.roll import FIRST_CATEGORIES, MemberFacts
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.members.lists import ReadLine, ReadRoll
    from app.members.models import Leaving, Member, MemberField
    from app.members.services.changes import Change
    from app.people.couples import Named


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


def plan_import(
    session: Session, body: Body, read: ReadRoll, choices: Choices, questions: Sequence[MemberField]
) -> Plan:
    """Look everything up, write nothing."""
    plan = Plan(bad=list(read.bad), doubts=list(read.doubts))
    roll = KnownRoll(session, body.id)
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

    roll: KnownRoll
    choices: Choices
    names: dict[str, str]
    questions: Sequence[MemberField]
    seen: dict[object, int] = field(default_factory=dict)
    homes: dict[object, int] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
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
            plan.changes += [one for rank, member in enumerate(known) if (one := change_of(member, line, rank))]
        return
    if known:
        sentence = _l(
            "%(name)s est déjà membre, l’autre personne de la ligne non : inscrivez-la à la main", name=known[0].name
        )
        plan.bad.append(BadLine(line.line, sentence))
        return
    likes = [like for _sure, like in found if like is not None]
    if _has_gone(line, plan) or not _is_first_of_the_list(line, plan, compared) or not _stands_apart(likes, line, plan):
        return
    facts = _facts(line, plan, compared)
    if facts is not None:
        _tell_number(line, plan, compared)
        plan.fresh.append(Newcomer(line, facts, _shared_home(line, choices, compared.homes)))
        for rank, named in enumerate(line.people):
            compared.fresh[_who(named)].append((line, rank))


def _has_gone(line: ReadLine, plan: Plan) -> bool:
    """Whether the list says that somebody left, and not when: nobody comes in as a member who is none."""
    if line.situation.leaving is None or line.until is not None:
        return False
    sentence = _l(
        "« %(text)s », sans la date du départ : ajoutez une colonne « Parti le », ou laissez cette ligne",
        text=line.cell(Meaning.STATUS)[:40],
    )
    plan.bad.append(BadLine(line.line, sentence))
    return True


def _tell_number(line: ReadLine, plan: Plan, compared: _Known) -> None:
    """A number that somebody has already cannot be given twice."""
    if line.number is None:
        return
    holder, above = compared.roll.by_number.get(line.number), compared.numbers.setdefault(line.number, line.line)
    if holder is not None:
        sentence = _l(
            "le numéro %(number)s est celui de %(name)s : un autre sera donné ; si c’est la même personne, corrigez "
            "sa fiche et laissez cette ligne",
            number=line.number,
            name=holder.name,
        )
        plan.doubts.append(BadLine(line.line, sentence))
    elif above != line.line:
        sentence = _l(
            "le numéro %(number)s est déjà à la ligne %(line)s : un autre sera donné", number=line.number, line=above
        )
        plan.doubts.append(BadLine(line.line, sentence))


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
    if any(not may_be_another(like, line) for like in likes):
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
    return MemberFacts(
        category=names.get(fold(category), "") if category else "",
        organisation=line.organisation,
        status=line.situation.status,
        since=line.since,
        answers=answers,
        note=note,
    )


def leaving_named(text: str) -> Leaving | None:
    """Why somebody left, as the list says it."""
    return next((one for one, label in LEAVING_NAMES.items() if fold(str(label)) == fold(text)), None)
