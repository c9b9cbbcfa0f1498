"""What handovers ask of somebody today: one to prepare after an election, one to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.accounts.models import Account
from app.bodies.duty import BodyDuty
from app.handover import queries
from app.handover.models import Side, Stage
from app.shared.saying import full_day

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.access.table import Identity


def handover_duties(session: Session, who: Identity) -> list[BodyDuty]:
    """Elections whose handover nobody has begun, those in preparation, those that wait for one's own signature."""
    if not who.written_body_ids and who.account_id is None:
        return []
    found = [
        BodyDuty(
            title=_("Préparer la passation du bureau"),
            url=url_for("handover.index"),
            reason=_("Le bureau a changé le %(day)s : rien ne doit se perdre.", day=full_day(one.offices_on)),
            body_id=one.body_id,
        )
        for one in queries.elections_without(session, who.written_body_ids)
        if one.offices_on is not None and queries.sides_on(session, one.body, one.offices_on)[Side.OUTGOING]
    ]
    found += [
        BodyDuty(
            title=_("Finir le dossier de passation"),
            url=url_for("handover.page", handover_id=one.id),
            reason=_("Il se complète, puis se fige et se signe des deux côtés."),
            day=one.access_ends_on,
            body_id=one.body_id,
        )
        for one in queries.handovers_of(session, who.written_body_ids)
        if one.stage == Stage.DRAFT
    ]
    account = session.get(Account, who.account_id) if who.account_id is not None else None
    if account is not None and account.person_id is not None:
        found += [
            BodyDuty(
                title=_("Signer la passation du bureau"),
                url=url_for("handover.page", handover_id=one.handover_id),
                reason=one.handover.body.name,
                day=one.handover.access_ends_on if one.side == Side.OUTGOING else None,
                body_id=one.handover.body_id,
            )
            for one in queries.waiting_for(session, [account.person_id])
        ]
    return found
