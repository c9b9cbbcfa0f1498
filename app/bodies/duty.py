"""What somebody has to do in the name of a body; every room above tells its own in this shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class BodyDuty:
    """One thing: what, where, why, by when; ``is_late``: the day is past; ``is_todo``: it is one’s own to do.

    ``is_own``: it is asked of the person themselves, whatever they may do for the body.
    """

    title: str
    url: str
    reason: str = ""
    day: date | None = None
    is_late: bool = False
    is_todo: bool = True
    is_own: bool = False
    body_id: int = 0
