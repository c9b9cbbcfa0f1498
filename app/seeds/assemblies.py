"""The assemblies of the demonstration's committee: its statutes, one assembly held, the next in preparation.

Every person, vote, date and clause is fictitious.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from app.assemblies.entitled import people_to_call
from app.assemblies.models import AssemblyKind, Ballot, Dispatch, ItemKind, Presence
from app.assemblies.services import calling, convening, electing, holding, offices, statutes, voting
from app.bodies.models import Function
from app.law.statutes import Statutes
from app.people.queries import choosable_persons
from app.seeds.maker import SEEDER
from app.shared.clock import PARIS, day_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblyItem
    from app.seeds.maker import Cast, Maker

_AGO, _AHEAD = timedelta(days=36), timedelta(days=55)
_STATUTES = Statutes(
    quorum="fraction",
    quorum_numerator=1,
    quorum_denominator=3,
    quorum_counts_proxies=True,
    notice_days=15,
    second_quorum="none",
    second_notice_days=15,
    proxies_per_person=2,
    majority_ordinary="simple",
    majority_statutes="two_thirds_cast",
    majority_dissolution="three_quarters_present",
    absolute_rounds=1,
    tie="elder",
    voters="members",
    casting_vote=True,
    clauses={
        "quorum": "art. 11",
        "notice": "art. 10",
        "second": "art. 11",
        "proxies": "art. 12",
        "majority": "art. 13",
        "election": "art. 8",
        "casting": "art. 13",
    },
)
_MEMBERS = (
    "Ada Ébauche", "Bruno Esquisse", "Chantal Épure", "Didier Modelage", "Éva Gabarit", "Farid Patronage",
    "Ghislaine Maquette", "Hugo Calque", "Irène Canevas",
)  # fmt: skip


def play(maker: Maker, cast: Cast) -> None:
    """Write the committee's statutes and its assemblies; the secretary elected there is not declared yet."""
    session, body = maker.session, cast.committee
    adopted = day_of(maker.at) - timedelta(days=3 * 365)
    for kind in (AssemblyKind.ORDINARY, AssemblyKind.EXTRAORDINARY):
        rule = statutes.RecordRule(kind=kind, since=adopted, statutes=_STATUTES)
        statutes.record_rule(session, body.id, rule, by=SEEDER, at=maker.at - _AGO)
    _held(maker, cast, day_of(maker.at - _AGO))
    _prepared(maker, cast, day_of(maker.at + _AHEAD))


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), PARIS)


def _call(maker: Maker, cast: Cast, day: date, at: datetime) -> Assembly:
    facts = calling.AssemblyFacts(
        kind=AssemblyKind.ORDINARY,
        starts_at=_at(day, 18, 30),
        place="Salle des fêtes de Sailly-lez-Lannoy",
        called_by="Camille Exemple, présidente",
        message="Un verre de l’amitié suivra la réunion.",
    )
    return calling.call_assembly(maker.session, cast.committee.id, facts, by=SEEDER, at=at)


def _item(session: Session, assembly: Assembly, facts: calling.ItemFacts, at: datetime) -> AssemblyItem:
    return calling.add_item(session, assembly, facts, by=SEEDER, at=at)


def _held(maker: Maker, cast: Cast, day: date) -> None:
    session, before = maker.session, _at(day - timedelta(days=25), 9)
    assembly = _call(maker, cast, day, before)
    report = "L’assemblée approuve le rapport moral et d’activité présenté par la présidente."
    moral = calling.ItemFacts(title="Rapport moral et d’activité", kind=ItemKind.DECISION, resolution=report)
    accounts = calling.ItemFacts(
        title="Comptes de l’année et budget",
        kind=ItemKind.DECISION,
        resolution="L’assemblée approuve les comptes de l’année et le budget de l’année à venir.",
    )
    election = calling.ItemFacts(
        title="Élection au secrétariat",
        kind=ItemKind.ELECTION,
        function=Function.SECRETARY,
        ballot=Ballot.SECRET,
    )
    news = calling.ItemFacts(title="Nouvelles de Semenivka")
    items = [_item(session, assembly, facts, before) for facts in (moral, accounts, election, news)]
    _people(maker, cast, assembly, before)
    sent = _at(day - timedelta(days=20), 10)
    convening.convene(session, assembly, [], by=SEEDER, at=sent)
    by_hand = {seat.id: (Dispatch.HAND, day_of(sent)) for seat in assembly.seats}
    convening.note_dispatch(session, assembly, by_hand, by=SEEDER, at=sent)
    _evening(maker, assembly, items, _at(day, 18, 35))


def _people(maker: Maker, cast: Cast, assembly: Assembly, at: datetime) -> None:
    session = maker.session
    calling.call_people(session, assembly, people_to_call(session, assembly, _STATUTES), by=SEEDER, at=at)
    officers = ("Camille Exemple", "Claude Échantillon", "Sacha Témoin")
    known = {seat.name for seat in assembly.seats}
    persons = {one.name: one.id for one in choosable_persons(session, frozenset({cast.committee.id}))}
    seats = [
        calling.SeatFacts(name=name, person_id=persons.get(name), quality="membre actif")
        for name in (*officers, *_MEMBERS)
        if name not in known
    ]
    calling.call_people(session, assembly, seats, by=SEEDER, at=at)


def _evening(maker: Maker, assembly: Assembly, items: list[AssemblyItem], at: datetime) -> None:
    session, seats = maker.session, {seat.name: seat for seat in assembly.seats}
    camille, claude, sacha = (seats[name] for name in ("Camille Exemple", "Claude Échantillon", "Sacha Témoin"))
    there = {seat.id: Presence.PRESENT for seat in assembly.members}
    away = [seats[name] for name in _MEMBERS[-2:] if name in seats]
    there |= {seat.id: Presence.EXCUSED for seat in away}
    roll = holding.Roll(presences=there, president_id=camille.id, secretary_id=sacha.id)
    holding.note_roll(session, assembly, roll, by=SEEDER, at=at)
    for seat in away[:1]:
        holding.give_proxy(session, assembly, seat, claude, by=SEEDER, at=at)
    room = holding.open_assembly(session, assembly, "18:35", by=SEEDER, at=at)
    moral, accounts, election, _news = items
    for item, abstained in ((moral, 0), (accounts, 1)):
        counts = {"for": room.votes - abstained, "abstained": abstained}
        voting.count_room(session, item, voting.RoomCount(choices=counts), by=SEEDER, at=at)
        voting.decide(session, item, by=SEEDER, at=at)
    voting.note_debate(session, moral, "L’atelier avec l’école de Semenivka est salué.", by=SEEDER, at=at)
    elected = seats[_MEMBERS[0]]
    candidate = electing.stand(session, election, elected.name, person_id=elected.person_id, by=SEEDER, at=at)
    papers = room.votes - 1
    count = voting.RoomCount(choices={str(candidate.id): papers}, papers=papers, blank=1)
    voting.count_room(session, election, count, by=SEEDER, at=at)
    electing.close_round(session, election, by=SEEDER, at=at)
    closed = at + timedelta(minutes=85)
    holding.close_assembly(session, assembly, f"{closed:%H:%M}", by=SEEDER, at=closed)
    offices.install(session, assembly, day_of(at), by=SEEDER, at=closed)


def _prepared(maker: Maker, cast: Cast, day: date) -> None:
    assembly = _call(maker, cast, day, maker.at)
    for title in ("Programme de l’année", "Questions diverses"):
        _item(maker.session, assembly, calling.ItemFacts(title=title), maker.at)
