"""Noting what the commune gives to an association."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.bodies.models import Body, BodyKind
from app.council.drafting import cited
from app.council.meter import meter_of
from app.council.models import Act, ActStatus, Subsidy
from app.council.queries import subsidies_of_year
from app.council.services.convening import NotLawful
from app.council.services.overriding import Override, is_overridden, override_check
from app.council.services.telling import expect
from app.council.spending import papers_of, year_of
from app.database.unit import alone_on
from app.shared.clock import day_of
from app.shared.errors import DomainError
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

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
    in_kind: Decimal | None = None
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


def note_subsidy(
    session: Session,
    body_id: int,
    facts: SubsidyFacts,
    *,
    reasons: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Subsidy:
    """Note an aid of a commune; ``reasons`` say, by check, why somebody goes past the law with it.

    :raises NotLawful: paid without its vote or before it binds (C38), to nobody's SIRET (C39), without the republican
        contract (C41), or above the threshold without its convention (C42).
    """
    _check(session, body_id, facts, on=day_of(at))
    subsidy = Subsidy(body_id=body_id, created_at=at, **_values(facts))
    session.add(subsidy)
    session.flush()
    session.refresh(subsidy, ["act", "beneficiary"])
    _require_payable(session, subsidy, reasons or {}, by, at)
    _tell(session, "council.subsidy_noted", subsidy, by, at)
    return subsidy


def edit_subsidy(
    session: Session,
    subsidy: Subsidy,
    facts: SubsidyFacts,
    *,
    revision: int,
    reasons: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Correct what is noted of an aid.

    :raises NotLawful: as for a new one.
    """
    alone_on(session, subsidy)
    _check(session, subsidy.body_id, facts, on=day_of(at))
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
    session.refresh(subsidy, ["act", "beneficiary"])
    _require_payable(session, subsidy, reasons or {}, by, at)
    _tell(session, "council.subsidy_edited", subsidy, by, at)


def _require_payable(session: Session, subsidy: Subsidy, reasons: Mapping[str, str], by: Actor, at: datetime) -> None:
    """An aid is paid once its vote binds and its papers are there; what lacks takes a reason, each thing its own."""
    for check_id, sentence in _payment_faults(session, subsidy):
        if is_overridden(session, check_id, subsidy_id=subsidy.id):
            continue
        if check_id not in reasons:
            raise NotLawful(sentence, check_id)
        command = Override(check_id=check_id, reason=reasons[check_id], sentence=str(sentence), subsidy_id=subsidy.id)
        override_check(session, subsidy.body_id, command, by=by, at=at)


def _payment_faults(session: Session, subsidy: Subsidy) -> Iterator[tuple[str, object]]:
    paid = subsidy.paid_on
    if paid is None:
        return
    act = session.get(Act, subsidy.act_id) if subsidy.act_id else None
    binds = meter_of(act, paid).enforceable_from if act is not None else None
    lacking = {one.check_id: one for one in papers_of(subsidy) if one.state == "stop"}
    if act is not None and act.status not in {ActStatus.ADOPTED, ActStatus.REJECTED}:
        lacking.pop("C38", None)
    if "C38" not in lacking and act is not None and (binds is None or paid < binds):
        yield (
            "C38",
            _l(
                "Versée le %(paid)s, avant que la délibération %(number)s soit exécutoire\N{NO-BREAK SPACE}: rien ne "
                "se paie avant (CGCT, art. L. 2131-1 et %(article)s). Corrigez la date, ou choisissez la délibération.",
                paid=full_day(paid),
                article=cited("L1612-25", paid),
                number=act.number,
            ),
        )
    for check_id, duty in lacking.items():
        said = _l(
            "%(what)s\N{NO-BREAK SPACE}: %(sentence)s (%(article)s)",
            what=duty.label,
            sentence=duty.sentence,
            article=duty.article,
        )
        yield check_id, said
    aids = subsidies_of_year(session, subsidy.body_id, subsidy.beneficiary_id, subsidy.year)
    signed = subsidy.convention_signed_on
    if year_of(aids, on=paid).needs_convention and (signed is None or signed > paid):
        yield (
            "C42",
            _l(
                "Le total de l’année dépasse le seuil\N{NO-BREAK SPACE}: la convention se signe avant le versement du "
                "%(paid)s (loi nᵒ 2000-321, art. 10 ; décret nᵒ 2001-495). Notez sa signature, ou retirez le "
                "versement.",
                paid=full_day(paid),
            ),
        )


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


def _check(session: Session, body_id: int, facts: SubsidyFacts, *, on: date) -> None:
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
    _check_days(facts, on)


def _check_days(facts: SubsidyFacts, on: date) -> None:
    """Facts have happened, in the order in which they can happen."""
    happened = ("requested_on", "contract_signed_on", "convention_signed_on", "convention_published_on", "paid_on",
                "report_received_on")  # fmt: skip
    for name in happened:
        day = getattr(facts, name)
        if day is not None and day > on:
            sentence = _l(
                "Le %(day)s n’est pas encore arrivé\N{NO-BREAK SPACE}: notez le fait quand il a eu lieu.",
                day=full_day(day),
            )
            raise BadSubsidy(sentence, field=name)
    first_day = date(facts.year, 1, 1)
    for later, earlier, what in (
        ("paid_on", facts.requested_on, _l("la demande")),
        ("convention_published_on", facts.convention_signed_on, _l("la signature de la convention")),
        ("report_received_on", first_day, _l("l’année de l’aide")),
        ("year_ends_on", first_day, _l("l’année de l’aide")),
    ):
        day = getattr(facts, later)
        if day is not None and earlier is not None and day < earlier:
            sentence = _l(
                "Le %(day)s précède %(what)s (%(earlier)s). Corrigez l’une des deux dates.",
                day=full_day(day),
                what=what,
                earlier=full_day(earlier),
            )
            raise BadSubsidy(sentence, field=later)


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
