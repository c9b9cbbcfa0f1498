"""Everything that a committee knows of one person, as plain data: the right of access (RGPD, articles 15 and 20)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.bodies.labels import function_name
from app.bodies.models import Mandate
from app.members.answers import shown_answer
from app.members.erasing import known_by_rooms
from app.members.labels import CONSENT_NAMES, PAPER_NAMES, standing_said
from app.members.models import (
    ConsentKind,
    DuesReminder,
    DuesWaiver,
    GroupMember,
    HostFamily,
    PaperKind,
    Stay,
    Traveller,
    VolunteerEntry,
)
from app.members.queries.care import consents_of
from app.members.queries.dues import payments_of
from app.members.queries.roll import fields_of
from app.members.services.dues import receipt_name
from app.people.naming import language_names
from app.shared import clock
from app.shared.saying import euros, said

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.members.erasing import Known
    from app.members.models import Member, Payment
    from app.members.queries.guests import Guest
    from app.shared.fuzzydate import FuzzyDate

Facts = dict[str, Any]


def known_of_guest(session: Session, guest: Guest) -> dict[str, Any]:
    """What is known of who hosts or travels and is no member, part by part."""
    parts = {
        "Identité": _identity(guest),
        "Mandats": _mandates(session, guest),
        "Accords": _consents(session, guest),
        "Famille d’accueil": _host(session, guest),
        "Séjours": _stays(session, guest),
        **known_by_rooms(session, guest),
    }
    return {name: part for name, part in parts.items() if part}


def everything_known(session: Session, member: Member) -> dict[str, Any]:
    """What is known, part by part; a part that holds nothing is left out."""
    parts = {
        "Identité": _identity(member),
        "Adhésion": _membership(session, member),
        "Mandats": _mandates(session, member),
        "Groupes": _groups(session, member),
        "Paiements": _payments(session, member),
        "Rappels": _reminders(session, member),
        "Dispenses": _waivers(session, member),
        "Bénévolat": _given(session, member),
        "Accords": _consents(session, member),
        "Famille d’accueil": _host(session, member),
        "Séjours": _stays(session, member),
        **known_by_rooms(session, member),
    }
    return {name: part for name, part in parts.items() if part}


def _identity(known: Known) -> Facts:
    person, home = known.person, known.household
    told: Facts = {"Nom": person.name if person else ""}
    if person is not None:
        told |= {"Civilité": person.title, "Prénom": person.given_name, "Nom de famille": person.family_name}
        told |= {"Adresse électronique": person.email, "Téléphone": person.phone}
        told |= {"Langues": language_names(person.languages)}
    if home is not None:
        told |= {"Adresse": ", ".join(home.lines), "Adresse électronique du foyer": home.email}
        told |= {"Téléphone du foyer": home.phone, "Nom sur l’enveloppe": home.envelope}
    return {name: text for name, text in told.items() if text}


def _membership(session: Session, member: Member) -> Facts:
    told: Facts = {
        "Comité": member.body.name,
        "Organisation": member.organisation,
        "Numéro": member.number,
        "Catégorie": member.category.name,
        "Situation": standing_said(member, clock.today()),
        "Depuis": _day(member.since),
        "Jusqu’au": _day(member.until),
        "Remarque": member.note,
    }
    for one in fields_of(session, member.body_id, retired=True):
        told[one.label] = shown_answer(one, member.answers.get(str(one.id)))
    return {name: value for name, value in told.items() if value}


def _mandates(session: Session, known: Known) -> list[Facts]:
    held = select(Mandate).where(Mandate.person_id == known.person_id, Mandate.body_id == known.body_id)
    return [
        {"Fonction": function_name(one), "Du": _day(one.since), "Au": _day(one.until)} for one in session.scalars(held)
    ]


def _groups(session: Session, member: Member) -> list[Facts]:
    places = select(GroupMember).where(GroupMember.member_id == member.id).options(joinedload(GroupMember.group))
    return [{"Groupe": one.group.name, "Du": _day(one.since), "Au": _day(one.until)} for one in session.scalars(places)]


def _payments(session: Session, member: Member) -> list[Facts]:
    return [
        {
            "Reçu": receipt_name(one),
            "Période": one.period.name,
            "Somme": euros(one.amount),
            **_shared(one, member),
            "Don": euros(one.gift) if one.gift else "",
            "Payé le": said(one.paid_on),
            "Référence": one.reference,
            "Annulé": said(one.cancelled_at.date()) if one.cancelled_at else "",
        }
        for one in payments_of(session, member.id)
    ]


def _shared(payment: Payment, member: Member) -> Facts:
    """What of a payment for several people of a household was this member's."""
    if len(payment.lines) == 1:
        return {}
    part = sum((line.amount for line in payment.lines if line.member_id == member.id), Decimal(0))
    return {"Payé pour": f"{len(payment.lines)} personnes du foyer", "Dont sa part": euros(part)}


def _reminders(session: Session, member: Member) -> list[Facts]:
    sent = select(DuesReminder).where(DuesReminder.member_id == member.id).order_by(DuesReminder.id)
    return [
        {"Le": said(one.at.date()), "Par": "courriel" if one.by_mail else "lettre"} for one in session.scalars(sent)
    ]


def _waivers(session: Session, member: Member) -> list[Facts]:
    granted = select(DuesWaiver).where(DuesWaiver.member_id == member.id).options(joinedload(DuesWaiver.period))
    return [
        {"Période": one.period.name, "Somme": euros(one.amount), "Décidé par": one.decided}
        for one in session.scalars(granted)
    ]


def _given(session: Session, member: Member) -> list[Facts]:
    entries = select(VolunteerEntry).where(VolunteerEntry.member_id == member.id, VolunteerEntry.trashed_at.is_(None))
    return [
        {
            "Le": said(one.given_on),
            "Quoi": one.what,
            "Heures": str(one.hours or "").replace(".", ","),
            "Valeur": euros(one.value) if one.value else "",
        }
        for one in session.scalars(entries)
    ]


def _consents(session: Session, known: Known) -> list[Facts]:
    if known.person_id is None:
        return []
    return [
        {
            "Accord": str(CONSENT_NAMES[ConsentKind(one.kind)]),
            "Donné le": said(one.given_on),
            "Par": one.given_by,
            "Preuve": one.proof,
            "Repris le": _day(one.withdrawn_on),
        }
        for one in consents_of(session, known.body_id, known.person_id)
    ]


_HOST = {
    "address": "Adresse",
    "distance_km": "Distance (km)",
    "rooms": "Chambres",
    "beds": "Lits",
    "children": "Enfants à la maison",
    "pets": "Animaux",
    "smoking": "On y fume",
    "stairs": "Escalier",
    "diets": "Régimes servis",
    "transport": "Transport",
    "available": "Disponible",
    "interests": "Centres d’intérêt",
    "emergency": "Numéro en cas d’urgence",
    "takes_minors": "Accepte des mineurs",
    "checked_on": "Rencontrée le",
    "checked_by": "Rencontrée par",
    "insured_until": "Assurance connue jusqu’au",
    "note": "Remarque",
}
_TRAVELLER = {
    "born_on": "Né le",
    "with_parent": "Voyage avec un parent",
    "parents": "Parents",
    "emergency": "À prévenir en cas d’urgence",
    "arrival": "Arrivée",
    "diet": "Régime",
    "health": "Santé",
    "wishes": "Souhaits",
}


def _host(session: Session, known: Known) -> list[Facts]:
    families = select(HostFamily).where(HostFamily.body_id == known.body_id, HostFamily.person_id == known.person_id)
    return [_labelled(one, _HOST, {"Langues": language_names(one.languages)}) for one in session.scalars(families)]


def _labelled(thing: object, labels: dict[str, str], more: Facts) -> Facts:
    """The fields of a record under their French names; what is not known is left out."""
    told = {label: _plain(getattr(thing, name)) for name, label in labels.items()} | more
    return {label: text for label, text in told.items() if text}


def _plain(value: Any) -> str:  # noqa: ANN401  # a column
    if isinstance(value, bool):
        return "oui" if value else "non"
    if value is None or isinstance(value, str):
        return value or ""
    return said(value) if hasattr(value, "isoformat") else str(value)


def _stays(session: Session, known: Known) -> list[Facts]:
    travelled = (
        select(Traveller)
        .join(Stay, Stay.id == Traveller.stay_id)
        .where(Stay.body_id == known.body_id, Traveller.person_id == known.person_id)
        .options(joinedload(Traveller.stay))
    )
    return [
        {
            "Séjour": one.stay.title,
            "Du": said(one.stay.starts_on),
            "Au": said(one.stay.ends_on),
            **_labelled(one, _TRAVELLER, {"Papiers vus": _papers(one)}),
        }
        for one in session.scalars(travelled)
    ]


def _papers(traveller: Traveller) -> str:
    return ", ".join(str(PAPER_NAMES[PaperKind(paper.kind)]) for paper in traveller.papers)


def _day(day: date | FuzzyDate | None) -> str:
    """A day that is there; what has not happened has no date, not an unknown one."""
    return said(day) if day else ""
