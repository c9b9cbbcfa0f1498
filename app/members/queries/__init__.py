"""Reading members, dues, consents and stays."""

from __future__ import annotations

from app.members.queries.voters import Voter, voters

__all__ = ["Voter", "voters"]
