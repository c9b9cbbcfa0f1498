"""The towns of a ceremony by the names they bear today: a slip in a record is put right here too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.ceremonies.models import CeremonyStatus

if TYPE_CHECKING:
    from app.ceremonies.models import Ceremony

_ROLES = ("hosts", "guests")
OVER = {CeremonyStatus.HELD, CeremonyStatus.CANCELLED}
"""What has been, or will not be, keeps the names of its time."""


def renamed(ceremony: Ceremony) -> list[tuple[str, str]]:
    """The old and the new name of each town whose record was renamed since; none once a ceremony is over."""
    if ceremony.status in OVER:
        return []
    today = _today(ceremony)
    parties = [party for role in _ROLES for party in ceremony.details.get(role, [])]
    return [(party["name"], today[party["body"]]) for party in parties if _is_renamed(party, today)]


def as_called_today(details: dict[str, Any], ceremony: Ceremony) -> dict[str, Any]:
    """The details with the present names of the towns; names that a source gives in several languages stay."""
    today = _today(ceremony)
    return details | {
        role: [
            party | {"name": today[party["body"]]} if _is_renamed(party, today) else party for party in details[role]
        ]
        for role in _ROLES
        if role in details
    }


def _is_renamed(party: dict[str, Any], today: dict[str, str]) -> bool:
    return isinstance(party.get("name"), str) and today.get(party.get("body", ""), party["name"]) != party["name"]


def _today(ceremony: Ceremony) -> dict[str, str]:
    return {party.body.uid: party.body.name for twinning in ceremony.twinnings for party in twinning.parties}
