"""What the dossier of a twinning shows of its ceremonies, and the points they put on its timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.access.gate import may
from app.ceremonies.labels import STATUSES
from app.ceremonies.models import NOT_FIXED, CeremonyStatus
from app.ceremonies.policy import CeremonyPermission
from app.ceremonies.queries import ceremonies_of_twinning
from app.ceremonies.wording import said
from app.shared.fuzzydate import FuzzyDate
from app.shared.saying import full_day
from app.twinnings.panels import Entry, Link, Panel, PanelItem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.ceremonies.queries import Listed
    from app.twinnings.models import Twinning


def ceremonies_panel(session: Session, twinning: Twinning, who: Identity) -> Panel:
    """The ceremonies of the twinning; one query."""
    del who
    found = ceremonies_of_twinning(session, twinning.id)
    actions: tuple[Link, ...] = ()
    if may(CeremonyPermission.CREATE) and twinning.trashed_at is None:
        actions = (Link(label=_("Préparer une cérémonie"), url=url_for("ceremonies.create", jumelage=twinning.id)),)
    return Panel(
        title=_("Cérémonies"),
        items=tuple(_item(one) for one in found),
        actions=actions,
        entries=tuple(_entry(one) for one in found if one.sort_day < NOT_FIXED),
        empty=_("Aucune cérémonie n’est encore prévue."),
    )


def _title(ceremony: Listed) -> str:
    locale = get_locale()
    return said(ceremony.title, [locale.language if locale else "fr", "fr"])


def _item(ceremony: Listed) -> PanelItem:
    status = CeremonyStatus(ceremony.status)
    return PanelItem(
        title=_title(ceremony),
        url=url_for("ceremonies.show", ceremony_id=ceremony.id),
        date=_("jour à fixer") if ceremony.sort_day >= NOT_FIXED else full_day(ceremony.sort_day),
        state=str(STATUSES[status]) if status else "",
        kind=status.value or "plain",
    )


def _entry(ceremony: Listed) -> Entry:
    """A point of the thread; what does not take place as planned says so."""
    is_off = ceremony.status in {CeremonyStatus.CANCELLED, CeremonyStatus.POSTPONED}
    return Entry(
        when=FuzzyDate(ceremony.sort_day.isoformat()),
        title=_title(ceremony),
        url=url_for("ceremonies.show", ceremony_id=ceremony.id),
        state=str(STATUSES[CeremonyStatus(ceremony.status)]) if is_off else "",
        kind=ceremony.status if is_off else "plain",
    )
