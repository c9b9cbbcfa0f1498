"""The convocation as a letter: what the law asks it to say (CGCT, L2121-10), in French whatever the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.council.reckoning import was_lost_on_the_way
from app.law.words import french, full_day
from app.mail.services import Letter
from app.shared.clock import PARIS, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.council.annexes import Annexe
    from app.council.models import Meeting, Seat


def convocation_letter(meeting: Meeting, seat: Seat, annexes: Sequence[Annexe], *, replaces: bool = False) -> Letter:
    """The letter to one councillor: day, hour, place, agenda, the note of each item, what is proposed, what is annexed.

    ``replaces``: they hold another one, which this one cancels.
    """
    day, moment = full_day(day_of(meeting.starts_at)), meeting.starts_at.astimezone(PARIS)
    hour = f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"
    lines = [
        f"{seat.name},",
        "",
        f"J'ai l'honneur de vous convoquer à la réunion du conseil municipal de {meeting.body.name}.",
        f"Elle se tiendra le {day} à {hour} ({meeting.place}).",
        "",
    ]
    if replaces:
        lines += ["Cette convocation annule et remplace celle qui vous a été adressée auparavant.", ""]
    if meeting.is_urgent:
        lines += [f"Le délai est abrégé en raison de l'urgence : {meeting.urgency_reason}.", ""]
    if meeting.second_of is not None:
        first = full_day(day_of(meeting.second_of.starts_at))
        lost = f"Le {first}, le quorum n'était plus réuni à l'appel des points ci-dessous :"
        why = lost if was_lost_on_the_way(meeting.second_of) else f"Le quorum n'ayant pas été réuni le {first},"
        lines += [f"{why} le conseil en délibérera quel que soit le nombre des présents.", ""]
    lines += ["Ordre du jour", ""]
    lines += [f"{number}. {point.title}" for number, point in enumerate(meeting.agenda, 1)]
    for annexe in annexes:
        lines += ["", f"Texte annexé au point {annexe.point} : « {annexe.title} ». Il est à la fin de cette lettre."]
    noted = [(number, point) for number, point in enumerate(meeting.agenda, 1) if point.note]
    if noted:
        lines += ["", "Note explicative de synthèse"]
        for number, point in noted:
            lines += ["", f"{number}. {point.title}", point.note]
    lines += _proposals(meeting, annexes)
    lines += [
        "",
        "Si vous êtes empêché, vous pouvez donner par écrit procuration à un collègue de votre choix.",
        "Chacun n'en porte qu'une.",
        "",
        "Le maire",
    ]
    return Letter(
        to=seat.address,
        name=seat.name,
        subject=french(f"Convocation du conseil municipal du {day}"),
        text=french("\n".join(lines)),
        body_id=meeting.body_id,
    )


def _proposals(meeting: Meeting, annexes: Sequence[Annexe]) -> list[str]:
    """What the council is asked to decide, item by item, and the texts annexed to it, whole."""
    lines: list[str] = []
    asked = [(number, one) for number, one in enumerate(meeting.agenda, 1) if one.act is not None and one.act.articles]
    if asked:
        lines += ["", "Projets de délibération"]
    for number, point in asked:
        lines += ["", f"{number}. {point.title}", "Il est proposé au conseil municipal :"]
        lines += [f"- {text}" for text in (point.act.articles if point.act is not None else ())]
    for annexe in annexes:
        lines += ["", f"Annexe au point {annexe.point} : {annexe.title}, version {annexe.number}", "", *annexe.lines]
    return lines
