"""The hours of an evening, as people write them: none before the opening or after the end, and in the items' order."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.models import MovementKind
from app.council.moving import clashes, convened_hour, minutes_into
from app.council.services.meetings import BadMeeting
from app.law.hours import is_past_midnight
from app.shared.clock import PARIS, day_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.council.models import AgendaPoint, Meeting, Movement, Seat

_HOUR = re.compile(r"^(\d{1,2})\s*(?:h|:|\.)?\s*(\d{2})?$", re.IGNORECASE)


def read_hour(text: str) -> str:
    """Read « 18 h 30 », « 18:30 » or « 18h »; empty for nothing.

    :raises BadMeeting: when it is no hour.
    """
    raw = text.replace("\N{NO-BREAK SPACE}", " ").strip()
    if not raw:
        return ""
    match = _HOUR.match(raw)
    hours, minutes = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if hours > 23 or minutes > 59:  # noqa: PLR2004  # a clock's face
        raise BadMeeting(_l("« %(text)s » n’est pas une heure. Écrivez par exemple 18:30.", text=raw[:20]))
    return f"{hours:02d}:{minutes:02d}"


def opening_hour(meeting: Meeting, text: str) -> str:
    """The hour of the opening, which is not after a movement that is noted."""
    hour = read_hour(text)
    moved = [move.at for seat in meeting.seats for move in seat.movements if hour and move.at]
    before = [one for one in moved if minutes_into(meeting, one, hour) < minutes_into(meeting, hour, hour)]
    early = min(before, default="")
    if early:
        raise BadMeeting(
            _l(
                "Ouverte à %(opened)s, la séance le serait après un mouvement noté à %(moved)s. Corrigez l’heure.",
                opened=hour,
                moved=early,
            )
        )
    return hour


def opens_early(meeting: Meeting) -> bool:
    """Whether the meeting is told to have begun before the hour for which everybody was called."""
    opened, called = meeting.opened_at, convened_hour(meeting)
    return bool(opened) and opened < called and not is_past_midnight(opened, called)


def moved_at(meeting: Meeting, point: AgendaPoint, text: str) -> str:
    """The hour of a movement: not before the opening, and in the order of the items.

    :raises BadMeeting: when a movement at an earlier item has a later hour, or the reverse.
    """
    hour, opened = read_hour(text), meeting.opened_at
    if hour and opened and minutes_into(meeting, hour) < minutes_into(meeting, opened):
        raise BadMeeting(
            _l(
                "%(hour)s est avant l’ouverture de la séance, à %(opened)s. Qui était là à l’ouverture "
                "se note présent ; sinon, corrigez l’heure.",
                hour=hour,
                opened=opened,
            )
        )
    if hour:
        _require_order(meeting, point, hour)
    return hour


class OddHour(BadMeeting):
    """An hour so long after the opening that it may be a slip; it is taken when it is said again (``hour``)."""

    def __init__(self, hour: str, began: str) -> None:
        super().__init__(
            _l(
                "%(hour)s, c’est plus de douze heures après le début de la séance, à %(began)s. Si c’est une erreur, "
                "corrigez l’heure ; si la séance a duré jusque-là, pressez de nouveau.",
                hour=hour,
                began=began,
            )
        )
        self.hour = hour


_LONG = 12 * 60
"""How many minutes an evening may go on before an hour is doubted: our choice, for no text says it."""


def require_meant(meeting: Meeting, text: str, meant: str) -> None:
    """Ask once whether an hour is meant that lies far from the beginning: it would stand in the way of the end.

    Once one was meant, those beside it are.

    :raises OddHour: when nobody said it twice.
    """
    hour, began = read_hour(text), meeting.opened_at or convened_hour(meeting)
    known = [move.at for seat in meeting.seats for move in seat.movements if move.at]
    if hour and hour != meant and _is_far(meeting, hour) and not any(_is_far(meeting, one) for one in known):
        raise OddHour(hour, began)


def _is_far(meeting: Meeting, hour: str) -> bool:
    began = meeting.opened_at or convened_hour(meeting)
    return minutes_into(meeting, hour) - minutes_into(meeting, began) > _LONG


def is_to_come(meeting: Meeting, text: str, *, at: datetime) -> bool:
    """Whether an hour that was noted has not struck yet: nobody is refused for a clock that is slow, only told."""
    hour = read_hour(text)
    began = datetime.combine(day_of(meeting.starts_at), time.min, PARIS)
    return bool(hour) and began + timedelta(minutes=minutes_into(meeting, hour)) > at


def _require_order(meeting: Meeting, point: AgendaPoint, hour: str) -> None:
    order = {one.id: place for place, one in enumerate(meeting.points)}
    here, now = order[point.id], minutes_into(meeting, hour)
    for seat in meeting.seats:
        for move in seat.movements:
            there = order.get(move.point_id, here)
            then = minutes_into(meeting, move.at) if move.at else now
            if (there < here and then > now) or (there > here and then < now):
                raise BadMeeting(
                    _l(
                        "%(hour)s au point %(number)s, alors que le mouvement de %(name)s est noté à %(moved)s au "
                        "point %(other)s\N{NO-BREAK SPACE}: les heures suivent l’ordre des points. Corrigez l’heure, "
                        "ou effacez d’abord l’autre mouvement s’il est faux.",
                        hour=hour,
                        number=_number(meeting, point.id),
                        name=seat.name,
                        moved=move.at,
                        other=_number(meeting, move.point_id),
                    )
                )


_CLASHES = {
    (False, MovementKind.ARRIVAL): _l("%(name)s est noté·e présent·e à l’ouverture et n’arrive donc pas %(second)s."),
    (False, MovementKind.DEPARTURE): _l(
        "%(name)s n’est pas noté·e présent·e à l’ouverture et ne part donc pas %(second)s."
    ),
    (True, MovementKind.VACANCY): _l("%(name)s quitterait deux fois le conseil : %(first)s, puis %(second)s."),
    (True, MovementKind.ARRIVAL): _l(
        "%(name)s arriverait deux fois sans être reparti·e entre-temps : %(first)s, puis %(second)s."
    ),
    (True, MovementKind.DEPARTURE): _l(
        "%(name)s partirait deux fois sans être revenu·e entre-temps : %(first)s, puis %(second)s."
    ),
}
"""What is said of two movements that contradict each other: whether there is one before, and which comes then."""
_REMEDIES = {
    False: _l("Rien n’est enregistré : corrigez les présences à l’ouverture, ou effacez d’abord ce mouvement."),
    True: _l("Rien n’est enregistré : corrigez l’heure, ou effacez d’abord le mouvement qui est faux."),
}
"""What to do: whether there is a movement before."""


def require_no_clash(
    meeting: Meeting, seat: Seat, known: Collection[tuple[Movement | None, Movement]] = frozenset()
) -> None:
    """Refuse movements of one person that contradict each other, but for those that did before (``known``).

    :raises BadMeeting: it names both.
    """
    clash = next((one for one in clashes(meeting, seat) if one not in known), None)
    if clash is None:
        return
    before, move = clash
    told = {"name": seat.name, "second": _when(meeting, move), "first": _when(meeting, before) if before else ""}
    has_earlier = before is not None
    said = _CLASHES[has_earlier, MovementKind(move.kind)]
    if before is not None and before.kind == MovementKind.VACANCY:
        said = _l("%(name)s quitte le conseil %(first)s : rien ne se note plus ensuite de cette personne (%(second)s).")
    raise BadMeeting(f"{said % told} {_REMEDIES[has_earlier]}")


def _when(meeting: Meeting, move: Movement) -> str:
    """« à 19:10 (point 2) »."""
    number = _number(meeting, move.point_id)
    return str(
        _l("à %(hour)s (point %(number)s)", hour=move.at, number=number)
        if move.at
        else _l("au point %(number)s", number=number)
    )


def _number(meeting: Meeting, point_id: int) -> int:
    """Where an item stands on the agenda, as the page counts."""
    return next((number for number, one in enumerate(meeting.agenda, 1) if one.id == point_id), 0)


def closing_hour(meeting: Meeting, text: str) -> str:
    """The hour of the end, which is neither before the opening nor before the last movement."""
    hour, opened = read_hour(text), meeting.opened_at
    moves = [move for seat in meeting.seats for move in seat.movements if move.at]
    last = max(moves, key=lambda move: minutes_into(meeting, move.at), default=None)
    if hour and last and minutes_into(meeting, hour) < minutes_into(meeting, last.at):
        raise BadMeeting(
            _l(
                "Close à %(closed)s, la séance le serait avant un mouvement noté à %(moved)s, au point %(number)s. "
                "Corrigez l’heure ; si c’est le mouvement qui est faux, effacez-le à son point, en reprenant d’abord "
                "les votes consignés depuis.",
                closed=hour,
                moved=last.at,
                number=_number(meeting, last.point_id),
            )
        )
    if hour and opened and minutes_into(meeting, hour) < minutes_into(meeting, opened):
        raise BadMeeting(
            _l(
                "Close à %(closed)s, la séance le serait avant d’avoir été ouverte, à %(opened)s. Corrigez l’heure.",
                closed=hour,
                opened=opened,
            )
        )
    return hour
