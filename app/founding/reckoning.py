"""The figures of law that a founding meets: dated rows of :mod:`app.law`, never numbers of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.founding.queries import is_local
from app.law import tables

if TYPE_CHECKING:
    from datetime import date

    from app.bodies.models import Body
    from app.law.tables import Figure


def founders_needed(commune: Body, on: date | None = None) -> Figure:
    """How many found an association there: two under the law of 1901, seven in Alsace-Moselle."""
    return figure("fondateurs_minimum_local" if is_local(commune) else "fondateurs_minimum", on)


def figure(name: str, on: date | None = None) -> Figure:
    """A figure in force on a day, or the newest one where our tables do not reach that day."""
    found = tables.figure(name, on) or tables.figure(name)
    assert found is not None  # noqa: S101  # an unknown name has raised
    return found
