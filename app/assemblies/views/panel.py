"""What the page of an association shows of its assemblies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.access.gate import may
from app.assemblies import queries
from app.assemblies.duties import name_of, run_out_said
from app.assemblies.labels import STATUSES, TONES
from app.assemblies.minors import minors_told
from app.assemblies.models import Status
from app.assemblies.policy import AssemblyAction
from app.assemblies.queries.terms import endings
from app.bodies.labels import ASSOCIATIONS
from app.bodies.panels import BodyPanel, PanelLine, PanelLink
from app.bodies.queries import mandates_in_office
from app.bodies.services.renewal import Occasion, functions_of
from app.members.policy import MemberAction
from app.members.queries.roll import Roll
from app.shared import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.bodies.models import Body

_MOST = 4


def assemblies_panel(session: Session, body: Body, who: Identity) -> BodyPanel | None:
    """The latest assemblies, for the association's own people; a few more queries, however many there are."""
    if body.kind not in ASSOCIATIONS or body.id not in who.body_ids:
        return None
    may_edit = may(AssemblyAction.EDIT, body)
    drafts = {body.id} if may_edit else set()
    found = queries.page_of_assemblies(session, [body.id], drafts_of=drafts)[:_MOST]
    actions = [PanelLink(label=_("Préparer une réunion"), url=url_for("assemblies.new", association=body.id))]
    today = clock.today()
    over = [one for one in endings(session, [body.id], on=today) if one.day < today] if may_edit else []
    told = [_("Les mandats sont arrivés à terme."), run_out_said(over[0])] if over else []
    if may_edit and may(MemberAction.HOST, Roll(body)):
        board = functions_of(body.kind, Occasion.BOARD)
        held = [one for one in mandates_in_office(session, body.id, on=today) if one.function in board]
        told += minors_told(session, body, [one.person_id for one in held], on=today)
    return BodyPanel(
        title=_("Assemblées et réunions"),
        text=" ".join(told),
        items=tuple(
            PanelLine(
                title=name_of(one),
                url=url_for("assemblies.page", assembly_id=one.id),
                state=str(STATUSES[Status(one.status)]),
                kind=TONES[Status(one.status)],
            )
            for one in found
        ),
        actions=(
            *(actions if may_edit and body.trashed_at is None else []),
            PanelLink(label=_("Registre des résolutions"), url=url_for("assemblies.register", body_id=body.id)),
            PanelLink(label=_("Ce que disent les statuts"), url=url_for("assemblies.rules", body_id=body.id)),
        ),
        empty=_("Aucune réunion n’est encore convoquée."),
    )
