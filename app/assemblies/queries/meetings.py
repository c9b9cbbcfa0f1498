"""Reading assemblies, their statutes, the register of resolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.assemblies.models import (
    Assembly,
    AssemblyItem,
    AssemblyKind,
    AssemblyProxy,
    AssemblySeat,
    Outcome,
    Status,
    StatutesRule,
)
from app.bodies.labels import ASSOCIATIONS
from app.bodies.models import Body
from app.law.statutes import Statutes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

PAGE = 25
_CLOSING = frozenset({Outcome.ADOPTED, Outcome.ELECTED})


def association_by_id(session: Session, body_id: int) -> Body | None:
    """An association: only such a body holds assemblies."""
    body = session.get(Body, body_id)
    return body if body is not None and body.kind in ASSOCIATIONS else None


def associations_among(session: Session, body_ids: Collection[int]) -> list[Body]:
    """Which of these bodies are associations, by name."""
    statement = select(Body).where(Body.id.in_(body_ids), Body.kind.in_(ASSOCIATIONS), Body.trashed_at.is_(None))
    return list(session.scalars(statement.order_by(Body.folded, Body.id)))


def assembly_by_id(session: Session, assembly_id: int) -> Assembly | None:
    """An assembly with its agenda and those who are called."""
    return session.get(
        Assembly,
        assembly_id,
        options=[
            joinedload(Assembly.body),
            selectinload(Assembly.items).selectinload(AssemblyItem.counts),
            selectinload(Assembly.items).selectinload(AssemblyItem.candidates),
            selectinload(Assembly.seats),
            selectinload(Assembly.proxies),
        ],
    )


def item_by_id(session: Session, item_id: int) -> AssemblyItem | None:
    """An item of an agenda, with its votes."""
    return session.get(
        AssemblyItem,
        item_id,
        options=[
            joinedload(AssemblyItem.assembly).joinedload(Assembly.body),
            selectinload(AssemblyItem.counts),
            selectinload(AssemblyItem.voices),
            selectinload(AssemblyItem.candidates),
        ],
    )


def seat_by_id(session: Session, seat_id: int) -> AssemblySeat | None:
    """Somebody who is called."""
    return session.get(AssemblySeat, seat_id, options=[joinedload(AssemblySeat.assembly).joinedload(Assembly.body)])


def seat_of_link(session: Session, link_hash: str) -> AssemblySeat | None:
    """Whose personal link this is, as long as the assembly is not over."""
    found = session.scalar(
        select(AssemblySeat)
        .join(AssemblySeat.assembly)
        .where(AssemblySeat.link_hash == link_hash, Assembly.trashed_at.is_(None))
        .options(joinedload(AssemblySeat.assembly).joinedload(Assembly.body))
    )
    return found if link_hash else None


def proxy_by_id(session: Session, proxy_id: int) -> AssemblyProxy | None:
    """A proxy, with its assembly."""
    return session.get(AssemblyProxy, proxy_id, options=[joinedload(AssemblyProxy.assembly)])


def rule_by_id(session: Session, rule_id: int) -> StatutesRule | None:
    """A rule of the statutes."""
    found = session.get(StatutesRule, rule_id, options=[joinedload(StatutesRule.body)])
    return None if found is None or found.trashed_at is not None else found


def rules_of(session: Session, body_id: int) -> Sequence[StatutesRule]:
    """Every rule that stands, kind by kind, the newest first."""
    return session.scalars(
        select(StatutesRule)
        .where(StatutesRule.body_id == body_id, StatutesRule.trashed_at.is_(None))
        .order_by(StatutesRule.kind, StatutesRule.since.desc())
    ).all()


def rule_on(session: Session, body_id: int, kind: str, on: date) -> StatutesRule | None:
    """The rule in force on a day for a kind of assembly."""
    return session.scalar(
        select(StatutesRule)
        .where(
            StatutesRule.body_id == body_id,
            StatutesRule.kind == kind,
            StatutesRule.since <= on,
            StatutesRule.trashed_at.is_(None),
        )
        .order_by(StatutesRule.since.desc())
        .limit(1)
    )


def rule_after(session: Session, body_id: int, kind: str, on: date) -> StatutesRule | None:
    """The next rule of a kind of assembly that comes into force after a day."""
    return session.scalar(
        select(StatutesRule)
        .where(
            StatutesRule.body_id == body_id,
            StatutesRule.kind == kind,
            StatutesRule.since > on,
            StatutesRule.trashed_at.is_(None),
        )
        .order_by(StatutesRule.since)
        .limit(1)
    )


def statutes_of(session: Session, assembly: Assembly, on: date) -> Statutes:
    """What the statutes ask of an assembly: as frozen when it opened, else as recorded for its day.

    What they keep for another assembly than this is kept for it, and asks for its majority here too.
    """
    if assembly.rules:
        return Statutes.read(assembly.rules)
    kinds = {assembly.kind, AssemblyKind.ORDINARY, AssemblyKind.EXTRAORDINARY, AssemblyKind.BOARD}
    found = _rules_on(session, assembly.body_id, kinds, on)
    return statutes_among(found, assembly.kind)


def statutes_among(rules: Mapping[str, Statutes], kind: str) -> Statutes:
    """The rule of one kind of assembly among all, with what the others keep for themselves."""
    asked = rules.get(kind, Statutes())
    if kind == AssemblyKind.FOUNDING:
        return asked
    apart = rules.get(AssemblyKind.EXTRAORDINARY, Statutes())
    if kind not in {AssemblyKind.ORDINARY, AssemblyKind.EXTRAORDINARY}:
        asked = asked.leaving_to_members(rules.get(AssemblyKind.ORDINARY, Statutes()).reserving(apart))
    if kind != AssemblyKind.EXTRAORDINARY:
        asked = asked.reserving(apart)
    return asked if kind == AssemblyKind.BOARD else asked.leaving_to_board(rules.get(AssemblyKind.BOARD, Statutes()))


def _rules_on(session: Session, body_id: int, kinds: Collection[str], on: date) -> dict[str, Statutes]:
    """What is in force on a day for these kinds of assemblies."""
    statement = (
        select(StatutesRule)
        .where(
            StatutesRule.body_id == body_id,
            StatutesRule.kind.in_(kinds),
            StatutesRule.since <= on,
            StatutesRule.trashed_at.is_(None),
        )
        .order_by(StatutesRule.since)
    )
    return {rule.kind: rule.statutes for rule in session.scalars(statement)}


def page_of_assemblies(
    session: Session,
    body_ids: Collection[int],
    *,
    drafts_of: Collection[int],
    after: tuple[datetime, int] | None = None,
    trashed: bool = False,
) -> list[Assembly]:
    """A page of assemblies and one more, the latest first; drafts only of the bodies for which one prepares them."""
    in_trash = Assembly.trashed_at.is_not(None) if trashed else Assembly.trashed_at.is_(None)
    known = or_(Assembly.body_id.in_(drafts_of), Assembly.status != Status.DRAFT)
    statement = select(Assembly).options(joinedload(Assembly.body)).where(Assembly.body_id.in_(body_ids), in_trash)
    statement = statement.where(Assembly.body_id.in_(drafts_of) if trashed else known)
    if after is not None:
        statement = statement.where(tuple_(Assembly.starts_at, Assembly.id) < after)
    return list(
        session.scalars(statement.order_by(Assembly.starts_at.desc(), Assembly.id.desc()).limit(PAGE + 1)).unique()
    )


def page_of_resolutions(
    session: Session, body_id: int, *, after: tuple[datetime, int] | None = None
) -> list[AssemblyItem]:
    """A page of the register of resolutions and one more, the latest first."""
    statement = (
        select(AssemblyItem)
        .join(AssemblyItem.assembly)
        .options(joinedload(AssemblyItem.assembly))
        .where(Assembly.body_id == body_id, Assembly.trashed_at.is_(None), AssemblyItem.number != "")
    )
    if after is not None:
        statement = statement.where(tuple_(AssemblyItem.decided_at, AssemblyItem.id) < after)
    return list(
        session.scalars(statement.order_by(AssemblyItem.decided_at.desc(), AssemblyItem.id.desc()).limit(PAGE + 1))
    )


def numbers_of_year(session: Session, body_id: int, year: int) -> list[str]:
    """The numbers that the register of a body gave in a year."""
    statement = (
        select(AssemblyItem.number)
        .join(AssemblyItem.assembly)
        .where(Assembly.body_id == body_id, AssemblyItem.number.startswith(f"{year}-"))
    )
    return list(session.scalars(statement))


def second_of(session: Session, assembly_id: int) -> Assembly | None:
    """The assembly called again after one without a quorum."""
    statement = select(Assembly).where(Assembly.second_of_id == assembly_id, Assembly.trashed_at.is_(None))
    return session.scalar(statement.order_by(Assembly.id).limit(1))


def years_of_register(session: Session, body_id: int) -> list[int]:
    """The years in which the register gave numbers, the latest first."""
    statement = (
        select(AssemblyItem.number)
        .join(AssemblyItem.assembly)
        .where(Assembly.body_id == body_id, Assembly.trashed_at.is_(None), AssemblyItem.number != "")
    )
    return sorted({int(number.partition("-")[0]) for number in session.scalars(statement)}, reverse=True)


def resolutions_of_year(session: Session, body_id: int, year: int) -> Sequence[AssemblyItem]:
    """The resolutions of a year, with their assemblies."""
    return session.scalars(
        select(AssemblyItem)
        .join(AssemblyItem.assembly)
        .options(
            joinedload(AssemblyItem.assembly),
            selectinload(AssemblyItem.candidates),
            selectinload(AssemblyItem.counts),
        )
        .where(
            Assembly.body_id == body_id,
            Assembly.trashed_at.is_(None),
            AssemblyItem.number.startswith(f"{year}-"),
        )
        .order_by(AssemblyItem.decided_at, AssemblyItem.id)
    ).all()
