"""One name twice: on two lines of a list, or on a line and on a record. One person or two is told, and asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.forms.dates import as_typed
from app.members.alike import ABOVE, ASIDE, BIRTH, HERE, ONE, TWO, Likeness, traits_of_line
from app.members.headings import Meaning
from app.members.lines import BadLine, address_key, full_name
from app.members.queries.finding import is_one, may_be_another
from app.members.services.repeats import tell_repeat
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.members.lines import ReadLine
    from app.members.models import Member, MemberField
    from app.members.queries.finding import KnownRoll
    from app.members.services.plan import Choices, Plan
    from app.people.couples import Named


@dataclass
class Compared:
    """What a line is compared with, and what the lines before it said."""

    roll: KnownRoll
    choices: Choices
    questions: Sequence[MemberField]
    on: date
    seen: dict[object, list[ReadLine]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[object, int] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    fresh: dict[object, list[tuple[ReadLine, int]]] = field(default_factory=lambda: defaultdict(list))
    twins: set[int] = field(default_factory=set)

    def remember(self, line: ReadLine, ranks: Sequence[int]) -> None:
        """Keep who of a line comes in, for the lines below."""
        for rank in ranks:
            if rank < len(line.people):
                self.fresh[_who(line.people[rank])].append((line, rank))


def stands_above(line: ReadLine, plan: Plan, compared: Compared) -> bool:
    """Whether a line above says the same people, reached in the same way: what it says more is taken over or told."""
    lines = compared.seen[_key(line)]
    above = min(lines, key=lambda one: len(_differences(line, one)), default=None)
    if compared.roll.has_own(line):
        above = None
    if above is not None and (line.organisation or _judged_above(line, 0, above, plan, compared) == ONE):
        tell_repeat(above, line, plan, compared.questions)
        return True
    if above is not None:
        compared.roll.apart.add(line.line)
    lines.append(line)
    return False


def judged(line: ReadLine, rank: int, like: Member, plan: Plan, compared: Compared) -> str:
    """Whether somebody who bears the name of a member is that member.

    The line waits where nobody can tell: they moved, or the day of entry was corrected on the record alone.
    """
    roll = compared.roll
    is_other = roll.is_taken(like, line, rank) or (
        not roll.differs_in_entry_only(like, line, rank)
        and (bool(roll.told(like, line, rank)) or may_be_another(like, line))
    )
    likeness = Likeness(
        key=f"{HERE}{line.line}",
        line=line.line,
        name=line.names_of((rank,)),
        other=_l("le membre no %(number)s", number=like.number),
        differs=roll.told(like, line, rank),
        becomes=TWO if is_other else ASIDE,
        usual=TWO if is_other else ASIDE,
    )
    return _answered(likeness, plan, compared)


def stands_apart(line: ReadLine, likes: Mapping[int, Member], plan: Plan, compared: Compared) -> bool:
    """Whether who bears the name of a member comes in beside them; a doubt is told either way."""
    waiting = [(rank, like) for rank, like in likes.items() if judged(line, rank, like, plan, compared) == ASIDE]
    for rank, like in waiting[:1]:
        differs = compared.roll.told(like, line, rank)
        sentence = (
            _l(
                "porte le nom du membre no %(number)s, dont la fiche dit autre chose (%(differs)s) : dites dans « Une "
                "personne ou deux ? » si c’est la même personne",
                number=like.number,
                differs=differs,
            )
            if differs
            else _l(
                "porte le nom d’un membre qui est joint autrement : dites dans « Une personne ou deux ? » si c’est la "
                "même personne"
            )
        )
        plan.bad.append(BadLine(line.line, sentence))
        return False
    for like in likes.values():
        sentence = _l(
            "porte le même nom que le membre no %(number)s et sera inscrit·e à côté : si c’est la même personne, "
            "dites-le dans « Une personne ou deux ? »",
            number=like.number,
        )
        plan.doubts.append(BadLine(line.line, sentence))
        compared.twins.add(line.line)
    return True


def is_first_of_the_list(line: ReadLine, ranks: Sequence[int], plan: Plan, compared: Compared) -> bool:
    """Whether nobody of this line already came in by a line above; one of the same name elsewhere is told."""
    if line.organisation:
        return True
    same: dict[str, ReadLine] = {}
    for rank in ranks:
        one = line.people[rank]
        if (found := _nearest(line, rank, compared)) is None:
            continue
        if _judged_above(line, rank, found, plan, compared) == ONE:
            same[full_name(one)] = found
            continue
        sentence = _l(
            "porte le même nom que la ligne %(line)s et sera inscrit·e à côté : si c’est la même personne, dites-le "
            "dans « Une personne ou deux ? »",
            line=found.line,
        )
        plan.doubts.append(BadLine(line.line, sentence))
        compared.twins |= {line.line, found.line}
    if not same:
        return True
    if len(same) == len(line.people):
        tell_repeat(min(same.values(), key=lambda one: one.line), line, plan, compared.questions)
        return False
    name, above = next(iter(same.items()))
    sentence = _l(
        "%(name)s est déjà à la ligne %(line)s, l’autre personne non : inscrivez-la à la main",
        name=name,
        line=above.line,
    )
    plan.bad.append(BadLine(line.line, sentence))
    return False


def keep_births(plan: Plan, compared: Compared) -> None:
    """Let two people of one name keep what tells them apart; nobody else's date of birth is kept."""
    for one in plan.fresh:
        line = one.line
        text = line.cell(Meaning.BORN)
        is_answer = any(answer == text for key, answer in line.cells.items() if key.startswith("field:"))
        if line.line in compared.twins and text and not is_answer:
            noted = f"{BIRTH} : {as_typed(line.born) or text[:80]}"
            one.facts = replace(one.facts, note="\n".join(part for part in (one.facts.note, noted) if part))


def _nearest(line: ReadLine, rank: int, compared: Compared) -> ReadLine | None:
    """The line above that brings in somebody of this name, the one that says the same if there is one."""
    lines = compared.fresh.get(_who(line.people[rank]), [])
    one = next((above for above, place in lines if is_one(line, rank, above, place)), None)
    return one or (lines[0][0] if lines else None)


def _judged_above(line: ReadLine, rank: int, above: ReadLine, plan: Plan, compared: Compared) -> str:
    differs = _differences(line, above)
    places = [place for place, one in enumerate(above.people) if _who(one) == _who(line.people[rank])]
    is_same = any(is_one(line, rank, above, place) for place in places) and not differs
    likeness = Likeness(
        key=f"{ABOVE}{line.line}",
        line=line.line,
        name=line.name,
        other=_l("la ligne %(line)s", line=above.line),
        differs=" ; ".join(differs),
        becomes=ONE if is_same else TWO,
        usual=ONE if is_same else TWO,
    )
    return _answered(likeness, plan, compared)


def _differences(line: ReadLine, above: ReadLine) -> list[str]:
    """What the people of one name on two lines contradict each other in, for people."""
    places = {_who(one): place for place, one in enumerate(above.people)}
    told = [
        traits_of_line(line, rank).told(traits_of_line(above, places[_who(one)]))
        for rank, one in enumerate(line.people)
        if _who(one) in places
    ]
    return list(dict.fromkeys(filter(None, told)))


def _answered(likeness: Likeness, plan: Plan, compared: Compared) -> str:
    """What somebody said of it, else what it seems to be; it is asked either way."""
    asked = plan.likenesses.setdefault(likeness.key, likeness)
    answer = compared.choices.alike.get(asked.key, "")
    if answer in {code for code, _said in likeness.options}:
        plan.likenesses[asked.key] = replace(asked, becomes=answer)
        return answer
    return likeness.becomes


def _who(one: Named) -> object:
    return one.title if not one.given_name else "", one.words


def _key(line: ReadLine) -> object:
    who = frozenset(_who(one) for one in line.people)
    return fold(line.organisation), who, line.emails, address_key(line.cells)
