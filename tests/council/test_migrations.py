"""What the council's own steps of the database's history do with the rows that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import create_engine, func, select

from app.council.models import Movement, MovementKind, Proxy
from app.council.moving import room_at
from app.council.reckoning import standing_at
from app.database import migrate
from app.database.connection import prepare
from tests.factories.council import DAY, at, make_act, make_commune, make_open_meeting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_KINDS = {"a": MovementKind.ARRIVAL, "d": MovementKind.DEPARTURE}


def test_of_several_movements_within_one_item_the_last_state_stays_when_it_goes_down(
    session: Session, database_url: str
) -> None:
    body = make_commune(session, members=6)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=2)
    seats, points = list(meeting.seats), list(meeting.agenda)
    for seat, point, told in ((0, 0, "da"), (1, 0, "dad"), (1, 1, "a"), (4, 0, "ada"), (5, 1, "ad")):
        for place, kind in enumerate(told):
            session.add(
                Movement(seat_id=seats[seat].id, point_id=points[point].id, kind=_KINDS[kind], at=f"19:{place:02d}")
            )
        session.commit()
    session.expire_all()
    before = [room_at(meeting, point) for point in meeting.agenda]
    names = {seat.id: place for place, seat in enumerate(meeting.seats)}
    session.rollback()
    engine = create_engine(database_url)
    prepare(engine)
    migrate.downgrade(engine, "031_evening")
    with engine.connect() as connection:
        kept = connection.execute(select(Movement.seat_id, Movement.kind, Movement.at).order_by(Movement.id)).all()
    assert [(names[row.seat_id], row.kind, row.at) for row in kept] == [
        (1, "departure", "19:02"),
        (1, "arrival", "19:00"),
        (4, "arrival", "19:02"),
    ]
    migrate.upgrade(engine)
    engine.dispose()
    session.expire_all()
    assert [room_at(meeting, point) for point in meeting.agenda] == before
    session.add(Movement(seat_id=seats[1].id, point_id=points[1].id, kind=MovementKind.DEPARTURE, at="19:30"))
    session.commit()
    assert session.scalar(select(func.count()).select_from(Movement)) == len(kept) + 1


def test_of_several_proxies_of_one_evening_those_that_did_not_end_stay_when_it_goes_down(
    session: Session, database_url: str
) -> None:
    body = make_commune(session, members=9)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=4)
    seats, (first, second) = list(meeting.seats), meeting.agenda
    session.add(Movement(seat_id=seats[7].id, point_id=second.id, kind=MovementKind.ARRIVAL, at=""))
    for giver, holder, since, until in (
        (8, 0, None, second),  # ended: its giver gave another one, which is open
        (8, 1, second, None),
        (7, 2, None, second),  # ended: its giver came in, and its holder carries another one
        (6, 2, second, None),
        (5, 3, None, second),  # revoked, and its holder carries another one from the first item on: cannot be said
        (4, 3, second, None),
    ):
        session.add(
            Proxy(
                meeting_id=meeting.id,
                giver_id=seats[giver].id,
                holder_id=seats[holder].id,
                since_id=since.id if since is not None else None,
                until_id=until.id if until is not None else None,
                created_at=at(DAY),
            )
        )
    seats[4].attendance = "absent"
    session.commit()
    place = {seat.id: number for number, seat in enumerate(seats)}
    pairs = [{(place[one.giver_id], place[one.holder_id]) for one in standing_at(meeting, point).represented}
             for point in (first, second)]  # fmt: skip
    assert pairs == [{(8, 0), (7, 2), (5, 3)}, {(8, 1), (6, 2), (4, 3)}]
    session.rollback()
    engine = create_engine(database_url)
    prepare(engine)
    migrate.downgrade(engine, "041_role_end")
    with engine.connect() as connection:
        kept = connection.execute(select(Proxy.giver_id, Proxy.holder_id).order_by(Proxy.id)).all()
    assert [(place[row.giver_id], place[row.holder_id]) for row in kept] == [(8, 1), (7, 2), (6, 2), (4, 3)]
    migrate.upgrade(engine)
    engine.dispose()
    session.expire_all()
    after = {(place[one.giver_id], place[one.holder_id]) for one in standing_at(meeting, second).represented}
    assert after == pairs[1]
