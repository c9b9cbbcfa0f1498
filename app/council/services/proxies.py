"""Proxies of the evening: what the law takes for one, and from which item it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.labels import FAULTS
from app.council.models import Attendance, Proxy
from app.council.moving import is_there
from app.council.queries import consecutive_proxies
from app.council.reckoning import point_in_hand, refused_proxy, standing_at
from app.council.services.convening import NotLawful
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.overriding import Override, override_check
from app.council.services.settled import require_evening, require_same_votes, votes_so_far
from app.council.services.telling import tell_meeting
from app.law import tables
from app.law.proxies import IMPOSSIBLE
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint, Meeting, Seat
    from app.shared.actor import Actor


def note_proxy(  # noqa: PLR0913  # the two persons and what is known of the paper
    session: Session,
    meeting: Meeting,
    pair: tuple[Seat, Seat],
    *,
    is_written: bool,
    illness: bool,
    since: AgendaPoint | None = None,
    reasons: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Proxy:
    """Note a proxy; one that the law refuses is refused with the article, unless ``reasons`` answers for it.

    It counts from the item ``since``, or the one that the council has come to: what was settled before keeps its count.

    :raises NotLawful: C13.
    """
    require_evening(meeting)
    before = votes_so_far(meeting)
    giver, holder = pair
    if giver.meeting_id != meeting.id or holder.meeting_id != meeting.id:
        raise BadMeeting(_l("Choisissez deux personnes de ce conseil."))
    if any(proxy.giver_id == giver.id for proxy in meeting.proxies):
        raise NotLawful(FAULTS["given_twice"], "C13", is_final=True)
    called = since or point_in_hand(meeting)
    fault: str | None = refused_proxy(meeting, giver, holder, is_written=is_written)
    fault = fault or _in_the_room(meeting, called, giver, holder)
    limit = tables.number("procuration_seances", day_of(meeting.starts_at))
    if fault is None and not illness and consecutive_proxies(session, meeting, giver.person_id) > limit:
        fault = "too_long"
    reason = (reasons or {}).get("C13")
    if fault in IMPOSSIBLE or (fault and not reason):
        raise NotLawful(FAULTS[fault], "C13", is_final=fault in IMPOSSIBLE)
    if fault and reason:
        sentence = f"{giver.name}, {holder.name} : {FAULTS[fault]}"
        command = Override(check_id="C13", reason=reason, sentence=sentence, meeting_id=meeting.id)
        override_check(session, meeting.body_id, command, by=by, at=at)
    proxy = Proxy(
        meeting_id=meeting.id,
        giver_id=giver.id,
        holder_id=holder.id,
        is_written=is_written,
        illness=illness,
        is_admitted=fault is not None,
        since_id=called.id if called is not None and called is not meeting.agenda[0] else None,
        created_at=at,
    )
    session.add(proxy)
    session.flush()
    session.refresh(meeting, ["proxies"])
    require_same_votes(meeting, before)
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)
    return proxy


def _in_the_room(meeting: Meeting, current: AgendaPoint | None, giver: Seat, holder: Seat) -> str | None:
    """Somebody who sits there votes for himself, and somebody noted away carries nothing; not yet noted: both may."""
    if is_there(giver, meeting, current):
        return "giver_present"
    is_away = holder.attendance in {Attendance.ABSENT, Attendance.EXCUSED}
    return "holder_absent" if is_away and not is_there(holder, meeting, current) else None


def erase_proxy(session: Session, proxy: Proxy, *, by: Actor, at: datetime) -> None:
    """A proxy is revocable; those that served a vote stay in its count."""
    meeting = proxy.meeting
    require_evening(meeting)
    for point in meeting.agenda:
        if point.voted_at is not None and proxy in standing_at(meeting, point).represented:
            raise NotPossibleNow(
                _l("Un vote est déjà consigné avec cette procuration\N{NO-BREAK SPACE}: elle reste au procès-verbal.")
            )
    session.delete(proxy)
    session.flush()
    session.refresh(meeting, ["proxies"])
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)
