"""The receipt of a payment, and the letters that remind of dues."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from app.bodies.models import BodyKind
from app.documents.textdoc import Paragraph, Signature, Signatures, Table
from app.members.services.dues import receipt_name, reminder_text
from app.members.spelled import spelled_euros
from app.members.words import say, say_amount
from app.printing import Paper, print_paper
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.documents.textdoc import Block, Words
    from app.members.models import DuesPeriod, Payment
    from app.members.queries.dues import Owing


def receipt_pdf(payment: Payment) -> bytes:
    """The receipt as it said on its day; a cancelled one says so, and why."""
    kept, number = payment.receipt, receipt_name(payment)
    blocks: list[Block] = []
    if payment.cancelled_at is not None:
        words = say("receipt", "cancelled", day=day_of(payment.cancelled_at), why=payment.cancelled_why)
        blocks.append(Paragraph(words, manner="lead"))
    blocks += [
        Paragraph("\n".join([kept["payer"], *kept["address"]])),
        Paragraph(_received(payment), manner="lead"),
        Paragraph(_how(payment)),
        Paragraph(
            say("receipt", "period", period=kept["period"], starts=_day(kept["starts_on"]), ends=_day(kept["ends_on"]))
        ),
        _table(payment),
        *_left(payment),
        Paragraph(say("receipt", "proves" if payment.cancelled_at is None else "proves_nothing"), manner="note"),
        Paragraph(say("receipt", "made_on", day=_day(kept["made_on"]))),
        Signatures((Signature(party=say("receipt", "signed"), name=kept["signed_by"]),)),
    ]
    return print_paper(
        Paper(
            title=say("receipt", "title", number=number),
            body=kept["body"],
            created=payment.cancelled_at or payment.recorded_at,
            blocks=tuple(blocks),
            under=" · ".join(part for part in (kept["body_address"].replace("\n", ", "), kept["rna"]) if part),
            state=say("receipt", "state") if payment.cancelled_at is not None else "",
        )
    )


def _received(payment: Payment) -> str:
    total = payment.amount + payment.gift
    what = "received_service" if payment.body.kind == BodyKind.COMMITTEE_SERVICE else "received"
    kept = payment.receipt
    return say("receipt", what, body=kept["body"], payer=kept["payer"], total=total, words=spelled_euros(total))


def _left(payment: Payment) -> list[Block]:
    """What was left to pay for these members that day; a receipt that said nothing of it says nothing."""
    left = Decimal(payment.receipt.get("left", 0))
    if not left or payment.cancelled_at is not None:
        return []
    return [Paragraph(say("receipt", "left", left=left, period=payment.receipt["period"]))]


def _how(payment: Payment) -> str:
    means = say("means", payment.means)
    if payment.reference:
        return say("receipt", "paid_reference", day=payment.paid_on, means=means, reference=payment.reference)
    return say("receipt", "paid", day=payment.paid_on, means=means)


def _table(payment: Payment) -> Table:
    shares = [line.amount for line in payment.lines] or [payment.amount]
    rows: list[tuple[Words, ...]] = [
        (str(one["number"]), one["name"], one["category"], say_amount(share))
        for one, share in zip(payment.receipt["members"], shares, strict=False)
    ]
    if payment.gift:
        rows.append(("", say("receipt", "gift"), "", say_amount(payment.gift)))
    if len(rows) > 1:
        rows.append(("", say("receipt", "total"), "", say_amount(payment.amount + payment.gift)))
    header = tuple(say("receipt", one) for one in ("number", "who", "category", "amount"))
    return Table(header=header, rows=tuple(rows), numeric=frozenset({0, 3}))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def letters_pdf(period: DuesPeriod, owing: Sequence[Owing], *, treasurer: str, reply_to: str, at: datetime) -> bytes:
    """A letter for each of those who have no e-mail address; ``reply_to``: where an answer by e-mail arrives."""
    body = period.body
    reached = (*body.address.splitlines(), body.phone, reply_to)
    return print_paper(
        Paper(
            title=say("reminder", "subject", period=period.name, body=body.name),
            body=body.name,
            created=at,
            letters=tuple(_letter(period, household, treasurer=treasurer, on=day_of(at)) for household in owing),
            under=" · ".join(line.strip() for line in reached if line.strip()),
        )
    )


def _letter(period: DuesPeriod, household: Owing, *, treasurer: str, on: date) -> tuple[Block, ...]:
    home = household.members[0].household
    lines = home.lines if home else []
    return (
        Paragraph("\n".join([household.name, *lines]), manner="address"),
        Paragraph(say("receipt", "made_on", day=on)),
        *(Paragraph(text) for text in reminder_text(period, household, treasurer=treasurer)),
    )
