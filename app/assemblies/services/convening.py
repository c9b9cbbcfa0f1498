"""Sending the convocation: one letter to each person, the day of each dispatch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.assemblies import queries
from app.assemblies.models import Dispatch, Status
from app.assemblies.queries.reach import unreached
from app.assemblies.services.alone import alone_on
from app.assemblies.services.calling import WrongMoment, need
from app.assemblies.services.telling import tell
from app.law.assembly import notice
from app.mail.services import enqueue
from app.shared.clock import day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly
    from app.law.statutes import Statutes
    from app.mail.services import Letter
    from app.shared.actor import Actor


class NotReady(DomainError):
    """The convocation cannot leave yet."""


class ShortNotice(DomainError):
    """The statutes ask for more days; the person may go on who means it."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """What goes to one person: a letter by e-mail, and the mark of their personal link."""

    seat_id: int
    letter: Letter
    link_hash: str = ""


def notice_required(assembly: Assembly, statutes: Statutes) -> int | None:
    """How many days before the assembly its convocation leaves; None when that is not recorded."""
    if assembly.second_of_id is not None and statutes.second_notice_days is not None:
        return statutes.second_notice_days
    return statutes.notice_days


def notice_source(assembly: Assembly, statutes: Statutes) -> str:
    """The name of the clause that says so: a second meeting may have its own."""
    return "second" if assembly.second_of_id is not None and statutes.second_notice_days is not None else "notice"


def convene(
    session: Session, assembly: Assembly, calls: Sequence[Call], *, is_meant: bool = False, by: Actor, at: datetime
) -> int:
    """Freeze the agenda and put each person's letter into the outbox; give how many left.

    Once convened, the same verb reaches those who were added since.

    :raises ShortNotice: when the statutes ask for more days and nobody said that it is meant.
    """
    alone_on(session, assembly)
    need(assembly, {Status.DRAFT, Status.CONVENED}, _l("La réunion a commencé : il est trop tard pour convoquer."))
    _check_ready(assembly, at)
    if assembly.status == Status.DRAFT and not is_meant:
        _check_notice(session, assembly, day_of(at))
    seats = {seat.id: seat for seat in assembly.seats if seat.dispatch == Dispatch.UNSENT}
    sent = 0
    for call in calls:
        seat = seats.get(call.seat_id)
        if seat is None or not seat.email:
            continue
        message = enqueue(session, call.letter, at=at)
        seat.dispatch, seat.sent_on, seat.message_id = Dispatch.EMAIL, day_of(at), message.message_id
        seat.link_hash = call.link_hash
        sent += 1
    if assembly.status == Status.CONVENED and not sent:
        return 0
    if assembly.status == Status.DRAFT:
        assembly.status, assembly.convened_at = Status.CONVENED, at
        assembly.convened_agenda = [{"id": item.id, "title": item.title} for item in assembly.agenda]
    assembly.revision += 1
    session.flush()
    tell(session, "convened", assembly, by=by, at=at, number=sent)
    return sent


def note_dispatch(
    session: Session, assembly: Assembly, sent: Mapping[int, tuple[Dispatch, date]], *, by: Actor, at: datetime
) -> int:
    """Note letters posted or handed over, also to whom an e-mail did not reach; give how many."""
    need(assembly, {Status.CONVENED, Status.OPEN}, _l("Arrêtez d’abord la convocation."))
    number, unread = 0, unreached(session, assembly)
    for seat in assembly.seats:
        if seat.id not in sent or (seat.dispatch == Dispatch.EMAIL and seat not in unread):
            continue
        how, day = sent[seat.id]
        if day > day_of(at):
            raise NotReady(
                _l("Un envoi se note une fois parti : choisissez un jour passé, ou aujourd’hui."), field="day"
            )
        seat.dispatch, seat.sent_on = how, day
        number += 1
    session.flush()
    if number:
        tell(session, "dispatch_noted", assembly, by=by, at=at, number=number)
    return number


def latest_dispatch(assembly: Assembly) -> date | None:
    """The day on which the last convocation left to somebody who votes."""
    return max((seat.sent_on for seat in assembly.members if seat.sent_on), default=None)


def _check_ready(assembly: Assembly, at: datetime) -> None:
    if assembly.trashed_at is not None:
        raise WrongMoment(_l("Cette réunion est à la corbeille : sortez-l’en d’abord."))
    if not assembly.agenda:
        raise NotReady(_l("L’ordre du jour est vide : inscrivez au moins un point avant de convoquer."))
    if not assembly.members:
        raise NotReady(_l("Personne n’est appelé à voter : choisissez d’abord qui est convoqué."))
    if not (assembly.place or assembly.link):
        raise NotReady(_l("Écrivez où l’on se réunit : un lieu, ou l’adresse de la visioconférence."))
    if assembly.starts_at <= at:
        raise NotReady(_l("La date de la réunion est passée : corrigez-la avant de convoquer."))


def _check_notice(session: Session, assembly: Assembly, today: date) -> None:
    held_on = day_of(assembly.starts_at)
    statutes = queries.statutes_of(session, assembly, held_on)
    days = notice_required(assembly, statutes)
    if days is None or notice(days, today, held_on) != "short":
        return
    clause = statutes.clause(notice_source(assembly, statutes))
    asked = _ln("%(num)s jour", "%(num)s jours", days)
    left = _ln("%(num)s jour", "%(num)s jours", (held_on - today).days)
    words = {"asked": asked, "left": left, "clause": clause}
    raise ShortNotice(
        _l(
            "Les statuts (%(clause)s) demandent %(asked)s avant la réunion ; il en reste %(left)s. "
            "Choisissez une date plus tardive, ou cochez « envoyer quand même ».",
            **words,
        )
        if clause
        else _l(
            "Les statuts demandent %(asked)s avant la réunion ; il en reste %(left)s. "
            "Choisissez une date plus tardive, ou cochez « envoyer quand même ».",
            **words,
        ),
        field="is_meant",
    )
