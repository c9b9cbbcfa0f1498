"""Bringing a list of members in: what it would do is told first; writing it twice adds nobody twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from app.forms.dates import parse
from app.members.alike import ONE
from app.members.answers import answer_of
from app.members.cells import short_year_told, whole_year
from app.members.headings import MEANING_NAMES, Meaning
from app.members.lines import BadLine, address_key
from app.members.models import FieldKind
from app.members.queries.finding import KnownRoll, mark_of
from app.members.services.changes import change_of
from app.members.services.departures import tell_category, tell_departure, tell_survivors, without_a_day
from app.members.services.homonyms import (
    Compared,
    is_first_of_the_list,
    judged,
    keep_births,
    stands_above,
    stands_apart,
)
from app.members.services.plan import Newcomer, Plan
from app.members.services.roll import MemberFacts
from app.members.services.wording import wording_of
from app.members.situations import kind_of
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.members.lines import ReadLine, ReadRoll
    from app.members.models import Member, MemberField, MemberStatus
    from app.members.services.plan import Choices


def plan_import(
    session: Session, body: Body, read: ReadRoll, choices: Choices, questions: Sequence[MemberField]
) -> Plan:
    """Look everything up, write nothing."""
    wording = wording_of(session, body, choices.categories, on=read.on)
    plan = Plan(
        bad=list(read.bad),
        doubts=list(read.doubts),
        wording=wording,
        notes_departures=choices.departures,
        mark=mark_of(session, body.id),
    )
    roll = KnownRoll(session, body.id, questions)
    roll.claim(read.lines)
    if roll.distrusts_since:
        sentence = _l(
            "« Membre depuis » ne dit pas ce que disent les fiches : ces dates ne distinguent personne, et les fiches "
            "gardent les leurs"
        )
        plan.doubts.append(BadLine(read.lines[0].line, sentence))
    compared = Compared(roll, choices, questions, read.on)
    for line in read.lines:
        _sort_out(line, plan, compared)
    keep_births(plan, compared)
    for told in (plan.bad, plan.doubts):
        told.sort(key=lambda one: one.line)
    return plan


def _sort_out(line: ReadLine, plan: Plan, compared: Compared) -> None:
    choices = compared.choices
    if stands_above(line, plan, compared):
        return
    found = [compared.roll.find(line, rank) for rank in range(max(len(line.people), 1))]
    known = {rank: sure for rank, (sure, _like) in enumerate(found) if sure is not None}
    likes = {rank: like for rank, (_sure, like) in enumerate(found) if like is not None}
    known |= {rank: like for rank, like in likes.items() if judged(line, rank, like, plan, compared) == ONE}
    for rank, member in known.items():
        tell_departure(line, rank, member, plan, choices.left_on, on=compared.on)
        tell_category(line, member, plan)
    if len(known) == len(found):
        plan.known.append(line)
    if choices.update and known:
        answers = _answers(line, plan, compared)[0] if len(found) == 1 else []
        plan.changes += [one for rank, member in known.items() if (one := change_of(member, line, rank, answers))]
    if len(known) < len(found):
        _bring(line, known, {rank: like for rank, like in likes.items() if rank not in known}, plan, compared)


def _bring(
    line: ReadLine, known: Mapping[int, Member], likes: Mapping[int, Member], plan: Plan, compared: Compared
) -> None:
    """Plan the newcomers of a line; who is not here yet joins the household of who is."""
    ranks = [rank for rank in range(max(len(line.people), 1)) if rank not in known]
    if not is_first_of_the_list(line, ranks, plan, compared) or not stands_apart(line, likes, plan, compared):
        return
    until = line.until or (compared.choices.left_on if line.gone else None)
    status = line.situation.status
    if line.gone and until is None:
        ranks, status = without_a_day(line, ranks, plan)
    elif line.gone and len(line.gone) < len(line.people):
        tell_survivors(line, plan)
    host = next(iter(known.values()), None)
    category = line.category or (host.category.name if host else plan.wording.without_a_word(line.organisation))
    facts = _facts(line, category, status, plan, compared) if ranks else None
    if facts is None:
        return
    if host is not None:
        sentence = _l(
            "%(name)s rejoint le foyer de %(host)s, déjà membre (no %(number)s)",
            name=line.names_of(ranks),
            host=host.name,
            number=host.number,
        )
        plan.doubts.append(BadLine(line.line, sentence))
    else:
        _tell_number(line, plan, compared)
    shared = _shared_home(line, compared.choices, compared.homes)
    plan.fresh.append(Newcomer(line, facts, tuple(ranks), shared, host.id if host else None, until))
    compared.remember(line, ranks)


def _tell_number(line: ReadLine, plan: Plan, compared: Compared) -> None:
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


def _facts(line: ReadLine, said: str, status: MemberStatus, plan: Plan, compared: Compared) -> MemberFacts | None:
    """What is noted of the people of a line; None when their category is left aside."""
    category = plan.wording.category_of(said)
    if category is None:
        plan.bad.append(BadLine(line.line, _l("catégorie « %(name)s » : laissée de côté", name=said[:80])))
        return None
    lost = list(line.lost)
    if kind_of(category) != kind_of(said) and said:
        lost.append(f"{MEANING_NAMES[Meaning.CATEGORY]} : {said[:80]}")
    if line.gone and (word := line.cell(Meaning.STATUS) or line.cell(Meaning.LEAVING)):
        lost.append(f"{MEANING_NAMES[Meaning.STATUS]} : {line.names_of(sorted(line.gone))}, {word[:80]}")
    answers, unread = _answers(line, plan, compared)
    lost += unread
    note = "\n".join(part for part in (line.cell(Meaning.NOTE), *lost) if part)
    return MemberFacts(
        category=category,
        organisation=line.organisation,
        status=status,
        since=line.since,
        answers={str(question.id): answer for question, answer in answers},
        note=note,
    )


def _answers(line: ReadLine, plan: Plan, compared: Compared) -> tuple[list[tuple[MemberField, Any]], list[str]]:
    """What a line answers to the body's own questions, and what of it cannot be read; that is told."""
    answers: list[tuple[MemberField, Any]] = []
    lost: list[str] = []
    for question in compared.questions:
        raw = line.cells.get(f"field:{question.id}", "")
        text = whole_year(raw, compared.on) if question.kind == FieldKind.DATE else raw
        try:
            answer = answer_of(question, text)
        except ValidationError as error:
            plan.doubts.append(BadLine(line.line, error.args[0]))
            lost.append(f"{question.label} : {raw[:300]}")
            continue
        if text != raw:
            plan.doubts.append(BadLine(line.line, short_year_told(raw, parse(text))))
        if answer is not None:
            answers.append((question, answer))
    return answers, lost
