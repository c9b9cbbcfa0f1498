"""The sheet of an assembly as it is shown: everybody where they are few, else a page, or those who are looked for.

At the door of a great assembly somebody finds one name and notes one person; nothing of that needs the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_babel import gettext as _

from app.assemblies import queries
from app.assemblies.apart import seats_apart
from app.assemblies.course import ahead, course_of, in_hand
from app.assemblies.finding import matching, meant
from app.assemblies.labels import KINDS, OUTCOME_TONES, OUTCOMES, PRESENCES
from app.assemblies.models import AssemblyKind
from app.assemblies.reckoning import opened_early, room_at, undecided
from app.assemblies.services import holding
from app.assemblies.services.proxies import beyond_limit, in_order, lines_of
from app.assemblies.telling import attendance_said, quorum_label, quorum_said
from app.assemblies.views.blueprint import answer
from app.extensions import db
from app.people.fields import whole
from app.people.paging import leaf_of, place_of
from app.shared import clock
from app.shared.clock import PARIS, day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.assemblies.course import Course
    from app.assemblies.models import Assembly, AssemblyProxy, AssemblySeat
    from app.law.carrying import Carried
    from app.people.paging import Leaf
    from app.shared.errors import DomainError

    Page = str | tuple[str, int]

PAGE = 50
"""So many people stand on one sheet; an assembly of no more has no other page, and no search."""
_MARKS = ("q", "apres", "pouvoirs")


def sheet_url(assembly: Assembly | int, **other: str | None) -> str:
    """The sheet with the people that the address asks for, or with ``other`` ones."""
    number = assembly if isinstance(assembly, int) else assembly.id
    return url_for("assemblies.sheet", assembly_id=number, **(kept() | _said(other)))


def kept() -> dict[str, Any]:
    """Which people the address asks for, to come back to them."""
    return _said({name: request.args.get(name, "")[:500] for name in _MARKS})


def _said(marks: dict[str, Any]) -> dict[str, Any]:
    return {name: value or None for name, value in marks.items()}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Whom the sheet shows: ``rows`` of those ``found``, and for each choice whom it offers (None: a name is typed)."""

    rows: Sequence[AssemblySeat]
    duties: Sequence[AssemblySeat]
    givers: Sequence[AssemblySeat] | None
    holders: Sequence[AssemblySeat] | None
    is_paged: bool = False
    words: str = ""
    found: int = 0
    pages: Mapping[str, str | None] = field(default_factory=dict)


def _shown(assembly: Assembly, course: Course) -> Shown:
    seats = [one for one in assembly.seats if one.presence or not one.left_before]
    if len(assembly.seats) <= PAGE:
        givers = [one for one in assembly.members if course.may_give(one)]
        return Shown(rows=seats, duties=assembly.seats, givers=givers, holders=assembly.members)
    words = request.args.get("q", "").strip()[:200]
    found = sorted(matching(seats, words), key=_place)
    leaf = leaf_of(found, _place, after=place_of(request.args.get("apres", "")), size=PAGE)
    busy = [one for one in assembly.seats if one.presides or one.is_secretary or one.is_teller]
    return Shown(
        rows=leaf.rows,
        duties=sorted({*leaf.rows, *busy}, key=_place),
        givers=_offered(assembly, "giver"),
        holders=_offered(assembly, "holder"),
        is_paged=True,
        words=words,
        found=len(found),
        pages=_pages(assembly, leaf, "apres", "presences"),
    )


def _place(seat: AssemblySeat) -> tuple[str, int]:
    return seat.folded, seat.id


def _pages(assembly: Assembly, leaf: Leaf[Any], mark: str, section: str) -> dict[str, str | None]:
    return {
        "previous_url": None if leaf.before is None else sheet_url(assembly, **{mark: leaf.before, "_anchor": section}),
        "next_url": None
        if leaf.following is None
        else sheet_url(assembly, **{mark: leaf.following, "_anchor": section}),
    }


def _offered(assembly: Assembly, name: str) -> list[AssemblySeat] | None:
    """Whom a name that was just typed may mean, where it means several, or who was chosen among them."""
    chosen = whole(request.form.get(name))
    if chosen:
        return [one for one in assembly.members if one.id == chosen]
    found = meant(assembly.members, request.form.get(f"{name}_name", ""))
    return found if 1 < len(found) <= PAGE else None


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


def _proxies(assembly: Assembly, course: Course, shown: Shown) -> Leaf[tuple[AssemblyProxy, Carried]]:
    """All proxies where people are few, else a page of them, or those of the people looked for."""
    rows = in_order(course)
    if shown.words:
        named = {one.id for one in matching(assembly.seats, shown.words)}
        rows = [row for row in rows if {row[0].giver_id, row[0].holder_id} & named]
    after = place_of(request.args.get("pouvoirs", "")) if shown.is_paged else None
    return leaf_of(rows, lambda row: (f"{row[1].given.since:05d}", row[0].id), after=after, size=PAGE)


def sheet_page(assembly: Assembly, error: DomainError | None = None) -> Page:
    """Who is there, who is represented, whether that is a quorum; with the reason why something was refused."""
    session, held_on = db.session(), day_of(assembly.starts_at)
    statutes = queries.statutes_of(session, assembly, held_on)
    room, course = room_at(assembly, statutes), course_of(assembly, statutes)
    shown = _shown(assembly, course)
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
        proxy_pages=_pages(assembly, proxies, "pouvoirs", "pouvoirs"),
        here={seat.id for seat in assembly.members if seat.id in course.presence[-1]},
        ahead=[item for item in ahead(assembly) if not item.outcome],
        in_hand=in_hand(assembly),
        undecided=undecided(assembly),
        hour=hour,
        due=assembly.starts_at.astimezone(PARIS),
        is_early=opened_early(assembly, hour if held_on == clock.today() else ""),
    )
