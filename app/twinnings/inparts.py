"""A long list on its way into the database, a transaction at a time."""

from __future__ import annotations

import time
from math import inf
from typing import TYPE_CHECKING

from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.twinnings.services.imports import BREATH

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.twinnings.services.imports import Bringing, Plan


def bring_in(bringing: Bringing, plan_again: Callable[[], Plan], *, patience: float = inf) -> None:
    """Write all, or as much as fits into ``patience`` seconds; others write in between.

    Planning takes longer than writing a part and holds no lock.
    """
    begun = time.monotonic()
    while not bringing.is_done() and time.monotonic() - begun < patience:
        with writing() as session:
            is_written = bringing.write_part(session, at=clock.now())
        time.sleep(0 if bringing.is_done() else BREATH)
        if not is_written:
            bringing.begin_again(plan_again())
            db.session.rollback()
