"""Opening, correcting and closing mandates: one person, one body, one function, from a date to a date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.audit.services import record
from app.bodies.labels import FRENCH_AUTHORITIES, FUNCTION_NAMES, ONE_AT_A_TIME, ONE_IN_LAW, function_name, held_dates
from app.bodies.models import Function, Mandate
from app.bodies.overlap import certain_days, is_same_office, share_days
from app.database.unit import alone_on
from app.people.naming import clean
from app.shared.errors import DomainError, EditConflict
from app.shared.saying import full_day, said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.people.models import Person
    from app.shared.actor import Actor
    from app.shared.fuzzydate import FuzzyDate


class BadMandate(DomainError):
    """The mandate cannot be kept as it is written."""


class MandateOverlap(DomainError):
    """Somebody else holds the same office on the same days; ``may_be_meant`` when statutes could allow it."""

    def __init__(self, sentence: object, *, may_be_meant: bool) -> None:
        super().__init__(sentence, field="since")
        self.may_be_meant = may_be_meant


@dataclass(frozen=True)
class MandateFacts:
    """What is noted of a mandate; ``is_meant`` confirms an overlap that statutes allow (a shared presidency)."""

    function: Function
    wording: str = ""
    rank: int | None = None
    since: FuzzyDate | None = None
    until: FuzzyDate | None = None
    closed_by: str = ""
    is_meant: bool = False
    due_on: date | None = None


def open_mandate(
    session: Session, body: Body, person: Person, facts: MandateFacts, *, by: Actor, at: datetime
) -> Mandate:
    """Note that a person holds an office in a body."""
    tidy = _checked(facts)
    _refuse_overlap(session, body, person.id, tidy, on=at.date())
    mandate = Mandate(body_id=body.id, person_id=person.id, created_at=at)
    _write(mandate, tidy)
    session.add(mandate)
    session.flush()
    mandate.person, mandate.body = person, body
    _tell(session, "mandate.opened", mandate, by, at)
    return mandate


def correct_mandate(
    session: Session, mandate: Mandate, facts: MandateFacts, *, revision: int, by: Actor, at: datetime
) -> Mandate:
    """Correct what is noted of a mandate.

    :raises EditConflict: when somebody else corrected it since it was read.
    """
    alone_on(session, mandate)
    tidy = _checked(facts)
    if mandate.revision != revision:
        raise EditConflict(theirs=told(facts_of(mandate)), yours=told(tidy))
    _refuse_overlap(session, mandate.body, mandate.person_id, tidy, on=at.date(), but=mandate.id)
    _write(mandate, tidy)
    mandate.revision += 1
    session.flush()
    _tell(session, "mandate.corrected", mandate, by, at)
    return mandate


def close_mandate(
    session: Session, mandate: Mandate, *, until: FuzzyDate, why: str, by: Actor, at: datetime
) -> Mandate:
    """End a mandate on a day, with the reason; an ended one keeps its own end."""
    if mandate.until is None:
        reason = clean(why)[:200]
        if mandate.since is not None and until.latest < mandate.since.earliest:
            raise _ends_before_it_begins(mandate.since, until)
        mandate.until, mandate.until_sort = until, until.latest
        mandate.closed_by = reason
        mandate.revision += 1
        session.flush()
        _tell(session, "mandate.closed", mandate, by, at, until=said(until), why=reason)
    return mandate


def trash_mandate(session: Session, mandate: Mandate, *, by: Actor, at: datetime) -> None:
    """Take back a mandate that was noted by mistake."""
    if mandate.trashed_at is None:
        mandate.trashed_at = at
        mandate.revision += 1
        _tell(session, "mandate.trashed", mandate, by, at)


def restore_mandate(session: Session, mandate: Mandate, *, by: Actor, at: datetime) -> None:
    """Take a mandate out of the trash.

    :raises MandateOverlap: when the same office is noted anew for these days.
    """
    if mandate.trashed_at is not None:
        _refuse_double(session, mandate, on=at.date())
        mandate.trashed_at = None
        mandate.revision += 1
        _tell(session, "mandate.restored", mandate, by, at)


def _refuse_double(session: Session, mandate: Mandate, *, on: date) -> None:
    """One person holds an office once; where one at a time holds it, nobody else does."""
    statement = select(Mandate).where(
        Mandate.body_id == mandate.body_id,
        Mandate.function == mandate.function,
        Mandate.trashed_at.is_(None),
        Mandate.id != mandate.id,
    )
    if mandate.function == Function.OTHER:
        statement = statement.where(Mandate.wording == mandate.wording)
    if mandate.function not in ONE_AT_A_TIME:
        statement = statement.where(Mandate.person_id == mandate.person_id)
    if clash := _clash(session.scalars(statement), mandate.person_id, facts_of(mandate), on):
        sentence = _l(
            "%(name)s est déjà %(function)s (%(dates)s) : ce mandat ferait double, il reste à la corbeille. "
            "Corrigez plutôt celui qui est noté.",
            name=clash.person.name,
            function=function_name(clash),
            dates=held_dates(clash),
        )
        raise MandateOverlap(sentence, may_be_meant=False)


def facts_of(mandate: Mandate) -> MandateFacts:
    """What is kept of a mandate."""
    return MandateFacts(
        function=Function(mandate.function),
        wording=mandate.wording,
        rank=mandate.rank,
        since=mandate.since,
        until=mandate.until,
        closed_by=mandate.closed_by,
        due_on=mandate.due_on,
    )


def told(facts: MandateFacts) -> dict[str, str]:
    """The facts by label, for people who compare two texts."""
    return {
        str(_l("Fonction")): str(FUNCTION_NAMES[facts.function]),
        str(_l("Fonction telle qu’elle s’écrit")): facts.wording,
        str(_l("Rang")): "" if facts.rank is None else str(facts.rank),
        str(_l("Depuis")): said(facts.since) if facts.since else "",
        str(_l("Jusqu’à")): said(facts.until) if facts.until else "",
        str(_l("Raison de la fin")): facts.closed_by,
        str(_l("Terme prévu")): full_day(facts.due_on) if facts.due_on else "",
    }


def _checked(facts: MandateFacts) -> MandateFacts:
    wording, closed_by = clean(facts.wording), clean(facts.closed_by)
    if len(wording) > 160:  # noqa: PLR2004  # the column
        raise BadMandate(_l("La fonction est trop longue : gardez 160 caractères au plus."), field="wording")
    if len(closed_by) > 200:  # noqa: PLR2004  # the column
        raise BadMandate(_l("La raison est trop longue : gardez 200 caractères au plus."), field="closed_by")
    if facts.function == Function.OTHER and not wording:
        raise BadMandate(_l("Écrivez quelle est cette autre fonction."), field="wording")
    if facts.rank is not None and not 0 < facts.rank < 1000:  # noqa: PLR2004  # no council is larger
        raise BadMandate(_l("Le rang est un nombre de 1 à 999."), field="rank")
    if facts.since and facts.until and facts.until.latest < facts.since.earliest:
        raise _ends_before_it_begins(facts.since, facts.until)
    if facts.since and facts.due_on and facts.due_on < facts.since.earliest:
        raise BadMandate(_l("Le terme prévu est avant le début du mandat : vérifiez les deux dates."), field="due_on")
    return replace(facts, wording=wording, closed_by=closed_by)


def _ends_before_it_begins(since: FuzzyDate, until: FuzzyDate) -> BadMandate:
    return BadMandate(
        _l(
            "Le mandat finirait (%(until)s) avant d’avoir commencé (%(since)s). Vérifiez les deux dates.",
            until=said(until),
            since=said(since),
        ),
        field="until",
    )


def _refuse_overlap(
    session: Session, body: Body, person_id: int, facts: MandateFacts, *, on: date, but: int = 0
) -> None:
    """Refuse two holders of one office on the same days, and one holder who would hold theirs twice.

    Only days that are certain count: a mayor who left in 2020 and one who came in 2020 do not overlap.
    In a commune or an EPCI the law knows one mayor or president (CGCT, art. L. 2122-1 and L. 5211-2);
    elsewhere statutes may share an office, so that somebody who means it may go on.
    """
    statement = select(Mandate).where(
        Mandate.body_id == body.id,
        Mandate.function == facts.function,
        Mandate.trashed_at.is_(None),
        Mandate.id != but,
    )
    if facts.function not in ONE_AT_A_TIME:
        own = session.scalars(statement.where(Mandate.person_id == person_id))
        same = [one for one in own if is_same_office(one.function, one.wording, facts.wording)]
        if clash := _clash(same, person_id, facts, on):
            raise MandateOverlap(_twice(clash), may_be_meant=False)
        return
    is_law = body.kind in FRENCH_AUTHORITIES and facts.function in ONE_IN_LAW
    if facts.is_meant and not is_law:
        return
    if clash := _clash(session.scalars(statement), person_id, facts, on):
        raise MandateOverlap(_overlap_sentence(clash, is_law=is_law), may_be_meant=not is_law)


def _clash(others: Iterable[Mandate], person_id: int, facts: MandateFacts, on: date) -> Mandate | None:
    days = certain_days(facts.since, facts.until, on)
    for other in others:
        if share_days(days, certain_days(other.since, other.until, on)):
            return other
        if other.person_id == person_id and other.until is None and facts.until is None:
            return other
    return None


def _twice(other: Mandate) -> object:
    return _l(
        "%(name)s est déjà %(function)s (%(dates)s). Corrigez plutôt les dates du mandat déjà noté, ou terminez-le "
        "d’abord.",
        name=other.person.name,
        function=function_name(other),
        dates=held_dates(other),
    )


def _overlap_sentence(other: Mandate, *, is_law: bool) -> object:
    if is_law:
        return _l(
            "%(name)s est déjà %(function)s (%(dates)s). Il n’y en a qu’un à la fois : "
            "terminez d’abord ce mandat, ou corrigez les dates.",
            name=other.person.name,
            function=function_name(other),
            dates=held_dates(other),
        )
    return _l(
        "%(name)s est déjà %(function)s (%(dates)s). Terminez d’abord ce mandat ; "
        "si vos statuts prévoient plusieurs titulaires, cochez « C’est voulu ».",
        name=other.person.name,
        function=function_name(other),
        dates=held_dates(other),
    )


def _write(mandate: Mandate, facts: MandateFacts) -> None:
    mandate.function = facts.function.value
    mandate.wording = facts.wording
    mandate.rank = facts.rank
    mandate.since, mandate.since_sort = facts.since, facts.since.earliest if facts.since else None
    mandate.until, mandate.until_sort = facts.until, facts.until.latest if facts.until else None
    mandate.closed_by = facts.closed_by if facts.until else ""
    mandate.due_on = facts.due_on


def _tell(session: Session, action: str, mandate: Mandate, by: Actor, at: datetime, **details: Any) -> None:  # noqa: ANN401  # what the sentence names
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=mandate.body_id,
        subject=("mandate", mandate.id),
        name=mandate.person.name,
        function=mandate.wording or mandate.function,
        body=mandate.body.name,
        **details,
    )
