"""Calendar files made of stored entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.ceremonies.wording import joined, said
from app.documents import ics
from app.documents.zones import is_zone
from app.shared.saying import said as said_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.ceremonies.models import Ceremony, ProgrammeItem


_SOME_YEAR = (2000, 2000)
"""A zone that no entry names is defined for one year."""


def calendar_of(ceremonies: Sequence[Ceremony]) -> bytes:
    """Join the entries of these ceremonies into one calendar, for a download."""
    texts: list[str] = []
    for ceremony in ceremonies:
        texts += [ceremony.vevent, *(item.vevent for item in ceremony.programme)]
    name = joined(ceremonies[0].title) if len(ceremonies) == 1 else str(_("Cérémonies"))
    return ics.calendar(name, texts, zones_of(texts, ceremonies))


def zones_of(texts: Sequence[str], ceremonies: Sequence[Ceremony]) -> dict[str, tuple[int, int]]:
    """The zones to define: those that the entries name; without an entry, that of the town that receives."""
    if any(texts):
        return ics.zones_named(texts)
    return {one.timezone: _SOME_YEAR for one in ceremonies[:1] if is_zone(one.timezone)}


def is_empty(ceremony: Ceremony) -> bool:
    """Whether a calendar has nothing to show of a ceremony: no day is fixed."""
    return not ceremony.vevent and not any(item.vevent for item in ceremony.programme)


def unsaid(ceremonies: Iterable[Ceremony]) -> list[str]:
    """Tell which dates and moments a calendar cannot show, and why."""
    told = []
    for ceremony in ceremonies:
        title = said(ceremony.title, ceremony.languages)
        if ceremony.when is not None and ceremony.first_day is None:
            told.append(
                _(
                    "La date de « %(title)s » (%(when)s) n’est pas dans l’agenda : il ne montre que des jours "
                    "certains.",
                    title=title,
                    when=said_date(ceremony.when),
                )
            )
        elif is_empty(ceremony):
            told.append(_("« %(title)s » n’est pas dans l’agenda : aucun jour n’est encore fixé.", title=title))
        told += [
            _(
                "« %(item)s » (%(title)s) n’est pas dans l’agenda : son jour n’est pas encore fixé.",
                item=said(item.title, ceremony.languages),
                title=title,
            )
            for item in undated(ceremony)
        ]
    return told


def undated(ceremony: Ceremony) -> list[ProgrammeItem]:
    """The moments whose day is not known."""
    return [item for item in ceremony.programme if not item.vevent]
