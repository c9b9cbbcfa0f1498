"""The demonstration: Sailly-lez-Lannoy and Semenivka, and twinnings at other stages.

Facts about Sailly-lez-Lannoy and Semenivka come from the « Guide de jumelage européen » (Université de Lille,
2025); those about Gerbrunn and its four communes from the deed of 28 October 2000 (igep.de, « Calvados
Urkunden »). Towns called Musterstadt or Aldea Ejemplar, every person, and every date to come are fictional and
say so. Written through the services, like everything else; loading it twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, select, true

from app.accounts.models import Account, Role
from app.accounts.services.accounts import OpenAccount, open_account
from app.accounts.services.roles import GiveRole, give_role
from app.bodies.models import BodyKind, Function
from app.bodies.services.federation import join_federation
from app.bodies.services.mandates import MandateFacts, open_mandate
from app.bodies.services.records import BodyFacts, RegisterBody, facts_for, register_body
from app.people.services import PersonFacts, note_person
from app.places.queries import commune_by_code, named_exactly
from app.shared.actor import Actor
from app.shared.fuzzydate import FuzzyDate

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.people.models import Person

SEEDER = Actor(None, "Démonstration")
FICTIONAL = "Personnage fictif de la démonstration."


@dataclass(frozen=True)
class Stage:
    """What every scene of the demonstration needs."""

    session: Session
    at: datetime

    def commune(self, code: str) -> Body:
        """Register a commune of the national list."""
        place = commune_by_code(self.session, code)
        if place is None:
            raise LookupError(f"commune {code}: load the places first")
        command = RegisterBody(BodyKind.COMMUNE, facts_for(place, BodyKind.COMMUNE), place_id=place.id)
        return register_body(self.session, command, by=SEEDER, at=self.at)

    def body(self, kind: BodyKind, facts: BodyFacts, **more: int | None) -> Body:
        """Register any other body."""
        return register_body(self.session, RegisterBody(kind, facts, **more), by=SEEDER, at=self.at)

    def person(self, given: str, family: str, body: Body, *languages: str, **more: str) -> Person:
        """Note a fictional person."""
        facts = PersonFacts(given_name=given, family_name=family, languages=languages, **more)
        return note_person(self.session, facts, kept_by=body.id, by=SEEDER, at=self.at, quiet=True)

    def mandate(self, body: Body, person: Person, function: Function, since: str, wording: str = "") -> None:
        """Note an office held since a date."""
        facts = MandateFacts(function, wording=wording, since=FuzzyDate(since))
        open_mandate(self.session, body, person, facts, by=SEEDER, at=self.at)

    def persona(
        self, rank: int, person: Person, role: Role, body: Body, *, keeper: bool = False, language: str = "fr"
    ) -> None:
        """Open an account that the demonstration offers with one click."""
        email = f"{person.given_name}.{person.family_name}@demonstration.example".lower()
        command = OpenAccount(
            email=email.translate(str.maketrans("éèîöü ", "eeiou-")),
            name=person.name,
            person_id=person.id,
            is_persona=True,
            persona_rank=rank,
            language=language,
        )
        account = open_account(self.session, command, by=SEEDER, at=self.at)
        given = GiveRole(account_id=account.id, body_id=body.id, role=role, is_administrator=keeper)
        give_role(self.session, given, by=SEEDER, at=self.at)
        account.current_body_id = body.id


@dataclass(frozen=True)
class Cast:
    """The bodies of the demonstration that later scenes name."""

    sailly: Body
    committee: Body
    semenivka: Body
    musterstadt: Body
    ejemplar: Body
    gerbrunn: Body
    calvados: tuple[Body, ...]


def is_loaded(session: Session) -> bool:
    """Whether the demonstration is there already."""
    return bool(session.scalar(select(exists().where(Account.is_persona == true()))))


def load(session: Session, *, at: datetime) -> bool:
    """Write the demonstration; False when it was there already. The places must be loaded."""
    if is_loaded(session):
        return False
    stage = Stage(session, at)
    cast = _bodies(stage)
    _people(stage, cast)
    return True


def _bodies(stage: Stage) -> Cast:
    sailly = stage.commune("59522")
    committee = stage.body(
        BodyKind.COMMITTEE,
        BodyFacts(
            name="Comité de jumelage de Sailly-lez-Lannoy",
            address="Mairie de Sailly-lez-Lannoy\n59390 Sailly-lez-Lannoy",
            languages=("fr",),
            note="Associe des élus et des bénévoles (Guide de jumelage européen, étape 3).",
        ),
        parent_id=sailly.id,
    )
    semenivka = stage.body(
        BodyKind.FOREIGN_AUTHORITY,
        BodyFacts(
            name="Семенівка",
            names={"fr": "Semenivka", "en": "Semenivka", "de": "Semeniwka"},
            country="UA",
            division="oblast de Jytomyr",
            languages=("uk",),
            timezone="Europe/Kyiv",
        ),
        kept_by_id=sailly.id,
    )
    musterstadt = stage.body(
        BodyKind.FOREIGN_AUTHORITY,
        BodyFacts(
            name="Musterstadt (ville fictive)",
            country="DE",
            languages=("de",),
            timezone="Europe/Berlin",
            population=4200,
        ),
        kept_by_id=sailly.id,
    )
    ejemplar = stage.body(
        BodyKind.FOREIGN_AUTHORITY,
        BodyFacts(name="Aldea Ejemplar (ville fictive)", country="ES", languages=("es",), timezone="Europe/Madrid"),
        kept_by_id=sailly.id,
    )
    calvados = tuple(stage.commune(code) for code in ("14407", "14197", "14125", "14495"))
    gerbrunn = stage.body(
        BodyKind.FOREIGN_AUTHORITY,
        BodyFacts(name="Gerbrunn", country="DE", languages=("de",), timezone="Europe/Berlin"),
        place_id=_only_place(stage.session, "Gerbrunn", "DE"),
        kept_by_id=calvados[0].id,
    )
    return Cast(sailly, committee, semenivka, musterstadt, ejemplar, gerbrunn, calvados)


def _only_place(session: Session, name: str, country: str) -> int | None:
    found = named_exactly(session, name, country=country)
    return found[0].id if len(found) == 1 else None


def _people(stage: Stage, cast: Cast) -> None:
    president = stage.person("Camille", "Exemple", cast.committee, "fr", "en")
    clerk = stage.person("Dominique", "Modèle", cast.sailly, "fr")
    mayor = stage.person("Alix", "Spécimen", cast.sailly, "fr")
    treasurer = stage.person("Claude", "Échantillon", cast.committee, "fr")
    witness = stage.person("Sacha", "Témoin", cast.committee, "fr")
    olena = stage.person("Olena", "Pryklad", cast.semenivka, "uk", "en", name_as_written="Олена Приклад")
    far_mayor = stage.person("Taras", "Zrazok", cast.semenivka, "uk", name_as_written="Тарас Зразок")
    adviser = stage.person("Morgan", "Conseil", cast.calvados[0], "fr", "de")
    neighbour = stage.person("Lou", "Voisin", cast.calvados[0], "fr")
    stage.mandate(cast.sailly, mayor, Function.MAYOR, "2026-03")
    stage.mandate(cast.sailly, clerk, Function.TOWN_CLERK, "2019-09")
    stage.mandate(cast.committee, president, Function.PRESIDENT, "2024-10", "présidente")
    stage.mandate(cast.committee, treasurer, Function.TREASURER, "2024-10", "trésorier")
    stage.mandate(cast.semenivka, far_mayor, Function.MAYOR, "2020-11", "сільський голова")
    stage.mandate(cast.semenivka, olena, Function.COORDINATOR, "2023", "координаторка")
    stage.persona(1, president, Role.PRESIDENT, cast.committee, keeper=True)
    stage.persona(2, clerk, Role.CLERK, cast.sailly, keeper=True)
    stage.persona(3, mayor, Role.MAYOR, cast.sailly, keeper=True)
    stage.persona(4, olena, Role.COORDINATOR, cast.semenivka, keeper=True, language="en")
    stage.persona(5, treasurer, Role.TREASURER, cast.committee)
    stage.persona(6, witness, Role.READER, cast.committee)
    stage.persona(7, neighbour, Role.CLERK, cast.calvados[0], keeper=True)
    federation = stage.body(
        BodyKind.FEDERATION, BodyFacts(name="Fédération fictive des comités de jumelage", languages=("fr",))
    )
    for body in (cast.sailly, cast.committee, *cast.calvados):
        join_federation(stage.session, federation, body, by=SEEDER, at=stage.at)
    stage.persona(8, adviser, Role.ADVISER, federation, keeper=True)
    command = OpenAccount(
        email="administration@demonstration.example",
        name="Administration de l’installation",
        is_persona=True,
        persona_rank=9,
        is_instance_administrator=True,
    )
    open_account(stage.session, command, by=SEEDER, at=stage.at)
