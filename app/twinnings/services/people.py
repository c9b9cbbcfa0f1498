"""The people of a dossier: who coordinates, who signs, for which body, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.database.unit import alone_on
from app.people.naming import clean
from app.shared.errors import EditConflict
from app.shared.saying import said
from app.twinnings.labels import DUTY_NAMES
from app.twinnings.models import Duty, TwinningPerson
from app.twinnings.services.dossiers import BadTwinning, tell

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.people.models import Person
    from app.shared.actor import Actor
    from app.twinnings.models import Twinning

_LONGEST = 160


@dataclass(frozen=True, kw_only=True)
class DutyFacts:
    """What somebody does in a dossier; ``wording`` is the function as it is written there."""

    duty: Duty
    body_id: int
    wording: str = ""
    since: date | None = None
    until: date | None = None


def name_person(
    session: Session,
    twinning: Twinning,
    person: Person,
    facts: DutyFacts,
    *,
    by: Actor,
    at: datetime,
    acting: int | None,
) -> TwinningPerson:
    """Name somebody of the dossier."""
    tidy = _checked(twinning, facts)
    for known in twinning_people(session, twinning, person):
        if known.duty == tidy.duty and known.body_id == tidy.body_id and known.until is None:
            raise BadTwinning(_l("%(name)s tient déjà ce rôle dans le dossier.", name=person.name), field="person")
    named = TwinningPerson(twinning_id=twinning.id, person_id=person.id)
    _write(named, tidy)
    session.add(named)
    tell(session, "twinning.person_named", twinning, by, at, acting, name=person.name, duty=tidy.duty.value)
    return named


def correct_duty(
    session: Session,
    named: TwinningPerson,
    facts: DutyFacts,
    *,
    revision: int,
    by: Actor,
    at: datetime,
    acting: int | None,
) -> None:
    """Correct or end somebody's part.

    :raises EditConflict: when somebody else did since the form was opened.
    """
    alone_on(session, named)
    tidy = _checked(named.twinning, facts)
    if named.revision != revision:
        raise EditConflict(theirs=told(named.twinning, facts_of(named)), yours=told(named.twinning, tidy))
    _write(named, tidy)
    named.revision += 1
    tell(session, "twinning.person_corrected", named.twinning, by, at, acting, name=named.person.name)


def trash_person(session: Session, named: TwinningPerson, *, by: Actor, at: datetime, acting: int | None) -> None:
    """Take somebody named by mistake out of the dossier."""
    if named.trashed_at is None:
        named.trashed_at = at
        named.revision += 1
        tell(session, "twinning.person_trashed", named.twinning, by, at, acting, name=named.person.name)


def restore_person(session: Session, named: TwinningPerson, *, by: Actor, at: datetime, acting: int | None) -> None:
    """Put somebody back."""
    if named.trashed_at is not None:
        named.trashed_at = None
        named.revision += 1
        tell(session, "twinning.person_restored", named.twinning, by, at, acting, name=named.person.name)


def twinning_people(session: Session, twinning: Twinning, person: Person) -> list[TwinningPerson]:
    """The parts that a person has in a dossier."""
    found = session.query(TwinningPerson).filter_by(twinning_id=twinning.id, person_id=person.id, trashed_at=None)
    return list(found)


def facts_of(named: TwinningPerson) -> DutyFacts:
    """What is kept."""
    return DutyFacts(
        duty=Duty(named.duty), body_id=named.body_id, wording=named.wording, since=named.since, until=named.until
    )


def told(twinning: Twinning, facts: DutyFacts) -> dict[str, str]:
    """The facts by label, for people who compare two texts."""
    body = next((party.body.name for party in twinning.parties if party.body_id == facts.body_id), "")
    return {
        str(_l("Rôle")): str(DUTY_NAMES[facts.duty]),
        str(_l("Pour")): body,
        str(_l("Fonction telle qu’elle s’écrit")): facts.wording,
        str(_l("Depuis")): said(facts.since) if facts.since else "",
        str(_l("Jusqu’au")): said(facts.until) if facts.until else "",
    }


def _checked(twinning: Twinning, facts: DutyFacts) -> DutyFacts:
    wording = clean(facts.wording)
    if len(wording) > _LONGEST:
        raise BadTwinning(_l("La fonction est trop longue : gardez 160 caractères au plus."), field="wording")
    if facts.body_id not in {party.body_id for party in twinning.parties}:
        raise BadTwinning(_l("Choisissez un organisme du jumelage."), field="body")
    if facts.since and facts.until and facts.until < facts.since:
        raise BadTwinning(
            _l(
                "La fin (%(until)s) vient avant le début (%(since)s). Vérifiez les deux dates.",
                until=said(facts.until),
                since=said(facts.since),
            ),
            field="until",
        )
    return DutyFacts(duty=facts.duty, body_id=facts.body_id, wording=wording, since=facts.since, until=facts.until)


def _write(named: TwinningPerson, facts: DutyFacts) -> None:
    named.duty, named.body_id, named.wording = facts.duty.value, facts.body_id, facts.wording
    named.since, named.until = facts.since, facts.until
