"""What the dossier of a twinning shows of its projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.access.gate import may
from app.actions.labels import KINDS
from app.actions.models import ProjectKind
from app.actions.policy import ProjectAction
from app.actions.queries import projects_of_twinning
from app.twinnings.panels import Link, Panel, PanelItem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.actions.queries import ProjectRow
    from app.twinnings.models import Twinning


def projects_panel(session: Session, twinning: Twinning, who: Identity) -> Panel:
    """The projects of the twinning; one query."""
    del who
    actions: tuple[Link, ...] = ()
    if may(ProjectAction.CREATE) and twinning.trashed_at is None:
        actions = (Link(label=_("Commencer un projet"), url=url_for("actions.new", jumelage=twinning.id)),)
    return Panel(
        title=_("Projets et financements"),
        items=tuple(_item(row) for row in projects_of_twinning(session, twinning.id)),
        actions=actions,
        empty=_("Aucun projet encore. Un titre suffit pour savoir quelles aides existent."),
    )


def _item(row: ProjectRow) -> PanelItem:
    return PanelItem(
        title=row.title,
        url=url_for("actions.page", project_id=row.id),
        reason=str(KINDS[ProjectKind(row.kind)]),
        state=_("copie d’essai") if row.copied_from_id else "",
    )
