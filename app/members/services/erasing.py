"""Erasing what is known of somebody: what goes, what the law makes keep, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update

from app.accounts.models import Account, Token
from app.audit.models import JournalEntry
from app.bodies.labels import function_name
from app.bodies.models import Mandate
from app.database.unit import alone_on
from app.law.words import listed
from app.mail.services import Addressee, call_off_news, forget_letters
from app.members.erasing import ERASED, Erasure, Kept, forget_everywhere, kept_by_rooms, waiting_in_rooms
from app.members.models import (
    Consent,
    GroupMember,
    HostFamily,
    Household,
    Member,
    MemberStatus,
    Stay,
    Traveller,
    VolunteerEntry,
)
from app.members.queries.care import news_unwanted_at
from app.members.queries.dues import payments_of
from app.members.queries.leaving import open_offices_of
from app.members.queries.roll import members_of_household
from app.members.retention import is_over
from app.members.services.care import clear_travellers, empty
from app.members.services.ground import BadMember, tell
from app.people.models import Person
from app.shared.clock import day_of
from app.twinnings.models import TwinningPerson

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from app.members.models import Payment
    from app.shared.actor import Actor

_HOME = ("envelope", "street", "postcode", "town", "country", "email", "phone")
_HOST = ("address", "pets", "diets", "children", "transport", "available", "interests", "emergency", "note")


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
    if member.person_id is not None:
        if _exists(session, Mandate.id, Mandate.person_id == member.person_id):
            found.append(
                Kept(
                    _l("le nom dans les mandats et les procès-verbaux"),
                    _l("preuve des décisions et des signatures de l’association"),
                    holds_name=True,
                )
            )
        found += kept_by_rooms(session, member.body_id, member.person_id, on)
        if _has_open_account(session, member.person_id):
            found.append(Kept(_l("le compte et l’adresse qui y sert"), _l("fermez d’abord le compte dans « Accès »")))
        if _is_named_elsewhere(session, member):
            elsewhere = _l("le nom dans les dossiers de jumelage et chez d’autres organismes")
            found.append(Kept(elsewhere, _l("ils le tiennent eux-mêmes")))
    return found


def _names_others(payment: Payment, records: Sequence[Member]) -> bool:
    """Whether a receipt is somebody else's too, who is not erased."""
    mine = {one.id for one in records}
    return any(line.member_id not in mine and line.member.erased_at is None for line in payment.lines)


def _exists(session: Session, column: object, *where: object) -> bool:
    return session.scalar(select(column).where(*where).limit(1)) is not None  # type: ignore[call-overload]  # any column


def _has_open_account(session: Session, person_id: int) -> bool:
    return _exists(session, Account.id, Account.person_id == person_id, Account.closed_at.is_(None))


def _is_named_elsewhere(session: Session, member: Member) -> bool:
    person = member.person_id
    return (
        _exists(session, TwinningPerson.id, TwinningPerson.person_id == person)
        or _exists(session, Member.id, Member.person_id == person, Member.body_id != member.body_id)
        or (member.person is not None and member.person.kept_by_body_id != member.body_id)
    )


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


def awaited(session: Session, member: Member) -> list[object]:
    """What must end before anything is erased: an office, a meeting that goes on, a vote that somebody gave them."""
    if member.person_id is None:
        return []
    offices = [function_name(one) for one in open_offices_of(session, member)]
    held = _l(
        "Cette personne est encore notée en fonction : %(functions)s. Terminez d’abord ce mandat, puis effacez.",
        functions=", ".join(offices),
    )
    return [*([held] if offices else []), *waiting_in_rooms(session, member.body_id, member.person_id)]


def erase_member(session: Session, member: Member, *, by: Actor, at: datetime) -> list[Kept]:
    """Erase what is known of a member; gives what was kept, and why. The figures of past years stay.

    All records of that person in the body go together: nobody stays a member without a name.

    :raises BadMember: when they are still a member, under whichever record: note first that they left; or when a
        meeting goes on in which they take part.
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
    erasure = None if person is None else _erasure(session, member, person, homes, kept, at=at)
    for one in records:
        _forget_receipts(session, one, on=day_of(at))
    for home in homes:
        empty(home, ("envelope",) if members_of_household(session, home.id) else _HOME)
    if person is not None and erasure is not None:
        _erase_person(session, member, person, erasure)
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
    if waits := awaited(session, member):
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


def _erasure(  # everything that says who it is
    session: Session, member: Member, person: Person, homes: Collection[Household], kept: list[Kept], *, at: datetime
) -> Erasure:
    """Who is forgotten; an address at which another member reads is not theirs alone."""
    mine = {one.lower() for one in (person.email, *(home.email for home in homes)) if one}
    shared = {one for one in mine if _is_read_by_others(session, member, one)}
    is_proof = any(one.holds_name for one in kept)
    return Erasure(
        body_id=member.body_id,
        person_id=person.id,
        name=person.name if person.family_name != ERASED else "",
        given_name=person.given_name,
        addresses=frozenset(mine - shared),
        shared=frozenset(shared),
        phones=frozenset({person.phone} - {""}),
        is_proof=is_proof,
        keeps_name=is_proof or _is_named_elsewhere(session, member),
        at=at,
        on=day_of(at),
    )


def _is_read_by_others(session: Session, member: Member, address: str) -> bool:
    return session.scalar(_others_at(member, address).limit(1)) is not None


def _readers(session: Session, member: Member, address: str) -> str:
    """Who still reads at an address, as a letter greets them."""
    return listed(one.name for one in session.scalars(_others_at(member, address).order_by(Member.number)))


def _others_at(member: Member, address: str) -> Select[Member]:
    return (
        select(Member)
        .outerjoin(Person, Person.id == Member.person_id)
        .outerjoin(Household, Household.id == Member.household_id)
        .where(Member.body_id == member.body_id, Member.id != member.id, Member.erased_at.is_(None))
        .where((func.lower(Person.email) == address) | (func.lower(Household.email) == address))
    )


def _erase_person(session: Session, member: Member, person: Person, erasure: Erasure) -> None:
    _erase_consents(session, erasure)
    families = select(HostFamily).where(HostFamily.body_id == member.body_id, HostFamily.person_id == person.id)
    for family in session.scalars(families):
        empty(family, _HOST)
        family.languages, family.trashed_at = [], family.trashed_at or erasure.at
        _let_guests_look_elsewhere(session, family, on=erasure.on)
    stays = select(Stay.id).where(Stay.body_id == member.body_id)
    travelled = select(Traveller).where(Traveller.person_id == person.id, Traveller.stay_id.in_(stays))
    clear_travellers(session, session.scalars(travelled), at=erasure.at)
    ahead = stays.where(Stay.starts_on > erasure.on)
    staying = update(Traveller).where(Traveller.person_id == person.id, Traveller.stay_id.in_(ahead))
    session.execute(staying.where(Traveller.trashed_at.is_(None)).values(trashed_at=erasure.at))
    forget_everywhere(session, erasure)
    gone = Addressee(
        name=erasure.name,
        given_name=erasure.given_name,
        addresses=erasure.addresses,
        readers={one: _readers(session, member, one) for one in erasure.shared},
    )
    forget_letters(session, erasure.body_id, gone)
    if erasure.shared and (left := news_unwanted_at(session, erasure.body_id, erasure.shared)):
        call_off_news(session, erasure.body_id, to=left)
    if _is_named_elsewhere(session, member):
        _leave_to_others(session, member, person)
        return
    _forget_accounts(session, erasure)
    person.email = person.phone = person.title = ""
    person.languages = []
    if not erasure.keeps_name:
        person.given_name, person.family_name, person.name_as_written = "", ERASED, ""
        person.trashed_at = person.trashed_at or erasure.at
        spoke = update(Member).where(Member.person_id == person.id, Member.organisation != "")
        session.execute(spoke.values(person_id=None))
        _forget_in_journal(session, erasure)
    person.revision += 1


def _let_guests_look_elsewhere(session: Session, family: HostFamily, *, on: date) -> None:
    """Whoever was to lodge in a family that is erased has none again; past stays keep where everybody was."""
    ahead = select(Stay.id).where(Stay.body_id == family.body_id, Stay.ends_on >= on)
    lodged = update(Traveller).where(Traveller.host_family_id == family.id, Traveller.stay_id.in_(ahead))
    session.execute(lodged.values(host_family_id=None, revision=Traveller.revision + 1))


def _leave_to_others(session: Session, member: Member, person: Person) -> None:
    """Who stands in a twinning or is kept by another body keeps the name there, and nothing here to be reached by."""
    member.person_id = None
    if person.kept_by_body_id != member.body_id:
        return
    elsewhere = select(Member.body_id).where(
        Member.person_id == person.id, Member.body_id != member.body_id, Member.erased_at.is_(None)
    )
    keeper = session.scalar(elsewhere.order_by(Member.id).limit(1))
    if keeper is not None:
        person.kept_by_body_id = keeper
    else:
        person.email = person.phone = ""
    person.revision += 1


def _erase_consents(session: Session, erasure: Erasure) -> None:
    """What was agreed ends; that it had been agreed, and when, stays as a proof without a name."""
    told = select(Consent).where(Consent.body_id == erasure.body_id, Consent.person_id == erasure.person_id)
    for consent in session.scalars(told):
        consent.given_by = consent.proof = ""
        if consent.withdrawn_on is None:
            consent.withdrawn_on, consent.withdrawn_how = erasure.on, str(_l("effacement"))
    session.flush()


def _forget_accounts(session: Session, erasure: Erasure) -> None:
    """A closed account tells no longer whose it was; links mailed to the addresses are gone."""
    if _has_open_account(session, erasure.person_id):
        return
    for account in session.scalars(select(Account).where(Account.person_id == erasure.person_id)):
        session.execute(delete(Token).where(func.lower(Token.email) == account.email.lower()))
        account.name, account.email = ERASED, f"efface-{account.id}@invalid"
        account.password_hash = account.totp_secret = ""
    session.execute(delete(Token).where(func.lower(Token.email).in_(erasure.addresses)))


def _forget_in_journal(session: Session, erasure: Erasure) -> None:
    """The journal says that something was done to a record, no longer to whose."""
    told = select(JournalEntry).where(
        (JournalEntry.subject_type == "person") & (JournalEntry.subject_id == erasure.person_id)
        | (JournalEntry.body_id == erasure.body_id)
    )
    for entry in session.scalars(told):
        is_theirs = entry.subject_type == "person" and entry.subject_id == erasure.person_id
        details = {
            key: ERASED if (is_theirs and key in {"name", "other"}) or value == erasure.name else value
            for key, value in entry.details.items()
        }
        if details != entry.details:
            entry.details = details
        if entry.actor_id is None and entry.actor_name == erasure.name:
            entry.actor_name = ERASED
