"""Parties that join a draft or leave it, with whoever signs for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from msgspec.structs import replace

from app.conventions import prefill
from app.conventions.models import ConventionBody, Status
from app.conventions.queries import document_of
from app.conventions.services.saving import keep, tell
from app.shared.errors import DomainError
from app.texts.document import BudgetValue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.conventions.models import Convention
    from app.shared.actor import Actor
    from app.texts.document import Document, Value
    from app.twinnings.models import TwinningPerson

FEWEST = 2


class CannotChangeParties(DomainError):
    """The parties of this text stay as they are; the sentence says why."""


def may_join(convention: Convention) -> list[Body]:
    """The bodies of its twinnings that are no party to a draft yet."""
    document = document_of(convention)
    if document.model is None or convention.status != Status.DRAFT:
        return []
    held = {one.body_id for one in convention.bodies}
    return [body for body in prefill.parties_of(document.kind, convention.twinnings) if body.id not in held]


def add_party(
    session: Session,
    convention: Convention,
    body_id: int,
    *,
    people: Sequence[TwinningPerson],
    by: Actor,
    at: datetime,
) -> None:
    """Let a body of the twinning be a party too, with whoever signs for it as far as that is known.

    :raises CannotChangeParties: when it is none of :func:`may_join`.
    """
    body = next((one for one in may_join(convention) if one.id == body_id), None)
    if body is None:
        raise CannotChangeParties(
            _l("Cet organisme ne peut pas rejoindre le texte : il y est déjà, ou il n’est pas du jumelage.")
        )
    document = document_of(convention)
    name = _unused(document)
    signing = prefill.signatories(session, body, name, on=at.date(), people=people)
    changed = replace(
        document,
        parties=[*document.parties, prefill.party(body, name)],
        signatories=[*document.signatories, *signing],
    )
    convention.bodies.append(ConventionBody(body_id=body.id, party=name))
    keep(session, convention, changed, by=by, at=at)
    tell(session, "convention.party_joined", convention, by=by, at=at, name=body.name)


def remove_party(session: Session, convention: Convention, party: str, *, by: Actor, at: datetime) -> None:
    """Take a party out of a draft, with its signatory, its decision and its share of the budget.

    :raises CannotChangeParties: when two would not remain, or the text is frozen.
    """
    document = document_of(convention)
    leaving = next((one for one in document.parties if one.id == party), None)
    if leaving is None or convention.status != Status.DRAFT:
        raise CannotChangeParties(_l("Cette partie n’est plus dans le texte, ou le texte est figé."))
    if len(document.parties) <= FEWEST:
        raise CannotChangeParties(_l("Il faut deux parties au moins : ajoutez d’abord celle qui prend la place."))
    changed = replace(
        document,
        parties=[one for one in document.parties if one.id != party],
        signatories=[
            replace(one, parties=[name for name in one.parties if name != party])
            for one in document.signatories
            if one.parties != [party]
        ],
        acts=[one for one in document.acts if one.by != party],
        fields={name: _without(value, party) for name, value in document.fields.items()},
    )
    for held in convention.bodies:
        if held.party == party:
            session.delete(held)
    keep(session, convention, changed, by=by, at=at)
    session.expire(convention, ["bodies"])
    tell(session, "convention.party_left", convention, by=by, at=at, name=leaving.name)


def _unused(document: Document) -> str:
    taken = {party.id for party in document.parties}
    return next(name for rank in range(1, len(taken) + 2) if (name := f"partie-{rank}") not in taken)


def _without(value: Value, party: str) -> Value:
    if not isinstance(value, BudgetValue):
        return value
    lines = [
        replace(line, shares={name: share for name, share in line.shares.items() if name != party})
        for line in value.lines
    ]
    return replace(value, lines=lines)
