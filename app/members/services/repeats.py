"""Somebody whom a list names twice is one newcomer: what the later line says more is theirs, nothing of it is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.forms.dates import as_typed
from app.law.words import listed
from app.members.alike import BIRTH
from app.members.headings import MEANING_NAMES, Meaning
from app.members.lines import BadLine
from app.shared.folding import fold
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.members.lines import ReadLine
    from app.members.models import MemberField
    from app.members.services.plan import Newcomer, Plan

_ADDRESS = (Meaning.STREET, Meaning.POSTCODE, Meaning.TOWN, Meaning.COUNTRY)
_TAKEN = frozenset({Meaning.TITLE, Meaning.STREET, Meaning.EMAIL, Meaning.PHONE, Meaning.SINCE})
_KEPT = frozenset({Meaning.STATUS, Meaning.LEAVING, Meaning.LANGUAGES, Meaning.HOUSEHOLD, Meaning.NUMBER})


def tell_repeat(above: ReadLine, line: ReadLine, plan: Plan, questions: Sequence[MemberField] = ()) -> None:
    """Leave a line aside that stands above already; what was missing there is taken over, what differs is noted."""
    first = next((one for one in plan.fresh if one.line.line == above.line), None)
    taken, other = _compared(above if first is None else first.line, line, questions)
    if first is None:
        taken = []
    elif len(line.people) > 1:
        taken, other = [], other + taken
    sentence = _l("déjà à la ligne %(line)s", line=above.line)
    if taken and first is not None:
        _take_over(first, line, taken)
        what = listed(one.label for one in taken)
        sentence = _l("%(above)s ; ce qui y manquait est repris d’ici : %(what)s", above=sentence, what=what)
    if other:
        what = listed(one.label for one in other)
        told = (
            _l("%(above)s ; ce qui diffère n’est pas repris : %(what)s", above=sentence, what=what)
            if first is None
            else _l("%(above)s ; ce qui diffère est gardé dans la remarque : %(what)s", above=sentence, what=what)
        )
        sentence = told
    if first is not None:
        more = [f"{one.label} : {one.text[:300]}" for one in other]
        more += [text for text in (line.cell(Meaning.NOTE), *line.lost) if text and text not in first.facts.note]
        note = "\n".join(part for part in (first.facts.note, *more) if part)
        first.facts = replace(first.facts, note=note)
    plan.bad.append(BadLine(line.line, sentence))


@dataclass(frozen=True)
class _Said:
    """What the later line says otherwise than the one above, or more."""

    meaning: str
    label: str
    text: str


def _compared(known: ReadLine, line: ReadLine, questions: Sequence[MemberField]) -> tuple[list[_Said], list[_Said]]:
    """What can be taken over since the line above does not say it, and all else that differs."""
    labels = {f"field:{one.id}": one.label for one in questions}
    there, here = _says(known), _says(line)
    differing = [
        _Said(meaning, labels.get(meaning) or str(_label(meaning)), text)
        for meaning, text in here.items()
        if text and fold(text) != fold(there.get(meaning, ""))
    ]
    taken = [one for one in differing if one.meaning in _TAKEN and not there.get(one.meaning)]
    return taken, [one for one in differing if one not in taken]


def _label(meaning: str) -> object:
    return BIRTH if meaning == Meaning.BORN else MEANING_NAMES.get(Meaning(meaning), meaning)


def _take_over(first: Newcomer, line: ReadLine, taken: Sequence[_Said]) -> None:
    known, fresh = first.line, {one.meaning: one.text for one in taken}
    cells, people = dict(known.cells), known.people
    if Meaning.STREET in fresh:
        cells |= {one.value: line.cell(one) for one in _ADDRESS if line.cell(one)}
    if Meaning.PHONE in fresh:
        cells[Meaning.PHONE.value] = fresh[Meaning.PHONE]
    if Meaning.TITLE in fresh:
        people = (replace(people[0], title=line.people[0].title), *people[1:])
    since = line.since if Meaning.SINCE in fresh else known.since
    emails = line.emails if Meaning.EMAIL in fresh else known.emails
    first.line = replace(known, cells=cells, people=people, emails=emails, since=since)
    first.facts = replace(first.facts, since=first.facts.since or since)


def _says(line: ReadLine) -> dict[str, str]:
    """What a line says of somebody beside the name and the remark."""
    where = ", ".join(text for one in _ADDRESS if (text := line.cell(one)))
    phones = line.phones or (line.phone_of(0),)
    return {
        **{meaning: text for meaning, text in line.cells.items() if meaning in _KEPT or meaning.startswith("field:")},
        Meaning.TITLE: listed(filter(None, (one.title for one in line.people))),
        Meaning.STREET: where if line.cell(Meaning.STREET) else "",
        Meaning.EMAIL: ", ".join(filter(None, line.emails)),
        Meaning.PHONE: ", ".join(filter(None, phones)),
        Meaning.BORN: as_typed(line.born) or line.cell(Meaning.BORN),
        Meaning.SINCE: said(line.since) if line.since is not None else "",
        Meaning.UNTIL: said(line.until) if line.until is not None else "",
        Meaning.CATEGORY: line.category,
    }
