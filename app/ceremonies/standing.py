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
