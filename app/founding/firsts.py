"""What the foundation gives the association's own list to begin with: its founders, the dues that they fixed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.bodies.duty import BodyDuty
from app.founding import queries
from app.founding.services.enrolling import not_enrolled
from app.members.firsts import First
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from app.access.table import Identity

ENROL = _l("Inscrire les fondateurs comme membres")


def first_of(session: Session, body_id: int) -> First | None:
    """The founders who are no members yet, and the dues of the constitutive assembly."""
    founding = next((one for one in queries.foundings_of_body(session, body_id) if one.committee_id == body_id), None)
    if founding is None or founding.held_on is None:
        return None
    waits = bool(not_enrolled(session, founding))
    return First(
        label=ENROL if waits else "",
        url=url_for("founding.enrol_founders", founding_id=founding.id) if waits else "",
        fee=founding.fee or Decimal(0),
        decided=_("Assemblée constitutive du %(day)s", day=full_day(founding.held_on)),
    )


def duties_to_enrol(session: Session, who: Identity) -> Iterator[BodyDuty]:
    """That the list of an association is still empty, though its founders are known; one query."""
    for founding in queries.founded_without_members(session, who.written_body_ids):
        yield BodyDuty(
            title=str(ENROL),
            url=url_for("members.roll", body_id=founding.committee_id),
            reason=founding.committee.name,
            body_id=founding.committee_id,
        )
