"""Dues: periods with their amounts, payments with their receipts, calm reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select

from app.database.unit import alone_on
from app.law.words import listed
from app.mail.services import Letter, call_off, enqueue
from app.members.models import DuesPeriod, DuesRate, DuesReminder, Member, Payment, PaymentLine
from app.members.queries.dues import named_together, not_paid_yet, payments_for
from app.members.queries.standing import standing_of
from app.members.services.ground import BadDues, hold_numbers, refuse_gone, tell
from app.members.words import say
from app.people.naming import clean, clean_text
from app.shared.clock import day_of
from app.shared.errors import EditConflict
from app.shared.saying import euros

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.members.models import Means
    from app.members.queries.dues import Owing
    from app.shared.actor import Actor

PEACE = timedelta(days=7)
"""Nobody is reminded of the same dues twice within a week (the product's own choice)."""
_EARLY = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class PeriodFacts:
    """A period and what each category owes: (each member, a household together or None), by category."""

    name: str
    starts_on: date
    ends_on: date
    due_on: date
    decided: str
    rates: Mapping[int, tuple[Decimal, Decimal | None]]


@dataclass(frozen=True, kw_only=True)
class RecordPayment:
    """Money received for one or several members; ``gift`` comes on top of the dues."""

    members: tuple[Member, ...]
    amount: Decimal
    paid_on: date
    means: Means
    gift: Decimal = Decimal(0)
    reference: str = ""
    signed_by: str = ""


def open_period(session: Session, body: Body, facts: PeriodFacts, *, by: Actor, at: datetime) -> DuesPeriod:
    """Ask dues for a period."""
    alone_on(session, body)
    _check_period(session, body.id, facts)
    period = DuesPeriod(body_id=body.id, created_at=at, rates=[])
    _write_period(period, facts)
    session.add(period)
    session.flush()
    tell(session, "members.period_opened", body.id, ("dues_period", period.id), by=by, at=at, name=period.name)
    return period


def correct_period(
    session: Session, period: DuesPeriod, facts: PeriodFacts, *, revision: int, by: Actor, at: datetime
) -> None:
    """Correct a period and its amounts; receipts that were given keep theirs.

    :raises EditConflict: when somebody else corrected it since it was read.
    """
    alone_on(session, period)
    if revision != period.revision:
        raise EditConflict(theirs=_told_period(period), yours=_told_facts(period, facts))
    _check_period(session, period.body_id, facts, but=period.id)
    _write_period(period, facts)
    period.revision += 1
    session.flush()
    tell(
        session, "members.period_corrected", period.body_id, ("dues_period", period.id), by=by, at=at, name=period.name
    )


def _told_facts(period: DuesPeriod, facts: PeriodFacts) -> dict[str, str]:
    names = {rate.category_id: rate.category.name for rate in period.rates}
    amounts = ", ".join(
        f"{names[category]} : {euros(amount)}" for category, (amount, _) in facts.rates.items() if category in names
    )
    return {str(_l("Période")): facts.name, str(_l("Montants")): amounts}


def _told_period(period: DuesPeriod) -> dict[str, str]:
    amounts = ", ".join(f"{rate.category.name} : {euros(rate.amount)}" for rate in period.rates)
    return {str(_l("Période")): period.name, str(_l("Montants")): amounts}


def _check_period(session: Session, body_id: int, facts: PeriodFacts, but: int = 0) -> None:
    if not clean(facts.name):
        raise BadDues(_l("Donnez un nom à la période, par exemple « 2027 » ou « 2026-2027 »."), field="name")
    if facts.ends_on < facts.starts_on:
        raise BadDues(_l("La période finit avant de commencer : corrigez l’une des deux dates."), field="ends_on")
    same = select(DuesPeriod.id).where(
        DuesPeriod.body_id == body_id, DuesPeriod.name == clean(facts.name)[:40], DuesPeriod.id != but
    )
    if session.scalar(same) is not None:
        raise BadDues(_l("Une période porte déjà ce nom : donnez-en un autre."), field="name")


def _write_period(period: DuesPeriod, facts: PeriodFacts) -> None:
    period.name, period.decided = clean(facts.name)[:40], clean(facts.decided)[:200]
    period.starts_on, period.ends_on, period.due_on = facts.starts_on, facts.ends_on, facts.due_on
    known = {rate.category_id: rate for rate in period.rates}
    for category_id, (amount, together) in facts.rates.items():
        rate = known.get(category_id)
        if rate is None:
            rate = DuesRate(category_id=category_id)
            period.rates.append(rate)
        rate.amount, rate.household_amount = amount, together


def record_payment(session: Session, period: DuesPeriod, command: RecordPayment, *, by: Actor, at: datetime) -> Payment:
    """Note a payment; its receipt gets the next number of the year at once.

    :raises BadDues: when nobody is named, nothing is paid, or somebody's dues are paid already.
    """
    hold_numbers(session, period.body_id)
    alone_on(session, *command.members)
    _check_payment(session, period, command, on=day_of(at))
    parts = shares(command.amount, standing_of(session, period).parts(command.members))
    year = day_of(at).year
    number = next_receipt(session, period.body_id, year)
    payment = Payment(
        body_id=period.body_id,
        period_id=period.id,
        amount=command.amount,
        gift=command.gift,
        paid_on=command.paid_on,
        means=command.means,
        reference=clean(command.reference)[:120],
        receipt_year=year,
        receipt_number=number,
        recorded_by=by.name,
        recorded_at=at,
        receipt=_receipt(period, command, day_of(at)),
        lines=[
            PaymentLine(member_id=member.id, amount=share) for member, share in zip(command.members, parts, strict=True)
        ],
    )
    session.add(payment)
    session.flush()
    if command.amount:
        left = standing_of(session, period).left(command.members)
        payment.receipt = {**payment.receipt, "left": str(left)}
        call_off_reminders(session, period, command.members)
    details = {"receipt": receipt_name(payment), "period": period.name}
    tell(session, "members.paid", period.body_id, ("dues_payment", payment.id), by=by, at=at, **details)
    return payment


def next_receipt(session: Session, body_id: int, year: int) -> int:
    """The number that the next receipt of a body gets this year; a cancelled one keeps its own."""
    statement = select(func.max(Payment.receipt_number)).where(Payment.body_id == body_id, Payment.receipt_year == year)
    return (session.scalar(statement) or 0) + 1


def receipt_name(payment: Payment) -> str:
    """The number of a receipt as it is written: « 2026-014 »."""
    return f"{payment.receipt_year}-{payment.receipt_number:03d}"


def shares(amount: Decimal, parts: Sequence[Decimal]) -> list[Decimal]:
    """An amount as it falls to people who owe these parts of it, or equally to all where nobody owes any.

    What cannot be shared goes to the first.
    """
    total = sum(parts)
    weights = list(parts) if total else [Decimal(1)] * len(parts)
    shared = [(amount * one / sum(weights)).quantize(Decimal("0.01"), rounding="ROUND_DOWN") for one in weights]
    first = next(rank for rank, one in enumerate(weights) if one)
    shared[first] += amount - sum(shared)
    return shared


def _check_payment(session: Session, period: DuesPeriod, command: RecordPayment, *, on: date) -> None:
    if not command.members:
        raise BadDues(_l("Choisissez au moins un membre pour qui cette somme est payée."), field="members")
    if any(member.body_id != period.body_id for member in command.members):
        raise BadDues(_l("Ce membre n’est pas de ce comité : choisissez-en un de la liste."), field="members")
    for member in command.members:
        refuse_gone(member, field="members")
    if command.amount + command.gift <= 0:
        raise BadDues(_l("Écrivez la somme reçue : un reçu ne se fait pas pour 0 €."), field="amount")
    if command.paid_on > on:
        raise BadDues(_l("Le paiement est daté d’un jour à venir : écrivez le jour où il a été reçu."), field="paid_on")
    if command.paid_on < period.starts_on - _EARLY:
        raise BadDues(
            _l(
                "Ce paiement serait reçu plus d’un an avant la période %(period)s : vérifiez l’année, ou la période.",
                period=period.name,
            ),
            field="paid_on",
        )
    if command.amount:
        _check_dues(session, period, command)


def _check_dues(session: Session, period: DuesPeriod, command: RecordPayment) -> None:
    """Nobody pays the same dues twice, nor more than they are: what comes on top is a gift."""
    standing = standing_of(session, period)
    members = [one.id for one in command.members if one.id in standing.paid_up]
    for member_id, before in payments_for(session, period.id, members).items():
        name = next(one.name for one in command.members if one.id == member_id)
        raise BadDues(
            _l(
                "La cotisation %(period)s de %(name)s est déjà payée (reçu no %(receipt)s). "
                "Si c’est une erreur, annulez d’abord ce reçu ; si c’est un don, écrivez-le sous « Don en plus ».",
                period=period.name,
                name=name,
                receipt=receipt_name(before),
            ),
            field="members",
        )
    left = standing.left(command.members)
    if left and command.amount > left:
        raise BadDues(
            _l(
                "Il ne reste que %(left)s à payer : écrivez le reste sous « Don en plus », ou corrigez la somme.",
                left=euros(left),
            ),
            field="amount",
        )


def _receipt(period: DuesPeriod, command: RecordPayment, on: date) -> dict[str, Any]:
    """What the receipt says, frozen."""
    body, household = period.body, command.members[0].household
    return {
        "body": body.name,
        "body_address": body.address,
        "rna": body.rna,
        "siret": body.siret,
        "period": period.name,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "payer": named_together(command.members),
        "address": household.lines if household else [],
        "members": [{"number": one.number, "name": one.name, "category": one.category.name} for one in command.members],
        "made_on": on.isoformat(),
        "signed_by": command.signed_by,
    }


def cancel_payment(session: Session, payment: Payment, *, why: str, by: Actor, at: datetime) -> None:
    """Cancel a payment and its receipt, with the reason; nothing of it is lost and its number is not used again.

    :raises BadDues: when no reason is given, or it is cancelled already.
    """
    reason = clean_text(why)[:1000]
    if not reason:
        raise BadDues(_l("Écrivez pourquoi ce reçu est annulé : la trace reste."), field="why")
    if payment.cancelled_at is not None:
        raise BadDues(_l("Ce reçu est déjà annulé."), field="why")
    payment.cancelled_at, payment.cancelled_by, payment.cancelled_why = at, by.name, reason
    details = {"receipt": receipt_name(payment)}
    tell(session, "members.payment_cancelled", payment.body_id, ("dues_payment", payment.id), by=by, at=at, **details)


def is_fresh(reminded_at: datetime | None, at: datetime) -> bool:
    """Whether somebody was reminded so lately that they are left in peace."""
    return reminded_at is not None and at - reminded_at < PEACE


def remind(  # by what way, and who signs
    session: Session, period: DuesPeriod, *, by_mail: bool, treasurer: str, reply_to: str, by: Actor, at: datetime
) -> int:
    """Remind of their dues those who still owe some: by a mail to those with an address, or by letters just printed.

    Who that is, is read once nobody else reminds or notes a payment: two people at once write to each address once.
    """
    alone_on(session, period.body)
    done = 0
    for household in not_paid_yet(session, period, on=day_of(at)):
        if bool(household.email) != by_mail or is_fresh(household.reminded_at, at):
            continue
        if by_mail:
            enqueue(session, reminder_letter(period, household, treasurer=treasurer, reply_to=reply_to), at=at)
        for member in household.members:
            session.add(DuesReminder(period_id=period.id, member_id=member.id, by_mail=by_mail, at=at, by=by.name))
        done += 1
    if done:
        details = {"number": done, "period": period.name}
        tell(session, "members.reminded", period.body_id, ("dues_period", period.id), by=by, at=at, **details)
    return done


def call_off_reminders(session: Session, period: DuesPeriod, members: Sequence[Member]) -> None:
    """Take back the reminders that have not left yet: who paid while the mail server was down is not asked again."""
    households = {one.household_id for one in members} - {None}
    home = or_(Member.household_id.in_(households), Member.id.in_([one.id for one in members]))
    together = session.scalars(select(Member).where(Member.body_id == period.body_id, home)).all()
    theirs = DuesReminder.member_id.in_([one.id for one in together])
    reminders = session.scalars(select(DuesReminder).where(DuesReminder.period_id == period.id, theirs)).all()
    for moment in {one.at for one in reminders if one.by_mail}:
        if call_off(
            session,
            period.body_id,
            subject=_subject(period),
            to=[one.email.lower() for one in together if one.email],
            written_at=moment,
        ):
            for one in reminders:
                if one.by_mail and one.at == moment:
                    session.delete(one)
    session.flush()


def _subject(period: DuesPeriod) -> str:
    return say("reminder", "subject", period=period.name, body=period.body.name)


def reminder_letter(period: DuesPeriod, household: Owing, *, treasurer: str, reply_to: str) -> Letter:
    """A calm letter: first what stays safe, then the sum, then what to do, and what to do if it was paid."""
    body = period.body
    return Letter(
        to=household.email,
        name=household.name,
        subject=_subject(period),
        text="\n\n".join(reminder_text(period, household, treasurer=treasurer)),
        reply_to=reply_to,
        from_name=body.name,
        body_id=body.id,
    )


def reminder_text(period: DuesPeriod, household: Owing, *, treasurer: str) -> Sequence[str]:
    """The paragraphs of a reminder, in a mail or on paper."""
    body = period.body
    return (
        say("reminder", "hello", name=household.name),
        say("reminder", "safe", body=body.name),
        _sum(period, household),
        *_in_common(household),
        say("reminder", "how", body=body.name),
        say("reminder", "already"),
        say("reminder", "stop"),
        say("reminder", "signed", treasurer=treasurer or say("reminder", "nobody"), body=body.name),
    )


def _sum(period: DuesPeriod, household: Owing) -> str:
    values = {"period": period.name, "amount": household.amount, "due": period.due_on}
    if household.received:
        return say("reminder", "left", received=household.received, **values)
    return say("reminder", "sum", **values)


def _in_common(household: Owing) -> Sequence[str]:
    """What is asked in two homes is owed once: who shared a home has parted since."""
    return [say("reminder", "shared", others=listed(one.name for one in household.others))] if household.others else []
