"""Bringing a list in: what it would do is told first; writing it twice adds nothing.

Towns are proposals: a name that is exactly one place of the lists is matched only when a person asks for
it; former communes, names in other languages, homonyms and bodies that are no commune are told, never decided.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.twinnings.lists import BadLine, distinct_towns
from app.twinnings.models import Twinning, TwinningParty
from app.twinnings.queries import is_visible_to
from app.twinnings.services.bringing import BREATH, Bringing
from app.twinnings.services.plans import Choices, Doubt, Importer, Plan, key_of, newest_party
from app.twinnings.services.recognising import find_bodies, is_division, recognise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from app.twinnings.lists import Link, ReadList, TownName

__all__ = ["BREATH", "Bringing", "Choices", "Importer", "Plan", "first_lines", "plan_import"]


def plan_import(session: Session, read: ReadList, choices: Choices, importer: Importer) -> Plan:
    """Look everything up, write nothing."""
    plan = Plan(bad=list(read.bad), newest=newest_party(session))
    towns = distinct_towns(read.links)
    recognise(session, towns, plan, first_lines(read.links))
    plan.recognised = frozenset(plan.places)
    find_bodies(session, towns, plan, importer)
    if not choices.match:
        plan.places = {}
    plan.doubts += [_unknown_status(link) for link in read.links if link.status and link.stage is None]
    existing = _existing_pairs(session, importer)
    seen: dict[frozenset[object], int] = {}
    for link in read.links:
        _sort_out(link, plan, choices, importer, existing, seen)
    if choices.together:
        plan.fresh = _joined(plan.fresh)
    named = {town.name for group in plan.fresh for link in group for town in (link.town, link.partner)}
    plan.doubts = [doubt for doubt in plan.doubts if doubt.name in named]
    plan.doubts.sort(key=lambda doubt: doubt.line)
    plan.bad.sort(key=lambda bad: bad.line)
    return plan


def _unknown_status(link: Link) -> Doubt:
    """An open dossier says where the twinning stands: a word that nobody understood must not say it unseen."""
    reason = _l("a un statut qui n’est pas compris (%(status)s) : le dossier s’ouvre comme actif", status=link.status)
    return Doubt(link.line, link.town.name, reason)


def first_lines(links: Iterable[Link]) -> dict[TownName, int]:
    """The line on which each town is first named."""
    found: dict[TownName, int] = {}
    for link in links:
        found.setdefault(link.town, link.line)
        found.setdefault(link.partner, link.line)
    return found


def _existing_pairs(session: Session, importer: Importer) -> set[frozenset[int]]:
    """Which bodies face each other in a twinning already, even in one that lies in the trash."""
    statement = select(TwinningParty.twinning_id, TwinningParty.body_id, TwinningParty.side)
    if importer.known_to is not None:
        statement = statement.join(Twinning, Twinning.id == TwinningParty.twinning_id).where(
            is_visible_to(importer.known_to)
        )
    parties: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for twinning_id, body_id, side in session.execute(statement):
        parties[twinning_id].append((body_id, side))
    return {
        frozenset((one, other))
        for members in parties.values()
        for one, side in members
        for other, opposite in members
        if side < opposite
    }


def _sort_out(
    link: Link,
    plan: Plan,
    choices: Choices,
    importer: Importer,
    existing: set[frozenset[int]],
    seen: dict[frozenset[object], int],
) -> None:
    """Put one link where it belongs: fresh, known already, or left out with the reason."""
    key = frozenset((key_of(link.town, plan), key_of(link.partner, plan)))
    reason = _reason(link, choices, importer, plan)
    if reason is not None:
        plan.bad.append(BadLine(link.line, reason))
    elif key in seen:
        reason = _l("déjà à la ligne %(line)s, dans un sens ou dans l’autre", line=seen[key])
        plan.bad.append(BadLine(link.line, reason))
    elif _faces(link, plan, existing):
        plan.known.append(link)
    else:
        seen[key] = link.line
        plan.fresh.append([link])


def _faces(link: Link, plan: Plan, existing: set[frozenset[int]]) -> bool:
    """Whether the two towns of a line, or records that bear their names, share a twinning already."""
    ones, others = (
        plan.homonyms.get(town) or {body for body in (plan.bodies.get(town),) if body is not None}
        for town in (link.town, link.partner)
    )
    return any(frozenset((one, other)) in existing for one in ones for other in others)


def _reason(link: Link, choices: Choices, importer: Importer, plan: Plan) -> object | None:
    pair = {"one": link.town.name, "other": link.partner.name}
    reason: object = None
    if link.town.country == link.partner.country == "FR" and not choices.french_pairs:
        reason = _l("%(one)s et %(other)s sont toutes deux françaises : à importer seulement si vous le voulez", **pair)
    for town in (link.town, link.partner):
        if town.country == "FR" and town not in plan.kinds and is_division(town, plan):
            reason = _l("« %(name)s » est un département ou une région, non une commune", name=town.name)
    concerned = importer.concerned
    if concerned is not None and not {plan.bodies.get(link.town), plan.bodies.get(link.partner)} & concerned:
        reason = _l("%(one)s et %(other)s : aucun de vos organismes", **pair)
    return reason


def _joined(groups: Sequence[Sequence[Link]]) -> list[list[Link]]:
    """Lines that share the partner and the day of signature become one twinning of several towns."""
    joined: dict[object, list[Link]] = {}
    for number, (link,) in enumerate(groups):
        day = next((when.text for _meaning, when in link.dates if when.day is not None), None)
        key: object = (link.partner, day, link.stage) if day else number
        joined.setdefault(key, []).append(link)
    return list(joined.values())
