"""The council of the demonstration: nineteen fictitious councillors, a meeting held, another in preparation, an aid.

Every person, vote, date and amount is fictitious.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from app.bodies.models import Function
from app.bodies.services.mandates import MandateFacts, open_mandate
from app.conventions import prefill
from app.conventions.services import StartConvention, SubmitText, start_convention, submit
from app.conventions.services.writing import new_identifier
from app.council import drafting
from app.council.models import Attendance
from app.council.services import (
    acts,
    convening,
    describing,
    evening,
    following,
    meetings,
    minutes,
    proxies,
    room,
    voting,
)
from app.council.services import money as aids
from app.seeds.maker import SEEDER
from app.shared.clock import PARIS, day_of
from app.shared.fuzzydate import FuzzyDate
from app.texts.document import CodesValue, IntValue, Kind, TextValue
from app.texts.drafting import Answers, Beginning, model_of
from app.texts.signers import PartyAnswer, SignatoryAnswer

if TYPE_CHECKING:
    from datetime import date

    from app.council.models import Act, Meeting
    from app.seeds.maker import Cast, Maker
    from app.twinnings.models import Twinning

_DEPUTIES = ("Agathe Exemplaire", "Basile Fictif", "Coralie Gabarit", "Denis Maquette", "Elsa Patron")
_COUNCILLORS = (
    "Claude Échantillon", "Fabien Prototype", "Gisèle Croquis", "Hervé Esquisse", "Inès Brouillon", "Jules Canevas",
    "Karine Calque", "Léon Pochoir", "Maud Moulage", "Noé Matrice", "Odile Épreuve", "Paul Étalon", "Rose Tracé",
)  # fmt: skip
_SINCE = "2026-03"
_AGO, _AHEAD = timedelta(days=45), timedelta(days=21)


def play(maker: Maker, cast: Cast, twinning: Twinning) -> None:
    """Write the council of Sailly-lez-Lannoy; its councillor Claude Échantillon is also the committee's treasurer."""
    for rank, name in enumerate(_DEPUTIES, 1):
        _elect(maker, cast, name, Function.DEPUTY_MAYOR, rank)
    for name in _COUNCILLORS:
        _elect(maker, cast, name, Function.COUNCILLOR, None)
    facts = describing.CouncilFacts(
        reference_population=1923,
        current_population=1923,
        publication_mode="electronic",
        has_website=True,
        prefecture="préfecture du Nord",
        court="Lille",
    )
    describing.describe_council(maker.session, cast.sailly, facts, by=SEEDER, at=maker.at)
    act = _principle(maker, cast, twinning)
    _held(maker, cast, act)
    _convention(maker, cast, twinning)
    _prepared(maker, cast)
    _aid(maker, cast, act)


def _elect(maker: Maker, cast: Cast, name: str, function: Function, rank: int | None) -> None:
    given, family = name.split(" ", 1)
    person = maker.person(given, family, cast.sailly, "fr")
    facts = MandateFacts(function, rank=rank, since=FuzzyDate(_SINCE))
    open_mandate(maker.session, cast.sailly, person, facts, by=SEEDER, at=maker.at)


def _principle(maker: Maker, cast: Cast, twinning: Twinning) -> Act:
    known = {
        "la_commune": "la commune de Sailly-lez-Lannoy",
        "les_habitants": "les habitants de Sailly-lez-Lannoy",
        "partenaire": "Semenivka",
        "origine": "envois solidaires, ateliers et visioconférences",
        "montant": "1 500 euros par an (montant fictif)",
    }
    made = drafting.draft("principle", known)
    facts = acts.ActFacts(
        title=made.title,
        model="principle",
        twinning_id=twinning.id,
        visas=made.visas,
        recitals=made.recitals,
        articles=made.articles,
        matter=made.matter,
        matter_label=made.matter_label,
        rapporteur="Agathe Exemplaire",
    )
    at = maker.at - _AGO - timedelta(days=20)
    act = acts.begin_act(maker.session, cast.sailly.id, facts, by=SEEDER, at=at)
    acts.validate_act(maker.session, act, by=SEEDER, at=at)
    return act


def _convention(maker: Maker, cast: Cast, twinning: Twinning) -> None:
    """A complete convention, frozen for the council; it commits no money."""
    bodies, day = {"partie-1": cast.sailly, "partie-2": cast.semenivka}, maker.at.date()
    signing = [prefill.signatory(maker.session, body, name, on=day) for name, body in bodies.items()]
    beginning = Beginning(
        id=new_identifier("convention"),
        kind=Kind.CONVENTION,
        languages=("fr", "uk"),
        parties=tuple(prefill.party(body, name) for name, body in bodies.items()),
        signatories=tuple(one for one in signing if one is not None),
    )
    projects = {"fr": "Un échange scolaire chaque année", "uk": "Щорічний шкільний обмін"}
    answers = Answers(
        clauses=model_of(Kind.CONVENTION).defaults | {"argent": "rien", "visas": "no"},
        fields={
            "objet_actions": TextValue(by_language=projects),
            "domaines": CodesValue(items=["education", "culture"]),
            "duree_mois": IntValue(value=36),
            "reconduction": CodesValue(items=["express"]),
            "frequence": CodesValue(items=["yearly"]),
            "preavis_mois": IntValue(value=6),
        },
        parties=(
            PartyAnswer(
                "partie-1",
                (SignatoryAnswer("Alix Spécimen", "mayor", was=0),),
                decision=(maker.at + _AHEAD).date().isoformat(),
            ),
            PartyAnswer("partie-2", (SignatoryAnswer("Taras Zrazok", "mayor", was=0),), decision="2026-10-15"),
        ),
        signings=(("Semenivka", "2027-06-12"),),
        copies=4,
    )
    parties = {name: body.id for name, body in bodies.items()}
    command = StartConvention(beginning, answers, parties, [twinning], cast.sailly.id)
    text = start_convention(maker.session, command, by=SEEDER, at=maker.at)
    frozen = SubmitText("Projet soumis au conseil (démonstration)")
    submit(maker.session, text, frozen, by=SEEDER, at=maker.at)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), PARIS)


def _held(maker: Maker, cast: Cast, act: Act) -> None:
    """A meeting with one late arrival, one proxy and one vote; transmitted and published since."""
    session, day = maker.session, day_of(maker.at - _AGO)
    facts = meetings.MeetingFacts(starts_at=_at(day, 19), place="Salle du conseil municipal, mairie")
    meeting = meetings.call_meeting(session, cast.sailly.id, facts, by=SEEDER, at=_at(day - timedelta(days=15), 9))
    note = "Premier vote sur le jumelage ; le texte sera soumis plus tard."
    point = meetings.PointFacts(title="", act_id=act.id, note=note)
    meetings.add_point(session, meeting, point, by=SEEDER, at=_at(day - timedelta(days=14), 9))
    sent = day - timedelta(days=7)
    convening.fill_seats(session, meeting)
    everybody = {
        seat.id: convening.Dispatch(
            channel="electronic", address=f"conseil-{seat.rank}@exemple.test", sent_on=sent, proof="accusé de lecture"
        )
        for seat in meeting.seats
    }
    convening.record_dispatch(session, meeting, everybody, posted_on=sent, by=SEEDER, at=_at(sent, 10))
    convening.convene(session, meeting, by=SEEDER, at=_at(sent, 10))
    _evening(maker, meeting, _at(day, 19))
    signers = "Alix Spécimen, Basile Fictif"
    following.sign_act(session, act, day + timedelta(days=1), signers, by=SEEDER, at=_at(day + timedelta(days=1), 9))
    for verb, later, word in (
        (following.transmit_act, 3, "059-210000000-DE"),
        (following.publish_act, 4, "electronic"),
    ):
        since = day + timedelta(days=later)
        verb(session, act, since, word, by=SEEDER, at=_at(since, 9))
    after = minutes.AfterMeeting(list_posted_on=day + timedelta(days=2))
    minutes.note_after(session, meeting, after, by=SEEDER, at=_at(day + timedelta(days=2), 9))


def _evening(maker: Maker, meeting: Meeting, at: datetime) -> None:
    session, seats = maker.session, {seat.name: seat for seat in meeting.seats}
    mayor, secretary, late, away = (
        seats[name] for name in ("Alix Spécimen", "Basile Fictif", "Gisèle Croquis", "Rose Tracé")
    )
    there = {seat.id: str(Attendance.PRESENT) for seat in meeting.seats}
    there |= {late.id: str(Attendance.ABSENT), away.id: str(Attendance.EXCUSED)}
    evening.note_attendance(
        session, meeting, there, president=mayor.id, secretary=secretary.id, opened_at="19:02", by=SEEDER, at=at
    )
    proxies.note_proxy(session, meeting, (away, seats["Paul Étalon"]), is_written=True, illness=False, by=SEEDER, at=at)
    evening.open_meeting(session, meeting, urgency_accepted=None, by=SEEDER, at=at)
    point = meeting.agenda[0]
    room.note_movement(session, point, late, "19:10", by=SEEDER, at=at)
    vote = voting.RecordVote(
        ballot="show_of_hands",
        votes_for=17,
        abstentions=2,
        debate="Le conseil souhaite que les écoles soient associées dès la première année.",
    )
    voting.record_vote(session, point, vote, by=SEEDER, at=at + timedelta(minutes=30))
    evening.close_meeting(session, meeting, "20:15", by=SEEDER, at=at + timedelta(minutes=75))


def _prepared(maker: Maker, cast: Cast) -> None:
    day = day_of(maker.at + _AHEAD)
    facts = meetings.MeetingFacts(starts_at=_at(day, 19), place="Salle du conseil municipal, mairie")
    meeting = meetings.call_meeting(maker.session, cast.sailly.id, facts, by=SEEDER, at=maker.at)
    point = meetings.PointFacts(title="Compte rendu des échanges avec Semenivka (information)")
    meetings.add_point(maker.session, meeting, point, by=SEEDER, at=maker.at)


def _aid(maker: Maker, cast: Cast, act: Act) -> None:
    day = act.voted_on or maker.at.date()
    facts = aids.SubsidyFacts(
        beneficiary_id=cast.committee.id,
        year=day.year,
        purpose="Accueil d’une délégation de Semenivka (montants fictifs)",
        cash=Decimal(1500),
        in_kind=Decimal(600),
        in_kind_note="prêt de la salle des fêtes",
        requested_on=day - timedelta(days=30),
        contract_signed_on=day - timedelta(days=30),
        payment_terms="en une fois",
    )
    aids.note_subsidy(maker.session, cast.sailly.id, facts, by=SEEDER, at=maker.at)
