"""Votes: requests for a kind of ballot, results, appointments in three rounds (CGCT L2121-20, L2121-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from app.law import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Ballot = Literal["show_of_hands", "public", "secret"]
Voice = Literal["for", "against", "abstained", "none"]
Outcome = Literal["adopted", "rejected", "unknown"]
Reason = Literal["majority", "minority", "casting_vote", "tie_secret", "tie_not_broken", "missing"]


@dataclass(frozen=True)
class VoteResult:
    """What a vote decided and why; ``cast`` counts the votes cast (neither abstentions nor blank or null papers)."""

    outcome: Outcome
    reason: Reason
    cast: int

    @property
    def majority(self) -> int:
        """The number of votes that wins."""
        return self.cast // 2 + 1


def vote_result(
    votes_for: int, votes_against: int, *, ballot: Ballot | None = None, president: Voice | None = None
) -> VoteResult:
    """Return the result: more for than against, or a tie that the president's vote breaks, except in secret."""
    cast = votes_for + votes_against
    if votes_for != votes_against:
        won = votes_for > votes_against
        return VoteResult("adopted" if won else "rejected", "majority" if won else "minority", cast)
    return _tie(cast, ballot, president)


def _tie(cast: int, ballot: Ballot | None, president: Voice | None) -> VoteResult:
    if ballot == "secret":
        return VoteResult("rejected", "tie_secret", cast)
    if president in {"against", "abstained", "none"} or cast == 0:
        return VoteResult("rejected", "tie_not_broken", cast)
    if president is None or ballot is None:
        return VoteResult("unknown", "missing", cast)
    return VoteResult("adopted", "casting_vote", cast)


def is_public_request_valid(requesters: int, present: int, *, on: date | None = None) -> bool:
    """Say whether a quarter of the members present asks for a public ballot."""
    return requesters > 0 and requesters * tables.number("part_scrutin_public", on) >= present


def is_secret_request_valid(requesters: int, present: int, *, on: date | None = None) -> bool:
    """Say whether a third of the members present asks for a secret ballot."""
    return requesters > 0 and requesters * tables.number("part_scrutin_secret", on) >= present


@dataclass(frozen=True)
class Round:
    """One round of an appointment: the votes by candidate, and the papers that are votes cast (known, or counted)."""

    votes: Mapping[str, int]
    cast: int | None = None


@dataclass(frozen=True)
class Appointment:
    """Who is appointed, in which round; ``needs`` names the missing fact (``cast``, ``ages``, ``births``)."""

    elected: tuple[str, ...]
    round: int | None
    reason: Literal["single_candidacy", "absolute", "relative", "elder", "open", "missing"]
    needs: str = ""


def appointment(
    rounds: Sequence[Round],
    *,
    seats: int = 1,
    candidates: Sequence[str] | None = None,
    ages: Mapping[str, float] | None = None,
    on: date | None = None,
) -> Appointment:
    """Return who is appointed: absolute majority twice, then relative, the elder in a tie.

    One candidate a seat takes effect at once. With several seats a paper carries several names: ``cast`` is needed.
    """
    if candidates is not None and 0 < len(candidates) <= seats:
        return Appointment(tuple(candidates), None, "single_candidacy")
    absolute_rounds = tables.number("tours_majorite_absolue", on)
    elected: list[str] = []
    for number, one in enumerate(rounds, start=1):
        open_seats = seats - len(elected)
        standing = {name: votes for name, votes in one.votes.items() if name not in elected}
        if number > absolute_rounds:
            last = _first_ones(standing, open_seats, ages or {}, number)
            return Appointment((*elected, *last.elected), last.round, last.reason, last.needs)
        if one.cast is None and seats > 1:
            return Appointment(tuple(elected), number, "missing", "cast")
        cast = sum(one.votes.values()) if one.cast is None else one.cast
        ranked = sorted(standing, key=lambda name: -standing[name])
        elected += [name for name in ranked if standing[name] * 2 > cast][:open_seats]
        if len(elected) == seats:
            return Appointment(tuple(elected), number, "absolute")
    return Appointment(tuple(elected), len(rounds) or None, "open")


def seniority(known: Mapping[str, date | int], on: date | None) -> dict[str, float]:
    """How old each is, on one scale: days where every day of birth is known, else years; ages in years may be equal."""
    if all(isinstance(told, date) for told in known.values()):
        return {name: -float(told.toordinal()) for name, told in known.items() if isinstance(told, date)}
    found: dict[str, float] = {}
    for name, told in known.items():
        if not isinstance(told, date):
            found[name] = float(told)
        elif on is not None:
            found[name] = float(on.year - told.year - ((on.month, on.day) < (told.month, told.day)))
    return found


def _first_ones(votes: Mapping[str, int], seats: int, ages: Mapping[str, float], number: int) -> Appointment:
    """The relative majority, then the elder where a tie falls on the last seat (``ages`` grow with age)."""
    ranked = sorted(votes, key=lambda name: (-votes[name], -ages.get(name, 0)))
    if len(ranked) <= seats or votes[ranked[seats - 1]] != votes[ranked[seats]]:
        return Appointment(tuple(ranked[:seats]), number, "relative")
    level = votes[ranked[seats - 1]]
    tied = [name for name in ranked if votes[name] == level]
    if any(name not in ages for name in tied):
        return Appointment(tuple(name for name in ranked if votes[name] > level), number, "missing", "ages")
    last = ages[ranked[seats - 1]]
    if last == ages[ranked[seats]]:
        sure = tuple(name for name in ranked[:seats] if votes[name] > level or ages[name] > last)
        return Appointment(sure, number, "missing", "births")
    return Appointment(tuple(ranked[:seats]), number, "elder")
