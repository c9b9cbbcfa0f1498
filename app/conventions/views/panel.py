"""What the dossier of a twinning shows of its texts, and the next step they call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.gate import may
from app.bodies.panels import BodyPanel, PanelLink
from app.conventions import guards
from app.conventions.labels import KIND_NAMES, STATUS_NAMES, STATUS_TONES
from app.conventions.models import Status
from app.conventions.policy import ConventionAction
from app.conventions.queries import conventions_of_twinning, document_of
from app.shared.saying import said
from app.texts.document import Kind
from app.texts.merge import missing
from app.twinnings.panels import Link, Panel, PanelItem, Suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.bodies.models import Body
    from app.conventions.guards import Standing
    from app.conventions.models import Convention
    from app.twinnings.models import Twinning

_OPEN = {Status.DRAFT, Status.SUBMITTED, Status.CLEARED}


def texts_panel(session: Session, twinning: Twinning, who: Identity) -> Panel | None:
    """The texts of the twinning that the person may know, and where they stand with the council; a few queries."""
    found = conventions_of_twinning(session, twinning.id, who.readable_body_ids)
    standings = guards.standings(session, [one.id for one in found])
    actions: tuple[Link, ...] = ()
    if may(ConventionAction.CREATE) and twinning.trashed_at is None:
        actions = (Link(label=_("Écrire un texte"), url=url_for("conventions.new", jumelage=twinning.id)),)
    return Panel(
        title=_("Textes"),
        items=tuple(_item(one, standings.get(one.id)) for one in found),
        actions=actions,
        empty=_("Aucun texte : ni serment, ni convention."),
        suggestion=_suggestion(found, standings),
    )


def wordings_panel(_session: Session, body: Body, _who: Identity) -> BodyPanel | None:
    """The way to the wording of a body's models, on its own page."""
    if not may(ConventionAction.SEE_WORDING, body):
        return None
    link = PanelLink(label=_("Nos modèles de textes"), url=url_for("conventions.wordings", body_id=body.id))
    text = _("Serment, pacte, conventions : réécrivez les articles comme votre organisme les veut.")
    return BodyPanel(title=_("Modèles de textes"), text=text, actions=(link,))


def _item(convention: Convention, standing: Standing | None) -> PanelItem:
    status = Status(convention.status)
    return PanelItem(
        title=str(KIND_NAMES[Kind(convention.kind)]),
        url=url_for("conventions.page", convention_id=convention.id),
        reason=_("modifié le %(day)s par %(name)s", day=said(convention.changed_at), name=convention.changed_by),
        state=str((standing and standing.state) or STATUS_NAMES[status]),
        kind=(standing and standing.tone) or STATUS_TONES[status],
    )


def _suggestion(found: Sequence[Convention], standings: Mapping[int, Standing]) -> Suggestion | None:
    """Finish the text last worked on: fill its blanks, have it voted, or sign it."""
    current = next((one for one in found if one.status in _OPEN), None)
    if current is None:
        return None
    name = str(KIND_NAMES[Kind(current.kind)])
    link = Link(label=_("Ouvrir le texte"), url=url_for("conventions.page", convention_id=current.id))
    standing = standings.get(current.id)
    if standing is not None and standing.state:
        return _of_council(standing, name, link)
    if current.status == Status.CLEARED:
        return Suggestion(title=_("signer : %(name)s", name=name), actions=(link,), weight=30)
    if current.status == Status.SUBMITTED:
        return Suggestion(title=_("faire voter : %(name)s", name=name), actions=(link,), weight=30)
    blanks = len(missing(document_of(current)))
    if not blanks:
        return Suggestion(title=_("figer le projet : %(name)s", name=name), actions=(link,), weight=30)
    text = ngettext("Une chose reste à compléter.", "%(num)s choses restent à compléter.", blanks)
    return Suggestion(title=_("finir le texte : %(name)s", name=name), text=text, actions=(link,), weight=30)


def _of_council(standing: Standing, name: str, link: Link) -> Suggestion:
    """A text that was voted: what its deliberation still waits for, or why it may not be signed."""
    title = _("%(todo)s : %(name)s", todo=standing.todo or standing.state, name=name)
    act = (Link(label=str(standing.label), url=standing.url),) if standing.url else ()
    return Suggestion(title=title, text=str(standing.sentence), actions=(*act, link), weight=30)
