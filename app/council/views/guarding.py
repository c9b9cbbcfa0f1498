"""What the council says before an original is made elsewhere than from the vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.conventions.guards import Hindrance
from app.council.meter import meter_of
from app.council.models import ActStatus
from app.council.queries import acts_on_convention
from app.shared import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.conventions.models import ConventionVersion

_OVER = frozenset({ActStatus.REJECTED, ActStatus.WITHDRAWN})


def council_guard(session: Session, version: ConventionVersion) -> Hindrance | None:
    """Hold the signature back while a deliberation on the text may not be executed, or sealed other words.

    A text on which no council was asked is left to the named person who answers for it.
    """
    acts = [act for act in acts_on_convention(session, version.convention_id) if act.status not in _OVER]
    if not acts:
        return None
    today = clock.today()
    if any(meter_of(act, today).is_enforceable and act.sealed_sha256 == version.sha256 for act in acts):
        return None
    latest = acts[0]
    meter = meter_of(latest, today)
    sentence = (
        _("Ce n’est pas le texte que le conseil a voté : préparez l’original depuis la délibération.")
        if meter.is_enforceable
        else meter.refusal
    )
    return Hindrance(sentence, _("Voir la délibération"), url_for("council.act", act_id=latest.id))
