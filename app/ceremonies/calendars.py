"""Calendar files made of stored entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.ceremonies.wording import joined, said
from app.documents import ics

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.ceremonies.models import Ceremony, ProgrammeItem


def calendar_of(ceremonies: Sequence[Ceremony]) -> bytes:
    """Join the entries of these ceremonies into one calendar, for a download."""
    texts: list[str] = []
    for ceremony in ceremonies:
        texts += [ceremony.vevent, *(item.vevent for item in ceremony.programme)]
    name = joined(ceremonies[0].title) if len(ceremonies) == 1 else str(_("Cérémonies"))
    return ics.calendar(name, texts, ics.zones_named(texts))


def unsaid(ceremonies: Iterable[Ceremony]) -> list[str]:
    """Tell which moments a calendar cannot show, and why."""
    return [
        _(
            "« %(item)s » (%(title)s) n’est pas dans l’agenda : son jour n’est pas encore fixé.",
            item=said(item.title, ceremony.languages),
            title=said(ceremony.title, ceremony.languages),
        )
        for ceremony in ceremonies
        for item in undated(ceremony)
    ]


def undated(ceremony: Ceremony) -> list[ProgrammeItem]:
    """The moments whose day is not known."""
    return [item for item in ceremony.programme if not item.vevent]
