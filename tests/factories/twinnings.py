"""Twinnings for tests."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.bodies.models import BodyKind
from app.forms.dates import parse
from app.shared import clock
from app.twinnings.models import (
    Duty,
    EventKind,
    Stage,
    Twinning,
    TwinningEvent,
    TwinningKind,
    TwinningParty,
    TwinningPerson,
)
from tests.factories.bodies import make_body
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.people.models import Person

_COMMITTEES = {BodyKind.COMMITTEE, BodyKind.COMMITTEE_SERVICE, BodyKind.PARTNER_COMMITTEE}


def make_kind(session: Session, code: str = "jumelage", label: str = "Jumelage") -> TwinningKind:
    """A kind; one of those shipped when it is there already."""
    kind = session.scalar(select(TwinningKind).where(TwinningKind.code == code))
    if kind is None:
        kind = TwinningKind(code=code, label=label)
        session.add(kind)
        session.flush()
    return kind


def make_twinning(session: Session, *sides: Body | Sequence[Body], **given: object) -> Twinning:
    """A twinning between these sides; each a body or several. Without any: Sailly-lez-Lannoy and Semenivka."""
    if not sides:
        partner = make_body(session, "Semenivka", BodyKind.FOREIGN_AUTHORITY, country="UA", languages=["uk"])
        sides = (make_body(session), partner)
    twinning = Twinning(
        **{
            "uid": str(uuid.uuid4()),
            "kind_id": make_kind(session).id,
            "stage": Stage.CONTACT.value,
            "created_at": clock.now(),
            **given,
        }
    )
    session.add(twinning)
    session.flush()
    for number, side in enumerate(sides, 1):
        for position, body in enumerate([side] if not isinstance(side, list | tuple) else side):
            is_town = body.kind not in _COMMITTEES
            party = TwinningParty(body_id=body.id, side=number, position=position, is_town=is_town)
            twinning.parties.append(party)
    session.commit()
    return twinning


def make_event(session: Session, twinning: Twinning, when: str = "2016-09-17", **given: object) -> TwinningEvent:
    """A point of the timeline; a visit unless told otherwise."""
    stage = given.get("stage", "")
    event = TwinningEvent(
        **{
            "twinning_id": twinning.id,
            "kind": EventKind.STAGE.value if stage else EventKind.VISIT.value,
            "created_at": clock.now(),
            **given,
        }
    )
    event.set_when(parse(when) if when else None)
    session.add(event)
    session.commit()
    return event


def make_dossier_person(
    session: Session, twinning: Twinning, body: Body, person: Person | None = None, **given: object
) -> TwinningPerson:
    """Somebody of a dossier; its coordinator unless told otherwise."""
    person = person or make_person(session, kept_by_body_id=body.id)
    named = TwinningPerson(
        **{
            "twinning_id": twinning.id,
            "body_id": body.id,
            "person_id": person.id,
            "duty": Duty.COORDINATOR.value,
            **given,
        }
    )
    session.add(named)
    session.commit()
    return named
