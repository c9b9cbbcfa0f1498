"""Ceremonies, moments and agendas for tests, with a twinning to hold them."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.bodies.models import Body, BodyKind
from app.ceremonies import agenda
from app.ceremonies.models import CalendarFeed, Ceremony, ProgrammeItem
from app.shared.fuzzydate import FuzzyDate
from app.twinnings.models import Twinning, TwinningKind, TwinningParty

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONG_AGO = datetime(2026, 1, 5, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def make_shared_twinning(session: Session, *bodies: Body, languages: tuple[str, ...] = ("fr", "uk")) -> Twinning:
    """A twinning of these bodies, one a side; a foreign town is made when there is only one."""
    kind = session.scalar(select(TwinningKind)) or TwinningKind(code="jumelage", label="Jumelage")
    sides = list(bodies) or [_body(session, "Bourg-Fictif")]
    if len(sides) == 1:
        sides.append(
            _body(session, "Misto Fiktyvne", kind=BodyKind.FOREIGN_AUTHORITY, country="UA", timezone="Europe/Kyiv")
        )
    twinning = Twinning(uid=str(uuid.uuid4()), kind=kind, languages=list(languages), created_at=LONG_AGO)
    twinning.parties = [TwinningParty(body=body, side=side) for side, body in enumerate(sides, 1)]
    session.add(twinning)
    session.commit()
    return twinning


def make_ceremony(session: Session, twinning: Twinning | None = None, **fields: Any) -> Ceremony:
    """A ceremony in June 2027 with no moment yet."""
    when = fields.pop("when", "2027-06-12")
    items = fields.pop("items", [])
    given: dict[str, Any] = {
        "uid": f"ceremonie-{next(_numbers)}",
        "title": {"fr": "Serment de jumelage"},
        "timezone": "Europe/Paris",
        "languages": ["fr"],
        "status": "planned",
        "modified": LONG_AGO,
        "calendar_changed_at": LONG_AGO,
        "created_at": LONG_AGO,
        "twinnings": [twinning] if twinning else [],
    }
    ceremony = Ceremony(**{**given, **fields})
    ceremony.set_when(FuzzyDate(when) if when else None)
    ceremony.items = [make_item(position=position, **item) for position, item in enumerate(items)]
    session.add(ceremony)
    session.flush()
    agenda.refresh(ceremony, at=LONG_AGO)
    session.commit()
    return ceremony


def make_item(**fields: Any) -> ProgrammeItem:
    """A moment of the first day, at ten unless said otherwise."""
    given = {"uid": f"moment-{next(_numbers)}", "title": {"fr": "Accueil"}, "day": 1, "start": "10:00"}
    return ProgrammeItem(**{**given, "modified": LONG_AGO, "details": {}, "sequence": 0, **fields})


def make_feed(session: Session, **fields: Any) -> CalendarFeed:
    """An open agenda."""
    given = {"token": uuid.uuid4().hex, "label": "téléphone", "created_by_name": "Essai", "created_at": LONG_AGO}
    feed = CalendarFeed(**{**given, **fields})
    session.add(feed)
    session.commit()
    return feed


def _body(session: Session, name: str, **fields: Any) -> Body:
    given = {"uid": str(uuid.uuid4()), "kind": BodyKind.COMMUNE, "folded": name.lower(), "created_at": LONG_AGO}
    body = Body(name=name, **{**given, **fields})
    session.add(body)
    session.commit()
    return body
