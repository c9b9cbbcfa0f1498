"""Whether the association stands on its own feet: check C51 of :mod:`app.law`, on what was told and what is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.conventions.models import Status
from app.council.casework import judged
from app.law.words import french

if TYPE_CHECKING:
    from datetime import date

    from app.founding.models import Founding

CHECK = "C51"


@dataclass(frozen=True)
class Sign:
    """One indicator: what it says, and whether it warns, reassures or is not known."""

    sentence: str
    status: str
    article: str
    confidence: str


def signs_of(founding: Founding, *, on: date) -> list[Sign]:
    """The indicators of one association; empty for a régie."""
    if not founding.is_association:
        return []
    answer = judged({"on": on.isoformat(), "association": _facts(founding)})
    check = next((one for one in answer["checks"] if one["id"] == CHECK), None) if answer else None
    if check is None:
        return []
    return [
        Sign(french(one["sentence"]), _status(founding, one["status"]), check["article"], check["confidence"])
        for one in check["cases"]
    ]


def _status(founding: Founding, found: str) -> str:
    """Nothing reassures as long as nobody answered the questions on money, board and offices."""
    return "unknown" if found == "ok" and not founding.independence else found


def _facts(founding: Founding) -> dict[str, Any]:
    facts = dict(founding.independence)
    signed = founding.convention_on is not None or (
        founding.convention is not None and founding.convention.status == Status.SIGNED
    )
    facts["name"] = founding.committee.name
    if founding.registered_on or founding.published_on:
        facts["convention_with_commune"] = signed
    if founding.held_on is not None:
        facts["last_general_meeting_on"] = founding.held_on.isoformat()
    return facts
