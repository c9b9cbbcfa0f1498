"""A designation: candidates, three rounds at most, the elder in a tie (CGCT, L2121-21); the act then names who is.

``AgendaPoint.appointment`` holds ``seats``, ``candidates`` (name, age), ``is_waived`` (the council unanimously
renounced the secret ballot), ``rounds`` (votes by name, cast, blank, void, not_voting), then ``elected``, ``reason``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.council.models import BallotKind, MeetingStatus, Outcome
from app.council.reckoning import standing_at
from app.council.services.convening import NotLawful
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.telling import tell_meeting
from app.council.services.voting import decide, require_lawful
from app.law import tables
from app.law.votes import Round, appointment
from app.law.words import french, listed
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint
    from app.law.votes import Appointment
    from app.shared.actor import Actor

MOST_CANDIDATES = 40
_WHY = {
    "single_candidacy": "une seule candidature par siège : nomination immédiate",
    "absolute": "à la majorité absolue",
    "relative": "à la majorité relative",
    "elder": "à égalité de voix, au bénéfice de l'âge",
}
_ROUNDS = ("premier", "deuxième", "troisième")


@dataclass(frozen=True, kw_only=True)
class Candidacies:
    """Who stands, for how many seats; ``is_waived``: unanimously not by secret ballot."""

    names: Sequence[tuple[str, int | None]]
    seats: int = 1
    is_waived: bool = False


@dataclass(frozen=True, kw_only=True)
class BallotRound:
    """One round as it was counted; ``cast`` are the papers that are votes, needed when a paper names several."""

    votes: Mapping[str, int]
    cast: int | None = None
    blank: int = 0
    void: int = 0
    not_voting: int = 0


def read_candidates(text: str) -> list[tuple[str, int | None]]:
    """Read one candidate a line, « Odile Épreuve ; 54 »: the age decides a tie of the last round.

    :raises BadMeeting: for an age that is none, the same name twice, or too many.
    """
    found: list[tuple[str, int | None]] = []
    for line in text.splitlines():
        name, _semicolon, rest = line.partition(";")
        name, age = " ".join(name.split())[:120], rest.replace("ans", "").strip()
        if not name:
            continue
        if age and not (age.isascii() and age.isdecimal() and 18 <= int(age) <= 120):  # noqa: PLR2004  # a person's age
            raise BadMeeting(
                _l("« %(line)s » : l’âge s’écrit en années, après un point-virgule.", line=line.strip()[:60]),
                field="candidates",
            )
        found.append((name, int(age) if age else None))
    names = [name for name, _age in found]
    if len(set(names)) < len(names):
        raise BadMeeting(_l("Deux candidats portent le même nom : distinguez-les."), field="candidates")
    if not found or len(found) > MOST_CANDIDATES:
        raise BadMeeting(_l("Écrivez les candidats, un par ligne."), field="candidates")
    return found


def note_candidates(session: Session, point: AgendaPoint, told: Candidacies, *, by: Actor, at: datetime) -> None:
    """Note who stands; as long as no round was held."""
    _require_in_discussion(point)
    if point.appointment.get("rounds"):
        raise NotPossibleNow(_l("Un tour est consigné : les candidatures ne changent plus. Effacez-le d’abord."))
    if not 1 <= told.seats <= MOST_CANDIDATES:
        raise BadMeeting(_l("Écrivez le nombre de sièges à pourvoir."), field="seats")
    point.appointment = {
        "seats": told.seats,
        "candidates": [{"name": name, "age": age} for name, age in told.names],
        "is_waived": told.is_waived,
        "rounds": [],
    }
    point.revision += 1
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def record_round(session: Session, point: AgendaPoint, told: BallotRound, *, by: Actor, at: datetime) -> Appointment:
    """Record one round, and who is elected when that is settled.

    :raises NotLawful: without quorum (C11), off the agenda sent (C03), counts that do not add up (C14), a tie of the
        last round without the ages (C15).
    """
    _require_in_discussion(point)
    _require_candidates(point)
    if outcome_of(point).reason == "single_candidacy":
        raise NotPossibleNow(_l("Une seule candidature par siège : la nomination est immédiate, sans vote."))
    standing = standing_at(point.meeting, point)
    require_lawful(session, point, standing)
    _check_round(point, told, standing.voters)
    row = {
        "votes": dict(told.votes),
        "cast": told.cast if told.cast is not None else sum(told.votes.values()),
        "blank": told.blank,
        "void": told.void,
        "not_voting": told.not_voting,
    }
    held = [*point.appointment.get("rounds", []), row]
    point.appointment = {**point.appointment, "rounds": held}
    found = outcome_of(point)
    if found.reason == "missing":
        raise NotLawful(
            _l(
                "Égalité au troisième tour : le plus âgé est élu (CGCT, art. L. 2121-21). "
                "Écrivez l’âge des candidats à égalité, puis consignez de nouveau ce tour."
            ),
            "C15",
        )
    if found.reason != "open":
        _settle(session, point, found, by=by, at=at)
    point.revision += 1
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)
    return found


def appoint_at_once(session: Session, point: AgendaPoint, *, by: Actor, at: datetime) -> Appointment:
    """Appoint without a vote: one candidate a seat takes effect at once, read out by the mayor (CGCT, L2121-21)."""
    _require_in_discussion(point)
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
    _require_in_discussion(point)
    held = list(point.appointment.get("rounds", []))
    if not held:
        raise NotPossibleNow(_l("Aucun tour n’est consigné."))
    point.appointment = {**point.appointment, "rounds": held[:-1]}
    point.revision += 1
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def outcome_of(point: AgendaPoint) -> Appointment:
    """What the rounds held so far give, as the law counts them."""
    told = point.appointment
    rows = told.get("candidates", [])
    return appointment(
        [Round(row["votes"], row["cast"]) for row in told.get("rounds", [])],
        seats=told.get("seats", 1),
        candidates=[row["name"] for row in rows],
        ages={row["name"]: float(row["age"]) for row in rows if row.get("age") is not None},
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
    when = f"au {_ROUNDS[rounds - 1]} tour, " if rounds else ""
    verb = "Est désigné" if len(told["elected"]) == 1 else "Sont désignés"
    return french(f"{verb} : {listed(told['elected'])} ({when}{_WHY[told['reason']]}).")


def round_lines(point: AgendaPoint) -> list[str]:
    """Each round in words, for the minutes."""
    return [
        french(
            f"{_ROUNDS[number].capitalize()} tour : "
            + ", ".join(f"{name} {votes} voix" for name, votes in row["votes"].items())
            + f" ; suffrages exprimés {row['cast']}, blancs {row['blank']}, nuls {row['void']}, "
            f"ne prennent pas part au vote {row['not_voting']}."
        )
        for number, row in enumerate(point.appointment.get("rounds", []))
    ]


def _require_in_discussion(point: AgendaPoint) -> None:
    if point.meeting.status != MeetingStatus.OPEN:
        raise NotPossibleNow(_l("On vote en séance\N{NO-BREAK SPACE}: ouvrez d’abord la séance, avec ses présences."))
    if point.voted_at is not None:
        raise NotPossibleNow(_l("Cette désignation est déjà consignée\N{NO-BREAK SPACE}: elle ne change plus."))


def _require_candidates(point: AgendaPoint) -> None:
    if not point.appointment.get("candidates"):
        raise BadMeeting(_l("Écrivez d’abord les candidats."), field="candidates")


def _check_round(point: AgendaPoint, told: BallotRound, voters: int) -> None:
    seats, names = point.appointment["seats"], {row["name"] for row in point.appointment["candidates"]}
    limit = tables.number("tours_majorite_absolue", day_of(point.meeting.starts_at)) + 1
    if len(point.appointment.get("rounds", [])) >= limit:
        raise NotPossibleNow(_l("Trois tours au plus (CGCT, art. L. 2121-21)."))
    numbers: list[Any] = [*told.votes.values(), told.blank, told.void, told.not_voting, told.cast or 0]
    if any(number < 0 for number in numbers) or not set(told.votes) <= names:
        raise NotLawful(_l("Un nombre de voix n’est jamais négatif."), "C14")
    given = sum(told.votes.values())
    if seats > 1 and told.cast is None:
        raise BadMeeting(
            _l("Plusieurs sièges : écrivez combien de bulletins sont des suffrages exprimés."), field="cast"
        )
    cast = given if told.cast is None or seats == 1 else told.cast
    most = max(told.votes.values(), default=0)
    counted = cast + told.blank + told.void + told.not_voting
    if counted != voters or most > cast or given > cast * seats:
        raise NotLawful(
            _l(
                "Le compte n’y est pas\N{NO-BREAK SPACE}: %(counted)s bulletins et refus de vote "
                "pour %(voters)s votants. Corrigez les nombres.",
                counted=counted,
                voters=voters,
            ),
            "C14",
        )
