"""Proxies and comings and goings, as papers tell them: from which item each one counts, and until which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.assemblies.documents.paper import names_of, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.assemblies.course import Course
    from app.assemblies.models import AssemblyItem, AssemblyProxy, AssemblySeat
    from app.law.carrying import Carried


def attending(course: Course, seat: AssemblySeat) -> str:
    """Somebody who was there, and that it was not from the opening, or not to the end."""
    told = [say("minutes", "arrived")] if seat.came_before_id else []
    if seat.left_before_id:
        number = course.number(course.point(seat.left_before_id))
        item = next(one for one in course.assembly.items if one.id == seat.left_before_id)
        told.append(say("minutes", "departed" if course.moved_round(item) == 1 else "departed_during", number=number))
    return f"{seat.name} ({', '.join(told)})" if told else seat.name


def counting(course: Course) -> list[tuple[AssemblyProxy, Carried]]:
    """The proxies that gave a vote at some item."""
    return [(proxy, fate) for proxy, fate in course.carried if fate.counts_from is not None and not fate.is_aside]


def carried_lines(course: Course, clause: str) -> list[str]:
    """Who was represented at the opening, who from an item on, and whose proxy counts for nothing."""
    lines = []
    for key, is_later in (("represented", False), ("represented_later", True)):
        here = [row for row in counting(course) if bool(row[1].counts_from) is is_later]
        if here:
            names = names_of([pair_said(course, *row) for row in here])
            lines.append(say("minutes", key, number=len(here), names=names))
    if over := [_given(course, *row) for row in course.carried if row[1].is_aside]:
        lines.append(say("minutes", "beyond", number=len(over), names=names_of(over), clause=clause))
    return lines


def pair_said(course: Course, proxy: AssemblyProxy, fate: Carried) -> str:
    """« Ada par Bruno à partir du point 3, jusqu’au départ de Bruno (avant le point 5) »."""
    pair = say("minutes", "pair", giver=proxy.giver.name, holder=proxy.holder.name)
    return f"{pair}{span_said(course, proxy, fate)}"


def span_said(course: Course, proxy: AssemblyProxy, fate: Carried) -> str:
    """From which item a proxy counts and until when; nothing where it does so from the opening to the end."""
    first, last = course.span(fate)
    parts = [say("minutes", "from_item", number=first)] if first else []
    if last and fate.why:
        facts = {"giver": proxy.giver.name, "holder": proxy.holder.name, "number": last}
        parts.append(say("minutes", f"until_{fate.why}", **facts))
    return "".join(f" {part}" for part in [", ".join(parts)] if part)


def _given(course: Course, proxy: AssemblyProxy, fate: Carried) -> str:
    """A proxy that counts for nothing, and from where it was given."""
    given = say("minutes", "pair_given", giver=proxy.giver.name, holder=proxy.holder.name)
    if not fate.given.since:
        return given
    return f"{given} {say('minutes', 'from_item', number=course.number(fate.given.since))}"


def moves_of(course: Course, item: AssemblyItem) -> list[str]:
    """Who comes and goes before an item, whose proxy is carried from there on, and whose ends."""
    return [*_people(course, item), *_proxies(course, item)]


def _people(course: Course, item: AssemblyItem) -> Iterator[str]:
    absences = course.assembly.absences
    for seat in course.assembly.seats:
        mine = [one for one in absences if one.seat_id == seat.id]
        if seat.came_before_id == item.id:
            yield say("minutes", "came", name=seat.name)
        if any(one.back_before_id == item.id for one in mine):
            yield say("minutes", "back", name=seat.name)
        if seat.left_before_id == item.id or any(one.left_before_id == item.id for one in mine):
            yield say("minutes", "left", name=seat.name)


def _proxies(course: Course, item: AssemblyItem) -> Iterator[str]:
    point = course.point(item)
    for proxy, fate in course.carried:
        names = {"giver": proxy.giver.name, "holder": proxy.holder.name}
        has_counted = fate.counts_from is not None and not fate.is_aside
        if has_counted and fate.until == point:
            yield say("minutes", f"ends_{fate.why}", **names)
        if point and proxy.from_item_id == item.id:
            yield say("minutes", "gives_aside" if fate.is_aside else "gives", **names)
        elif has_counted and fate.counts_from == point:
            yield say("minutes", "carries", **names)
