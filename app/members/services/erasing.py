"""Erasing what is known of somebody: what goes, what the law makes keep, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.database.unit import alone_on
from app.members.erasing import ERASED, Kept
from app.members.models import (
    GroupMember,
    Member,
    MemberStatus,
    VolunteerEntry,
)
from app.members.queries.dues import payments_of
from app.members.queries.leaving import open_offices_of
from app.members.queries.roll import members_of_household
from app.members.retention import is_over
from app.members.services.care import empty
from app.members.services.forgetting import awaited_of_person, erase_person, erasure_of, kept_of_person
from app.members.services.ground import BadMember, tell
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from app.members.models import Payment
    from app.shared.actor import Actor

_HOME = ("envelope", "street", "postcode", "town", "country", "email", "phone")


def kept_after_erasure(session: Session, member: Member, *, on: date) -> list[Kept]:
    """What the law, or the others who are named beside them, make keep; told before anything is erased."""
    found = []
    records = records_of(session, member)
    paid = (one for record in records for one in payments_of(session, record.id))
    kept = [one for one in paid if not is_over("accounts", one.period.ends_on, on=on)]
    if kept:
        found.append(
            Kept(
                _l(
                    "les paiements et les reçus : le nom, la somme, le jour, le moyen et la référence (numéro du "
                    "chèque ou du virement) ; l’adresse en est ôtée"
                ),
                _l(
                    "pièces comptables gardées dix ans (code de commerce, article L123-22) ; la référence les relie au "
                    "relevé de la banque"
                ),
            )
        )
    if any(_names_others(one, records) for one in kept):
        found.append(
            Kept(
                _l("l’adresse, sur les reçus qui nomment aussi un autre membre du foyer"),
                _l("elle est aussi la sienne"),
            )
        )
    return [*found, *kept_of_person(session, member, on=on)]


def _names_others(payment: Payment, records: Sequence[Member]) -> bool:
    """Whether a receipt is somebody else's too, who is not erased."""
    mine = {one.id for one in records}
    return any(line.member_id not in mine and line.member.erased_at is None for line in payment.lines)


def is_still_a_member(member: Member, *, on: date) -> bool:
    """Whether the membership goes on, so that nothing of it can be erased."""
    has_left = member.until_sort is not None and member.until_sort <= on
    return not has_left and member.status != MemberStatus.APPLICANT and member.trashed_at is None


def records_of(session: Session, member: Member) -> list[Member]:
    """The record of a member, and every other one of the same person in the body, in the trash too."""
    if member.person_id is None or member.organisation:
        return [member]
    return [member, *session.scalars(_own_records(member).where(Member.id != member.id).order_by(Member.id))]


def _own_records(member: Member) -> Select[Member]:
    """What is not erased yet of a person in a body; an organisation that they represent is not they."""
    own = select(Member).where(Member.body_id == member.body_id, Member.person_id == member.person_id)
    return own.where(Member.organisation == "", Member.erased_at.is_(None))


def still_member_as(session: Session, member: Member, *, on: date) -> Member | None:
    """The record under which somebody is still a member; None when nothing of it goes on."""
    return next((one for one in records_of(session, member) if is_still_a_member(one, on=on)), None)


def awaited(session: Session, member: Member, *, on: date) -> list[object]:
    """What must end before anything is erased: an office, a meeting or a stay that goes on, a vote given to them."""
    return awaited_of_person(session, member, open_offices_of(session, member), on=on)


def erase_member(session: Session, member: Member, *, by: Actor, at: datetime) -> list[Kept]:
    """Erase what is known of a member; gives what was kept, and why. The figures of past years stay.

    All records of that person in the body go together: nobody stays a member without a name.

    :raises BadMember: when they are still a member, under whichever record: note first that they left; or when a
        meeting or a stay goes on in which they take part.
    """
    if member.person is not None:
        alone_on(session, member.person)
    alone_on(session, *records_of(session, member))
    _require_gone(session, member, at)
    kept, records = kept_after_erasure(session, member, on=day_of(at)), records_of(session, member)
    person, homes = member.person, {home for one in records if (home := one.household) is not None}
    if member.organisation and session.scalar(_own_records(member).limit(1)) is not None:
        person = member.person = None  # who spoke for the organisation is a member all the same
    for one in records:
        _clear(session, one, at)
    session.flush()
    erasure = None if person is None else erasure_of(session, member, person, homes, kept, at=at)
    for one in records:
        _forget_receipts(session, one, on=day_of(at))
    for home in homes:
        empty(home, ("envelope",) if members_of_household(session, home.id) else _HOME)
    if person is not None and erasure is not None:
        erase_person(session, member, person, erasure)
    tell(session, "members.erased", member.body_id, ("member", member.id), by=by, at=at, number=member.number)
    return kept


def _require_gone(session: Session, member: Member, at: datetime) -> None:
    """Refuse whoever is still a member, or takes part in something that goes on."""
    still = still_member_as(session, member, on=day_of(at))
    if still is member:
        raise BadMember(_l("Cette personne est encore membre : notez d’abord son départ."))
    if still is not None:
        raise BadMember(
            _l("Cette personne est encore membre sous le no %(number)s : notez d’abord ce départ.", number=still.number)
        )
    if waits := awaited(session, member, on=day_of(at)):
        raise BadMember(waits[0])


def _clear(session: Session, member: Member, at: datetime) -> None:
    """Empty a record, and end its places in groups."""
    member.answers, member.note, member.household = {}, "", None
    member.erased_at = at
    member.revision += 1
    places = update(GroupMember).where(GroupMember.member_id == member.id, GroupMember.until.is_(None))
    session.execute(places.values(until=day_of(at)))
    session.execute(update(VolunteerEntry).where(VolunteerEntry.member_id == member.id).values(giver=""))


def _forget_receipts(session: Session, member: Member, *, on: date) -> None:
    """Receipts say no longer where somebody lived; those whose ten years are over name the member no more.

    Who paid goes once all of them are erased.
    """
    for payment in payments_of(session, member.id):
        if not is_over("accounts", payment.period.ends_on, on=on):
            if not _names_others(payment, [member]):
                payment.receipt = {**payment.receipt, "address": []}
            continue
        told = dict(payment.receipt)
        told["members"] = [
            {**one, "name": ERASED} if one.get("number") == member.number else one for one in told.get("members", [])
        ]
        if all(one.get("name") == ERASED for one in told["members"]):
            told |= {"payer": ERASED, "address": []}
            payment.reference = ""
        payment.receipt = told
