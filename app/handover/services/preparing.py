"""Preparing a handover, sealing it, handing rights on without a password."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access.roles import Role
from app.accounts.models import Account
from app.accounts.queries import likely_person_of, person_of, roles_of_body
from app.accounts.services import roles
from app.bodies.inside import inside
from app.bodies.labels import office_shown
from app.database.unit import alone_on
from app.handover import changes, queries
from app.handover.models import (
    Fate,
    Handover,
    HandoverPerson,
    HandoverRight,
    HandoverThing,
    Side,
    Stage,
)
from app.handover.secrecy import tells_secret
from app.handover.services.ground import BadHandover, NoSecretsHere, tell
from app.people.models import Person
from app.people.naming import clean, clean_text
from app.shared.clock import day_of
from app.shared.errors import EditConflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body, Mandate
    from app.handover.changes import Change
    from app.handover.models import ThingKind
    from app.shared.actor import Actor


_TIME_TO_SIGN = timedelta(days=14)
"""What is proposed for the access of who leaves: to answer questions, and to sign; they choose another day."""


@dataclass(frozen=True, kw_only=True)
class HandoverFacts:
    """The last day of the outgoing people's access, and what they want to say."""

    access_ends_on: date
    message: str = ""
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class ThingFacts:
    """Something that is handed on by hand."""

    kind: ThingKind
    label: str
    detail: str = ""
    goes_to: str = ""
    due_on: date | None = None


def prepare(session: Session, body: Body, on: date, *, by: Actor, at: datetime) -> Handover:
    """Begin the handover of a board, or of one office, that changed on a day; the same one is not begun twice.

    Where an office stays vacant, or was, the first in rank of those who stay receives or hands over.

    :raises BadHandover: when nobody left or came on that day, or nobody is there to hand over or to receive.
    """
    alone_on(session, body)
    change = _change_with_handover(session, body, on)
    sides = {Side.OUTGOING: change.leaving, Side.INCOMING: change.coming}
    handover = Handover(
        uid=str(uuid.uuid4()),
        body_id=body.id,
        assembly_id=change.assembly_id,
        takes_over_on=on,
        access_ends_on=max(on, day_of(at)) + _TIME_TO_SIGN,
        created_at=at,
        content=[],
    )
    for side, people in sides.items():
        for person, mandates in people.items():
            first, *others = (office_shown(one) for one in mandates)
            function = ", ".join((first, *(inside(one) for one in others)))
            function = function[:1].upper() + function[1:]
            handover.people.append(HandoverPerson(person_id=person, side=side.value, function=function[:200]))
    if (stands_in := change.stands_in) is not None:
        handover.people.append(_standing_in(stands_in, Side.OUTGOING if change.coming else Side.INCOMING))
    if (begun := _same_as(session, handover)) is not None:
        return begun
    session.add(handover)
    session.flush()
    handover.body = body
    offices = {
        side: {person: {one.function for one in held} for person, held in people.items()}
        for side, people in sides.items()
    }
    _propose_rights(session, handover, offices, day_of(at))
    tell(session, "prepared", handover, by, at)
    return handover


def _same_as(session: Session, handover: Handover) -> Handover | None:
    """The handover of that day between the same people that was begun already."""
    same = select(Handover).where(
        Handover.body_id == handover.body_id,
        Handover.takes_over_on == handover.takes_over_on,
        Handover.trashed_at.is_(None),
    )
    asked = {(one.side, one.person_id) for one in handover.people}
    found = session.scalars(same.order_by(Handover.id.desc()))
    return next((one for one in found if {(who.side, who.person_id) for who in one.people} == asked), None)


def _change_with_handover(session: Session, body: Body, on: date) -> Change:
    """What changes on the day, or the reason why there is nothing to hand over."""
    change = changes.change_on(session, body, on)
    before = changes.done_before(session, body.id, on)
    if before and not {person for _side, people in change.sides for person in people} <= before:
        change = change.without(before)
    match change.hindrance:
        case "nobody":
            raise BadHandover(
                _l(
                    "Personne n’a quitté ni pris une fonction du bureau ce jour-là : notez d’abord sur la page de "
                    "l’association les mandats qui finissent ou qui commencent."
                ),
                field="on",
            )
        case "first":
            raise BadHandover(
                _l("Personne n’était en fonction avant ce jour : il n’y a encore rien à remettre."), field="on"
            )
        case "all_gone":
            raise BadHandover(
                _l("Personne ne reste au bureau ce jour-là pour recevoir le dossier : notez d’abord qui arrive."),
                field="on",
            )
    return change


def _standing_in(mandate: Mandate, side: Side) -> HandoverPerson:
    """Who hands over, or receives, without leaving or coming."""
    words = {
        Side.OUTGOING: _l("%(function)s, remet au nom du bureau", function=office_shown(mandate)),
        Side.INCOMING: _l("%(function)s, reçoit en attendant", function=office_shown(mandate)),
    }
    return HandoverPerson(person_id=mandate.person_id, side=side.value, function=str(words[side])[:200], stands_in=True)


def edit(session: Session, handover: Handover, facts: HandoverFacts, *, by: Actor, at: datetime) -> None:
    """Change the words and the last day of access.

    :raises EditConflict: when somebody else changed them since they were read.
    """
    alone_on(session, handover)
    _need_draft(handover)
    if handover.revision != facts.revision:
        raise EditConflict(theirs={str(_l("Message")): handover.message}, yours={str(_l("Message")): facts.message})
    _refuse_secret(facts.message, "message")
    if facts.access_ends_on < handover.takes_over_on:
        raise BadHandover(_l("L’accès ne finit pas avant la prise de fonction des arrivants."), field="access_ends_on")
    handover.message, handover.access_ends_on = clean_text(facts.message)[:8000], facts.access_ends_on
    handover.revision += 1
    tell(session, "edited", handover, by, at)


def add_thing(session: Session, handover: Handover, facts: ThingFacts, *, by: Actor, at: datetime) -> HandoverThing:
    """Note something that is handed on by hand.

    :raises NoSecretsHere: when a password is written.
    """
    _need_draft(handover)
    label = clean(facts.label)[:200]
    if not label:
        raise BadHandover(_l("Écrivez ce qui se transmet."), field="label")
    for name, text in (("label", label), ("detail", facts.detail)):
        _refuse_secret(text, name)
    thing = HandoverThing(
        kind=facts.kind.value,
        label=label,
        detail=clean_text(facts.detail)[:4000],
        goes_to=clean(facts.goes_to)[:200],
        due_on=facts.due_on,
    )
    handover.things.append(thing)
    session.flush()
    tell(session, "thing_added", handover, by, at, label=label)
    return thing


def remove_thing(session: Session, thing: HandoverThing, *, by: Actor, at: datetime) -> None:
    """Take something off the list."""
    handover, label = thing.handover, thing.label
    _need_draft(handover)
    handover.things.remove(thing)
    session.delete(thing)
    session.flush()
    tell(session, "thing_removed", handover, by, at, label=label)


def choose_rights(
    session: Session, handover: Handover, chosen: Mapping[int, tuple[Fate, int | None]], *, by: Actor, at: datetime
) -> None:
    """Say what becomes of each role: it ends, passes to somebody, or stays."""
    _need_draft(handover)
    for right in handover.rights:
        if right.id not in chosen:
            continue
        fate, heir = chosen[right.id]
        if fate == Fate.PASSES:
            account = session.get(Account, heir) if heir else None
            if account is None or account.closed_at is not None or account.id == right.grant.account_id:
                raise BadHandover(
                    _l(
                        "Choisissez à qui passe le rôle de %(name)s. Si cette personne n’a pas encore de compte, "
                        "invitez-la d’abord depuis la page « Accès ».",
                        name=right.grant.account.name,
                    ),
                    field="rights",
                )
            right.heir_id = account.id
        else:
            right.heir_id = None
        right.fate = fate.value
    session.flush()
    tell(session, "rights_chosen", handover, by, at)


def seal(session: Session, handover: Handover, content: list[dict[str, Any]], *, by: Actor, at: datetime) -> None:
    """Freeze the pack and hand the rights on: those who come have theirs today, those who leave keep theirs to the end.

    :raises roles.LastAdministrator: when nobody would administer the body any more.
    """
    session.execute(select(Handover.id).where(Handover.id == handover.id).with_for_update())  # seal once
    session.expire(handover)
    _need_draft(handover)
    today = day_of(at)
    for grant in queries.grants_forgotten(session, handover, on=today):
        handover.rights.append(HandoverRight(grant=grant, fate=Fate.ENDS.value))
    for right in handover.rights:
        if right.fate == Fate.PASSES and right.heir_id is not None:
            _give(session, right, by, at)
    session.flush()
    for right in handover.rights:
        if right.fate != Fate.STAYS:
            _end(session, right, handover.access_ends_on, today, by, at)
        right.applied_at = at
    for one in handover.people:
        one.sealed_name, one.sealed_email = one.person.name[:240], one.person.email or None
        one.sealed_email_since, one.sealed_name_since = one.person.email_since, one.person.name_since
    handover.content = content
    handover.stage, handover.sealed_at, handover.sealed_by = Stage.SEALED, at, by.name
    handover.revision += 1
    session.flush()
    tell(session, "sealed", handover, by, at)


def trash(session: Session, handover: Handover, *, by: Actor, at: datetime) -> None:
    """Put a handover in the trash that nobody has sealed, or that is there twice.

    :raises BadHandover: when it is sealed, and no other of that day is signed by as many.
    """
    alone_on(session, handover.body)
    if handover.stage != Stage.DRAFT and queries.double_of(session, handover) is None:
        raise BadHandover(
            _l(
                "Le dossier est figé : il ne se met à la corbeille que si un autre, figé lui aussi, est du même jour "
                "entre les mêmes personnes, avec au moins autant de signatures."
            )
        )
    handover.trashed_at = at
    tell(session, "trashed", handover, by, at)


def _propose_rights(
    session: Session, handover: Handover, offices: Mapping[Side, Mapping[int, set[str]]], today: date
) -> None:
    """Each role of the outgoing passes to who takes the same function, if that person has an account; else it ends."""
    outgoing = _named(session, handover.leaving)
    incoming = _named(session, [one for one in handover.side(Side.INCOMING) if not one.stands_in])
    heirs = {person_of(account, incoming): account for account in queries.accounts_of(session, incoming)}
    for grant in queries.grants_of(session, handover.body_id, outgoing, on=today):
        person = likely_person_of(grant.account, outgoing)
        left = offices[Side.OUTGOING].get(person or 0, set())
        taken = offices[Side.INCOMING]
        heir = next((account for one, account in heirs.items() if one is not None and left & taken[one]), None)
        fate = Fate.PASSES if heir is not None else Fate.ENDS
        handover.rights.append(
            HandoverRight(grant_id=grant.id, fate=fate.value, heir_id=heir.id if heir is not None else None)
        )
    session.flush()


def _named(session: Session, people: Iterable[HandoverPerson]) -> dict[int, str]:
    found = {}
    for one in people:
        person = session.get_one(Person, one.person_id)
        found[person.id] = person.name
    return found


def _give(session: Session, right: HandoverRight, by: Actor, at: datetime) -> None:
    grant = right.grant
    command = roles.GiveRole(
        account_id=right.heir_id or 0,
        body_id=grant.body_id,
        role=Role(grant.role),
        is_administrator=grant.is_administrator,
    )
    try:
        roles.give_role(session, command, by=by, at=at)
    except roles.RoleHeldAlready:
        held = next(
            one
            for one in roles_of_body(session, grant.body_id, on=day_of(at))
            if one.account_id == right.heir_id and one.role == grant.role
        )
        if grant.is_administrator and not held.is_administrator:
            change = roles.ChangeRole(role=Role(held.role), is_administrator=True, until=None)
            roles.change_role(session, held, change, by=by, at=at)


def _end(session: Session, right: HandoverRight, last: date, today: date, by: Actor, at: datetime) -> None:
    grant = right.grant
    if grant.until is not None and grant.until <= last:
        return
    if last < today:
        roles.end_role(session, grant, by=by, at=at)
        return
    change = roles.ChangeRole(role=Role(grant.role), is_administrator=grant.is_administrator, until=last)
    roles.change_role(session, grant, change, by=by, at=at)


def _need_draft(handover: Handover) -> None:
    if handover.stage != Stage.DRAFT:
        raise BadHandover(_l("Le dossier est figé : il ne change plus."))


def _refuse_secret(text: str, field: str) -> None:
    if tells_secret(text):
        raise NoSecretsHere(
            _l(
                "N’écrivez pas de mot de passe ici : ce dossier s’imprime et se relit. Dites chez qui et comment en "
                "créer un nouveau ; chacun garde le sien."
            ),
            field=field,
        )
