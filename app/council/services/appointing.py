"""A designation: candidates, three rounds at most, the elder in a tie (CGCT, L2121-21); the act then names who is.

``AgendaPoint.appointment`` holds ``seats``, ``candidates`` (name, age, number), ``is_waived`` (the council unanimously
renounced the secret ballot), ``rounds`` (votes by name, cast, blank, void, not_voting), then ``elected``, ``reason``.
A candidate keeps his number however the list is written again: the fields of his votes are named after it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.council.models import BallotKind, Outcome
from app.council.reckoning import standing_at
from app.council.services.candidacies import ages_of, require_in_discussion, told_age
from app.council.services.convening import NotLawful
from app.council.services.evening import NotedMeanwhile
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.telling import tell_meeting
from app.council.services.voting import decide, require_lawful
from app.law import tables
from app.law.votes import Round, appointment, seniority
from app.law.words import counted, french, listed
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint
    from app.law.votes import Appointment
    from app.shared.actor import Actor

_WHY = {
    "single_candidacy": "une seule candidature par siège : nomination immédiate",
    "absolute": "à la majorité absolue",
    "relative": "à la majorité relative",
    "elder": "à égalité de voix, au bénéfice de l'âge",
}
_AGES = _l(
    "Égalité au troisième tour : le plus âgé est élu (CGCT, art. L. 2121-21). "
    "Écrivez l’âge des candidats à égalité, puis consignez de nouveau ce tour."
)
_BIRTHS = _l(
    "Égalité au troisième tour entre candidats du même âge : le plus âgé est élu (CGCT, art. L. 2121-21). "
    "Écrivez leur date de naissance à la place de l’âge, comme 12/03/1971, puis consignez de nouveau ce tour."
)
_ROUNDS = ("premier", "deuxième", "troisième")


@dataclass(frozen=True, kw_only=True)
class BallotRound:
    """One round as it was counted; ``cast`` are the papers that are votes, needed when a paper names several.

    ``ages``: what was learnt since the candidates were noted, to part a tie of the last round.
    """

    votes: Mapping[str, int]
    cast: int | None = None
    blank: int = 0
    void: int = 0
    not_voting: int = 0
    ages: Mapping[str, int | date] = field(default_factory=dict)


def state_of(point: AgendaPoint) -> str:
    """A fingerprint of the candidates and of the rounds held; a page carries the one that it showed."""
    told = point.appointment
    known = [told.get(name) for name in ("seats", "candidates", "is_waived", "rounds")]
    return sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:12]


def require_state(point: AgendaPoint, shown: str | None) -> None:
    """Refuse what was typed on a page that shows other candidates or other rounds: a late clerk, a second click.

    :raises NotedMeanwhile: it says to read again.
    """
    if shown is not None and shown != state_of(point):
        raise NotedMeanwhile(
            _l(
                "Les candidats ou les tours de cette désignation ont changé depuis que cette page est ouverte, "
                "par quelqu’un d’autre ou par un bouton pressé deux fois. "
                "Relisez ce qui est consigné, puis recommencez."
            )
        )


def record_round(session: Session, point: AgendaPoint, told: BallotRound, *, by: Actor, at: datetime) -> Appointment:
    """Record one round, and who is elected when that is settled.

    :raises NotLawful: without quorum (C11), off the agenda sent (C03), counts that do not add up (C14), a tie of the
        last round without the ages (C15).
    """
    require_in_discussion(point)
    _require_candidates(point)
    if outcome_of(point).reason == "single_candidacy":
        raise NotPossibleNow(_l("Une seule candidature par siège : la nomination est immédiate, sans vote."))
    standing = standing_at(point.meeting, point)
    require_lawful(session, point, standing)
    _check_round(point, told, standing.voters)
    elected = elected_so_far(point)
    row = {
        "votes": {name: votes for name, votes in told.votes.items() if name not in elected},
        "cast": told.cast if told.cast is not None else sum(told.votes.values()),
        "blank": told.blank,
        "void": told.void,
        "not_voting": told.not_voting,
    }
    held = [*point.appointment.get("rounds", []), row]
    rows = [
        {**one, **told_age(told.ages[one["name"]])} if one["name"] in told.ages else one
        for one in point.appointment["candidates"]
    ]
    point.appointment = {**point.appointment, "candidates": rows, "rounds": held}
    found = outcome_of(point)
    if found.reason == "missing":
        raise NotLawful(_BIRTHS if found.needs == "births" else _AGES, "C15")
    if found.reason != "open":
        _settle(session, point, found, by=by, at=at)
    point.revision += 1
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)
    return found


def appoint_at_once(session: Session, point: AgendaPoint, *, by: Actor, at: datetime) -> Appointment:
    """Appoint without a vote: one candidate a seat takes effect at once, read out by the mayor (CGCT, L2121-21)."""
    require_in_discussion(point)
    _require_candidates(point)
    found = outcome_of(point)
    if found.reason != "single_candidacy":
        raise NotPossibleNow(_l("Il y a plus de candidats que de sièges : on vote."))
    require_lawful(session, point, standing_at(point.meeting, point))
    _settle(session, point, found, by=by, at=at)
    point.revision += 1
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)
    return found


def erase_round(session: Session, point: AgendaPoint, *, by: Actor, at: datetime) -> None:
    """Take the last round back, as long as nobody is proclaimed elected."""
    require_in_discussion(point)
    held = list(point.appointment.get("rounds", []))
    if not held:
        raise NotPossibleNow(_l("Aucun tour n’est consigné."))
    point.appointment = {**point.appointment, "rounds": held[:-1]}
    point.revision += 1
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def outcome_of(point: AgendaPoint) -> Appointment:
    """What the rounds held so far give, as the law counts them."""
    return _outcome(point, point.appointment.get("rounds", []))


def _outcome(point: AgendaPoint, rounds: Sequence[Mapping[str, Any]]) -> Appointment:
    told = point.appointment
    rows = told.get("candidates", [])
    return appointment(
        [Round(row["votes"], row["cast"]) for row in rounds],
        seats=told.get("seats", 1),
        candidates=[row["name"] for row in rows],
        ages=seniority(ages_of(rows), day_of(point.meeting.starts_at)),
        on=day_of(point.meeting.starts_at),
    )


def _settle(session: Session, point: AgendaPoint, found: Appointment, *, by: Actor, at: datetime) -> None:
    """Proclaim who is elected: the item is adopted, and its act names them."""
    told = point.appointment
    point.appointment = {**told, "elected": list(found.elected), "reason": found.reason}
    point.ballot = BallotKind.SHOW_OF_HANDS if told.get("is_waived") else BallotKind.SECRET
    point.outcome, point.voted_at = Outcome.ADOPTED, at
    if point.act is not None:
        point.act.articles = [*point.act.articles[:1], proclaimed(point), *point.act.articles[1:]]
        decide(session, point.act, Outcome.ADOPTED, point, by=by, at=at)


def proclaimed(point: AgendaPoint) -> str:
    """« Sont désignés : A et B (au deuxième tour, à la majorité absolue). »; empty before."""
    told = point.appointment
    if not told.get("elected"):
        return ""
    rounds = len(told.get("rounds", []))
    verb = "Est désigné" if len(told["elected"]) == 1 else "Sont désignés"
    if not rounds:
        return french(f"{verb} : {listed(told['elected'])} ({_WHY[told['reason']]}).")
    parts, known = [], 0
    for number in range(1, rounds + 1):
        elected = told["elected"] if number == rounds else elected_so_far(point, number)
        if new := elected[known:]:
            why = _WHY[told["reason"] if number == rounds else "absolute"]
            parts.append(f"{listed(new)} (au {_ROUNDS[number - 1]} tour, {why})")
        known = len(elected)
    return french(f"{verb} : {', '.join(parts)}.")


def elected_so_far(point: AgendaPoint, rounds: int | None = None) -> list[str]:
    """Who the rounds held so far (or the first ``rounds``) already elected: they do not stand again."""
    held = point.appointment.get("rounds", [])[:rounds]
    return list(_outcome(point, held).elected) if held else []


def round_lines(point: AgendaPoint) -> list[str]:
    """Each round in words, for the minutes."""
    return [
        french(
            f"{_ROUNDS[number].capitalize()} tour : "
            + ", ".join(f"{name} {votes} voix" for name, votes in row["votes"].items())
            + f" ; {listed(_papers(row))}."
        )
        for number, row in enumerate(point.appointment.get("rounds", []))
    ]


def _papers(row: Mapping[str, Any]) -> list[str]:
    """« 12 suffrages exprimés », « 1 bulletin blanc »: what there was none of is not told."""
    told = (
        (row["blank"], "bulletin blanc", "bulletins blancs"),
        (row["void"], "bulletin nul", "bulletins nuls"),
        (row["not_voting"], "membre ne prenant pas part au vote", "membres ne prenant pas part au vote"),
    )
    cast = counted(row["cast"], "suffrage exprimé", "suffrages exprimés")
    return [cast, *(counted(number, one, many) for number, one, many in told if number)]


def _require_candidates(point: AgendaPoint) -> None:
    if not point.appointment.get("candidates"):
        raise BadMeeting(_l("Écrivez d’abord les candidats."), field="candidates")


def _check_round(point: AgendaPoint, told: BallotRound, voters: int) -> None:
    elected = elected_so_far(point)
    seats = point.appointment["seats"] - len(elected)
    names = {row["name"] for row in point.appointment["candidates"]}
    limit = tables.number("tours_majorite_absolue", day_of(point.meeting.starts_at)) + 1
    if len(point.appointment.get("rounds", [])) >= limit:
        raise NotPossibleNow(_l("Trois tours au plus (CGCT, art. L. 2121-21)."))
    numbers: list[Any] = [*told.votes.values(), told.blank, told.void, told.not_voting, told.cast or 0]
    if any(number < 0 for number in numbers) or not set(told.votes) <= names:
        raise NotLawful(_l("Un nombre de voix n’est jamais négatif."), "C14")
    again = next((name for name in elected if told.votes.get(name)), None)
    if again is not None:
        raise NotLawful(_l("%(name)s est déjà élu·e : ses voix ne se comptent plus.", name=again), "C14")
    given = sum(told.votes.values())
    if point.appointment["seats"] > 1 and told.cast is None:
        raise BadMeeting(
            _l("Plusieurs sièges : écrivez combien de bulletins sont des suffrages exprimés."), field="cast"
        )
    cast = given if told.cast is None else told.cast
    most = max(told.votes.values(), default=0)
    counted = cast + told.blank + told.void + told.not_voting
    if most > cast or given > cast * seats:
        raise NotLawful(
            _l(
                "%(most)s voix pour un candidat et %(given)s en tout, pour %(cast)s "
                "(sièges\N{NO-BREAK SPACE}: %(seats)s)\N{NO-BREAK SPACE}: c’est impossible. Corrigez les nombres.",
                most=most,
                given=given,
                cast=_ln("%(num)s bulletin exprimé", "%(num)s bulletins exprimés", cast),
                seats=seats,
            ),
            "C14",
        )
    if counted != voters:
        raise NotLawful(
            _l(
                "Le compte n’y est pas\N{NO-BREAK SPACE}: %(counted)s pour %(voters)s. Corrigez les nombres.",
                counted=_ln("%(num)s bulletin ou refus de vote", "%(num)s bulletins et refus de vote", counted),
                voters=_ln("%(num)s votant", "%(num)s votants", voters),
            ),
            "C14",
        )
