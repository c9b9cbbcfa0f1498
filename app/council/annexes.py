"""The text annexed to a deliberation, as the councillors are sent it with the convocation: its words in French.

The act says that it was communicated to them: the letter carries it, and so does the note that goes with the paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.conventions.models import ConventionVersion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from app.council.models import Meeting

_LANGUAGE = re.compile(r"^\[([a-z]{2,3})\]$", re.MULTILINE)
"""The line with which a version's words in one language begin (see the seal of the conventions)."""


@dataclass(frozen=True)
class Annexe:
    """A text annexed: to which item, what it is called, its version, its lines."""

    point: int
    title: str
    number: int
    lines: tuple[str, ...]


def annexes_of(session: Session, meeting: Meeting) -> list[Annexe]:
    """The texts annexed to the deliberations that a convocation carries, in its order: as sent, once it is closed.

    A meeting convened before the version was kept has that of the act.
    """
    points = {point.id: point for point in meeting.points}
    sent = [(points[row["point"]], row) for row in meeting.convened_agenda if row.get("point") in points]
    found = []
    for number, (point, row) in enumerate(sent or [(point, {}) for point in meeting.agenda], 1):
        kept = row.get("version", point.act.version_id if point.act is not None else None)
        version = session.get(ConventionVersion, kept) if kept else None
        if version is not None:
            lines = tuple(_in_french(version.text))
            found.append(Annexe(number, version.convention.title, version.number, lines))
    return found


def _in_french(text: str) -> Iterator[str]:
    """The French words of a version; all of them where it has none."""
    _before, *parts = _LANGUAGE.split(text)
    told = dict(zip(parts[::2], parts[1::2], strict=True))
    return (line.strip() for line in told.get("fr", text).strip().splitlines())
