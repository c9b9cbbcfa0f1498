"""What a constitutive assembly decided, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.assemblies.models import Ballot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, time
    from decimal import Decimal

    from app.founding.models import Attendance, Founder


@dataclass(frozen=True)
class Seat:
    """What the assembly recorded of one founder."""

    attendance: Attendance
    represented_by: str = ""
    office: str = ""
    votes: int | None = None


@dataclass(frozen=True)
class HeldAssembly:
    """What the constitutive assembly decided. ``shares_office`` confirms two holders of one office."""

    held_on: date
    hour: time
    chaired_by: str
    written_by: str
    place: str
    seats: Mapping[int, Seat]
    votes_for: int
    votes_against: int = 0
    abstentions: int = 0
    fee: Decimal | None = None
    declarant: Founder | None = None
    note: str = ""
    ballot: Ballot = Ballot.UNSAID
    shares_office: bool = field(default=False)
