"""Who stands in a designation: read one a line, noted with a number each, as long as no round was held."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.council.models import MeetingStatus
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.telling import tell_meeting
from app.law import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint
    from app.shared.actor import Actor

MOST_CANDIDATES = 40
OLDEST = 120
"""Nobody is older: such an age is a slip of the keyboard."""


@dataclass(frozen=True, kw_only=True)
class Candidacies:
    """Who stands, for how many seats; ``is_waived``: unanimously not by secret ballot."""

    names: Sequence[tuple[str, int | date | None]]
    seats: int = 1
    is_waived: bool = False


def read_candidates(text: str) -> list[tuple[str, int | date | None]]:
    """Read one candidate a line, « Odile Épreuve ; 54 » or « ; 12/03/1971 »: the elder wins a tie of the last round.

    :raises BadMeeting: for an age that is none, the same name twice, or too many.
    """
    found: list[tuple[str, int | date | None]] = []
    for line in text.splitlines():
        name, _semicolon, rest = line.partition(";")
        name, age = " ".join(name.split())[:120], rest.replace("ans", "").strip()
        if not name:
            continue
        found.append((name, read_age(age, line) if age else None))
    names = [name for name, _age in found]
    if len(set(names)) < len(names):
        raise BadMeeting(_l("Deux candidats portent le même nom : distinguez-les."), field="candidates")
    if not found or len(found) > MOST_CANDIDATES:
        raise BadMeeting(_l("Écrivez les candidats, un par ligne."), field="candidates")
    return found


def read_age(text: str, line: str) -> int | date:
    """Read an age in years or a day of birth; ``line`` is what a refusal quotes."""
    with suppress(ValueError):
        return datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=UTC).date()
    if text.isascii() and text.isdecimal() and tables.number("majorite_ans") <= int(text) <= OLDEST:
        return int(text)
    raise BadMeeting(
        _l(
            "« %(line)s » : après un point-virgule, l’âge s’écrit en années, ou la date de naissance comme 12/03/1971.",
            line=line.strip()[:60],
        ),
        field="candidates",
    )


def note_candidates(session: Session, point: AgendaPoint, told: Candidacies, *, by: Actor, at: datetime) -> None:
    """Note who stands; as long as no round was held."""
    require_in_discussion(point)
    if point.appointment.get("rounds"):
        raise NotPossibleNow(_l("Un tour est consigné : les candidatures ne changent plus. Effacez-le d’abord."))
    if not 1 <= told.seats <= MOST_CANDIDATES:
        raise BadMeeting(_l("Écrivez le nombre de sièges à pourvoir."), field="seats")
    known = {row["name"]: row["number"] for row in standing_candidates(point)}
    fresh = count(max([*known.values(), int(point.appointment.get("last", -1))], default=-1) + 1)
    rows = [
        {"name": name, **told_age(age), "number": known[name] if name in known else next(fresh)}
        for name, age in told.names
    ]
    point.appointment = {
        "seats": told.seats,
        "candidates": rows,
        "is_waived": told.is_waived,
        "rounds": [],
        "last": max([*known.values(), *(row["number"] for row in rows)]),
    }
    point.revision += 1
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def standing_candidates(point: AgendaPoint) -> list[dict[str, Any]]:
    """The candidates with their numbers; who was noted before there were numbers has his place."""
    rows = point.appointment.get("candidates", [])
    return [{**row, "number": row.get("number", place)} for place, row in enumerate(rows)]


def require_noted(point: AgendaPoint, told: Candidacies) -> None:
    """A round is not counted while other candidates or seats stand on the page than those that are noted.

    :raises BadMeeting: it says to note them first.
    """
    noted = {candidate_line(row) for row in point.appointment.get("candidates", [])}
    typed = {candidate_line({"name": name, **told_age(age)}) for name, age in told.names}
    facts = (point.appointment.get("seats"), bool(point.appointment.get("is_waived")))
    if noted and (typed, told.seats, told.is_waived) != (noted, *facts):
        raise BadMeeting(
            _l(
                "Vous avez changé les candidats, les sièges ou le mode du scrutin sans les noter. "
                "Pressez « Noter les candidats », puis consignez le tour."
            ),
            field="candidates",
        )


def told_age(age: int | date | None) -> dict[str, int | str | None]:
    """An age or a day of birth as the row of a candidate keeps it."""
    return {"age": None, "born_on": age.isoformat()} if isinstance(age, date) else {"age": age}


def candidate_line(row: Mapping[str, Any]) -> str:
    """A candidate as it is typed: the name, then the age or the day of birth."""
    if row.get("born_on"):
        return f"{row['name']} ; {date.fromisoformat(row['born_on']):%d/%m/%Y}"
    return f"{row['name']} ; {row['age']}" if row.get("age") else str(row["name"])


def ages_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, date | int]:
    """What parts a tie of the last round, by name."""
    told = {row["name"]: date.fromisoformat(row["born_on"]) if row.get("born_on") else row.get("age") for row in rows}
    return {name: age for name, age in told.items() if age is not None}


def require_in_discussion(point: AgendaPoint) -> None:
    """A designation is noted in an open meeting, before it is settled."""
    if point.meeting.status != MeetingStatus.OPEN:
        raise NotPossibleNow(_l("On vote en séance\N{NO-BREAK SPACE}: ouvrez d’abord la séance, avec ses présences."))
    if point.voted_at is not None:
        raise NotPossibleNow(_l("Cette désignation est déjà consignée\N{NO-BREAK SPACE}: elle ne change plus."))
