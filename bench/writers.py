"""Four processes that write to one SQLite file at once: nothing may be lost."""

from __future__ import annotations

import multiprocessing
import time
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app import create_app
from app.audit.models import JournalEntry
from app.audit.services import record
from app.bodies.models import Body
from app.database.unit import writing
from app.extensions import db
from app.shared.actor import Actor
from bench.data import AT, installation
from bench.table import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.config import Settings

PROCESSES, EACH = 4, 500


def lost() -> Iterator[Result]:
    """Transactions that read, then write, as every view does."""
    with installation("sqlite") as place:
        context = multiprocessing.get_context("spawn")
        queue = context.Queue()
        writers = [context.Process(target=_write, args=(place.settings, place.body, queue)) for _ in range(PROCESSES)]
        start = time.perf_counter()
        for writer in writers:
            writer.start()
        told = [queue.get(timeout=300) for _ in writers]
        for writer in writers:
            writer.join()
        seconds = time.perf_counter() - start
        with place.app.app_context():
            kept = db.session.scalar(select(func.count()).select_from(JournalEntry)) or 0
            revision = db.session.get_one(Body, place.body).revision
            db.session.remove()
    total = PROCESSES * EACH
    gone = total - min(kept, revision - 1)
    detail = f"(attente la plus longue {max(worst for worst, _ in told):.2f} s, {total / seconds:.0f} par seconde)"
    yield Result(f"écritures perdues, {PROCESSES} processus, {total} transactions", gone, 0, detail=detail)


def _write(settings: Settings, body: int, queue: multiprocessing.Queue[tuple[float, int]]) -> None:
    app = create_app(settings)
    worst = failed = 0
    with app.app_context():
        for _ in range(EACH):
            start = time.perf_counter()
            try:
                db.session.get_one(Body, body)
                with writing() as session:
                    session.get_one(Body, body).revision += 1
                    record(session, "accounts.renamed", by=Actor(id=None, name="m"), at=AT, body_id=body, name="m")
            except Exception:  # noqa: BLE001  # counted, that is the measure
                failed += 1
            worst = max(worst, time.perf_counter() - start)
    queue.put((worst, failed))
