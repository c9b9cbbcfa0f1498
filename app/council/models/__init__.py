"""The mapped classes of the room, by what they tell of."""

from __future__ import annotations

from app.council.models.acts import (
    Act,
    ActEvent,
    ActEventKind,
    ActModel,
    ActStatus,
    CheckOverride,
)
from app.council.models.meetings import (
    AgendaPoint,
    Attendance,
    BallotKind,
    Channel,
    Council,
    Meeting,
    MeetingStatus,
    Movement,
    MovementKind,
    Outcome,
    Proxy,
    PublicationMode,
    Recusal,
    SamePerson,
    Seat,
)
from app.council.models.money import Subsidy
from app.council.models.past import PastDeliberation

__all__ = [
    "Act",
    "ActEvent",
    "ActEventKind",
    "ActModel",
    "ActStatus",
    "AgendaPoint",
    "Attendance",
    "BallotKind",
    "Channel",
    "CheckOverride",
    "Council",
    "Meeting",
    "MeetingStatus",
    "Movement",
    "MovementKind",
    "Outcome",
    "PastDeliberation",
    "Proxy",
    "PublicationMode",
    "Recusal",
    "SamePerson",
    "Seat",
    "Subsidy",
]
