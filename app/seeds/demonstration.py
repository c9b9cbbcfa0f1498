"""The demonstration: Sailly-lez-Lannoy and Semenivka, and twinnings at other stages.

Facts about Sailly-lez-Lannoy and Semenivka come from the « Guide de jumelage européen » (Université de Lille,
2025); those about Gerbrunn and its four communes from the deed of 28 October 2000 (igep.de, « Calvados
Urkunden »). Towns called Musterstadt or Aldea Ejemplar, every person, and every date to come are fictional and
say so. Written through the services, like everything else; loading it twice changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select, true

from app.accounts.models import Account, Role
from app.accounts.services.accounts import OpenAccount, open_account
from app.bodies.models import BodyKind, Function
from app.bodies.services.federation import join_federation
from app.bodies.services.records import BodyFacts, place_roughly
from app.places.queries import named_exactly
from app.seeds import assemblies, council, foundings, members, projects
from app.seeds.maker import SEEDER, Cast, Maker
from app.seeds.scenes import play

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def is_loaded(session: Session) -> bool:
    """Whether the demonstration is there already."""
    return bool(session.scalar(select(exists().where(Account.is_persona == true()))))


def load(session: Session, *, at: datetime) -> bool:
    """Write the demonstration; False when it was there already. The places must be loaded."""
    if is_loaded(session):
        return False
    maker = Maker(session, at)
    cast = _bodies(maker)
    _people(maker, cast)
    members.play(maker, cast)
    council.play(maker, cast, play(maker, cast))
    projects.play(maker, cast)
    assemblies.play(maker, cast)
    foundings.play(maker, cast)
    return True


def _bodies(maker: Maker) -> Cast:
    sailly = maker.commune("59522")
    committee = maker.body(
        BodyKind.COMMITTEE,
        BodyFacts(
            name="Comité de jumelage de Sailly-lez-Lannoy",
            address="Mairie de Sailly-lez-Lannoy\n59390 Sailly-lez-Lannoy",
            languages=("fr",),
            note="Associe des élus et des bénévoles (Guide de jumelage européen, étape 3).",
        ),
        parent_id=sailly.id,
    )
    semenivka = maker.body(
        BodyKind.FOREIGN_AUTHORITY,
        BodyFacts(
            name="Semenivka",
            names={"uk": "Семенівка", "de": "Semeniwka"},
            country="UA",
            division="oblast de Jytomyr",
            languages=("uk",),
            timezone="Europe/Kyiv",
        ),
        kept_by_id=sailly.id,
    )
    # Of the six Semenivkas of the lists none lies in the oblast that the guide names: its chief town stands for it.
    if (oblast := _greatest(maker.session, "Zhytomyr", "UA")) is not None:
        place_roughly(maker.session, semenivka, oblast, by=SEEDER, at=maker.at)
    musterstadt = maker.body(
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
    ejemplar = maker.body(
        BodyKind.FOREIGN_AUTHORITY,
        BodyFacts(name="Aldea Ejemplar (ville fictive)", country="ES", languages=("es",), timezone="Europe/Madrid"),
        kept_by_id=sailly.id,
    )
    calvados = tuple(maker.commune(code) for code in ("14407", "14197", "14125", "14495"))
    gerbrunn = maker.body(
        BodyKind.FOREIGN_AUTHORITY,
        BodyFacts(name="Gerbrunn", country="DE", languages=("de",), timezone="Europe/Berlin"),
        place_id=_only_place(maker.session, "Gerbrunn", "DE"),
        kept_by_id=calvados[0].id,
    )
    return Cast(sailly, committee, semenivka, musterstadt, ejemplar, gerbrunn, calvados)


def _only_place(session: Session, name: str, country: str) -> int | None:
    found = named_exactly(session, name, country=country)
    return found[0].id if len(found) == 1 else None


def _greatest(session: Session, name: str, country: str) -> tuple[float, float] | None:
    """Where the most populated town of this name is."""
    place = max(named_exactly(session, name, country=country), key=lambda one: one.population or 0, default=None)
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _people(maker: Maker, cast: Cast) -> None:
    president = maker.person("Camille", "Exemple", cast.committee, "fr", "en")
    clerk = maker.person("Dominique", "Modèle", cast.sailly, "fr")
    mayor = maker.person("Alix", "Spécimen", cast.sailly, "fr")
    treasurer = maker.person("Claude", "Échantillon", cast.committee, "fr")
    witness = maker.person("Sacha", "Témoin", cast.committee, "fr")
    olena = maker.person("Olena", "Pryklad", cast.semenivka, "uk", "en")
    far_mayor = maker.person("Taras", "Zrazok", cast.semenivka, "uk")
    adviser = maker.person("Morgan", "Conseil", cast.calvados[0], "fr", "de")
    neighbour = maker.person("Lou", "Voisin", cast.calvados[0], "fr")
    maker.mandate(cast.sailly, mayor, Function.MAYOR, "2026-03")
    maker.mandate(cast.sailly, clerk, Function.TOWN_CLERK, "2019-09")
    maker.mandate(cast.committee, president, Function.PRESIDENT, "2024-10", "présidente")
    maker.mandate(cast.committee, treasurer, Function.TREASURER, "2024-10", "trésorier")
    maker.mandate(cast.semenivka, far_mayor, Function.MAYOR, "2020-11", "сільський голова")
    maker.mandate(cast.semenivka, olena, Function.COORDINATOR, "2023", "координаторка")
    maker.persona(1, president, Role.PRESIDENT, cast.committee, keeper=True)
    maker.persona(2, clerk, Role.CLERK, cast.sailly, keeper=True)
    maker.persona(3, mayor, Role.MAYOR, cast.sailly, keeper=True)
    maker.persona(4, olena, Role.COORDINATOR, cast.semenivka, keeper=True, language="en")
    maker.persona(5, treasurer, Role.TREASURER, cast.committee)
    maker.persona(6, witness, Role.READER, cast.committee)
    maker.persona(7, neighbour, Role.CLERK, cast.calvados[0], keeper=True)
    federation = maker.body(
        BodyKind.FEDERATION, BodyFacts(name="Fédération fictive des comités de jumelage", languages=("fr",))
    )
    for body in (cast.sailly, cast.committee, *cast.calvados):
        join_federation(maker.session, federation, body, by=SEEDER, at=maker.at)
    maker.persona(8, adviser, Role.ADVISER, federation, keeper=True)
    command = OpenAccount(
        email="administration@demonstration.example",
        name="Administration de l’installation",
        is_persona=True,
        persona_rank=9,
        is_instance_administrator=True,
    )
    open_account(maker.session, command, by=SEEDER, at=maker.at)
