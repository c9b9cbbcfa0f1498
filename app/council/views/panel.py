"""What the dossier of a twinning shows of the council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.access.gate import may
from app.bodies.models import BodyKind
from app.council.labels import ACT_STATUSES, ACT_TONES
from app.council.models import ActStatus
from app.council.policy import CouncilAction
from app.council.queries import acts_of_twinning
from app.shared.fuzzydate import FuzzyDate
from app.shared.saying import full_day
from app.twinnings.panels import Entry, Link, Panel, PanelItem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.council.models import Act
    from app.twinnings.models import Twinning


def council_panel(session: Session, twinning: Twinning, who: Identity) -> Panel | None:
    """The deliberations on the twinning; one query."""
    found = acts_of_twinning(session, twinning.id, who.readable_body_ids)
    writes = any(
        party.body_id in who.written_body_ids and party.body.kind == BodyKind.COMMUNE for party in twinning.parties
    )
    if not found and not writes:
        return None
    actions: tuple[Link, ...] = ()
    if writes and twinning.trashed_at is None and may(CouncilAction.CREATE_ACT):
        actions = (Link(label=_("Préparer une délibération"), url=url_for("council.begin_act", jumelage=twinning.id)),)
    return Panel(
        title=_("Conseil municipal"),
        items=tuple(_item(act) for act in found),
        actions=actions,
        entries=tuple(_entry(act) for act in found if act.voted_on and act.status == ActStatus.ADOPTED),
        empty=_("Aucune délibération n’est encore préparée."),
    )


def _item(act: Act) -> PanelItem:
    return PanelItem(
        title=act.title,
        url=url_for("council.act", act_id=act.id),
        date=full_day(act.voted_on) if act.voted_on else "",
        state=str(ACT_STATUSES[ActStatus(act.status)]),
        kind=ACT_TONES[ActStatus(act.status)],
    )


def _entry(act: Act) -> Entry:
    assert act.voted_on is not None  # noqa: S101  # only voted acts come here
    return Entry(
        when=FuzzyDate(act.voted_on.isoformat()),
        title=_("Délibération %(number)s : %(title)s", number=act.number, title=act.title),
        url=url_for("council.act", act_id=act.id),
    )
