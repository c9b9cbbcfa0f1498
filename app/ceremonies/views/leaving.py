"""What people whose office is over still have to do in ceremonies, and the agendas that they opened for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from app.ceremonies import queries
from app.ceremonies.wording import said
from app.people.naming import compared
from app.shared import clock
from app.shared.saying import said as said_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from app.ceremonies.models import CalendarFeed, Ceremony

_NAMING = ("people", "responsible", "speakers", "contacts", "interpreters")


def ceremonies_awaiting(session: Session, body_id: int, people: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """The ceremonies to come whose programme names these people, and the agendas they shared and nobody closed."""
    waiting = []
    for ceremony in queries.ceremonies_to_come(session, body_id, on=clock.today()):
        named = {compared(name) for name in _names(ceremony)}
        sentence = _sentence(ceremony)
        url = url_for("ceremonies.show", ceremony_id=ceremony.id)
        waiting += [(person, sentence, url) for person, name in people.items() if compared(name) in named]
    for feed, person_id in queries.agendas_shared(session, body_id):
        name = compared(feed.created_by_name)
        owners = [person_id] if person_id else [one for one, known in people.items() if compared(known) == name]
        waiting += [(one, _shared(feed), url_for("ceremonies.feeds")) for one in owners if one in people]
    return waiting


def _shared(feed: CalendarFeed) -> str:
    """The agenda of a team ends with the access of who opened it; that of one ceremony stays."""
    if feed.twinning_id and feed.body_id and feed.created_by_id:
        return str(
            _(
                "A ouvert l’agenda partagé « %(label)s », qui ne montre plus rien dès la fin de son accès : ouvrez-en "
                "un autre pour qui s’en sert",
                label=feed.label,
            )
        )
    return str(_("A ouvert l’agenda partagé « %(label)s », qui reste lisible", label=feed.label))


def _sentence(ceremony: Ceremony) -> str:
    title = said(ceremony.title, ceremony.languages)
    if ceremony.when is None:
        return str(_("Est au programme de « %(title)s »", title=title))
    return str(_("Est au programme de « %(title)s » (%(day)s)", title=title, day=said_date(ceremony.when)))


def _names(ceremony: Ceremony) -> Iterator[str]:
    """Everybody whom the programme gives something to do, as written in any language."""
    for facts in [ceremony.details, *(item.details for item in ceremony.programme if item.status != "cancelled")]:
        signing = facts.get("signing", {})
        for one in [*(one for name in _NAMING for one in facts.get(name, [])), *signing.get("signatories", [])]:
            yield from _wordings(one.get("name"))


def _wordings(name: Any) -> Iterator[str]:  # noqa: ANN401  # a « words » of the interchange format
    if isinstance(name, dict):
        yield from (str(text) for text in name.values())
    elif name:
        yield str(name)
