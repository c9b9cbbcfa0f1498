"""The sheet of an assembly as it is shown: everybody where they are few, else a page, or those who are looked for.

At the door of a great assembly somebody finds one name and notes one person; nothing of that needs the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request, url_for
from flask_babel import gettext as _

from app.assemblies import queries
from app.assemblies.apart import seats_apart
from app.assemblies.course import ahead, course_of, in_hand
from app.assemblies.finding import matching
from app.assemblies.labels import KINDS, OUTCOME_TONES, OUTCOMES, PRESENCES
from app.assemblies.models import AssemblyKind
from app.assemblies.reckoning import opened_early, room_at, undecided
from app.assemblies.services import holding
from app.assemblies.services.proxies import beyond_limit, in_order, lines_of
from app.assemblies.telling import attendance_said, quorum_label, quorum_said
from app.assemblies.views.blueprint import answer
from app.assemblies.views.crowd import PAGE, crowd_of, kept, offered, pages_of, place
from app.extensions import db
from app.people.paging import leaf_of, place_of
from app.shared import clock
from app.shared.clock import PARIS, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.assemblies.course import Course
    from app.assemblies.models import Assembly, AssemblyProxy, AssemblySeat
    from app.assemblies.views.crowd import Crowd
    from app.law.carrying import Carried
    from app.people.paging import Leaf
    from app.shared.errors import DomainError

    Page = str | tuple[str, int]


def sheet_url(assembly_id: int, **other: str | None) -> str:
    """The sheet with the people that the address asks for, or with ``other`` ones."""
    marks = {name: value or None for name, value in (kept() | other).items()}
    return url_for("assemblies.sheet", assembly_id=assembly_id, **marks)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Whom the sheet offers for the duties and for a proxy; None: there a name is typed."""

    duties: Sequence[AssemblySeat]
    givers: Sequence[AssemblySeat] | None
    holders: Sequence[AssemblySeat] | None


def _choices(assembly: Assembly, course: Course, shown: Crowd) -> Choices:
    if not shown.is_paged:
        givers = [one for one in assembly.members if course.may_give(one)]
        return Choices(duties=assembly.seats, givers=givers, holders=assembly.members)
    busy = [one for one in assembly.seats if one.presides or one.is_secretary or one.is_teller]
    duties = sorted({*shown.rows, *busy}, key=place)
    return Choices(
        duties=duties, givers=offered(assembly.members, "giver"), holders=offered(assembly.members, "holder")
    )


def _duties(assembly: Assembly) -> list[tuple[str, str, str, str]]:
    """Each duty: the name of its field, what it is called, what nobody is called, and who holds it."""
    duties = (
        ("president", _("Préside"), _("à choisir"), "presides"),
        ("secretary", _("Secrétaire de séance"), _("à choisir"), "is_secretary"),
        ("teller", _("Scrutateur"), _("personne"), "is_teller"),
    )
    return [
        (name, label, nobody, next((str(one.id) for one in assembly.seats if getattr(one, attribute)), ""))
        for name, label, nobody, attribute in duties
    ]


def _proxies(assembly: Assembly, course: Course, shown: Crowd) -> Leaf[tuple[AssemblyProxy, Carried]]:
    """All proxies where people are few, else a page of them, or those of the people looked for."""
    rows = in_order(course)
    if shown.words:
        named = {one.id for one in matching(assembly.seats, shown.words)}
        rows = [row for row in rows if {row[0].giver_id, row[0].holder_id} & named]
    after = place_of(request.args.get("pouvoirs", ""))
    return leaf_of(rows, lambda row: (f"{row[1].given.since:05d}", row[0].id), after=after, size=PAGE)


def sheet_page(assembly: Assembly, error: DomainError | None = None) -> Page:
    """Who is there, who is represented, whether that is a quorum; with the reason why something was refused."""
    session, held_on = db.session(), day_of(assembly.starts_at)
    statutes = queries.statutes_of(session, assembly, held_on)
    room, course = room_at(assembly, statutes), course_of(assembly, statutes)
    seats = [one for one in assembly.seats if one.presence or not one.left_before]
    is_paged = len(assembly.seats) > PAGE
    shown = crowd_of(seats, "assemblies.sheet", assembly.id, section="presences", is_paged=is_paged)
    proxies = _proxies(assembly, course, shown)
    needed = room.attendance.needed
    rules = queries.rules_of(session, assembly.body_id) if needed is None else []
    hour = f"{clock.now().astimezone(PARIS):%H:%M}"
    return answer(
        "assemblies/sheet.html",
        None,
        wrong=error is not None,
        assembly=assembly,
        held_on=held_on,
        kind=KINDS[AssemblyKind(assembly.kind)],
        error=error,
        misses=isinstance(error, holding.NoQuorum) or not room.attendance.may_deliberate,
        statutes=statutes,
        room=room,
        shown=shown,
        choices=_choices(assembly, course, shown),
        duties=_duties(assembly),
        kept=kept(),
        names=seats_apart(session, assembly),
        typed=request.form if error is not None else {},
        beyond=beyond_limit(room, statutes),
        quorum_label=quorum_label(statutes),
        quorum=quorum_said(assembly, statutes, rules, needed),
        quorum_sentence=str(holding.quorum_sentence(assembly, statutes, room)),
        presences=PRESENCES,
        outcomes=OUTCOMES,
        outcome_tones=OUTCOME_TONES,
        attendance=attendance_said(assembly, course),
        proxies=lines_of(course, proxies.rows),
        proxy_pages=pages_of(proxies, "assemblies.sheet", "pouvoirs", assembly_id=assembly.id, _anchor="pouvoirs"),
        here={seat.id for seat in assembly.members if seat.id in course.presence[-1]},
        ahead=[item for item in ahead(assembly) if not item.outcome],
        in_hand=in_hand(assembly),
        undecided=undecided(assembly),
        hour=hour,
        due=assembly.starts_at.astimezone(PARIS),
        is_early=opened_early(assembly, hour if held_on == clock.today() else ""),
    )
