"""Who is called, and whom the e-mail of a convocation does not reach, as the outbox tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.assemblies.models import Dispatch
from app.mail.models import MessageState
from app.mail.queries import refused_last, states_of
from app.members.erasing import ERASED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblySeat


@dataclass(frozen=True, kw_only=True)
class Unreached:
    """Seats whose letter was refused, and those whose address refused the last one while this one waits or is unsent.

    For both a letter on paper is proposed.
    """

    lost: tuple[AssemblySeat, ...] = ()
    doubtful: tuple[AssemblySeat, ...] = ()

    def __contains__(self, seat: AssemblySeat) -> bool:
        return seat in self.lost or seat in self.doubtful


def called(assembly: Assembly) -> list[AssemblySeat]:
    """Those who are called, each once; whoever was erased or is gone since is nobody to write to or to elect."""
    lines: dict[int, list[AssemblySeat]] = {}
    for seat in assembly.seats:
        lines.setdefault(seat.person_id or -seat.id, []).append(seat)
    once = {min(same, key=lambda one: (not one.votes, not one.link_hash, one.id)).id for same in lines.values()}
    return [seat for seat in assembly.seats if seat.id in once and seat.name != ERASED and not seat.left_before]


def unreached(session: Session, assembly: Assembly) -> Unreached:
    """Whom the e-mail does not reach, of those who have an address. Two queries."""
    addressed = [seat for seat in assembly.seats if seat.email and seat.dispatch in {Dispatch.UNSENT, Dispatch.EMAIL}]
    sent = states_of(session, [seat.message_id for seat in addressed if seat.dispatch == Dispatch.EMAIL])
    open_ones = [seat for seat in addressed if sent.get(seat.message_id, MessageState.WAITING) == MessageState.WAITING]
    refused = refused_last(session, assembly.body_id, [seat.email for seat in open_ones])
    return Unreached(
        lost=tuple(seat for seat in addressed if sent.get(seat.message_id) == MessageState.FAILED),
        doubtful=tuple(seat for seat in open_ones if seat.email.lower() in refused),
    )
