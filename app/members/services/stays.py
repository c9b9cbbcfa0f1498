"""Host families, stays, travellers and the papers that were seen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.database.unit import alone_on
from app.members.models import HostFamily, PaperKind, Stay, Traveller, TravelPaper
from app.members.services.ground import BadStay, tell
from app.people.naming import clean, clean_text
from app.people.services import PersonFacts, note_person
from app.shared.clock import day_of
from app.shared.errors import EditConflict
from app.shared.folding import fold

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.people.models import Person
    from app.shared.actor import Actor

_LONG = frozenset({"address", "note", "parents", "health"})
_YEAR = 366


@dataclass(frozen=True, kw_only=True)
class HostFacts:
    """What is known of a family that lodges guests."""

    address: str = ""
    distance_km: Decimal | None = None
    rooms: int | None = None
    beds: int | None = None
    languages: tuple[str, ...] = ()
    pets: str = ""
    smoking: bool | None = None
    stairs: bool | None = None
    diets: str = ""
    children: str = ""
    transport: str = ""
    available: str = ""
    interests: str = ""
    emergency: str = ""
    takes_minors: bool | None = None
    checked_on: date | None = None
    checked_by: str = ""
    insured_until: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StayFacts:
    """A journey or a reception."""

    title: str
    place: str
    starts_on: date
    ends_on: date
    leaves_france: bool
    twinning_id: int | None = None
    occasion: str = ""


@dataclass(frozen=True, kw_only=True)
class TravellerFacts:
    """Somebody who takes part; what is delicate needs their agreement."""

    is_guest: bool = False
    born_on: date | None = None
    with_parent: bool = False
    parents: str = ""
    diet: str = ""
    health: str = ""
    wishes: str = ""
    arrival: str = ""
    emergency: str = ""
    host_family_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SeePaper:
    """That a paper was seen today; the paper itself is given back."""

    kind: PaperKind
    signed_on: date | None = None
    signed_by: str = ""
    valid_until: date | None = None


def keep_host(  # noqa: PLR0913  # a family and who notes it
    session: Session,
    body: Body,
    person: PersonFacts | Person | None,
    facts: HostFacts,
    *,
    family: HostFamily | None = None,
    revision: int = 0,
    by: Actor,
    at: datetime,
) -> HostFamily:
    """Note a host family, or correct what is known of one.

    :raises EditConflict: when somebody else corrected it since it was read.
    """
    if family is not None:
        alone_on(session, family)
    if family is None:
        if person is None:
            raise BadStay(_l("Choisissez un membre, ou écrivez un nom."), field="family_name")
        known = (
            note_person(session, person, kept_by=body.id, by=by, at=at, quiet=True)
            if isinstance(person, PersonFacts)
            else person
        )
        family = HostFamily(body_id=body.id, person_id=known.id, created_at=at)
        session.add(family)
    elif revision != family.revision:
        raise EditConflict(theirs={str(_l("Adresse")): family.address}, yours={str(_l("Adresse")): facts.address})
    else:
        family.revision += 1
    _write(family, {**asdict(facts), "languages": list(facts.languages)})
    session.flush()
    tell(session, "members.host_kept", body.id, ("host_family", family.id), by=by, at=at)
    return family


def trash_host(session: Session, family: HostFamily, *, by: Actor, at: datetime) -> None:
    """Put a host family in the trash, or take it out."""
    family.trashed_at = None if family.trashed_at else at
    tell(session, "members.host_kept", family.body_id, ("host_family", family.id), by=by, at=at)


def keep_stay(  # a stay and who notes it
    session: Session,
    body: Body,
    facts: StayFacts,
    *,
    stay: Stay | None = None,
    revision: int = 0,
    by: Actor,
    at: datetime,
) -> Stay:
    """Note a stay, or correct one.

    :raises BadStay: when it ends before it begins or has no name.
    """
    if stay is not None:
        alone_on(session, stay)
    if not clean(facts.title):
        raise BadStay(_l("Donnez un nom au séjour."), field="title")
    if facts.ends_on < facts.starts_on:
        raise BadStay(_l("Le séjour finit avant de commencer : corrigez l’une des deux dates."), field="ends_on")
    if stay is None:
        stay = Stay(body_id=body.id, created_at=at, travellers=[])
        session.add(stay)
    elif revision != stay.revision:
        raise EditConflict(theirs={str(_l("Séjour")): stay.title}, yours={str(_l("Séjour")): facts.title})
    else:
        stay.revision += 1
    _write(stay, asdict(facts))
    session.flush()
    tell(session, "members.stay_kept", body.id, ("stay", stay.id), by=by, at=at, name=stay.title)
    return stay


def keep_traveller(  # noqa: PLR0913  # a traveller and who notes it
    session: Session,
    stay: Stay,
    person: PersonFacts | Person | None,
    facts: TravellerFacts,
    *,
    traveller: Traveller | None = None,
    agreed: bool = False,
    revision: int = 0,
    by: Actor,
    at: datetime,
) -> Traveller:
    """Note who takes part, or correct it; health and diet are kept only with an agreement.

    :raises BadStay: when somebody takes part already, or health is told without an agreement.
    """
    if traveller is not None:
        alone_on(session, traveller)
    _check_traveller(session, stay, facts, agreed=agreed, on=day_of(at))
    if traveller is None:
        traveller = _joining(session, stay, person, facts, by=by, at=at)
    elif revision != traveller.revision:
        raise EditConflict(theirs={str(_l("Santé")): traveller.health}, yours={str(_l("Santé")): facts.health})
    else:
        traveller.revision += 1
    _write(traveller, asdict(facts))
    traveller.cleared_at = None
    session.flush()
    tell(session, "members.traveller_kept", stay.body_id, ("stay", stay.id), by=by, at=at, name=stay.title)
    return traveller


def _check_traveller(session: Session, stay: Stay, facts: TravellerFacts, *, agreed: bool, on: date) -> None:
    if (facts.health or facts.diet) and not agreed:
        raise BadStay(
            _l(
                "Santé et régime ne se notent qu’avec l’accord de la personne ou de ses parents : "
                "cochez-le, ou laissez vide."
            ),
            field="agreed",
        )
    if facts.born_on is not None and facts.born_on > on:
        raise BadStay(_l("Cette date de naissance est à venir."), field="born_on")
    if facts.host_family_id is not None:
        family = session.get(HostFamily, facts.host_family_id)
        if family is None or family.body_id != stay.body_id:
            raise BadStay(_l("Cette famille n’est pas de ce comité : choisissez-en une de la liste."), field="host")


def _joining(  # who joins what, and who notes it
    session: Session,
    stay: Stay,
    person: PersonFacts | Person | None,
    facts: TravellerFacts,
    *,
    by: Actor,
    at: datetime,
) -> Traveller:
    if person is None:
        raise BadStay(_l("Choisissez un membre, ou écrivez un nom."), field="family_name")
    if isinstance(person, PersonFacts):
        _require_another(stay, person, facts)
        person = note_person(session, person, kept_by=stay.body_id, by=by, at=at, quiet=True)
    if any(one.person_id == person.id for one in stay.travellers):
        raise BadStay(_l("Cette personne participe déjà au séjour."), field="member")
    traveller = Traveller(stay_id=stay.id, person_id=person.id, created_at=at, papers=[])
    session.add(traveller)
    return traveller


def _require_another(stay: Stay, person: PersonFacts, facts: TravellerFacts) -> None:
    """Two people of one name take part when their days of birth tell them apart."""
    wanted = fold(f"{person.given_name} {person.family_name}")
    for one in stay.travellers:
        is_same_day = None in {one.born_on, facts.born_on} or one.born_on == facts.born_on
        if one.trashed_at is None and is_same_day and fold(one.person.name) == wanted:
            sentence = _l(
                "%(name)s participe déjà à ce séjour. Si c’est une autre personne du même nom, "
                "notez la date de naissance de chacune.",
                name=one.person.name,
            )
            raise BadStay(sentence, field="family_name")


def trash_traveller(session: Session, traveller: Traveller, *, by: Actor, at: datetime) -> None:
    """Take somebody off the stay, or put them back."""
    traveller.trashed_at = None if traveller.trashed_at else at
    stay = traveller.stay
    tell(session, "members.traveller_kept", stay.body_id, ("stay", stay.id), by=by, at=at, name=stay.title)


def see_paper(session: Session, traveller: Traveller, command: SeePaper, *, by: Actor, at: datetime) -> TravelPaper:
    """Note that a paper was seen; no copy is kept.

    :raises BadStay: when it is said to be signed on a day to come; when an exit authorisation is not signed, or said
        to hold for more than a year; when parents are said to agree to a family that is not chosen.
    """
    if command.signed_on is not None and command.signed_on > day_of(at):
        raise BadStay(_l("Ce jour est à venir."), field="signed_on")
    if command.kind == PaperKind.HOST and traveller.host_family_id is None:
        raise BadStay(
            _l("Choisissez d’abord la famille d’accueil : les parents donnent leur accord pour elle."), field="kind"
        )
    if command.kind == PaperKind.EXIT:
        if command.signed_on is None or not clean(command.signed_by):
            raise BadStay(_l("L’AST porte la date et le nom du parent qui signe : écrivez-les."), field="signed_on")
        until = command.valid_until
        if until is not None and (until - command.signed_on).days > _YEAR:
            raise BadStay(
                _l("Une AST vaut un an au plus après sa signature (Cerfa 15646) : corrigez sa date de fin."),
                field="valid_until",
            )
    paper = next((one for one in traveller.papers if one.kind == command.kind), None)
    if paper is None:
        paper = TravelPaper(kind=command.kind)
        traveller.papers.append(paper)
    paper.seen_on, paper.seen_by = day_of(at), by.name
    paper.signed_on, paper.signed_by = command.signed_on, clean(command.signed_by)[:200]
    paper.valid_until = command.valid_until or _until(command)
    paper.host_family_id = traveller.host_family_id if command.kind == PaperKind.HOST else None
    session.flush()
    stay = traveller.stay
    tell(session, "members.paper_seen", stay.body_id, ("stay", stay.id), by=by, at=at, name=stay.title)
    return paper


def _until(command: SeePaper) -> date | None:
    """An exit authorisation that names no end holds for a year."""
    if command.kind != PaperKind.EXIT or command.signed_on is None:
        return None
    signed = command.signed_on
    return signed.replace(year=signed.year + 1, day=min(signed.day, 28) if signed.month == 2 else signed.day)  # noqa: PLR2004  # February


def _write(thing: object, facts: dict[str, object]) -> None:
    for name, value in facts.items():
        if isinstance(value, str):
            longest = getattr(type(thing), name).type.length or 4000
            value = (clean_text(value) if name in _LONG else clean(value))[:longest]  # noqa: PLW2901  # tidied
        setattr(thing, name, value)
