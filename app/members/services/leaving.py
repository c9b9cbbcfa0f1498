"""Letting members leave and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.bodies.services.mandates import close_mandate
from app.database.unit import alone_on
from app.members.models import Leaving, MemberStatus
from app.members.queries.leaving import open_offices_of
from app.members.services.ground import BadMember, refuse_gone, tell
from app.members.services.roll import told
from app.shared.clock import day_of
from app.shared.errors import EditConflict
from app.shared.saying import said

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.members.models import Member
    from app.shared.actor import Actor
    from app.shared.fuzzydate import FuzzyDate


def leave(
    session: Session, member: Member, *, until: FuzzyDate, why: Leaving, revision: int, by: Actor, at: datetime
) -> None:
    """Note that somebody left, from when and why; whoever died holds no office from that day.

    :raises BadMember: when the day cannot be: before the beginning, or a death to come.
    """
    alone_on(session, member)
    refuse_gone(member)
    if revision != member.revision:
        raise EditConflict(theirs=told(member), yours={str(_l("Départ")): said(until)})
    if (sentence := objection_to_leaving(member, until, why, on=day_of(at))) is not None:
        raise BadMember(sentence, field="until")
    if why == Leaving.DECEASED:
        for mandate in open_offices_of(session, member):
            if mandate.since is None or mandate.since.earliest <= until.latest:
                close_mandate(session, mandate, until=until, why=str(_l("décès")), by=by, at=at)
    member.until, member.until_sort, member.leaving = until, until.latest, why
    member.revision += 1
    tell(session, "members.left", member.body_id, ("member", member.id), by=by, at=at, number=member.number)


def objection_to_leaving(member: Member, until: FuzzyDate, why: Leaving, *, on: date) -> object | None:
    """Why somebody cannot have left on a day; None when they can."""
    sentence: object | None = None
    if member.since is not None and until.latest < member.since.earliest:
        sentence = _l(
            "Le départ (%(until)s) est avant l’entrée (%(since)s) : corrigez l’une des deux dates.",
            until=said(until),
            since=said(member.since),
        )
    elif why == Leaving.DECEASED and until.earliest > on:
        sentence = _l("Ce jour est à venir : vérifiez la date du décès.")
    return sentence


def come_back(session: Session, member: Member, *, by: Actor, at: datetime) -> None:
    """Let somebody who left be a member again from today; the former years stay in the journal.

    :raises BadMember: when the record was erased or is in the trash.
    """
    alone_on(session, member)
    refuse_gone(member)
    tell(
        session,
        "members.came_back",
        member.body_id,
        ("member", member.id),
        by=by,
        at=at,
        number=member.number,
        since=said(member.since),
        until=said(member.until),
    )
    member.until, member.until_sort, member.leaving = None, None, ""
    member.status = MemberStatus.ACTIVE
    member.revision += 1
