"""A calendar of ten thousand moments: put together, and answered « unchanged »."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from icalendar import Calendar  # noqa: TID251  # what the product is compared with

from app.bodies.models import Body
from app.database.unit import writing
from app.extensions import db
from bench.data import installation
from bench.journal import NAMES, against_bare
from bench.table import Result
from tests.factories.ceremonies import make_ceremony, make_feed, make_shared_twinning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.data import Installation

CEREMONIES, MOMENTS = 50, 200
LIMITS = {"sqlite": 0.25, "postgresql": 0.18}


def large() -> Iterator[Result]:
    """The whole calendar, over the product's own address, against icalendar writing the same entries."""
    with installation("sqlite") as place:
        path = _feed(place, CEREMONIES, MOMENTS)
        client = place.app.test_client()
        content = client.get(path).data
        events = content.count(b"BEGIN:VEVENT")
        if events < CEREMONIES * MOMENTS:
            raise RuntimeError(f"{path} holds {events} events")
        parsed = Calendar.from_ical(content)
        joined = _seconds(lambda: client.get(path).data, 7)
        serialised = _seconds(parsed.to_ical, 3)
    told = f"({joined * 1000:.0f} ms contre {serialised * 1000:.0f} ms)"
    yield Result(f"agenda de {events} événements ÷ icalendar", joined / serialised, 0.02, detail=told)


def unchanged() -> Iterator[Result]:
    """The answer that a phone gets every hour: nothing has changed."""
    for engine, limit in LIMITS.items():
        with installation(engine) as place:
            path = _feed(place, 20, 20)
            etag = place.app.test_client().get(path).headers["ETag"]
            ratio, told = against_bare(place, path, {"If-None-Match": etag}, expected=304)
        yield Result(f"agenda inchangé (304), {NAMES[engine]} ÷ Flask nu", ratio, limit, at_least=True, detail=told)


def _feed(place: Installation, ceremonies: int, moments: int) -> str:
    """The address of a person's calendar that shows all of it."""
    with place.app.app_context():
        with writing() as session:
            body = session.get_one(Body, place.body)
            twinning = make_shared_twinning(session, body)
            items = [
                {"title": {"fr": f"Moment {number}"}, "day": 1 + number // 40, "start": f"{8 + number % 12:02d}:00"}
                for number in range(moments)
            ]
            for number in range(ceremonies):
                make_ceremony(session, twinning, title={"fr": f"Cérémonie {number}"}, items=items)
            feed = make_feed(session, twinning_id=twinning.id)
            path = f"/agenda/{feed.token}.ics"
        db.session.remove()
    return path


def _seconds(ask: Callable[[], object], times: int) -> float:
    """The median time of some calls, after one that warms up."""
    ask()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
