"""Who may sign a text that is being written, and who will hold office no longer on the day it is signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.bodies.pending import out_of_office
from app.conventions import prefill
from app.conventions.views.blueprint import language
from app.people.naming import compared
from app.shared import clock
from app.shared.fuzzydate import understand
from app.texts import formats
from app.twinnings.queries import people_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.conventions.prefill import Candidate
    from app.texts.document import Document, Signatory
    from app.twinnings.models import Twinning, TwinningPerson


@dataclass(frozen=True)
class Departed:
    """Somebody who is to sign and holds office no longer; ``day``: only from the day of signature on."""

    name: str
    body: str
    day: str = ""


MOST_TOLD = 4
"""People named in the sentence beside the question; the list that the field proposes has them all."""


@dataclass(frozen=True)
class Proposal:
    """Who may sign for a party: names to choose from, and what is known of each in a sentence."""

    names: tuple[str, ...]
    sentence: str


def dossier(session: Session, twinnings: Iterable[Twinning]) -> list[TwinningPerson]:
    """The people of these dossiers, those in duty first."""
    return [one for twinning in twinnings for one in people_of(session, twinning.id)]


def proposals(session: Session, bodies: Mapping[str, Body], twinnings: Iterable[Twinning]) -> dict[str, Proposal]:
    """Who may sign for each party, by the party's identifier."""
    people, today = dossier(session, twinnings), clock.today()
    made = {}
    for party, body in bodies.items():
        found = prefill.candidates(session, body, people, on=today)
        if found:
            said = " ; ".join([*(_said(one) for one in found[:MOST_TOLD]), *["…"][: len(found) - MOST_TOLD]])
            made[party] = Proposal(
                tuple(one.name for one in found), str(_("Au dossier : %(people)s.", people=said)).replace("….", "…")
            )
    return made


def _said(one: Candidate) -> str:
    since = str(_("depuis : %(day)s", day=formats.day(one.since, language()))) if one.since else ""
    told = ", ".join(word for word in (one.function, one.duty, since) if word)
    return f"{one.name} ({told})" if told else one.name


def departed(session: Session, bodies: Mapping[str, Body], document: Document) -> list[Departed]:
    """Who is to sign for these parties and holds office no longer today, or on the day the text is to be signed."""
    today = clock.today()
    found: dict[tuple[str, str], Departed] = {}
    for day in [today, *(one for one in _days(document) if one > today)]:
        gone = out_of_office(session, {body.id for body in bodies.values()}, on=day)
        for party, body in bodies.items():
            named = {compared(name) for name in gone.get(body.id, {}).values()}
            for one in _signing(document.signatories, party):
                if compared(one.name) in named or _ends_before(one, day):
                    said = formats.day(day.isoformat(), language()) if day > today else ""
                    found.setdefault((one.name, body.name), Departed(one.name, body.name, said))
    return list(found.values())


def _signing(signatories: Sequence[Signatory], party: str) -> list[Signatory]:
    return [one for one in signatories if one.name and party in one.parties]


def _ends_before(one: Signatory, day: date) -> bool:
    end = one.mandate.until if one.mandate else None
    known = understand(end.date) if end and end.date else None
    return known is not None and known.latest < day


def _days(document: Document) -> list[date]:
    """The last day on which each signature may take place, where it is known at least to the month."""
    known = [understand(one.date.date) for one in document.signings if one.date and one.date.date]
    bounded = [one for one in known if one is not None and one.latest - one.earliest < timedelta(days=32)]
    return sorted({one.latest for one in bounded})
