"""Councils, meetings and acts for tests: a small commune whose council is complete."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from app.bodies.models import BodyKind, Function
from app.council.models import Act, Attendance, Subsidy
from app.council.services import convening, evening, meetings
from app.shared.actor import Actor
from app.shared.clock import PARIS, day_of
from tests.factories.bodies import make_body, make_mandate
from tests.factories.people import make_person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.council.models import Meeting

BY = Actor(1, "Camille Fictive")
DAY = date(2026, 9, 11)
LONG_AGO = datetime(2026, 1, 5, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def make_commune(session: Session, *, population: int = 1850, members: int = 5, **given: Any) -> Body:
    """A commune with a mayor and councillors, its code in the North unless told otherwise."""
    body = make_body(session, given.pop("name", "Bourg-Fictif"), population=population, **{"code": "59999", **given})
    for rank in range(members):
        person = make_person(session, given_name="Conseil", family_name=f"Fictif {rank:02d}", kept_by_body_id=body.id)
        make_mandate(session, body, person, Function.COUNCILLOR if rank else Function.MAYOR, since="2026-03")
    session.commit()
    return body


def at(day: date, hour: int = 19) -> datetime:
    """That day at that hour in France."""
    return datetime.combine(day, time(hour), PARIS)


SIGNS = "Le maire est autorisé à signer le texte annexé."


def make_act(session: Session, body: Body, **fields: Any) -> Act:
    """A validated deliberation that decides something."""
    given = {
        "uid": str(uuid.uuid4()),
        "body_id": body.id,
        "model": "free",
        "status": "validated",
        "title": f"Délibération d’essai {next(_numbers)}",
        "visas": [{"article": "L2121-29"}],
        "articles": ["Le conseil décide un essai.", *([SIGNS] if fields.get("version_id") else [])],
        "created_at": LONG_AGO,
        "changed_at": LONG_AGO,
    }
    act = Act(**{**given, **fields})
    session.add(act)
    session.commit()
    return act


def make_meeting(session: Session, body: Body, *acts: Act, day: date = DAY, **fields: Any) -> Meeting:
    """A meeting in preparation with these acts on its agenda, its seats taken from the mandates."""
    facts = meetings.MeetingFacts(starts_at=at(day), **{"place": "Salle du conseil", **fields})
    meeting = meetings.call_meeting(session, body.id, facts, by=BY, at=at(day - timedelta(days=20)))
    for act in acts:
        meetings.add_point(
            session, meeting, meetings.PointFacts(title="", act_id=act.id, note="Une note."), by=BY, at=at(day)
        )
    convening.fill_seats(session, meeting)
    session.commit()
    return meeting


def send(session: Session, meeting: Meeting, sent_on: date) -> None:
    """Note the same dispatch for everybody."""
    one = convening.Dispatch(channel="electronic", address="a@exemple.test", sent_on=sent_on, proof="accusé")
    convening.record_dispatch(
        session, meeting, {seat.id: one for seat in meeting.seats}, posted_on=sent_on, by=BY, at=at(sent_on)
    )


def make_open_meeting(
    session: Session, body: Body, *acts: Act, day: date = DAY, absent: int = 0, **fields: Any
) -> Meeting:
    """A meeting that is convened in time and open; the last ``absent`` councillors are not there."""
    meeting = make_meeting(session, body, *acts, day=day, **fields)
    return opened(session, meeting, absent=absent)


def opened(session: Session, meeting: Meeting, *, absent: int = 0) -> Meeting:
    """Convene a meeting in time and open it; the last ``absent`` councillors are not there."""
    day = day_of(meeting.starts_at)
    send(session, meeting, day - timedelta(days=10))
    convening.convene(session, meeting, by=BY, at=at(day - timedelta(days=10)))
    seats = list(meeting.seats)
    said = {seat.id: str(Attendance.PRESENT) for seat in seats}
    said |= {seat.id: str(Attendance.ABSENT) for seat in seats[len(seats) - absent :]}
    evening.note_attendance(
        session,
        meeting,
        said,
        president=seats[0].id,
        secretary=seats[1].id,
        opened_at="19:00",
        by=BY,
        at=at(day),
    )
    accepted = False if meeting.is_urgent else None
    evening.open_meeting(session, meeting, urgency_accepted=accepted, by=BY, at=at(day))
    session.commit()
    return meeting


def make_subsidy(session: Session, body: Body, **fields: Any) -> Subsidy:
    """An aid to a committee."""
    committee = fields.pop("beneficiary", None) or make_body(
        session, "Comité fictif", BodyKind.COMMITTEE, parent_id=body.id
    )
    given = {"year": 2026, "purpose": "Accueil d’une délégation", "cash": 100, "in_kind": 0, "created_at": LONG_AGO}
    subsidy = Subsidy(body_id=body.id, beneficiary_id=committee.id, **{**given, **fields})
    session.add(subsidy)
    session.commit()
    return subsidy


def today_of(meeting: Meeting) -> date:
    """The day of a meeting."""
    return day_of(meeting.starts_at)
