"""Two records of one person who was called under both: what making them one changes, and what hinders it.

A person has one voice, carries no proxy of their own and no more than the statutes allow. Where that cannot be put
right without touching what was voted, the two records wait.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.assemblies.course import HERE, VOTED, course_of
from app.assemblies.labels import KINDS
from app.assemblies.models import Assembly, AssemblyCandidate, AssemblyItem, AssemblyKind, AssemblySeat, Status
from app.assemblies.services.settling import statutes_for
from app.shared.clock import day_of
from app.shared.errors import DomainError
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy.orm import Session

    from app.assemblies.course import Course
    from app.assemblies.models import AssemblyVoice

LIVE = (Status.DRAFT, Status.CONVENED, Status.OPEN)


class Waits(DomainError):
    """Two records cannot become one yet; the sentence says what to do first."""


def lines_of(session: Session, people: Collection[int]) -> Iterator[tuple[Assembly, list[AssemblySeat]]]:
    """The lines of a person, under any of these records, in every assembly that is not over and has several."""
    found = session.scalars(
        select(AssemblySeat)
        .join(Assembly, Assembly.id == AssemblySeat.assembly_id)
        .where(AssemblySeat.person_id.in_(people), Assembly.status.in_(LIVE))
        .options(joinedload(AssemblySeat.assembly))
        .order_by(AssemblySeat.assembly_id, AssemblySeat.id)
    ).all()
    for _number, grouped in groupby(found, key=lambda one: one.assembly_id):
        lines = list(grouped)
        if len(lines) > 1:
            yield lines[0].assembly, lines


def elections_of(session: Session, people: Collection[int]) -> Iterator[list[AssemblyCandidate]]:
    """Where a person stands twice in an election without an issue; whoever has votes comes first."""
    found = session.scalars(
        select(AssemblyCandidate)
        .join(AssemblyItem, AssemblyItem.id == AssemblyCandidate.item_id)
        .join(Assembly, Assembly.id == AssemblyItem.assembly_id)
        .where(AssemblyCandidate.person_id.in_(people), Assembly.status.in_(LIVE), AssemblyItem.outcome == "")
        .options(joinedload(AssemblyCandidate.item))
        .order_by(AssemblyCandidate.item_id, AssemblyCandidate.id)
    ).all()
    for _number, grouped in groupby(found, key=lambda one: one.item_id):
        standing = sorted(grouped, key=lambda one: (not has_votes(one), one.id))
        if len(standing) > 1:
            yield standing


def has_votes(candidate: AssemblyCandidate) -> bool:
    """Whether somebody voted for a candidate already."""
    return any(int(row.choices.get(str(candidate.id), 0)) for row in candidate.item.counts)


def is_settled(assembly: Assembly) -> bool:
    """Whether something was proclaimed, with those who were there and could vote then."""
    return any(item.outcome in VOTED or item.closed_round for item in assembly.items)


def may_stay(assembly: Assembly, lines: Sequence[AssemblySeat]) -> bool:
    """Whether the lines may stay as they are: what was voted does not change, and only one of them votes."""
    return is_settled(assembly) and sum(line.votes for line in lines) <= 1


def twice(item: AssemblyItem, lines: Sequence[AssemblySeat]) -> list[AssemblyVoice]:
    """The voices that one person gave beyond the first one in the round that is being voted."""
    if item.outcome:
        return []
    here = {line.id for line in lines}
    mine = sorted((one for one in item.voices if one.seat_id in here and one.round == item.round), key=lambda v: v.id)
    return mine[1:]


def changes(session: Session, people: Collection[int]) -> Iterator[tuple[Assembly, object]]:
    """What will change in assemblies to come, said before anything is made one; what hinders it is said instead."""
    for assembly, lines in lines_of(session, people):
        if may_stay(assembly, lines):
            continue
        if (why := objection(session, assembly, lines)) is not None:
            yield assembly, why
            continue
        meeting = _named(assembly)
        yield assembly, _l("%(meeting)s : une seule ligne reste, avec un lien et une voix.", meeting=meeting)
        for item in assembly.agenda:
            if twice(item, lines):
                yield (
                    assembly,
                    _l(
                        "« %(title)s » (%(meeting)s) : les deux fiches ont voté. Le premier vote reçu reste, "
                        "l’autre est retiré du compte et le journal le dit.",
                        title=item.title,
                        meeting=meeting,
                    ),
                )
    for standing in elections_of(session, people):
        item = standing[0].item
        if (why := standing_twice(standing)) is not None:
            yield item.assembly, why
            continue
        yield (
            item.assembly,
            _l("« %(title)s » : une seule candidature reste, « %(name)s ».", title=item.title, name=standing[0].name),
        )


def standing_twice(standing: Sequence[AssemblyCandidate]) -> object:
    """Why two candidacies cannot become one: people voted for both."""
    if not has_votes(standing[1]):
        return None
    return _l(
        "Les deux fiches sont candidates à « %(title)s » et chacune a déjà des voix, qui ne s’additionnent pas. "
        "Ajournez ce point et faites voter de nouveau, puis réunissez les fiches.",
        title=standing[0].item.title,
    )


def objection(session: Session, assembly: Assembly, lines: Sequence[AssemblySeat]) -> object:
    """Why the lines of one person in an assembly cannot become one yet; None when they can."""
    if is_settled(assembly):
        return _l(
            "%(meeting)s : la réunion est ouverte et des votes y sont proclamés, avec les deux fiches sur la liste "
            "(%(names)s). Ce qui est voté ne change plus. Réunissez les fiches quand la réunion sera close ; d’ici là, "
            "veillez à ce que cette personne ne vote qu’une fois.",
            meeting=_named(assembly),
            names=_names(lines),
        )
    for item in assembly.items:
        if any(not voice.choice for voice in twice(item, lines)):
            return _l(
                "Les deux fiches ont voté sur « %(title)s » (%(meeting)s), et ce vote est secret : personne ne sait "
                "quel bulletin retirer. Ajournez ce point pendant la réunion et faites voter de nouveau sur un autre, "
                "ou réunissez les fiches quand la réunion sera close.",
                title=item.title,
                meeting=_named(assembly),
            )
    return _carrying(session, assembly, lines)


def _carrying(session: Session, assembly: Assembly, lines: Sequence[AssemblySeat]) -> object:
    """Why one person cannot give and carry all that both lines did."""
    course = course_of(assembly, statutes_for(session, assembly))
    mine, points = {line.id for line in lines}, range(len(course.presence))
    held = [_held(course, mine, point) for point in points]
    is_here = any(line.presence in HERE for line in lines)
    if not is_here and any(there and _gives(course, mine, point) for point, there in zip(points, held, strict=True)):
        return _l(
            "%(meeting)s : l’une des deux fiches a donné pouvoir, l’autre en porte un. Une même personne ne fait pas "
            "les deux : retirez d’abord l’un de ces pouvoirs sur la feuille de séance.",
            meeting=_named(assembly),
        )
    limit = course.limit
    if limit is None:
        return None
    if any(len(there) > limit for there in held):
        return _l(
            "%(meeting)s : réunies, les deux fiches porteraient plus que ce que les statuts permettent (%(limit)s par "
            "personne). Retirez d’abord les pouvoirs en trop sur la feuille de séance, et demandez à qui les a "
            "donnés de choisir quelqu’un d’autre.",
            meeting=_named(assembly),
            limit=_ln("%(num)s pouvoir", "%(num)s pouvoirs", limit),
        )
    for item in assembly.items:
        cast = {voice.seat_id for voice in item.voices if voice.through_id in mine and voice.round == item.round}
        if not item.outcome and len((cast - mine) | held[course.point(item)]) > limit:
            return _l(
                "Sur « %(title)s » (%(meeting)s), les deux fiches ont voté en ligne pour plus de personnes que les "
                "statuts le permettent à une seule (%(limit)s). Ces votes sont donnés : réunissez les fiches quand la "
                "réunion sera close.",
                title=item.title,
                meeting=_named(assembly),
                limit=_ln("%(num)s pouvoir", "%(num)s pouvoirs", limit),
            )
    return None


def _held(course: Course, mine: Collection[int], point: int) -> set[int]:
    """Whom one person carries at a point, under any of these lines; nobody carries a proxy to themselves."""
    return {
        proxy.giver_id
        for proxy, fate in course.carried
        if proxy.holder_id in mine and proxy.giver_id not in mine and fate.stands_at(point) and not fate.is_aside
    }


def _gives(course: Course, mine: Collection[int], point: int) -> bool:
    return any(
        proxy.giver_id in mine and proxy.holder_id not in mine and fate.stands_at(point)
        for proxy, fate in course.carried
    )


def _names(lines: Sequence[AssemblySeat]) -> str:
    return ", ".join(dict.fromkeys(line.name for line in lines))


def _named(assembly: Assembly) -> object:
    day = full_day(day_of(assembly.starts_at))
    return _l("%(kind)s du %(day)s", kind=KINDS[AssemblyKind(assembly.kind)], day=day)
