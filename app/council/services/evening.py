"""The evening: who is there, who comes and goes, who is represented, who withdraws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.labels import ATTENDANCES, FAULTS
from app.council.models import (
    ActStatus,
    Attendance,
    MeetingStatus,
    Movement,
    MovementKind,
    Outcome,
    Proxy,
    Recusal,
)
from app.council.moving import clashes, is_there
from app.council.queries import consecutive_proxies
from app.council.reckoning import article_for, point_in_hand, refused_proxy, standing_at, urgency_article
from app.council.services.convening import NotLawful
from app.council.services.hours import closing_hour, moved_at, opening_hour, require_no_clash
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.overriding import Override, is_overridden, override_check
from app.council.services.telling import tell_meeting
from app.law import tables
from app.law.proxies import IMPOSSIBLE
from app.shared.clock import day_of
from app.shared.errors import DomainError
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint, Meeting, Seat
    from app.shared.actor import Actor


def require_evening(meeting: Meeting) -> None:
    """Only a convened meeting that is not closed takes what happens on the evening."""
    if meeting.status not in {MeetingStatus.CONVENED, MeetingStatus.OPEN}:
        raise NotPossibleNow(
            _l(
                "Cette séance n’est pas convoquée, ou elle est "
                "close\N{NO-BREAK SPACE}: la feuille de séance ne change plus."
            )
        )


def note_attendance(  # noqa: PLR0913  # what is asked at the opening
    session: Session,
    meeting: Meeting,
    attendance: Mapping[int, str],
    *,
    president: int | None,
    secretary: int | None,
    opened_at: str,
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Note who is there at the opening, who presides, who is secretary.

    :raises NotPossibleNow: when it would change who was there at a vote that is recorded.
    :raises NotedMeanwhile: when somebody else noted them since ``revision`` was read, otherwise than here.
    """
    require_evening(meeting)
    _require_fresh(meeting, attendance, revision)
    hour, before = opening_hour(meeting, opened_at), _votes_so_far(meeting)
    clashed = {seat.id: set(clashes(meeting, seat)) for seat in meeting.seats}
    for seat in meeting.seats:
        said = attendance.get(seat.id)
        if said in set(Attendance):
            seat.attendance = said or ""
        seat.presides = seat.id == president
        seat.is_secretary = seat.id == secretary
        if (seat.presides or seat.is_secretary) and seat.attendance != Attendance.PRESENT:
            raise BadMeeting(
                _l(
                    "%(name)s n’est pas noté·e présent·e\N{NO-BREAK SPACE}: qui préside "
                    "et qui tient le secrétariat sont présents à l’ouverture.",
                    name=seat.name,
                )
            )
    _require_same_votes(meeting, before)
    for seat in meeting.seats:
        require_no_clash(meeting, seat, clashed[seat.id])
    meeting.opened_at = hour
    meeting.revision += 1
    session.flush()
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)


class NotedMeanwhile(DomainError):
    """Two people note who is there: what the first one saved is shown before it is written over."""

    status = 409


def _require_fresh(meeting: Meeting, attendance: Mapping[int, str], revision: int | None) -> None:
    if revision is None or revision == meeting.revision:
        return
    others = [seat for seat in meeting.seats if seat.attendance and attendance.get(seat.id) != seat.attendance]
    if others:
        raise NotedMeanwhile(
            _l(
                "Quelqu’un d’autre a noté les présences entre-temps\N{NO-BREAK SPACE}: %(names)s. "
                "Rien n’est enregistré. Vérifiez ce qui est coché, puis enregistrez de nouveau.",
                names=", ".join(f"{seat.name} ({ATTENDANCES[Attendance(seat.attendance)]})" for seat in others),
            )
        )


def _votes_so_far(meeting: Meeting) -> dict[int, tuple[object, ...]]:
    """Who made each vote that is recorded: those there, those represented, who presided."""
    found: dict[int, tuple[object, ...]] = {}
    for point in meeting.agenda:
        if point.voted_at is None:
            continue
        standing = standing_at(meeting, point)
        found[point.id] = (
            {seat.id for seat in standing.present},
            {proxy.giver_id for proxy in standing.represented},
            standing.chair.id if standing.chair else None,
        )
    return found


def _require_same_votes(meeting: Meeting, before: Mapping[int, tuple[object, ...]]) -> None:
    """What is noted later may not take voters from a vote, nor add any: the counts would be false, silently."""
    after = _votes_so_far(meeting)
    changed = next((point for point in meeting.agenda if before.get(point.id) != after.get(point.id)), None)
    if changed is not None:
        raise NotPossibleNow(
            _l(
                "Le vote de « %(title)s » est consigné avec ses présents et ses représentés\N{NO-BREAK SPACE}: "
                "ils ne changent plus (CGCT, art. L. 2121-17). Notez une arrivée ou un départ avant le point suivant.",
                title=changed.title,
            )
        )


def open_meeting(session: Session, meeting: Meeting, *, urgency_accepted: bool | None, by: Actor, at: datetime) -> None:
    """Open the meeting: president and secretary are named, the quorum is there.

    :raises NotLawful: without quorum (C10), or when an urgent meeting opens without the council's ruling (C02).
    """
    require_evening(meeting)
    if day_of(at) < day_of(meeting.starts_at):
        raise NotPossibleNow(
            _l(
                "La séance est prévue le %(day)s\N{NO-BREAK SPACE}: elle s’ouvre ce jour-là.",
                day=full_day(day_of(meeting.starts_at)),
            )
        )
    if not any(seat.presides for seat in meeting.seats):
        raise BadMeeting(_l("Choisissez qui préside la séance, puis enregistrez les présences."))
    if not any(seat.is_secretary for seat in meeting.seats):
        raise BadMeeting(
            _l(
                "Le conseil nomme un secrétaire au début de la séance (CGCT, "
                "art. %(article)s)\N{NO-BREAK SPACE}: choisissez-le.",
                article=article_for(meeting.body, "L2121-15"),
            )
        )
    if meeting.is_urgent and urgency_accepted is None:
        raise NotLawful(
            _l(
                "Le conseil se prononce sur l’urgence à l’ouverture (CGCT, art. %(article)s)"
                "\N{NO-BREAK SPACE}: notez sa réponse.",
                article=urgency_article(meeting),
            ),
            "C02",
        )
    standing = standing_at(meeting, None)
    if not standing.has_quorum and not is_overridden(session, "C10", meeting_id=meeting.id):
        raise NotLawful(
            _l(
                "Le quorum n’est pas réuni\N{NO-BREAK SPACE}: %(present)s "
                "présents, il en faut %(quorum)s ; les procurations ne "
                "comptent pas (CGCT, art. L. 2121-17). Constatez l’absence de quorum, puis convoquez de nouveau.",
                present=len(standing.present),
                quorum=standing.quorum,
            ),
            "C10",
        )
    meeting.urgency_accepted = urgency_accepted if meeting.is_urgent else None
    meeting.status = MeetingStatus.OPEN
    meeting.revision += 1
    tell_meeting(session, "council.opened", meeting, by=by, at=at)


def note_movement(  # who, how, when
    session: Session,
    point: AgendaPoint,
    seat: Seat,
    hour: str,
    *,
    kind: MovementKind | None = None,
    by: Actor,
    at: datetime,
) -> Movement:
    """Somebody comes in, or goes out, before the vote of this item; untold, ``kind`` follows from where they are.

    :raises BadMeeting: when it contradicts what is noted of the same person: out twice, in twice.
    """
    meeting = point.meeting
    require_evening(meeting)
    _require_unvoted(point)
    before = _votes_so_far(meeting)
    if seat.meeting_id != meeting.id:
        raise BadMeeting(_l("Cette personne n’est pas de ce conseil."))
    if kind is None:
        kind = MovementKind.DEPARTURE if is_there(seat, meeting, point) else MovementKind.ARRIVAL
    clashed = set(clashes(meeting, seat))
    move = Movement(seat_id=seat.id, point_id=point.id, kind=kind, at=moved_at(meeting, point, hour))
    session.add(move)
    session.flush()
    session.refresh(seat, ["movements"])
    _require_same_votes(meeting, before)
    require_no_clash(meeting, seat, clashed)
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)
    return move


def erase_movement(session: Session, move: Movement, *, by: Actor, at: datetime) -> None:
    """Take back an arrival or a departure that was noted by mistake, as long as nothing was voted since.

    :raises BadMeeting: when what is left of the same person would contradict itself.
    """
    seat, meeting = move.seat, move.seat.meeting
    require_evening(meeting)
    order = {one.id: place for place, one in enumerate(meeting.points)}
    since = [one for one in meeting.points if order[one.id] >= order.get(move.point_id, 0)]
    for point in since:
        _require_unvoted(point)
    clashed = set(clashes(meeting, seat))
    session.delete(move)
    session.flush()
    session.refresh(seat, ["movements"])
    require_no_clash(meeting, seat, clashed)
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)


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
    before = _votes_so_far(meeting)
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
    _require_same_votes(meeting, before)
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


def note_recusal(  # one person and how they withdraw
    session: Session,
    point: AgendaPoint,
    seat: Seat,
    reason: str,
    *,
    is_delegate: bool = False,
    by: Actor,
    at: datetime,
) -> Recusal:
    """Somebody withdraws from an item: neither debate nor vote, no proxy given or held; the quorum is counted anew."""
    require_evening(point.meeting)
    _require_unvoted(point)
    if seat.meeting_id != point.meeting_id:
        raise BadMeeting(_l("Cette personne n’est pas de ce conseil."))
    if any(one.seat_id == seat.id for one in point.recusals):
        raise BadMeeting(_l("Le déport de %(name)s est déjà noté.", name=seat.name))
    recusal = Recusal(point_id=point.id, seat_id=seat.id, reason=reason.strip()[:300], is_delegate=is_delegate)
    session.add(recusal)
    session.flush()
    session.refresh(point, ["recusals"])
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)
    return recusal


def erase_recusal(session: Session, recusal: Recusal, *, by: Actor, at: datetime) -> None:
    """Take back a withdrawal that was noted by mistake, as long as the item is not voted."""
    point = recusal.point
    require_evening(point.meeting)
    _require_unvoted(point)
    session.delete(recusal)
    session.flush()
    session.refresh(point, ["recusals"])
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def elect_chair(session: Session, point: AgendaPoint, seat: Seat | None, *, by: Actor, at: datetime) -> None:
    """Note who the council elected to preside an item, in the place of the mayor (CGCT, L2121-14); None: nobody.

    :raises BadMeeting: for somebody who is not in the room.
    """
    require_evening(point.meeting)
    _require_unvoted(point)
    if seat is not None and seat not in standing_at(point.meeting, point).present:
        raise BadMeeting(
            _l(
                "%(name)s n’est pas dans la salle à ce point\N{NO-BREAK SPACE}: qui préside est présent et ne s’est "
                "pas retiré.",
                name=seat.name,
            ),
            field="chair",
        )
    point.chair_id = seat.id if seat is not None else None
    session.flush()
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def _require_unvoted(point: AgendaPoint) -> None:
    if point.voted_at is not None:
        raise NotPossibleNow(
            _l(
                "Le point « %(title)s » est voté\N{NO-BREAK SPACE}: ce qui le concerne ne change plus.",
                title=point.title,
            )
        )


def close_meeting(session: Session, meeting: Meeting, closed_at: str, *, by: Actor, at: datetime) -> list[str]:
    """Close the meeting: a deliberation that was not reached is adjourned; gives their titles."""
    if meeting.status != MeetingStatus.OPEN:
        raise NotPossibleNow(_l("Seule une séance ouverte se clôt."))
    meeting.closed_at = closing_hour(meeting, closed_at)
    adjourned = [point.title for point in meeting.agenda if point.outcome == Outcome.UNSAID and point.act_id]
    for point in meeting.agenda:
        if point.outcome == Outcome.UNSAID:
            point.outcome = Outcome.ADJOURNED if point.act_id else Outcome.NOTED
        if point.act is not None and point.act.status == ActStatus.CONVENED:
            point.act.status, point.act.changed_at = ActStatus.ADJOURNED, at
            point.act.give_number_back()
    meeting.status = MeetingStatus.CLOSED
    meeting.revision += 1
    tell_meeting(session, "council.closed", meeting, by=by, at=at)
    return adjourned
