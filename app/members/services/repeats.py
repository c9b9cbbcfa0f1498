"""Somebody whom a list names twice is one newcomer: what the later line says more is theirs, nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.law.words import listed
from app.members.headings import MEANING_NAMES, Meaning
from app.members.lines import BadLine
from app.shared.saying import said

if TYPE_CHECKING:
    from app.members.lines import ReadLine
    from app.members.services.plan import Newcomer, Plan

_ADDRESS = (Meaning.STREET, Meaning.POSTCODE, Meaning.TOWN, Meaning.COUNTRY)


def tell_repeat(above: int, line: ReadLine, plan: Plan) -> None:
    """Leave a line aside that stands above already; what was missing there is taken over, what differs is noted."""
    first = next((one for one in plan.fresh if one.line.line == above), None)
    taken, noted = ([], []) if first is None or len(line.people) > 1 else _taken_over(first, line)
    sentence = _l("déjà à la ligne %(line)s", line=above)
    if taken:
        what = listed(taken)
        sentence = _l("%(above)s ; ce qui y manquait est repris d’ici : %(what)s", above=sentence, what=what)
    if noted:
        what = listed(noted)
        sentence = _l("%(above)s ; ce qui diffère est gardé dans la remarque : %(what)s", above=sentence, what=what)
    plan.bad.append(BadLine(line.line, sentence))


def _taken_over(first: Newcomer, line: ReadLine) -> tuple[list[str], list[str]]:
    """The names of what was taken over and of what was noted, since both lines say it and differ."""
    known = first.line
    said_there, said_here = _reached(known), _reached(line)
    fresh = [one for one, text in said_here.items() if text and not said_there[one]]
    other = [one for one, text in said_here.items() if text and text != said_there[one] and one not in fresh]
    cells = dict(known.cells)
    if Meaning.STREET in fresh:
        cells |= {one.value: line.cell(one) for one in _ADDRESS if line.cell(one)}
    if Meaning.PHONE in fresh:
        cells[Meaning.PHONE.value] = said_here[Meaning.PHONE]
    since = line.since if Meaning.SINCE in fresh else known.since
    emails = line.emails if Meaning.EMAIL in fresh else known.emails
    first.line = replace(known, cells=cells, emails=emails, since=since)
    more = [f"{MEANING_NAMES[one]} : {said_here[one][:300]}" for one in other]
    more += [text for text in (line.cell(Meaning.NOTE), *line.lost) if text and text not in first.facts.note]
    note = "\n".join(part for part in (first.facts.note, *more) if part)
    first.facts = replace(first.facts, since=first.facts.since or since, note=note)
    return [str(MEANING_NAMES[one]) for one in fresh], [str(MEANING_NAMES[one]) for one in other]


def _reached(line: ReadLine) -> dict[Meaning, str]:
    """Where somebody is reached, and since when they are there, as a line says it."""
    where = ", ".join(text for one in _ADDRESS if (text := line.cell(one)))
    return {
        Meaning.STREET: where if line.cell(Meaning.STREET) else "",
        Meaning.EMAIL: ", ".join(line.emails),
        Meaning.PHONE: line.phone_of(0),
        Meaning.SINCE: said(line.since) if line.since is not None else "",
    }
