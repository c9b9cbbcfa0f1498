"""Consents, and clearing what was delicate in a stay that is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database.unit import alone_on
from app.mail.services import call_off_news
from app.members.models import Consent, ConsentKind, Leaving, TravelPaper
from app.members.queries.care import unwanted_at
from app.members.queries.guests import WORDS
from app.members.queries.minors import minors_among
from app.members.services.ground import BadMember, refuse_gone, tell
from app.people.naming import clean
from app.shared.clock import day_of
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.members.models import HostFamily, Member, Stay, Traveller
    from app.shared.actor import Actor


_LIFETIME = 100
"""Years: an older agreement is a slip of the pen."""


@dataclass(frozen=True, kw_only=True)
class GiveConsent:
    """What somebody agreed to, when, who said so for a minor, and where the proof is."""

    kind: ConsentKind
    given_on: date
    given_by: str = ""
    proof: str = ""


def give_consent(session: Session, member: Member, command: GiveConsent, *, by: Actor, at: datetime) -> Consent:
    """Note that a member agrees; without a proof it would be worth nothing.

    :raises BadMember: when the record is erased or in the trash, the proof is missing, the day cannot be, nobody agreed
        for a minor, or the same is agreed already.
    """
    alone_on(session, member)
    refuse_gone(member)
    proof = clean(command.proof)[:300]
    if not proof:
        raise BadMember(
            _l("Dites où est la preuve : « bulletin d’adhésion signé du 12/03/2026 », « courriel du … »."),
            field="proof",
        )
    if (sentence := _objection_to_day(member, command.given_on, on=day_of(at))) is not None:
        raise BadMember(sentence, field="given_on")
    _require_parents(session, member, command)
    same = select(Consent.id).where(
        Consent.body_id == member.body_id,
        Consent.person_id == member.person_id,
        Consent.kind == command.kind,
        Consent.withdrawn_on.is_(None),
    )
    if session.scalar(same) is not None:
        raise BadMember(_l("Cet accord est déjà noté ; s’il est repris, notez-le d’abord."), field="kind")
    consent = Consent(
        body_id=member.body_id,
        person_id=member.person_id,
        kind=command.kind,
        given_on=command.given_on,
        given_by=clean(command.given_by)[:200],
        proof=proof,
        recorded_by=by.name,
        created_at=at,
    )
    session.add(consent)
    session.flush()
    subject, agreement = ("consent", consent.id), str(command.kind)
    tell(session, "members.consent_given", member.body_id, subject, by=by, at=at, agreement=agreement)
    return consent


def _objection_to_day(member: Member, given_on: date, *, on: date) -> object | None:
    """Why nobody can have agreed on a day; None when they can."""
    sentence: object | None = None
    if given_on > on:
        sentence = _l("Cet accord est daté d’un jour à venir.")
    elif given_on.year < on.year - _LIFETIME:
        sentence = _l("Cet accord aurait plus de cent ans : vérifiez l’année.")
    elif member.leaving == Leaving.DECEASED and member.until is not None and given_on > member.until.latest:
        sentence = _l(
            "Cet accord est daté d’après le décès (%(day)s) : vérifiez la date, ou la fiche.", day=said(member.until)
        )
    return sentence


def _require_parents(session: Session, member: Member, command: GiveConsent) -> None:
    """For the picture of who is known to be a minor the parents agree; of whose age nothing is known, nothing is asked.

    :raises BadMember: when nobody is named.
    """
    people = [member.person_id] if member.person_id is not None else []
    if command.kind != ConsentKind.PHOTO or clean(command.given_by):
        return
    if minors_among(session, member.body_id, people, on=command.given_on):
        raise BadMember(
            _l("Cette personne est mineure ce jour-là : écrivez qui a donné l’accord pour elle."), field="given_by"
        )


def withdraw_consent(session: Session, consent: Consent, *, how: str, by: Actor, at: datetime) -> None:
    """Note that somebody takes an agreement back; it ends today, and the row stays as the proof of both."""
    if consent.withdrawn_on is None:
        consent.withdrawn_on, consent.withdrawn_how = day_of(at), clean(how)[:300]
        session.flush()
        if consent.kind == ConsentKind.NEWSLETTER and (left := unwanted_at(session, consent)):
            call_off_news(session, consent.body_id, to=left)
        subject = ("consent", consent.id)
        tell(session, "members.consent_withdrawn", consent.body_id, subject, by=by, at=at, agreement=consent.kind)


def empty(thing: object, names: Iterable[str]) -> None:
    """Let a record say nothing under these names."""
    for name in names:
        setattr(thing, name, "")


def clear_family(family: HostFamily, *, at: datetime) -> None:
    """Erase what is known of a family that lodges nobody any more; whom it lodged stays known."""
    empty(family, WORDS)
    family.checked_by, family.languages = "", []
    family.distance_km = family.rooms = family.beds = None
    family.smoking = family.stairs = family.takes_minors = None
    family.checked_on = family.insured_until = None
    family.trashed_at = family.trashed_at or at
    family.revision += 1


def clear_withdrawn(session: Session, family: HostFamily, *, by: Actor, at: datetime) -> None:
    """Erase the record of a family that withdrew.

    :raises BadMember: when it takes guests in all the same.
    """
    alone_on(session, family)
    if family.trashed_at is None:
        raise BadMember(_l("Cette famille accueille encore : mettez-la d’abord à la corbeille."))
    clear_family(family, at=at)
    tell(session, "members.host_cleared", family.body_id, ("host_family", family.id), by=by, at=at)


def clear_travellers(session: Session, travellers: Iterable[Traveller], *, at: datetime) -> int:
    """Erase what is delicate of travellers: birth, health, diet, parents, the papers that were seen."""
    number = 0
    for one in travellers:
        empty(one, ("parents", "diet", "health", "wishes", "arrival", "emergency"))
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
