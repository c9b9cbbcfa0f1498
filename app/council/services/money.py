"""Noting what the commune gives to an association."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.bodies.models import Body, BodyKind
from app.council.models import Act, Subsidy
from app.council.services.telling import expect
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor


class BadSubsidy(DomainError):
    """The aid cannot be kept as it is told."""


@dataclass(frozen=True, kw_only=True)
class SubsidyFacts:
    """One aid."""

    beneficiary_id: int
    year: int
    purpose: str
    cash: Decimal = Decimal(0)
    in_kind: Decimal = Decimal(0)
    in_kind_note: str = ""
    act_id: int | None = None
    requested_on: date | None = None
    contract_signed_on: date | None = None
    convention_signed_on: date | None = None
    convention_published_on: date | None = None
    payment_terms: str = ""
    paid_on: date | None = None
    year_ends_on: date | None = None
    report_received_on: date | None = None
    note: str = ""


def note_subsidy(session: Session, body_id: int, facts: SubsidyFacts, *, by: Actor, at: datetime) -> Subsidy:
    """Note an aid of a commune."""
    _check(session, body_id, facts)
    subsidy = Subsidy(body_id=body_id, created_at=at, **_values(facts))
    session.add(subsidy)
    session.flush()
    _tell(session, "council.subsidy_noted", subsidy, by, at)
    return subsidy


def edit_subsidy(
    session: Session, subsidy: Subsidy, facts: SubsidyFacts, *, revision: int, by: Actor, at: datetime
) -> None:
    """Correct what is noted of an aid."""
    _check(session, subsidy.body_id, facts)
    theirs = {str(_l("Objet")): subsidy.purpose, str(_l("En argent")): str(subsidy.cash)}
    expect(
        subsidy.revision,
        revision,
        theirs=theirs,
        yours={str(_l("Objet")): facts.purpose, str(_l("En argent")): str(facts.cash)},
    )
    for name, value in _values(facts).items():
        setattr(subsidy, name, value)
    subsidy.revision += 1
    session.flush()
    _tell(session, "council.subsidy_edited", subsidy, by, at)


def trash_subsidy(session: Session, subsidy: Subsidy, *, by: Actor, at: datetime) -> None:
    """Put an aid noted by mistake in the trash."""
    if subsidy.trashed_at is None:
        subsidy.trashed_at = at
        _tell(session, "council.subsidy_trashed", subsidy, by, at)


def restore_subsidy(session: Session, subsidy: Subsidy, *, by: Actor, at: datetime) -> None:
    """Take an aid out of the trash."""
    if subsidy.trashed_at is not None:
        subsidy.trashed_at = None
        _tell(session, "council.subsidy_restored", subsidy, by, at)


def _values(facts: SubsidyFacts) -> dict[str, object]:
    return {one.name: getattr(facts, one.name) for one in fields(facts)}


def _check(session: Session, body_id: int, facts: SubsidyFacts) -> None:
    association = session.get(Body, facts.beneficiary_id)
    if association is None or association.kind != BodyKind.COMMITTEE:
        raise BadSubsidy(_l("Choisissez l’association dans la liste."), field="beneficiary")
    if not facts.purpose.strip():
        raise BadSubsidy(
            _l(
                "Écrivez l’action aidée et sa période\N{NO-BREAK SPACE}: une aide sans objet "
                "précis a été annulée (Conseil d’État, 13 mai 2024, nᵒ 474652)."
            ),
            field="purpose",
        )
    if not facts.cash and not facts.in_kind:
        raise BadSubsidy(_l("Écrivez un montant en argent, ou la valeur de ce qui est prêté ou fourni."), field="cash")
    if facts.act_id is not None:
        act = session.get(Act, facts.act_id)
        if act is None or act.body_id != body_id:
            raise BadSubsidy(_l("Cette délibération n’est pas de cette commune."), field="act")


def _tell(session: Session, action: str, subsidy: Subsidy, by: Actor, at: datetime) -> None:
    association = session.get(Body, subsidy.beneficiary_id)
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=subsidy.body_id,
        subject=("subsidy", subsidy.id),
        name=association.name if association else "",
        year=subsidy.year,
    )
