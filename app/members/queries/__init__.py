"""Reading members, dues, consents and stays."""

from __future__ import annotations

from app.members.queries.standing import paid_up
from app.members.queries.voters import Voter, period_on, voters

__all__ = ["Voter", "paid_up", "period_on", "voters"]
