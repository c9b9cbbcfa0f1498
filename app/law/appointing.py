"""An appointment told in the facts: who is elected, and whether the same were announced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.law import votes
from app.law.findings import broken, ok, unknown
from app.law.words import listed

if TYPE_CHECKING:
    from datetime import date

    from app.law.findings import Finding
    from app.law.vocabulary.item import Appointing, BallotRound

_REASONS = {
    "single_candidacy": "une seule candidature par siège",
    "absolute": "majorité absolue",
    "relative": "majorité relative au troisième tour",
    "elder": "égalité, le plus âgé",
}

_NEEDS = {
    "cast": "les suffrages exprimés de chaque tour",
    "ages": "l'âge des candidats à égalité",
    "births": "la date de naissance des candidats à égalité, qui ont le même âge",
}


@dataclass(frozen=True)
class Appointed:
    """What the rounds give, and the finding about it."""

    outcome: votes.Appointment | None
    finding: Finding


def appointed(told: Appointing, on: date | None, at: str) -> Appointed:
    """Work out the rounds and compare with what was announced."""
    if told.seats is None:
        return Appointed(None, unknown("Donnez le nombre de sièges à pourvoir.", f"{at}.appointment.seats", at=at))
    names = None if told.candidates is None else [one.name or "?" for one in told.candidates]
    rounds = [_round(one) for one in told.rounds or ()]
    outcome = votes.appointment(rounds, seats=told.seats, candidates=names, ages=_ages(told, on), on=on)
    return Appointed(outcome, _finding(told, outcome, at))


def _round(told: BallotRound) -> votes.Round:
    return votes.Round(told.votes or {}, told.cast)


def _ages(told: Appointing, on: date | None) -> dict[str, float]:
    """The ages of those who are level in the last round: only these must be told on one scale."""
    last = (told.rounds[-1].votes if told.rounds else None) or {}
    voices = list(last.values())
    known: dict[str, date | int] = {}
    for one in told.candidates or ():
        is_level = one.name in last and voices.count(last[one.name]) > 1
        if one.name and is_level and (one.born_on or one.age is not None):
            known[one.name] = one.born_on or one.age or 0
    return votes.seniority(known, on)


def _finding(told: Appointing, outcome: votes.Appointment, at: str) -> Finding:
    if outcome.needs == "births" and all(one.born_on for one in told.candidates or ()):
        sentence = "Égalité entre des candidats nés le même jour : le texte ne dit pas qui l'emporte."
        return unknown(sentence, at=at)
    if outcome.reason == "missing":
        path = "rounds" if outcome.needs == "cast" else "candidates"
        return unknown(f"Donnez {_NEEDS[outcome.needs]}.", f"{at}.appointment.{path}", at=at)
    if outcome.reason == "open":
        return _open(told, outcome, at)
    names = listed(outcome.elected)
    why = _REASONS[outcome.reason]
    if told.declared_elected is not None and set(told.declared_elected) != set(outcome.elected):
        announced = listed(told.declared_elected)
        return broken(f"Élus : {names} ({why}) ; ont été proclamés : {announced}.", at=at)
    return ok(f"Élus : {names} ({why}).", at=at)


def _open(told: Appointing, outcome: votes.Appointment, at: str) -> Finding:
    if told.declared_elected and set(told.declared_elected) != set(outcome.elected):
        return broken("Personne de plus n'a la majorité absolue : un autre tour est nécessaire.", at=at)
    if not told.rounds:
        return unknown("Donnez les voix de chaque tour.", f"{at}.appointment.rounds", at=at)
    return ok("Tous les sièges ne sont pas pourvus : un autre tour est nécessaire.", at=at)
