"""A committee that is being founded: its statutes are ready and its founders are called. Everything is fictitious.

It is founded by one of the Norman communes of the demonstration, which have no committee of their own.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.founding.models import FoundingForm
from app.founding.services import assembly, beginning, statutes
from app.seeds.maker import SEEDER
from app.shared.clock import PARIS, day_of

if TYPE_CHECKING:
    from app.seeds.maker import Cast, Maker

_FOUNDERS = (
    ("Lison", "Brouillon", "professeure", "2 rue du Modèle"),
    ("Mahé", "Canevas", "menuisier", "5 rue du Modèle"),
    ("Nine", "Ébauchoir", "infirmière", "8 rue du Modèle"),
)
_AHEAD = timedelta(days=20)


def play(maker: Maker, cast: Cast) -> None:
    """Write a creation up to the convocation of the constitutive assembly, through the services."""
    session, at, commune = maker.session, maker.at, cast.calvados[0]
    command = beginning.BeginFounding(
        FoundingForm.ASSOCIATION, f"Comité de jumelage fictif de {commune.name}", twinning=None
    )
    made = beginning.begin_founding(session, commune, command, by=SEEDER, at=at)
    beginning.note_deliberation(session, made, day_of(at - _AHEAD), "2026-000 (fictive)", by=SEEDER, at=at)
    fields = {"villes": "Gerbrunn"}
    statutes.answer_statutes(session, made, {}, fields, revision=made.revision, by=SEEDER, at=at)
    statutes.finish_statutes(session, made, by=SEEDER, at=at)
    for given, family, occupation, street in _FOUNDERS:
        facts = assembly.FounderFacts(
            given_name=given,
            family_name=family,
            occupation=occupation,
            nationality="française",
            address=f"{street}, {commune.name}",
        )
        assembly.add_founder(session, made, facts, by=SEEDER, at=at)
    session.refresh(made, ["founders"])
    moment = (at + _AHEAD).astimezone(PARIS).replace(hour=18, minute=30, second=0, microsecond=0)
    assembly.call_assembly(session, made, moment, "Salle des fêtes", None, by=SEEDER, at=at)
