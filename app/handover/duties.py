"""What handovers ask of somebody today: one to prepare after an election, one to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.accounts.models import Account
from app.bodies.duty import BodyDuty
from app.handover import queries
from app.handover.changes import changes_without
from app.handover.hands import is_still_there
from app.handover.models import Side, Stage
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.handover.changes import Change
    from app.handover.models import HandoverPerson


def handover_duties(session: Session, who: Identity, *, today: date) -> list[BodyDuty]:
    """Changes of officers without a handover, those in preparation, those that wait for one's own signature."""
    if not who.written_body_ids and who.account_id is None:
        return []
    found = [
        _to_prepare(one) for one in changes_without(session, who.written_body_ids, today=today) if not one.hindrance
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
    found += [_contested(one) for one in queries.contested_of(session, who.written_body_ids)]
    account = session.get(Account, who.account_id) if who.account_id is not None else None
    if account is not None and account.person_id is not None:
        found += [
            BodyDuty(
                title=_("Signer la passation du bureau"),
                url=url_for("handover.page", handover_id=one.handover_id),
                reason=one.handover.body.name,
                day=one.handover.access_ends_on if one.side == Side.OUTGOING else None,
                body_id=one.handover.body_id,
                is_own=True,
            )
            for one in queries.waiting_for(session, [account.person_id])
            if is_still_there(session, one.handover, account.id, on=today)
        ]
    return found


def _contested(signer: HandoverPerson) -> BodyDuty:
    """Two people do not say the same: the whole board is to know."""
    return BodyDuty(
        title=_("Passation contestée par %(name)s", name=signer.person.name),
        url=url_for("handover.page", handover_id=signer.handover_id),
        reason=_(
            "La note de %(noter)s à sa place est retirée : parlez-vous, puis signez de nouveau.",
            noter=signer.contested_noter,
        )
        if signer.contested_noter
        else _("La signature donnée depuis un compte à ce nom est retirée : parlez-vous, puis signez de nouveau."),
        body_id=signer.handover.body_id,
    )


def _to_prepare(change: Change) -> BodyDuty:
    day = full_day(change.day)
    is_board = change.stands_in is None
    return BodyDuty(
        title=_("Préparer la passation du bureau")
        if is_board
        else _("Préparer la passation : %(names)s", names=", ".join(change.names)),
        url=url_for("handover.index"),
        reason=_("Le bureau a changé le %(day)s : rien ne doit se perdre.", day=day)
        if is_board
        else _("Une fonction du bureau change de main le %(day)s : rien ne doit se perdre.", day=day),
        body_id=change.body.id,
    )
