"""How sure a moment is, as calendars tell it: its status, a word before its title, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.ceremonies.models import CeremonyStatus
from app.ceremonies.telling import about
from app.ceremonies.wording import words
from app.documents import ics

if TYPE_CHECKING:
    from app.ceremonies.models import Ceremony, ProgrammeItem

_STATUS: dict[str, ics.Status | None] = {
    CeremonyStatus.CANCELLED: ics.Status.CANCELLED,
    CeremonyStatus.CONFIRMED: ics.Status.CONFIRMED,
    CeremonyStatus.HELD: ics.Status.CONFIRMED,
    CeremonyStatus.UNSAID: None,
    CeremonyStatus.PLANNED: ics.Status.TENTATIVE,
    CeremonyStatus.TENTATIVE: ics.Status.TENTATIVE,
    CeremonyStatus.POSTPONED: ics.Status.TENTATIVE,
}

_OFF = frozenset({CeremonyStatus.CANCELLED, CeremonyStatus.POSTPONED})
OF_A_STATE = ("status_reason", "status_date")
"""What is said of a state, and ends with it."""


def told_of(thing: Ceremony | ProgrammeItem, status: str, reason: Any) -> dict[str, Any]:  # noqa: ANN401  # « words » of the format
    """What is said of the next state: its reason, and nothing that was said of the one before.

    A reason that was left in the form as it stood goes along where a thing stays off, put off now or called off.
    """
    if status == thing.status:
        return {"status_reason": reason}
    is_over = thing.status in _OFF and status not in _OFF
    is_old = reason == thing.details.get("status_reason")
    return {"status_reason": None if is_over and is_old else reason, "status_date": None}


def status(ceremony: Ceremony, item: ProgrammeItem | None = None) -> ics.Status | None:
    """The status of a moment, or of the whole; what is put off or called off takes its moments along."""
    if ceremony.status == CeremonyStatus.CANCELLED:
        return ics.Status.CANCELLED
    if is_put_off(ceremony, item):
        return _STATUS[CeremonyStatus.POSTPONED]
    return _STATUS[CeremonyStatus((item.status if item else "") or ceremony.status)]


def mark(ceremony: Ceremony, item: ProgrammeItem | None = None) -> str:
    """« REPORTÉ », to be read before the title: no status of a calendar says it."""
    return words(ceremony.languages)["postponed"] if is_put_off(ceremony, item) else ""


def is_put_off(ceremony: Ceremony, item: ProgrammeItem | None = None) -> bool:
    """Whether a moment is put off, itself or with the whole, unless it was called off or has been."""
    own = CeremonyStatus(item.status if item else "")
    if ceremony.status == CeremonyStatus.POSTPONED:
        return own not in {CeremonyStatus.CANCELLED, CeremonyStatus.HELD}
    return own == CeremonyStatus.POSTPONED and ceremony.status != CeremonyStatus.CANCELLED


def why_not(ceremony: Ceremony) -> list[str]:
    """The new date and the reason of a whole that is put off or called off, for each of its moments."""
    if ceremony.status not in {CeremonyStatus.CANCELLED, CeremonyStatus.POSTPONED}:
        return []
    told: dict[str, Any] = {
        name: fact for name, fact in ceremony.details.items() if name in {"postponed_to", "status_reason"}
    }
    return about(told, ceremony.languages)
