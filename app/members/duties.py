"""What the lists of members ask of somebody today: a roof and papers for a stay that is near, erasing after it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.bodies.duty import BodyDuty
from app.members.lodging import is_without_roof
from app.members.papers import missing_of
from app.members.policy import keeps_travellers
from app.members.queries.care import hosts_to_clear, stays_to_clear
from app.members.queries.roll import bodies_with_members
from app.members.queries.stays import stays_ahead
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.members.models import Stay

_NEAR = timedelta(days=30)
"""From when a stay is told on the home page."""


def member_duties(session: Session, who: Identity, *, at: datetime) -> list[BodyDuty]:
    """Stays that are near and lack something, and those of which something delicate is kept too long.

    Only for the few who see them; a fixed number of queries.
    """
    if not who.written_body_ids:
        return []
    placing = [body.id for body in bodies_with_members(session, who.written_body_ids) if keeps_travellers(who, body)]
    if not placing:
        return []
    today = day_of(at)
    near = stays_ahead(session, placing, on=today, until=today + _NEAR)
    return [
        *(duty for stay in near for duty in _of_stay(stay, today)),
        *(
            _duty(stay, _("Effacer santé, naissances et papiers du séjour « %(name)s »", name=stay.title))
            for stay in stays_to_clear(session, placing, on=today)
        ),
        *_withdrawn(session, placing, today),
    ]


def _withdrawn(session: Session, placing: list[int], today: date) -> Iterator[BodyDuty]:
    """Families of which too much is kept: how many; nobody is named on a page that may be printed."""
    bodies = Counter(family.body for family, _since in hosts_to_clear(session, placing, on=today))
    for body, number in bodies.items():
        yield BodyDuty(
            title=ngettext(
                "Effacer la fiche d’une famille d’accueil qui s’est retirée",
                "Effacer les fiches de %(num)s familles d’accueil qui se sont retirées",
                number,
            ),
            url=url_for("members.hosts", body_id=body.id, corbeille=1),
            reason=body.name,
            body_id=body.id,
        )


def _of_stay(stay: Stay, today: date) -> Iterator[BodyDuty]:
    here = [one for one in stay.travellers if one.trashed_at is None]
    homeless = sum(is_without_roof(one, stay, on=today) for one in here)
    lacking = sum(bool(missing_of(one, stay, on=today)) for one in here)
    if homeless:
        title = ngettext(
            "Trouver une famille d’accueil pour %(num)s personne : séjour « %(name)s »",
            "Trouver une famille d’accueil pour %(num)s personnes : séjour « %(name)s »",
            homeless,
            name=stay.title,
        )
        yield _duty(stay, title, today)
    elif lacking:
        title = ngettext(
            "Compléter les papiers de %(num)s voyageur : séjour « %(name)s »",
            "Compléter les papiers de %(num)s voyageurs : séjour « %(name)s »",
            lacking,
            name=stay.title,
        )
        yield _duty(stay, title, today)


def _duty(stay: Stay, title: str, today: date | None = None) -> BodyDuty:
    return BodyDuty(
        title=title,
        url=url_for("members.stay", stay_id=stay.id),
        reason=stay.body.name,
        day=stay.starts_on if today else None,
        is_late=today is not None and stay.starts_on < today,
        body_id=stay.body_id,
    )
