"""What every scene of the demonstration needs: ways to make bodies, persons, offices and personas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.accounts.services.accounts import OpenAccount, open_account
from app.accounts.services.roles import GiveRole, give_role
from app.bodies.models import BodyKind
from app.bodies.services.mandates import MandateFacts, open_mandate
from app.bodies.services.records import RegisterBody, facts_for, register_body
from app.people.services import PersonFacts, note_person
from app.places.queries import commune_by_code
from app.shared.actor import Actor
from app.shared.fuzzydate import FuzzyDate

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.accounts.models import Role
    from app.bodies.models import Body, Function
    from app.bodies.services.records import BodyFacts
    from app.people.models import Person

SEEDER = Actor(None, "Démonstration")


@dataclass(frozen=True)
class Maker:
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
