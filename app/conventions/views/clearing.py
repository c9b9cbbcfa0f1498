"""Asking whether a text may be signed, in one way for every page: its versions, its scans, its other facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.conventions import guards, queries
from app.conventions.models import PrintKind, Status
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.conventions.guards import Hindrance
    from app.conventions.models import Convention, ConventionVersion
    from app.shared.actor import Actor

_OVER = frozenset({Status.SIGNED, Status.ENDED})


class Withheld(DomainError):
    """The text may not be signed on that day; ``hindrance`` says why, where, and whether a reason goes past it."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance.sentence)
        self.hindrance = hindrance


def withheld_now(session: Session, version: ConventionVersion) -> Hindrance | None:
    """Why an original may not be signed today; nothing for what is no original, or is signed already."""
    if version.kind != PrintKind.ORIGINAL or version.convention.status in _OVER:
        return None
    return guards.hindrance(session, guards.Question(version, clock.today()))


def may_be_signed(
    session: Session, convention: Convention, on: date, reason: str, *, by_all: bool, by: Actor, at: datetime
) -> ConventionVersion | None:
    """The words that may be signed on a day: the newest original that nothing withholds, else the newest project.

    A project that a room above decides on is signed from the original that it lets make, unless it notes there
    already that it is signed.

    A reason goes past what withholds them, where that is allowed, and is kept with its author and date.

    :raises Withheld: with what to do.
    """
    found = queries.versions_of(session, convention.id)
    originals = [one for one in found if one.kind == PrintKind.ORIGINAL]
    asked = originals or [one for one in found if one.kind == PrintKind.SUBMITTED][:1]
    answers = [(one, guards.hindrance(session, guards.Question(one, on, by_all))) for one in asked]
    free = next((one for one, held in answers if held is None), None)
    if free is not None and free.kind == PrintKind.SUBMITTED:
        _require_original(session, convention)
    if free is not None or not answers:
        return free
    version, held = answers[0]
    if held is not None and held.go_past is not None and reason:
        held.go_past(session, reason, by, at)
        held = guards.hindrance(session, guards.Question(version, on, by_all))
    if held is not None:
        raise Withheld(held)
    return version


def _require_original(session: Session, convention: Convention) -> None:
    """Where somebody else lets a text be signed, it is signed once they did.

    :raises Withheld: with where that is done.
    """
    standing = guards.standings(session, [convention.id]).get(convention.id)
    if standing is not None and not standing.is_signed:
        raise Withheld(guards.Hindrance(standing.sentence, standing.label, standing.url))
