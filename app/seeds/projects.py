"""Two projects of the demonstration: one that still lacks answers, one that can be asked for.

Every figure is invented and says so in its presentation; dates lie ahead of the day of loading.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.actions.models import ProjectKind
from app.actions.services import CreateProject, StateFacts, create_project, state_facts
from app.seeds.maker import SEEDER
from app.twinnings.models import Twinning, TwinningParty

if TYPE_CHECKING:
    from datetime import date

    from app.actions.models import Project
    from app.bodies.models import Body
    from app.seeds.maker import Cast, Maker


def play(maker: Maker, cast: Cast) -> None:
    """Write the projects."""
    begun = _begin(maker, cast.semenivka, cast.committee, "Retrouvailles d’été avec Semenivka", ProjectKind.EXCHANGE)
    _state(maker, begun, _summer(maker.at.date()))
    ready = _begin(maker, cast.musterstadt, cast.sailly, "Fête de la musique à deux voix", ProjectKind.CULTURE)
    _state(maker, ready, _music(maker.at.date()))


def _begin(maker: Maker, partner: Body, owner: Body, title: str, kind: ProjectKind) -> Project:
    twinning_id = maker.session.scalars(
        select(Twinning.id).join(TwinningParty).where(TwinningParty.body_id == partner.id).order_by(Twinning.id)
    ).first()
    if twinning_id is None:
        raise LookupError("the twinnings of the demonstration come first")
    command = CreateProject(
        title=title,
        kind=kind,
        twinning_id=twinning_id,
        owner_body_id=owner.id,
        summary="Projet fictif de la démonstration : ses chiffres et ses dates sont inventés.",
    )
    return create_project(maker.session, command, by=SEEDER, at=maker.at)


def _state(maker: Maker, project: Project, values: dict[str, Any]) -> None:
    state_facts(maker.session, project, StateFacts(values=values), by=SEEDER, at=maker.at)


def _summer(today: date) -> dict[str, Any]:
    start = today + timedelta(days=240)
    return {
        "project.start": start.isoformat(),
        "project.end": (start + timedelta(days=4)).isoformat(),
        "project.fields": {"items": ["twinning", "citizenship"], "complete": False},
        "participants": {
            "complete": False,
            "groups": [{"country": "UA", "count": 22, "role": "participant"}],
        },
        "money.total_cost": 14_000,
    }


def _music(today: date) -> dict[str, Any]:
    start = today + timedelta(days=200)
    return {
        "submission.date": (start - timedelta(days=90)).isoformat(),
        "project.start": start.isoformat(),
        "project.end": (start + timedelta(days=2)).isoformat(),
        "project.fields": {"items": ["twinning", "culture"], "complete": True},
        "project.activities": {"items": ["meeting", "festival"], "complete": True},
        "project.only_youth": False,
        "project.seeks_partner": False,
        "project.for_profit": False,
        "project.has_online_activities": False,
        "events": {
            "complete": True,
            "items": [
                {
                    "id": "rencontre-1",
                    "name": "Fête de la musique",
                    "country": "FR",
                    "place": "Sailly-lez-Lannoy",
                    "mode": "in_person",
                    "start": start.isoformat(),
                    "end": (start + timedelta(days=2)).isoformat(),
                }
            ],
        },
        "participants": {
            "complete": True,
            "groups": [
                {"country": "DE", "count": 34, "role": "participant"},
                {"country": "FR", "count": 40, "role": "participant"},
            ],
        },
        "money.total_cost": 12_000,
        "money.eligible_cost": 10_000,
        "money.requested": 8_000,
        "money.other_income": 2_000,
    }
