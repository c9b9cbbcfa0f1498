"""What votes, days, terms and numbers of copies say against each other: kept as the source has them, pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from app.shared.fuzzydate import understand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.shared.fuzzydate import FuzzyDate
    from app.texts.document import Act, Copies, Document, Duration, Term, Vote

_FOLLOWING = {"transmission", "publication", "enforceable", "notification"}
_MONTH = 30.44
_COUNTED = ("votes_for", "votes_against", "abstentions")


@dataclass(frozen=True)
class Contradiction:
    """Two figures, or two acts, that cannot both be right. ``other``: the act that says otherwise.

    Without an act: what the text says of itself, its term or its copies.
    """

    code: str
    act: Act | None
    one: str
    two: str
    other: Act | None = None


def contradictions(document: Document) -> Iterator[Contradiction]:
    """Every contradiction between what the acts of a document say, and within its term and its copies."""
    for act in document.acts:
        if act.vote:
            yield from _within(act, act.vote)
    yield from _too_early(document)
    for first, second in combinations((act for act in document.acts if act.vote), 2):
        if first.vote and second.vote and _is_same_vote(first, second) and _differ(first.vote, second.vote):
            yield Contradiction("vote_twice", first, _count(first.vote), _count(second.vote), second)
    if document.term:
        yield from _of_term(document.term)
    if document.copies:
        yield from _of_copies(document.copies)


def _of_term(term: Term) -> Iterator[Contradiction]:
    """A text without end that ends, or whose length is not that between its two days."""
    length = _months(term.length)
    if term.unlimited and (length is not None or (term.until and term.until.date)):
        yield Contradiction("term_unlimited", None, "", "")
    begin, end = (understand(one.date) if one and one.date else None for one in (term.since, term.until))
    if length is None or begin is None or end is None:
        return
    told = tuple((day.earliest, day.latest) for day in (begin, end))
    least = (told[1][0] - told[0][1]).days / _MONTH - 1
    most = (told[1][1] - told[0][0]).days / _MONTH + 1
    if not least <= length <= most:
        yield Contradiction("term_length", None, "", f"{begin.text} – {end.text}")


def _months(length: Duration | None) -> float | None:
    """A length in months, as far as its figures tell."""
    if length is None:
        return None
    days = (length.days or 0) + 7 * (length.weeks or 0)
    months = 12 * (length.years or 0) + (length.months or 0) + days / _MONTH
    return months or None


def _of_copies(copies: Copies) -> Iterator[Contradiction]:
    """Copies by language that do not make the whole number. A copy in two languages may be counted in both."""
    if copies.number is None or not copies.by_language:
        return
    counted = list(copies.by_language.values())
    if sum(counted) < copies.number or max(counted) > copies.number:
        yield Contradiction("copies_sum", None, str(copies.number), " + ".join(map(str, counted)))


def _within(act: Act, vote: Vote) -> Iterator[Contradiction]:
    cast = sum(number or 0 for number in (vote.votes_for, vote.votes_against, vote.abstentions))
    could = vote.in_office if vote.present is None else vote.present + (vote.represented or 0)
    if could is not None and cast > could:
        yield Contradiction("vote_cast", act, str(cast), str(could))
    if vote.present is not None and vote.in_office is not None and vote.present > vote.in_office:
        yield Contradiction("vote_present", act, str(vote.present), str(vote.in_office))
    if (act.unanimous or vote.result == "unanimous") and (vote.votes_against or vote.names_against):
        yield Contradiction("vote_unanimous", act, str(vote.votes_against or len(vote.names_against)), "0")
    named = ((vote.names_for, vote.votes_for), (vote.names_against, vote.votes_against))
    for names, number in (*named, (vote.names_abstaining, vote.abstentions)):
        if number is not None and len(names) > number:
            yield Contradiction("vote_named", act, str(len(names)), str(number))


def _too_early(document: Document) -> Iterator[Contradiction]:
    """What follows a decision by law, dated before every decision of the same party."""
    decisions = [act for act in document.acts if act.kind == "council_decision"]
    for act in document.acts:
        own = [one for one in decisions if act.by in {None, one.by}]
        days = [_day(one) for one in own]
        when = _day(act)
        if act.kind in _FOLLOWING and when and own and all(day and when.latest < day.earliest for day in days):
            yield Contradiction("sent_before", act, when.text, days[0].text if days[0] else "", own[0])


def _day(act: Act) -> FuzzyDate | None:
    return understand(act.date.date) if act.date and act.date.date else None


def _is_same_vote(first: Act, second: Act) -> bool:
    """Whether two acts tell one vote: of one kind, by one party, with one number or on one day."""
    if (first.kind, first.by) != (second.kind, second.by):
        return False
    if first.reference or second.reference:
        return first.reference == second.reference
    days = [act.date.date if act.date else None for act in (first, second)]
    return days[0] is not None and days[0] == days[1]


def _differ(one: Vote, other: Vote) -> bool:
    pairs = [(getattr(one, name), getattr(other, name)) for name in _COUNTED]
    return any(None not in pair and pair[0] != pair[1] for pair in pairs)


def _count(vote: Vote) -> str:
    """« 18/0/1 »: for, against, abstaining; what is not told is a dash."""
    numbers = [getattr(vote, name) for name in _COUNTED]
    return "/".join("–" if number is None else str(number) for number in numbers)
