"""What a committee keeps about its people."""

from __future__ import annotations

from app.members.models.care import Consent, ConsentKind
from app.members.models.dues import (
    DuesPeriod,
    DuesRate,
    DuesReminder,
    DuesWaiver,
    Means,
    Payment,
    PaymentLine,
    VolunteerEntry,
)
from app.members.models.roll import (
    FieldKind,
    GroupMember,
    Household,
    Leaving,
    Member,
    MemberCategory,
    MemberField,
    MemberGroup,
    MemberStatus,
)
from app.members.models.stays import HostFamily, PaperKind, Stay, Traveller, TravelPaper

__all__ = [
    "Consent",
    "ConsentKind",
    "DuesPeriod",
    "DuesRate",
    "DuesReminder",
    "DuesWaiver",
    "FieldKind",
    "GroupMember",
    "HostFamily",
    "Household",
    "Leaving",
    "Means",
    "Member",
    "MemberCategory",
    "MemberField",
    "MemberGroup",
    "MemberStatus",
    "PaperKind",
    "Payment",
    "PaymentLine",
    "Stay",
    "TravelPaper",
    "Traveller",
    "VolunteerEntry",
]
