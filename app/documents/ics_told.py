"""What a calendar that was read says, and what must be told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.documents.ics_write import Status


class RemarkCode(StrEnum):
    """What a reader must tell about a file it read: nothing is dropped in silence."""

    ODD_ENCODING = "odd_encoding"
    CONTROL_CHARACTERS = "control_characters"
    OTHER_COMPONENT = "other_component"
    CUT_SHORT = "cut_short"
    BROKEN = "broken"
    NO_START = "no_start"
    BAD_VALUE = "bad_value"
    BAD_LINE = "bad_line"
    NOT_TAKEN = "not_taken"
    REPEATS = "repeats"
    FORMATTED = "formatted"
    OCCURRENCE = "occurrence"
    UNKNOWN_ZONE = "unknown_zone"
    OWN_ZONE = "own_zone"
    NO_ZONE = "no_zone"
    END_BEFORE_START = "end_before_start"
    NO_EVENT = "no_event"
    REPLACED = "replaced"
    SAME_UID = "same_uid"


@dataclass(frozen=True)
class Remark:
    """Something to tell about the file: ``where`` is the summary or « #line », ``detail`` the word in question."""

    code: RemarkCode
    where: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """An entry as read. A start without zone is naive; the last day of a whole-day entry is included."""

    uid: str | None
    summary: str
    start: date | datetime
    end: date | datetime | None
    sequence: int = 0
    description: str = ""
    location: str = ""
    status: Status | None = None
    categories: tuple[str, ...] = ()
    url: str = ""
    is_occurrence: bool = False
    """Whether it stands for one time of a repeated event."""
    occurrence_of: date | None = None
    """The day of the repetition that it stands for."""
    repeats: dict[str, Any] | None = None
    """How it comes again, in the words of a programme: every, interval, weekdays, until, count, except, also."""
    position: tuple[str, str] | None = None
    """Latitude and longitude, as written."""
    languages: tuple[tuple[str, str], ...] = ()
    """In which language title, description and place are, as the file says it: pairs of property and tag."""
    conference: str = ""
    """The address at which one takes part from afar."""


@dataclass(frozen=True)
class Reading:
    """What a file said, and what had to be left."""

    name: str | None
    entries: tuple[Found, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())
    timezone: str = ""
    """The zone that the calendar says is its own, if it is one."""
