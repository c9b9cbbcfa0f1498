"""The twinnings of the demonstration: their history, their people, their ceremonies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.ceremonies.models import CeremonyStatus
from app.ceremonies.services.ceremonies import ChangeStatus, CreateCeremony, change_status, create_ceremony
from app.conventions import prefill
from app.conventions.services.writing import StartConvention, new_identifier, start_convention
from app.people.models import Person
from app.seeds.maker import SEEDER
from app.shared.fuzzydate import FuzzyDate
from app.texts.document import Kind
from app.texts.drafting import Answers, Beginning, model_of
from app.twinnings.models import Duty, EventKind, Stage, TwinningKind
from app.twinnings.services.dossiers import OpenTwinning, Side, TwinningFacts, describe_twinning, open_twinning
from app.twinnings.services.people import DutyFacts, name_person
from app.twinnings.services.timeline import EventFacts, note_event

if TYPE_CHECKING:
    from app.bodies.models import Body
    from app.ceremonies.models import Ceremony
    from app.seeds.maker import Cast, Maker
    from app.twinnings.models import Twinning

GUIDE = "Guide de jumelage européen, Université de Lille, 2025"
DEED = "igep.de, Calvados Urkunden"


def play(maker: Maker, cast: Cast) -> Twinning:
    """Write the twinnings of the demonstration; gives the first, which the texts belong to."""
    first = _semenivka(maker, cast)
    _musterstadt(maker, cast)
    _ejemplar(maker, cast)
    _gerbrunn(maker, cast)
    return first


def _open(maker: Maker, sides: tuple[tuple[Body, ...], ...], themes: str, languages: str, summary: str) -> Twinning:
    kind = maker.session.scalars(select(TwinningKind).where(TwinningKind.code == "jumelage")).one()
    acting = sides[0][0].id
    command = OpenTwinning(
        kind_id=kind.id,
        sides=[Side([body.id for body in bodies]) for bodies in sides],
        themes=tuple(themes.split()),
        languages=tuple(languages.split()),
    )
    twinning = open_twinning(maker.session, command, by=SEEDER, at=maker.at, acting=acting)
    facts = TwinningFacts(kind_id=kind.id, themes=command.themes, languages=command.languages, summary=summary)
    describe_twinning(maker.session, twinning, facts, revision=twinning.revision, by=SEEDER, at=maker.at, acting=acting)
    return twinning


def _note(maker: Maker, twinning: Twinning, *history: EventFacts) -> None:
    for facts in history:
        note_event(maker.session, twinning, facts, by=SEEDER, at=maker.at, acting=twinning.parties[0].body_id)


def _name(maker: Maker, twinning: Twinning, body: Body, duty: Duty, family_name: str) -> None:
    person = maker.session.scalars(select(Person).where(Person.family_name == family_name)).one()
    facts = DutyFacts(duty=duty, body_id=body.id)
    name_person(maker.session, twinning, person, facts, by=SEEDER, at=maker.at, acting=body.id)


def _semenivka(maker: Maker, cast: Cast) -> Twinning:
    twinning = _open(
        maker,
        ((cast.sailly, cast.committee), (cast.semenivka,)),
        "solidarite culture ecoles jeunesse",
        "fr uk",
        "Né de la solidarité des habitants avec l’Ukraine, ce jumelage lie Sailly-lez-Lannoy à la communauté de "
        "Semenivka, dans l’oblast de Jytomyr.",
    )
    _note(
        maker,
        twinning,
        EventFacts(
            kind=EventKind.CONTACT,
            title="Premiers contacts par Cities4Cities",
            text="La Fabrique Saillysienne, dispositif de participation citoyenne, cherche comment agir ; la commune "
            "entre en relation avec Semenivka.",
            source=GUIDE,
        ),
        EventFacts(
            kind=EventKind.GIFT,
            title="Envois solidaires",
            text="Des produits d’hygiène, puis des vêtements pour l’hiver, puis des vélos pour que les enfants "
            "aillent à l’école.",
            source=GUIDE,
        ),
        EventFacts(
            kind=EventKind.NOTE,
            title="Visioconférences, ateliers de cuisine, cours d’ukrainien, expositions",
            source=GUIDE,
        ),
        EventFacts(
            kind=EventKind.STAGE,
            stage=Stage.FIRST_OATH,
            when=FuzzyDate("2025-01-12"),
            title="Serment signé à Sailly-lez-Lannoy",
            place="Sailly-lez-Lannoy",
            text="Une délégation de Semenivka est reçue ; les maires des deux villes signent devant les habitants.",
            source=GUIDE,
        ),
    )
    _name(maker, twinning, cast.committee, Duty.COORDINATOR, "Exemple")
    _name(maker, twinning, cast.semenivka, Duty.COORDINATOR, "Pryklad")
    _name(maker, twinning, cast.sailly, Duty.SIGNATORY, "Spécimen")
    _name(maker, twinning, cast.semenivka, Duty.SIGNATORY, "Zrazok")
    held = _ceremony(
        maker,
        twinning,
        cast.sailly,
        {"fr": "Signature du serment à Sailly-lez-Lannoy", "uk": "Підписання присяги в Саї-ле-Ланнуа"},
        "2025-01-12",
        "",
        "Sailly-lez-Lannoy",
    )
    change_status(
        maker.session,
        held,
        ChangeStatus(revision=held.revision, status=CeremonyStatus.HELD),
        by=SEEDER,
        at=maker.at,
    )
    _ceremony(
        maker,
        twinning,
        cast.semenivka,
        {"fr": "Serment retour à Semenivka (date fictive)", "uk": "Присяга у відповідь у Семенівці (вигадана дата)"},
        "2027-06-12",
        "11:00",
        "Semenivka",
    )
    _oath(maker, cast, twinning)
    return twinning


def _oath(maker: Maker, cast: Cast, twinning: Twinning) -> None:
    """Begin the text of the return oath in French and Ukrainian: its date is fictional, its blanks are real."""
    bodies = {"partie-1": cast.sailly, "partie-2": cast.semenivka}
    day = maker.at.date()
    signing = [prefill.signatory(maker.session, body, name, on=day) for name, body in bodies.items()]
    beginning = Beginning(
        id=new_identifier("oath"),
        kind=Kind.OATH,
        languages=("fr", "uk"),
        parties=tuple(prefill.party(body, name) for name, body in bodies.items()),
        signatories=tuple(one for one in signing if one is not None),
    )
    answers = Answers(clauses=model_of(Kind.OATH).defaults, fields={}, signings=(("Semenivka", "2027-06-12"),))
    command = StartConvention(
        beginning, answers, {name: body.id for name, body in bodies.items()}, [twinning], cast.sailly.id
    )
    start_convention(maker.session, command, by=SEEDER, at=maker.at)


def _ceremony(
    maker: Maker, twinning: Twinning, host: Body, title: dict[str, str], when: str, start: str, place: str
) -> Ceremony:
    command = CreateCeremony(
        title=title,
        twinning_id=twinning.id,
        host_body_id=host.id,
        owner_body_id=twinning.parties[0].body_id,
        when=FuzzyDate(when),
        start=start,
        place=place,
        languages=tuple(title),
    )
    return create_ceremony(maker.session, command, by=SEEDER, at=maker.at)


def _musterstadt(maker: Maker, cast: Cast) -> None:
    twinning = _open(
        maker,
        ((cast.sailly, cast.committee), (cast.musterstadt,)),
        "ecoles sport",
        "fr de",
        "Une ville fictive, pour essayer : les premiers courriers sont partis, une visite se prépare.",
    )
    _note(
        maker,
        twinning,
        _step(Stage.SEARCH, "2026-02", "Recherche d’un partenaire"),
        _step(Stage.CONTACT, "2026-09-14", "Première lettre envoyée"),
    )


def _step(stage: Stage, when: str, title: str, *, place: str = "", reason: str = "", source: str = "") -> EventFacts:
    return EventFacts(
        kind=EventKind.STAGE,
        stage=stage,
        when=FuzzyDate(when),
        title=title,
        place=place,
        reason=reason,
        source=source,
    )


def _ejemplar(maker: Maker, cast: Cast) -> None:
    twinning = _open(
        maker,
        ((cast.sailly, cast.committee), (cast.ejemplar,)),
        "culture",
        "fr es",
        "Une ville fictive, pour essayer : un jumelage ancien qui s’est endormi.",
    )
    reason = "Plus d’échange depuis le départ des deux coordinatrices."
    _note(
        maker,
        twinning,
        _step(Stage.FIRST_OATH, "1998-05", "", place="Aldea Ejemplar (ville fictive)"),
        _step(Stage.SECOND_OATH, "1999", "", place="Sailly-lez-Lannoy (date fictive)"),
        _step(Stage.DORMANT, "2014~", "", reason=reason),
    )


def _gerbrunn(maker: Maker, cast: Cast) -> None:
    twinning = _open(
        maker,
        (cast.calvados, (cast.gerbrunn,)),
        "jeunesse europe",
        "fr de",
        "Une commune de Basse-Franconie et quatre communes du Calvados, réunies dans un seul acte.",
    )
    _note(
        maker,
        twinning,
        _step(Stage.FIRST_OATH, "2000-10-28", "Acte de jumelage des cinq communes", place="Gerbrunn", source=DEED),
    )
