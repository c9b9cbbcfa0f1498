"""Consents, and erasing what is known of somebody: what goes, what the law makes keep, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.accounts.models import Account
from app.audit.models import JournalEntry
from app.bodies.models import Mandate
from app.members.models import (
    Consent,
    GroupMember,
    HostFamily,
    Member,
    PaymentLine,
    Stay,
    Traveller,
    TravelPaper,
    VolunteerEntry,
)
from app.members.queries.roll import members_of_household
from app.members.services.ground import BadMember, tell
from app.people.naming import clean
from app.shared.clock import day_of
from app.twinnings.models import TwinningPerson

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.members.models import ConsentKind
    from app.people.models import Person
    from app.shared.actor import Actor

ERASED = "Personne effacée"


@dataclass(frozen=True, kw_only=True)
class GiveConsent:
    """What somebody agreed to, when, who said so for a minor, and where the proof is."""

    kind: ConsentKind
    given_on: date
    given_by: str = ""
    proof: str = ""


def give_consent(
    session: Session, body_id: int, person: Person, command: GiveConsent, *, by: Actor, at: datetime
) -> Consent:
    """Note that somebody agrees; without a proof it would be worth nothing.

    :raises BadMember: when the proof is missing, the day is to come, or the same is agreed already.
    """
    proof = clean(command.proof)[:300]
    if not proof:
        raise BadMember(
            _l("Dites où est la preuve : « bulletin d’adhésion signé du 12/03/2026 », « courriel du … »."),
            field="proof",
        )
    if command.given_on > day_of(at):
        raise BadMember(_l("Cet accord est daté d’un jour à venir."), field="given_on")
    same = select(Consent.id).where(
        Consent.body_id == body_id,
        Consent.person_id == person.id,
        Consent.kind == command.kind,
        Consent.withdrawn_on.is_(None),
    )
    if session.scalar(same) is not None:
        raise BadMember(_l("Cet accord est déjà noté ; s’il est repris, notez-le d’abord."), field="kind")
    consent = Consent(
        body_id=body_id,
        person_id=person.id,
        kind=command.kind,
        given_on=command.given_on,
        given_by=clean(command.given_by)[:200],
        proof=proof,
        recorded_by=by.name,
        created_at=at,
    )
    session.add(consent)
    session.flush()
    tell(session, "members.consent_given", body_id, ("consent", consent.id), by=by, at=at, agreement=str(command.kind))
    return consent


def withdraw_consent(session: Session, consent: Consent, *, how: str, by: Actor, at: datetime) -> None:
    """Note that somebody takes an agreement back; it ends today, and the row stays as the proof of both."""
    if consent.withdrawn_on is None:
        consent.withdrawn_on, consent.withdrawn_how = day_of(at), clean(how)[:300]
        subject = ("consent", consent.id)
        tell(session, "members.consent_withdrawn", consent.body_id, subject, by=by, at=at, agreement=consent.kind)


@dataclass(frozen=True)
class Kept:
    """What stays after an erasure, and why."""

    what: object
    why: object


def kept_after_erasure(session: Session, member: Member) -> list[Kept]:
    """What the law, or the others who are named beside them, make keep; told before anything is erased."""
    found = []
    if session.scalar(select(PaymentLine.id).where(PaymentLine.member_id == member.id).limit(1)):
        found.append(
            Kept(
                _l("les paiements et les reçus, avec le nom qu’ils portent"),
                _l("pièces comptables gardées dix ans (code de commerce, article L123-22)"),
            )
        )
    if member.person_id is not None:
        if _exists(session, Mandate.id, Mandate.person_id == member.person_id):
            found.append(
                Kept(
                    _l("le nom dans les mandats et les procès-verbaux"),
                    _l("preuve des décisions et des signatures de l’association"),
                )
            )
        if _exists(session, Account.id, Account.person_id == member.person_id, Account.closed_at.is_(None)):
            found.append(Kept(_l("le compte et l’adresse qui y sert"), _l("fermez d’abord le compte dans « Accès »")))
        if _is_named_elsewhere(session, member):
            elsewhere = _l("le nom dans les dossiers de jumelage et chez d’autres organismes")
            found.append(Kept(elsewhere, _l("ils le tiennent eux-mêmes")))
    return found


def _exists(session: Session, column: object, *where: object) -> bool:
    return session.scalar(select(column).where(*where).limit(1)) is not None  # type: ignore[call-overload]  # any column


def _is_named_elsewhere(session: Session, member: Member) -> bool:
    person = member.person_id
    return (
        _exists(session, TwinningPerson.id, TwinningPerson.person_id == person)
        or _exists(session, Member.id, Member.person_id == person, Member.body_id != member.body_id)
        or (member.person is not None and member.person.kept_by_body_id != member.body_id)
    )


def erase_member(session: Session, member: Member, *, by: Actor, at: datetime) -> list[Kept]:
    """Erase what is known of a member; gives what was kept, and why. The figures of past years stay.

    :raises BadMember: when they are still a member: note first that they left.
    """
    if member.until is None and member.status != "applicant" and member.trashed_at is None:
        raise BadMember(_l("Cette personne est encore membre : notez d’abord son départ."))
    kept = kept_after_erasure(session, member)
    person, home = member.person, member.household
    member.answers, member.note, member.household = {}, "", None
    member.erased_at = at
    member.revision += 1
    places = update(GroupMember).where(GroupMember.member_id == member.id, GroupMember.until.is_(None))
    session.execute(places.values(until=day_of(at)))
    session.execute(update(VolunteerEntry).where(VolunteerEntry.member_id == member.id).values(giver=""))
    if home is not None:
        session.flush()
        if not members_of_household(session, home.id):
            for name in ("envelope", "street", "postcode", "town", "country", "email", "phone"):
                setattr(home, name, "")
    if person is not None:
        _erase_person(session, member, person, at=at)
    tell(session, "members.erased", member.body_id, ("member", member.id), by=by, at=at, number=member.number)
    return kept


def _erase_person(session: Session, member: Member, person: Person, *, at: datetime) -> None:
    for consent in session.scalars(
        select(Consent).where(
            Consent.body_id == member.body_id, Consent.person_id == person.id, Consent.withdrawn_on.is_(None)
        )
    ):
        consent.withdrawn_on, consent.withdrawn_how = day_of(at), str(_l("effacement"))
    for family in session.scalars(
        select(HostFamily).where(HostFamily.body_id == member.body_id, HostFamily.person_id == person.id)
    ):
        _empty(
            family, ("address", "pets", "diets", "children", "transport", "available", "interests", "emergency", "note")
        )
        family.trashed_at = family.trashed_at or at
    stays = select(Stay.id).where(Stay.body_id == member.body_id)
    travelled = select(Traveller).where(Traveller.person_id == person.id, Traveller.stay_id.in_(stays))
    clear_travellers(session, session.scalars(travelled), at=at)
    if _is_named_elsewhere(session, member):
        member.person_id = None
        return
    person.email = person.phone = person.title = ""
    person.languages = []
    if not _exists(session, Mandate.id, Mandate.person_id == person.id):
        person.given_name, person.family_name, person.name_as_written = "", ERASED, ""
        person.trashed_at = person.trashed_at or at
        _forget_in_journal(session, person.id)
    person.revision += 1


def _forget_in_journal(session: Session, person_id: int) -> None:
    """The journal says that something was done to a record, no longer to whose."""
    told = select(JournalEntry).where(JournalEntry.subject_type == "person", JournalEntry.subject_id == person_id)
    for entry in session.scalars(told):
        entry.details = {**entry.details, **{name: ERASED for name in ("name", "other") if name in entry.details}}


def _empty(thing: object, names: Iterable[str]) -> None:
    for name in names:
        setattr(thing, name, "")


def clear_travellers(session: Session, travellers: Iterable[Traveller], *, at: datetime) -> int:
    """Erase what is delicate of travellers: birth, health, diet, parents, the papers that were seen."""
    number = 0
    for one in travellers:
        _empty(one, ("parents", "diet", "health", "wishes", "arrival", "emergency"))
        one.born_on, one.cleared_at = None, at
        for paper in session.scalars(select(TravelPaper).where(TravelPaper.traveller_id == one.id)):
            paper.signed_by, paper.valid_until, paper.signed_on = "", None, None
        number += 1
    return number


def clear_stay(session: Session, stay: Stay, *, by: Actor, at: datetime) -> int:
    """Erase what was delicate in a stay that is over; who travelled stays known.

    :raises BadMember: when the stay is not over.
    """
    if stay.ends_on >= day_of(at):
        raise BadMember(_l("Ce séjour n’est pas terminé : ce qui est délicat sert encore."))
    number = clear_travellers(session, [one for one in stay.travellers if one.cleared_at is None], at=at)
    tell(session, "members.stay_cleared", stay.body_id, ("stay", stay.id), by=by, at=at, name=stay.title)
    return number
