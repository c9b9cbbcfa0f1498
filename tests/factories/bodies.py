"""Bodies and mandates for tests."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from app.bodies.models import Body, BodyKind, Function, Mandate
from app.forms.dates import parse
from app.shared import clock
from tests.factories.accounts import LONG_AGO
from tests.factories.people import make_person

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.people.models import Person


def make_body(session: Session, name: str = "Sailly-lez-Lannoy", kind: str = BodyKind.COMMUNE, **given: object) -> Body:
    """A body; a commune unless told otherwise."""
    body = Body(
        **{
            "uid": str(uuid.uuid4()),
            "name": name,
            "kind": str(kind),
            "names": {},
            "languages": ["fr"],
            "created_at": clock.now(),
            **given,
        }
    )
    session.add(body)
    session.flush()
    return body


def _noted_at(day: date) -> datetime:
    """A mandate is noted on the day it begins, or today where that is to come."""
    return min(clock.now(), datetime.combine(day, time(12), UTC))


def make_mandate(
    session: Session,
    body: Body,
    person: Person | None = None,
    function: str = Function.MAYOR,
    *,
    since: str = "2020-05-25",
    until: str = "",
    **given: object,
) -> Mandate:
    """A mandate; the mayor's since May 2020 unless told otherwise."""
    begins = parse(since) if since else None
    ends = parse(until) if until else None
    mandate = Mandate(
        **{
            "body_id": body.id,
            "person_id": (person or make_person(session, kept_by_body_id=body.id)).id,
            "function": str(function),
            "since": begins,
            "since_sort": begins.earliest if begins else None,
            "until": ends,
            "until_sort": ends.latest if ends else None,
            "created_at": _noted_at(begins.earliest) if begins else LONG_AGO,
            **given,
        }
    )
    session.add(mandate)
    session.flush()
    return mandate
