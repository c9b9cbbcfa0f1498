"""Reading bodies and mandates.

A body is known to those who hold its record and to those who share a twinning with it. The twinnings
stand above: they register with :func:`share_through` which bodies share one with some bodies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, cast

from sqlalchemy import and_, bindparam, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from app.bodies.labels import AUTHORITIES, ORDER, is_officer
from app.bodies.models import Body, BodyKind, FederationMember, Function, Mandate
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

Bodies: TypeAlias = frozenset[int]
Sharing: TypeAlias = "Callable[[Bodies], Select[int]]"
PAGE = 25
_sharing: list[Sharing] = []
_administered: list[Callable[[], Select[int]]] = []


def share_through(query: Sharing) -> None:
    """Register who shares with whom: ``query(body ids)`` selects the ids of bodies that share something with them."""
    if query not in _sharing:
        _sharing.append(query)


def administered_through(query: Callable[[], Select[int]]) -> None:
    """Register which bodies have somebody who administers them today: ``query()`` selects body ids."""
    if query not in _administered:
        _administered.append(query)


def kept_body_ids(session: Session, body_ids: frozenset[int]) -> frozenset[int]:
    """The bodies that these keep until their own people come."""
    kept = select(Body.id).where(Body.kept_by_id.in_(body_ids))
    return frozenset(session.scalars(kept)) if body_ids else frozenset()


def body_by_id(session: Session, body_id: int) -> Body | None:
    """The body of this identifier, in the trash or not."""
    return session.get(Body, body_id)


def held_body_ids(bodies: Bodies) -> Select[int]:
    """Bodies whose record and people these bodies hold: their own, their régie's, the partners they fill in for."""
    return select(Body.id).where(is_held_by(bodies))


def is_held_by(bodies: Bodies, body: type[Body] = Body) -> ColumnElement[bool]:
    """Bodies that are one of these, one of their services in régie, or kept by one of them."""
    return or_(
        body.id.in_(bodies),
        body.kept_by_id.in_(bodies),
        and_(body.parent_id.in_(bodies), body.kind == BodyKind.COMMITTEE_SERVICE),
    )


def is_shared_with(bodies: Bodies) -> ColumnElement[bool]:
    """Bodies that share a twinning with one of these."""
    return or_(False, *(Body.id.in_(query(bodies)) for query in _sharing))  # noqa: FBT003  # SQL's false


def is_visible_to(bodies: Bodies) -> ColumnElement[bool]:
    """Bodies that these bodies may know: held, sharing a twinning, or the town that one of them works for."""
    child = aliased(Body)
    towns = select(child.parent_id).where(child.id.in_(bodies), child.parent_id.is_not(None))
    return or_(is_held_by(bodies), Body.id.in_(towns), is_shared_with(bodies))


def bodies_visible_to(session: Session, bodies: Bodies) -> list[Body]:
    """Every body that these may know, in order of name."""
    statement = select(Body).where(is_visible_to(bodies), Body.trashed_at.is_(None))
    return list(session.scalars(statement.order_by(Body.folded, Body.id)))


def knows(session: Session, bodies: Bodies, body: Body) -> bool:
    """Whether one of these bodies may know this one."""
    if holds(bodies, body):
        return True
    asked = {"body": body.id, "bodies": list(bodies)}
    return session.scalar(_is_known(tuple(_sharing)), asked) is not None


@cache
def _is_known(_through: tuple[Sharing, ...]) -> Select[int]:
    """The question of :func:`knows`, with places for the bodies: every page asks it, and it is long to put together."""
    bodies = cast("Bodies", bindparam("bodies", expanding=True))
    return select(Body.id).where(Body.id == bindparam("body"), is_visible_to(bodies))


def holds(bodies: Bodies, body: Body) -> bool:
    """Whether one of these bodies holds the record of this one."""
    if body.id in bodies or body.kept_by_id in bodies:
        return True
    return body.kind == BodyKind.COMMITTEE_SERVICE and body.parent_id in bodies


@dataclass(frozen=True)
class BodyFilter:
    """Which bodies a list shows."""

    words: str = ""
    kind: str = ""
    trashed: bool = False
    everything: bool = False


def page_of_bodies(
    session: Session, bodies: Bodies, wanted: BodyFilter, *, after: tuple[str, int] | None = None
) -> list[Body]:
    """A page of known bodies and one more, by name; ``after`` is the (folded name, id) of the last one shown.

    In the trash only those whose record one holds. ``everything``: their names, for who runs the installation.
    """
    statement = select(Body).options(joinedload(Body.place)).order_by(Body.folded, Body.id).limit(PAGE + 1)
    if wanted.trashed:
        statement = statement.where(Body.trashed_at.is_not(None))
    else:
        statement = statement.where(Body.trashed_at.is_(None))
    if not wanted.everything:
        statement = statement.where(is_held_by(bodies) if wanted.trashed else is_visible_to(bodies))
    if wanted.kind:
        statement = statement.where(Body.kind == wanted.kind)
    for word in fold(wanted.words[:200]).split():
        statement = statement.where(Body.folded.contains(word, autoescape=True))
    if after is not None:
        statement = statement.where(tuple_(Body.folded, Body.id) > after)
    return list(session.scalars(statement))


def visible_among(session: Session, bodies: Bodies, shown: Iterable[Body]) -> frozenset[int]:
    """Which of these records the bodies may open."""
    numbers = [body.id for body in shown]
    return frozenset(session.scalars(select(Body.id).where(Body.id.in_(numbers), is_visible_to(bodies))))


def without_administrator(session: Session, shown: Iterable[Body]) -> frozenset[int]:
    """Which of these bodies nobody administers yet."""
    numbers = [body.id for body in shown]
    held = (Body.id.in_(query()) for query in _administered)
    return frozenset(session.scalars(select(Body.id).where(Body.id.in_(numbers), ~or_(False, *held))))  # noqa: FBT003  # SQL's false


def same_place(session: Session, bodies: Bodies, place_id: int, kind: str) -> Body | None:
    """A body of this kind at this place that one knows already."""
    if not bodies:
        return None
    return session.scalar(
        select(Body)
        .where(Body.place_id == place_id, Body.kind == kind, Body.trashed_at.is_(None), is_visible_to(bodies))
        .order_by(Body.id)
        .limit(1)
    )


def committees_of(session: Session, body_id: int, bodies: Bodies) -> list[Body]:
    """The committees that work for a town, as far as they are known to these bodies."""
    statement = select(Body).where(Body.parent_id == body_id, Body.trashed_at.is_(None), is_visible_to(bodies))
    return list(session.scalars(statement.order_by(Body.folded, Body.id)))


def members_of(session: Session, federation_id: int) -> list[Body]:
    """The bodies that a federation advises."""
    statement = (
        select(Body)
        .join(FederationMember, FederationMember.body_id == Body.id)
        .where(FederationMember.federation_id == federation_id, Body.trashed_at.is_(None))
    )
    return list(session.scalars(statement.order_by(Body.folded, Body.id)))


def federations_of(session: Session, body_id: int) -> list[Body]:
    """The federations that advise a body."""
    statement = (
        select(Body)
        .join(FederationMember, FederationMember.federation_id == Body.id)
        .where(FederationMember.body_id == body_id, Body.trashed_at.is_(None))
    )
    return list(session.scalars(statement.order_by(Body.folded, Body.id)))


def mandate_by_id(session: Session, mandate_id: int) -> Mandate | None:
    """The mandate of this identifier, with its body and person."""
    return session.get(Mandate, mandate_id, options=[joinedload(Mandate.body), joinedload(Mandate.person)])


def mandates_of(session: Session, body_id: int) -> list[Mandate]:
    """Every mandate of a body, the newest first, with the persons."""
    statement = (
        select(Mandate)
        .options(joinedload(Mandate.person))
        .where(Mandate.body_id == body_id, Mandate.trashed_at.is_(None))
    )
    found = list(session.scalars(statement))
    found.sort(key=lambda mandate: (ORDER[Function(mandate.function)], mandate.rank or 0, mandate.person.folded))
    return found


def mandates_of_bodies(session: Session, body_ids: Iterable[int]) -> Sequence[Mandate]:
    """Every mandate of some bodies, with the persons; one query."""
    return session.scalars(
        select(Mandate)
        .options(joinedload(Mandate.person))
        .where(Mandate.body_id.in_(list(body_ids)), Mandate.trashed_at.is_(None))
        .order_by(Mandate.id)
    ).all()


def trashed_mandates(session: Session, body_id: int) -> list[Mandate]:
    """Mandates of a body that were taken back."""
    statement = (
        select(Mandate)
        .options(joinedload(Mandate.person))
        .where(Mandate.body_id == body_id, Mandate.trashed_at.is_not(None))
        .order_by(Mandate.trashed_at.desc(), Mandate.id)
        .limit(100)
    )
    return list(session.scalars(statement))


def is_in_office(mandate: Mandate, on: date) -> bool:
    """Whether a mandate holds on a day, as far as its dates tell; an unknown beginning lies in the past."""
    began = mandate.since is None or mandate.since.earliest <= on
    return began and (mandate.until is None or mandate.until.latest >= on)


def mandates_in_office(session: Session, body_id: int, *, on: date) -> list[Mandate]:
    """Who holds office on a day, in order of function and rank."""
    return [mandate for mandate in mandates_of(session, body_id) if is_in_office(mandate, on)]


def officers(mandates: Iterable[Mandate], kind: str) -> list[Mandate]:
    """Those of the mandates that may be seen across a shared twinning."""
    return [mandate for mandate in mandates if is_officer(mandate.function, kind)]


def mandates_of_person(session: Session, person_id: int) -> list[Mandate]:
    """Every mandate of a person, with the bodies, the newest first."""
    statement = (
        select(Mandate)
        .options(joinedload(Mandate.body))
        .where(Mandate.person_id == person_id, Mandate.trashed_at.is_(None))
        .order_by(Mandate.until_sort.is_not(None), Mandate.since_sort.desc(), Mandate.id.desc())
    )
    return list(session.scalars(statement))


def mandates_of_persons(session: Session, person_ids: Iterable[int]) -> Sequence[Mandate]:
    """Every mandate of some persons, with the bodies and the persons; one query."""
    return session.scalars(
        select(Mandate)
        .options(joinedload(Mandate.body), joinedload(Mandate.person))
        .where(Mandate.person_id.in_(list(person_ids)), Mandate.trashed_at.is_(None))
        .order_by(Mandate.id)
    ).all()


def officer_person_ids(bodies: Bodies) -> Select[int]:
    """Persons in office, or once in office, in a body that shares a twinning with these."""
    is_public = or_(Body.kind.in_(AUTHORITIES), Mandate.function != Function.OTHER)
    return (
        select(Mandate.person_id)
        .join(Body, Body.id == Mandate.body_id)
        .where(Mandate.trashed_at.is_(None), is_public, is_visible_to(bodies))
    )


_SIGNERS = {
    BodyKind.COMMUNE: (Function.MAYOR,),
    BodyKind.EPCI: (Function.EPCI_PRESIDENT,),
    BodyKind.FOREIGN_AUTHORITY: (Function.MAYOR, Function.PRESIDENT),
    BodyKind.COMMITTEE: (Function.PRESIDENT,),
    BodyKind.PARTNER_COMMITTEE: (Function.PRESIDENT,),
    BodyKind.FEDERATION: (Function.PRESIDENT,),
}


def signatory_on(session: Session, body_id: int, on: date) -> Mandate | None:
    """Who signs for a body on a day: its mayor or president in office; for a régie, the mayor of its commune.

    None when nobody is known to hold that office then; a deputy who signs by delegation is chosen by a human.
    """
    body = session.get(Body, body_id)
    if body is None:
        return None
    if body.kind == BodyKind.COMMITTEE_SERVICE:
        return signatory_on(session, body.parent_id, on) if body.parent_id else None
    held = mandates_in_office(session, body_id, on=on)
    for function in _SIGNERS[BodyKind(body.kind)]:
        if candidates := [mandate for mandate in held if mandate.function == function]:
            return max(candidates, key=_certainty)
    return None


def _certainty(mandate: Mandate) -> tuple[bool, date | bool]:
    """A mandate with a known beginning wins over one without, a newer one over an older."""
    return mandate.since is not None, mandate.since.earliest if mandate.since else False
