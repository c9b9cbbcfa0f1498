"""Proxies of the evening: what the law takes for one, from which item it counts, and at which it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.labels import FAULTS
from app.council.models import Proxy
from app.council.moving import is_there, vacant_at
from app.council.powers import (
    ended_by,
    given_back,
    in_the_way,
    is_away,
    lapsing,
    may_hold_again,
    proxies_at,
    refused_proxy,
)
from app.council.queries import consecutive_proxies
from app.council.reckoning import point_in_hand, served_votes
from app.council.services.convening import NotLawful
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.overriding import Override, override_check
from app.council.services.settled import require_evening, require_same_votes, require_unvoted, votes_so_far
from app.council.services.telling import tell_meeting
from app.law import tables
from app.law.proxies import IMPOSSIBLE
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from flask_babel.speaklater import LazyString
    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint, Meeting, MovementKind, Seat
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
    One of the same giver, or to the same holder, that serves nobody any more ends there.

    :raises NotLawful: C13.
    """
    require_evening(meeting)
    before = votes_so_far(meeting)
    giver, holder = pair
    called = since or point_in_hand(meeting)
    _require_members(meeting, called, giver, holder)
    fault: str | None = refused_proxy(meeting, giver, holder, called, is_written=is_written)
    fault = fault or _in_the_room(meeting, called, giver, holder)
    limit = tables.number("procuration_seances", day_of(meeting.starts_at))
    if fault is None and not illness and consecutive_proxies(session, meeting, giver.person_id) > limit:
        fault = "too_long"
    reason = (reasons or {}).get("C13")
    if fault in IMPOSSIBLE or (fault and not reason):
        raise NotLawful(_why_not(meeting, called, pair, fault), "C13", is_final=fault in IMPOSSIBLE)
    if fault and reason:
        sentence = f"{giver.name}, {holder.name} : {FAULTS[fault]}"
        command = Override(check_id="C13", reason=reason, sentence=sentence, meeting_id=meeting.id)
        override_check(session, meeting.body_id, command, by=by, at=at)
    for one in lapsing(meeting, giver, holder, called):
        one.until_id = called.id if called is not None else None
    proxy = Proxy(
        meeting_id=meeting.id,
        giver_id=giver.id,
        holder_id=holder.id,
        is_written=is_written,
        illness=illness,
        is_admitted=fault is not None,
        since_id=_since(meeting, called, pair),
        created_at=at,
    )
    session.add(proxy)
    session.flush()
    session.refresh(meeting, ["proxies"])
    require_same_votes(meeting, before)
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)
    return proxy


def _require_members(meeting: Meeting, point: AgendaPoint | None, giver: Seat, holder: Seat) -> None:
    """Both are of this council, and the giver still is."""
    if giver.meeting_id != meeting.id or holder.meeting_id != meeting.id:
        raise BadMeeting(_l("Choisissez deux personnes de ce conseil."))
    if giver.id in vacant_at(meeting, point):
        raise BadMeeting(
            _l(
                "%(name)s n’est plus membre du conseil à ce point et n’y est donc pas représenté·e. Si c’est une "
                "erreur, effacez d’abord ce mouvement.",
                name=giver.name,
            )
        )


def _since(meeting: Meeting, called: AgendaPoint | None, pair: tuple[Seat, Seat]) -> int | None:
    """The item from which it counts; None from the first one on, which is the opening, unless another one ended."""
    giver, holder = pair
    takes_over = any(
        proxy.until_id is not None and (proxy.giver_id == giver.id or proxy.holder_id == holder.id)
        for proxy in meeting.proxies
    )
    return None if called is None or (called is meeting.agenda[0] and not takes_over) else called.id


def _why_not(
    meeting: Meeting, point: AgendaPoint | None, pair: tuple[Seat, Seat], fault: str | None
) -> LazyString | str:
    """Why a proxy is refused, and what to do; beside another one, whose that is."""
    giver, holder = pair
    others = in_the_way(meeting, giver, holder, point)
    given = next((one for one in others if one.giver_id == giver.id), None)
    if fault == "given_twice" and given is not None and not served_votes(meeting, given):
        return _l(
            "%(giver)s a déjà donné procuration à %(holder)s, et aucun vote n’est encore consigné avec elle. Si cette "
            "personne l’a révoquée, ou si elle a été notée par erreur, pressez « Retirer » à côté d’elle dans la "
            "feuille de séance, puis notez la nouvelle.",
            giver=giver.name,
            holder=given.holder.name,
        )
    if fault == "given_twice" and given is not None:
        return _l(
            "%(giver)s a déjà donné procuration à %(holder)s. Si cette personne l’a révoquée, pressez « Révoquer » à "
            "côté de cette procuration, dans la feuille de séance, puis notez la nouvelle ; si elle a été notée par "
            "erreur, pressez « Retirer ».",
            giver=giver.name,
            holder=given.holder.name,
        )
    carried = next((one for one in others if one.holder_id == holder.id), None)
    if fault == "too_many" and carried is not None:
        return _l(
            "%(holder)s porte déjà la procuration donnée par %(giver)s et n’en porte pas une de plus (CGCT, "
            "art. L. 2121-20). Choisissez une autre personne ; si la première est révoquée ou "
            "notée par erreur, révoquez-la ou retirez-la d’abord dans la feuille de séance.",
            holder=holder.name,
            giver=carried.giver.name,
        )
    return FAULTS[fault or ""]


def _in_the_room(meeting: Meeting, current: AgendaPoint | None, giver: Seat, holder: Seat) -> str | None:
    """Somebody who sits there votes for himself, and somebody noted away carries nothing; not yet noted: both may."""
    if is_there(giver, meeting, current):
        return "giver_present"
    return "holder_absent" if is_away(holder, meeting, current) else None


def revoke_proxy(session: Session, proxy: Proxy, since: AgendaPoint | None = None, *, by: Actor, at: datetime) -> None:
    """The giver takes the proxy back (CGCT, L2121-20): from an item on, else the one in hand, it counts no more.

    :raises NotPossibleNow: when it does not hold at that item, or that is voted.
    """
    meeting = proxy.meeting
    require_evening(meeting)
    point = since or point_in_hand(meeting)
    if point is None or proxy not in proxies_at(meeting, point):
        raise NotPossibleNow(
            _l(
                "La procuration donnée par %(name)s ne compte pas à ce point\N{NO-BREAK SPACE}: "
                "il n’y a rien à révoquer.",
                name=proxy.giver.name,
            )
        )
    require_unvoted(point)
    before = votes_so_far(meeting)
    proxy.until_id = point.id
    session.flush()
    require_same_votes(meeting, before)
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)


def restore_proxy(session: Session, proxy: Proxy, *, by: Actor, at: datetime) -> None:
    """A proxy that was revoked by a slip holds on.

    :raises NotPossibleNow: when a vote was counted without it, its giver came, or another one took its place.
    """
    meeting = proxy.meeting
    require_evening(meeting)
    if proxy.until_id is None:
        return
    if not may_hold_again(meeting, proxy):
        raise NotPossibleNow(
            _l(
                "La procuration donnée par %(giver)s à %(holder)s ne se rétablit plus\N{NO-BREAK SPACE}: un vote est "
                "consigné depuis, une autre a pris sa place, ou l’une de ces deux personnes est arrivée ou partie. "
                "Notez-en une nouvelle, si elle est écrite.",
                giver=proxy.giver.name,
                holder=proxy.holder.name,
            )
        )
    proxy.until_id = None
    session.flush()
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)


def erase_proxy(session: Session, proxy: Proxy, *, by: Actor, at: datetime) -> None:
    """Take back a proxy that was noted by a slip; those that served a vote stay in its count."""
    meeting = proxy.meeting
    require_evening(meeting)
    if served_votes(meeting, proxy):
        raise NotPossibleNow(
            _l(
                "Un vote est déjà consigné avec cette procuration\N{NO-BREAK SPACE}: elle reste au procès-verbal. Si "
                "elle est révoquée, pressez « Révoquer »\N{NO-BREAK SPACE}: elle ne comptera plus pour la suite."
            )
        )
    session.delete(proxy)
    session.flush()
    session.refresh(meeting, ["proxies"])
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)


def end_proxies(meeting: Meeting, seat: Seat, kind: MovementKind, point: AgendaPoint) -> None:
    """Whoever comes in votes himself, and whoever leaves the council is no more represented nor represents."""
    for proxy in ended_by(meeting, seat, kind, point):
        proxy.until_id = point.id


def give_proxies_back(meeting: Meeting, seat: Seat, kind: MovementKind, point: AgendaPoint) -> None:
    """What a movement ended that did not happen holds on, where nothing took its place."""
    if not any(move.kind == kind and move.point_id == point.id for move in seat.movements):
        for proxy in given_back(meeting, seat, kind, point):
            proxy.until_id = None
