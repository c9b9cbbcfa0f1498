"""Forgetting a person, a member or not: what goes in every room, what stays, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import joinedload

from app.accounts.models import Account, Token
from app.audit.models import JournalEntry
from app.bodies.labels import function_name
from app.bodies.models import Mandate
from app.law.words import listed
from app.mail.services import Addressee, call_off_news, forget_letters
from app.members.erasing import ERASED, Erasure, Kept, forget_everywhere, kept_by_rooms, waiting_in_rooms
from app.members.models import Consent, HostFamily, Household, Member, Stay, Traveller
from app.members.queries.care import news_unwanted_at
from app.members.services.care import clear_family, clear_travellers
from app.people.models import Person
from app.shared.clock import day_of
from app.shared.saying import said
from app.twinnings.models import TwinningPerson

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from app.members.erasing import Known


def kept_of_person(session: Session, known: Known, *, on: date) -> list[Kept]:
    """What must stay of a person, and why, whether a member or not."""
    if known.person_id is None:
        return []
    found = []
    if _exists(session, Mandate.id, Mandate.person_id == known.person_id):
        found.append(
            Kept(
                _l("le nom dans les mandats et les procès-verbaux"),
                _l("preuve des décisions et des signatures de l’association"),
                holds_name=True,
            )
        )
    found += kept_by_rooms(session, known.body_id, known.person_id, on)
    if _has_open_account(session, known.person_id):
        found.append(Kept(_l("le compte et l’adresse qui y sert"), _l("fermez d’abord le compte dans « Accès »")))
    if _is_named_elsewhere(session, known):
        elsewhere = _l("le nom dans les dossiers de jumelage et chez d’autres organismes")
        found.append(Kept(elsewhere, _l("ils le tiennent eux-mêmes")))
    return found


def _exists(session: Session, column: object, *where: object) -> bool:
    return session.scalar(select(column).where(*where).limit(1)) is not None  # type: ignore[call-overload]  # any column


def _has_open_account(session: Session, person_id: int) -> bool:
    return _exists(session, Account.id, Account.person_id == person_id, Account.closed_at.is_(None))


def _is_named_elsewhere(session: Session, known: Known) -> bool:
    person = known.person_id
    return (
        _exists(session, TwinningPerson.id, TwinningPerson.person_id == person)
        or _exists(session, Member.id, Member.person_id == person, Member.body_id != known.body_id)
        or (known.person is not None and known.person.kept_by_body_id != known.body_id)
    )


def awaited_of_person(session: Session, known: Known, offices: Sequence[Mandate], *, on: date) -> list[object]:
    """What must end before anything is erased: an office, a meeting or a stay that goes on, a vote given to them."""
    if known.person_id is None:
        return []
    held = _l(
        "Cette personne est encore notée en fonction : %(functions)s. Terminez d’abord ce mandat, puis effacez.",
        functions=", ".join(function_name(one) for one in offices),
    )
    found = [*([held] if offices else []), *waiting_in_rooms(session, known.body_id, known.person_id)]
    return [*found, *_stays_that_go_on(session, known, on)]


def _stays_that_go_on(session: Session, known: Known, on: date) -> list[object]:
    """Whoever is on a journey, or lodges somebody tonight, may still be looked for."""
    now = (
        select(Traveller)
        .join(Traveller.stay)
        .where(Stay.body_id == known.body_id, Stay.starts_on <= on, Stay.ends_on > on, Stay.trashed_at.is_(None))
        .where(Traveller.trashed_at.is_(None))
        .options(joinedload(Traveller.stay))
        .order_by(Traveller.id)
    )
    lodges = now.join(HostFamily, HostFamily.id == Traveller.host_family_id)
    travels = session.scalars(now.where(Traveller.person_id == known.person_id)).all()
    guests = session.scalars(
        lodges.where(HostFamily.person_id == known.person_id, HostFamily.trashed_at.is_(None))
    ).all()
    return [
        *(
            _l(
                "Le séjour « %(title)s » dure jusqu’au %(day)s : retirez-en d’abord cette personne, ou effacez après.",
                title=one.stay.title,
                day=said(one.stay.ends_on),
            )
            for one in travels
        ),
        *(
            _l(
                "Cette famille loge quelqu’un jusqu’au %(day)s : choisissez d’abord une autre famille, ou effacez "
                "après.",
                day=said(day),
            )
            for day in sorted({one.stay.ends_on for one in guests})
        ),
    ]


def erasure_of(  # everything that says who it is
    session: Session, known: Known, person: Person, homes: Collection[Household], kept: list[Kept], *, at: datetime
) -> Erasure:
    """Who is forgotten; an address at which another member reads is not theirs alone."""
    mine = {one.lower() for one in (person.email, *(home.email for home in homes)) if one}
    shared = {one for one in mine if _is_read_by_others(session, known.body_id, one)}
    is_proof = any(one.holds_name for one in kept)
    return Erasure(
        body_id=known.body_id,
        person_id=person.id,
        name=person.name if person.family_name != ERASED else "",
        given_name=person.given_name,
        addresses=frozenset(mine - shared),
        shared=frozenset(shared),
        phones=frozenset({person.phone} - {""}),
        is_proof=is_proof,
        keeps_name=is_proof or _is_named_elsewhere(session, known),
        at=at,
        on=day_of(at),
    )


def _is_read_by_others(session: Session, body_id: int, address: str) -> bool:
    return session.scalar(_members_at(body_id, address).limit(1)) is not None


def _readers(session: Session, body_id: int, address: str) -> str:
    """Who still reads at an address, as a letter greets them."""
    return listed(one.name for one in session.scalars(_members_at(body_id, address).order_by(Member.number)))


def _members_at(body_id: int, address: str) -> Select[Member]:
    """Members who read at an address; who is being erased is marked so already."""
    return (
        select(Member)
        .outerjoin(Person, Person.id == Member.person_id)
        .outerjoin(Household, Household.id == Member.household_id)
        .where(Member.body_id == body_id, Member.erased_at.is_(None))
        .where((func.lower(Person.email) == address) | (func.lower(Household.email) == address))
    )


def erase_person(session: Session, known: Known, person: Person, erasure: Erasure) -> None:
    """Forget somebody here, and in every room."""
    _erase_consents(session, erasure)
    families = select(HostFamily).where(HostFamily.body_id == known.body_id, HostFamily.person_id == person.id)
    for family in session.scalars(families):
        clear_family(family, at=erasure.at)
        _let_guests_look_elsewhere(session, family, on=erasure.on)
    stays = select(Stay.id).where(Stay.body_id == known.body_id)
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
        readers={one: _readers(session, known.body_id, one) for one in erasure.shared},
    )
    forget_letters(session, erasure.body_id, gone)
    if erasure.shared and (left := news_unwanted_at(session, erasure.body_id, erasure.shared)):
        call_off_news(session, erasure.body_id, to=left)
    if _is_named_elsewhere(session, known):
        _leave_to_others(session, known, person)
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


def _leave_to_others(session: Session, known: Known, person: Person) -> None:
    """Who stands in a twinning or is kept by another body keeps the name there, and nothing here to be reached by."""
    if isinstance(known, Member):
        known.person_id = None
    if person.kept_by_body_id != known.body_id:
        return
    elsewhere = select(Member.body_id).where(
        Member.person_id == person.id, Member.body_id != known.body_id, Member.erased_at.is_(None)
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
