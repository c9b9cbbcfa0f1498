"""Whom an association tells of a change, and when: the registry of associations, or the court in Alsace-Moselle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.assemblies.reckoning import declaration_due
from app.law import tables
from app.law.situation import department_of

if TYPE_CHECKING:
    from datetime import date

    from app.bodies.models import Body

OFFICERS = "officers"


def is_local(body: Body) -> bool:
    """Whether the local law of Alsace-Moselle applies: by the body's own code, else that of its commune."""
    code = body.code or (body.parent.code if body.parent is not None else "")
    return department_of(code) in tables.local_departments()


def local_article(body: Body, change_of: str) -> str:
    """The article under which the court enters these changes in its register; empty elsewhere."""
    if not is_local(body):
        return ""
    return tables.local_changes()[OFFICERS if OFFICERS in change_of.split(",") else "statutes"]


def due_of(body: Body, changed_on: date) -> date | None:
    """The last day to tell them; the local law counts no months."""
    return None if is_local(body) else declaration_due(changed_on)
