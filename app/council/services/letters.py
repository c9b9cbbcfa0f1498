"""The convocation as a letter: what the law asks it to say (CGCT, L2121-10), in French whatever the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.law.words import french, full_day
from app.mail.services import Letter
from app.shared.clock import PARIS, day_of

if TYPE_CHECKING:
    from app.council.models import Meeting, Seat


def convocation_letter(meeting: Meeting, seat: Seat, *, replaces: bool = False) -> Letter:
    """The letter to one councillor: day, hour, place, agenda, and the note of each item where there is one.

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
        lines += [
            f"Le quorum n'ayant pas été réuni le {first}, le conseil délibérera quel que soit le nombre des présents.",
            "",
        ]
    lines += ["Ordre du jour", ""]
    lines += [f"{number}. {point.title}" for number, point in enumerate(meeting.agenda, 1)]
    for number, point in enumerate(meeting.agenda, 1):
        if point.act is not None and point.act.version is not None:
            title = point.act.version.convention.title
            lines += ["", f"Texte annexé au point {number} : « {title} ». Il est remis à la mairie à qui le demande."]
    noted = [(number, point) for number, point in enumerate(meeting.agenda, 1) if point.note]
    if noted:
        lines += ["", "Note explicative de synthèse"]
        for number, point in noted:
            lines += ["", f"{number}. {point.title}", point.note]
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
