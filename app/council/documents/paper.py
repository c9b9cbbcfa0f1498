"""What every printed paper of the council has: its words, its letterhead, its signatures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.bodies.models import Body, Function
from app.bodies.queries import signatory_on
from app.council.models import Attendance, MeetingStatus, MovementKind
from app.council.moving import vacated
from app.council.reckoning import setting_of, standing_at
from app.council.secretaries import named_secretaries
from app.documents.textdoc import Signature, Signatures
from app.law.sentences import Sentences, hour_said
from app.law.words import listed
from app.places.divisions import departements
from app.printing import Paper
from app.shared.clock import PARIS, day_of
from app.shared.errors import DomainError
from app.texts import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.council.models import Meeting, Seat
    from app.documents.textdoc import Block

say = Sentences(Path(__file__).parents[1] / "data" / "documents.toml").say


class NotYet(DomainError):
    """The document certifies what has not happened."""


def on_paper(  # what a paper has
    title: str,
    of: Meeting | Body,
    created: datetime,
    blocks: tuple[Block, ...],
    subtitle: str = "",
    *,
    state: str = "",
    one_sheet: bool = False,
) -> Paper:
    """A paper of the council, or of one of its meetings, in the letterhead of the commune."""
    return Paper(
        title=title,
        body=town_of(of),
        created=created,
        blocks=blocks,
        subtitle=subtitle,
        state=state,
        under=_under(of if isinstance(of, Body) else of.body),
        footer=say("common", "made_on", day=day_of(created)),
        one_sheet=one_sheet,
    )


def _under(body: Body) -> str:
    """What stands below the commune's name: its département, where one knows it, and whose paper this is."""
    department = departements().get(setting_of(body, None).department, "")
    told = [say("common", "department", department=department)] if department else []
    return " – ".join([*told, say("common", "council")])


def town_of(of: Meeting | Body) -> str:
    """The commune's name; in the papers of a meeting that under which it was convened, though it may have changed."""
    return of.name if isinstance(of, Body) else of.town_name or of.body.name


def commune_of(of: Meeting | Body) -> str:
    """« de Lille », « d’Avion », « du Mans »."""
    return formats.of(town_of(of))


def hour_of(meeting: Meeting) -> str:
    """The hour of a meeting, as it is said."""
    return hour_said(f"{meeting.starts_at.astimezone(PARIS):%H:%M}")


def named(seats: Iterable[Seat]) -> str:
    """Names in a row."""
    return ", ".join(seat.name for seat in seats) or say("common", "none")


MOST_NAMED = 4
"""So many are named one by one; more are counted."""


def whom(seats: Sequence[Seat]) -> str:
    """« A et B », « 7 conseillers »."""
    if len(seats) > MOST_NAMED:
        return counted(len(seats), "councillor")
    return listed(seat.name for seat in seats)


def mayor_on(session: Session, body: Body, on: date) -> str:
    """Who is mayor on a day; empty when nobody is known."""
    mandate = signatory_on(session, body.id, on)
    return mandate.person.name if mandate else ""


def signed_by_mayor(session: Session, body: Body, on: date, *, after: Meeting | None = None) -> Signatures:
    """Where the mayor signs; a free line for whoever is mayor ``after`` a meeting in which that office fell vacant."""
    name = mayor_on(session, body, on)
    if after is not None and name in {seat.person.name for seat in vacated(after)}:
        name = ""
    return Signatures((Signature(party=say("common", "mayor"), name=name, caption=say("common", "signature")),))


def signed_by_both(session: Session, meeting: Meeting) -> Signatures:
    """Where the mayor and the secretary sign (CGCT, L2121-23); for a mayor who was not there, whoever presided.

    Where the secretary left, those who took over sign too, each in a place of their own. Whoever left the council for
    good signs nothing: for a mayor who did, the one who presided at the end.
    """
    gone = vacated(meeting)
    secretaries = [seat.name for seat in named_secretaries(meeting) if seat not in gone] or [""]
    caption = say("common", "signature")
    presiding = next((seat for seat in meeting.seats if seat.presides), None)
    mayor = next((seat for seat in meeting.seats if seat.function == Function.MAYOR), None)
    name = mayor.name if mayor is not None else mayor_on(session, meeting.body, day_of(meeting.starts_at))
    party = "mayor"
    if presiding is not None and presiding is not mayor and not (mayor and _was_there(mayor, meeting)):
        party, name = "for_mayor", presiding.name
    if mayor in gone or (party == "for_mayor" and presiding in gone):
        last = standing_at(meeting, meeting.agenda[-1] if meeting.agenda else None).chair
        party, name = "mayor" if last is mayor else "for_mayor", last.name if last is not None else ""
    return Signatures(
        (
            Signature(party=say("common", party), name=name, caption=caption),
            *(Signature(party=say("common", "secretary"), name=one, caption=caption) for one in secretaries),
        )
    )


def _was_there(seat: Seat, meeting: Meeting) -> bool:
    return seat in attendants(meeting)


def attendants(meeting: Meeting) -> list[Seat]:
    """All who were there at some time of the meeting, those who came late too."""
    return [
        seat
        for seat in meeting.seats
        if seat.attendance == Attendance.PRESENT or any(move.kind == MovementKind.ARRIVAL for move in seat.movements)
    ]


def counted(number: int | None, what: str) -> str:
    """« 1 abstention », « 2 abstentions »: the word is in the plural from two on."""
    number = number or 0
    return f"{number} {say('counts', what if number < 2 else f'{what}s')}"  # noqa: PLR2004  # French plural


def called_at(meeting: Meeting) -> datetime:
    """The moment that dates what goes with the convocation."""
    return meeting.convened_at or meeting.created_at


def stamp_of(meeting: Meeting) -> datetime:
    """The moment that dates a document of a meeting: the same content gives the same bytes."""
    began = meeting.status not in {MeetingStatus.DRAFT, MeetingStatus.CONVENED, MeetingStatus.CANCELLED}
    moments = [meeting.starts_at if began else None, meeting.convened_at, *(point.voted_at for point in meeting.agenda)]
    return max([meeting.created_at, *(one for one in moments if one is not None)])
