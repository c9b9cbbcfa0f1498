"""Preparing a meeting: the council, the day, the agenda."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.audit.services import record
from app.council.models import (
    Act,
    ActStatus,
    AgendaPoint,
    Meeting,
    MeetingStatus,
    Outcome,
    SamePerson,
)
from app.council.queries import commune_by_id, council_of
from app.council.reckoning import article_for, left_without_quorum, setting_of, urgency_law
from app.council.services.telling import expect, tell_meeting
from app.database.unit import alone_on
from app.shared.clock import PARIS, day_of
from app.shared.errors import DomainError
from app.shared.saying import full_day, hour

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.shared.actor import Actor

LARGEST_COUNCIL = 300


class BadMeeting(DomainError):
    """The meeting cannot be kept as it is told."""


class AgendaIsFrozen(DomainError):
    """The agenda went out with the convocation."""


class NotPossibleNow(DomainError):
    """The meeting is not at the stage that this verb needs."""


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """When and where the council meets."""

    starts_at: datetime
    place: str = ""
    is_urgent: bool = False
    urgency_reason: str = ""
    is_first: bool = False
    note: str = ""
    revision: int = 0


def call_meeting(session: Session, body_id: int, facts: MeetingFacts, *, by: Actor, at: datetime) -> Meeting:
    """Begin a meeting of the council of a commune."""
    body = commune_by_id(session, body_id)
    if body is None:
        raise BadMeeting(_l("Seule une commune a un conseil municipal : choisissez une commune."), field="body")
    _check(session, body, facts)
    meeting = Meeting(uid=str(uuid.uuid4()), body_id=body_id, created_at=at)
    _write(meeting, facts)
    session.add(meeting)
    session.flush()
    tell_meeting(session, "council.meeting_called", meeting, by=by, at=at)
    return meeting


def _when(moment: datetime) -> str:
    return f"{full_day(day_of(moment))}, {hour(moment.astimezone(PARIS))}"


def edit_meeting(session: Session, meeting: Meeting, facts: MeetingFacts, *, by: Actor, at: datetime) -> None:
    """Change the day, the place or the urgency while the convocation has not gone.

    :raises AgendaIsFrozen: when it has.
    """
    alone_on(session, meeting)
    _check(session, meeting.body, facts)
    require_draft(meeting)
    require_unsent(meeting, at)
    mine = {str(_l("Jour")): _when(facts.starts_at), str(_l("Lieu")): facts.place}
    theirs = {str(_l("Jour")): _when(meeting.starts_at), str(_l("Lieu")): meeting.place}
    expect(meeting.revision, facts.revision, theirs=theirs, yours=mine)
    _write(meeting, facts)
    meeting.revision += 1
    tell_meeting(session, "council.meeting_edited", meeting, by=by, at=at)


def _check(session: Session, body: Body, facts: MeetingFacts) -> None:
    if facts.is_urgent and not facts.urgency_reason.strip():
        law = urgency_law(setting_of(body, council_of(session, body.id)), day_of(facts.starts_at))
        raise BadMeeting(
            _l(
                "Écrivez pourquoi il y a urgence : le maire en rend compte à l’ouverture (CGCT, art. %(article)s).",
                article=law,
            ),
            field="urgency_reason",
        )


def _write(meeting: Meeting, facts: MeetingFacts) -> None:
    meeting.starts_at = facts.starts_at.astimezone(UTC)
    meeting.place = facts.place.strip()
    meeting.is_urgent = facts.is_urgent
    meeting.urgency_reason = facts.urgency_reason.strip() if facts.is_urgent else ""
    meeting.is_first = facts.is_first
    meeting.note = facts.note.strip()


def require_draft(meeting: Meeting) -> None:
    """Refuse to change what the convocation froze.

    :raises AgendaIsFrozen: once the convocation has gone.
    """
    if meeting.status != MeetingStatus.DRAFT:
        raise AgendaIsFrozen(
            _l(
                "La convocation est partie : le jour, le lieu et l’ordre du jour ne changent plus. "
                "Annulez cette séance et convoquez-en une autre, ou ajoutez un point avec son motif."
            )
        )


def has_gone(meeting: Meeting, on: date) -> bool:
    """Whether the convocation left for one councillor at least: what it carries is known from then on."""
    return any(seat.letter or (seat.sent_on is not None and seat.sent_on <= on) for seat in meeting.seats)


def require_unsent(meeting: Meeting, at: datetime) -> None:
    """Refuse to change what councillors hold in their hands, before the convocation is closed too.

    :raises AgendaIsFrozen: once it went to one of them.
    """
    if meeting.status == MeetingStatus.DRAFT and has_gone(meeting, day_of(at)):
        raise AgendaIsFrozen(
            _l(
                "La convocation est déjà partie\N{NO-BREAK SPACE}: le jour, le lieu et l’ordre du jour sont ceux "
                "qu’elle porte. Arrêtez-la, puis ajoutez un point avec son motif\N{NO-BREAK SPACE}; ou, sur sa page, "
                "reprenez l’envoi pour tout changer et convoquer chacun de nouveau."
            )
        )


def cancel_meeting(session: Session, meeting: Meeting, reason: str, *, by: Actor, at: datetime) -> None:
    """Call a meeting off; its acts may be put on another agenda."""
    if meeting.status not in {MeetingStatus.DRAFT, MeetingStatus.CONVENED}:
        raise NotPossibleNow(_l("Une séance ouverte ou tenue ne s’annule pas."))
    if not reason.strip():
        raise BadMeeting(_l("Écrivez pourquoi la séance est annulée."), field="reason")
    meeting.status = MeetingStatus.CANCELLED
    meeting.note = "\n".join(part for part in (meeting.note, reason.strip()) if part)
    release_acts(session, meeting)
    meeting.revision += 1
    tell_meeting(session, "council.meeting_edited", meeting, by=by, at=at)


_UNDECIDED = frozenset({ActStatus.ON_AGENDA, ActStatus.CONVENED})
"""Called, and the council did not come to it yet."""


def waiting_acts(session: Session, meeting: Meeting) -> list[Act]:
    """The acts that a meeting called and did not come to; one put on another agenda meanwhile waits there."""
    found = [point.act for point in meeting.agenda if point.act is not None and point.act.status in _UNDECIDED]
    elsewhere = set(
        session.scalars(
            select(AgendaPoint.act_id)
            .join(Meeting, Meeting.id == AgendaPoint.meeting_id)
            .where(
                AgendaPoint.act_id.in_([act.id for act in found]),
                AgendaPoint.meeting_id != meeting.id,
                AgendaPoint.outcome == Outcome.UNSAID,
                Meeting.status.in_((MeetingStatus.DRAFT, MeetingStatus.CONVENED, MeetingStatus.OPEN)),
                Meeting.trashed_at.is_(None),
            )
        )
    )
    return [act for act in found if act.id not in elsewhere]


def release_acts(session: Session, meeting: Meeting) -> None:
    """Give the acts that were not decided back: they may be called again; a second meeting's wait as they did."""
    for act in waiting_acts(session, meeting):
        act.status = ActStatus.VALIDATED if meeting.second_of_id is None else ActStatus.ADJOURNED


def trash_meeting(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Put a meeting that was never convened in the trash."""
    sent = meeting.status == MeetingStatus.DRAFT and has_gone(meeting, day_of(at))
    if sent or meeting.status not in {MeetingStatus.DRAFT, MeetingStatus.CANCELLED}:
        raise NotPossibleNow(
            _l("Une séance convoquée reste au registre. Annulez-la si elle n’a pas lieu : la trace en est gardée.")
        )
    if meeting.trashed_at is None:
        meeting.trashed_at = at
        release_acts(session, meeting)
        tell_meeting(session, "council.meeting_trashed", meeting, by=by, at=at)


def restore_meeting(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Take a meeting out of the trash."""
    if meeting.trashed_at is not None:
        meeting.trashed_at = None
        tell_meeting(session, "council.meeting_restored", meeting, by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class PointFacts:
    """An item of the agenda; ``added_reason`` says why it comes after the convocation."""

    title: str
    rapporteur: str = ""
    note: str = ""
    act_id: int | None = None
    added_reason: str = ""
    revision: int = 0


def require_open_agenda(meeting: Meeting, at: datetime) -> None:
    """Nothing is put on the agenda of a meeting that is over, that just went out, or that is convened a second time."""
    if meeting.status not in {MeetingStatus.DRAFT, MeetingStatus.CONVENED, MeetingStatus.OPEN}:
        raise NotPossibleNow(_l("Cette séance est close : son ordre du jour ne change plus."))
    require_unsent(meeting, at)
    if meeting.second_of_id is not None and meeting.status != MeetingStatus.DRAFT:
        raise AgendaIsFrozen(
            _l(
                "Sur seconde convocation, le conseil ne délibère que des mêmes points (CGCT, art. %(article)s).",
                article=article_for(meeting.body, "L2121-17 al. 2"),
            )
        )


def add_point(session: Session, meeting: Meeting, facts: PointFacts, *, by: Actor, at: datetime) -> AgendaPoint:
    """Put an item on the agenda; after the convocation only with a reason.

    :raises AgendaIsFrozen: after the convocation without a reason, or once the meeting is closed.
    """
    require_open_agenda(meeting, at)
    if meeting.status != MeetingStatus.DRAFT and not facts.added_reason.strip():
        raise AgendaIsFrozen(
            _l(
                "La convocation est partie : écrivez pourquoi ce point s’ajoute. Le conseil peut en être informé ; "
                "il n’en délibère pas s’il n’était pas à l’ordre du jour envoyé (CGCT, art. %(article)s).",
                article=article_for(meeting.body, "L2121-10"),
            ),
            field="added_reason",
        )
    act = _act_for(session, meeting, facts.act_id)
    title = facts.title.strip() or (act.title if act else "")
    if not title:
        raise BadMeeting(_l("Écrivez l’objet du point, tel qu’il sera envoyé."), field="title")
    point = AgendaPoint(
        meeting_id=meeting.id,
        position=max((one.position for one in meeting.points), default=0) + 1,
        title=title[:300],
        rapporteur=facts.rapporteur.strip()[:200] or (act.rapporteur if act else ""),
        note=facts.note.strip(),
        act_id=act.id if act else None,
        added_reason=facts.added_reason.strip() if meeting.status != MeetingStatus.DRAFT else "",
    )
    session.add(point)
    if act is not None:
        act.status = ActStatus.ON_AGENDA
    session.flush()
    session.refresh(meeting, ["points"])
    tell_meeting(session, "council.point_added", meeting, by=by, at=at, title=point.title)
    return point


def require_taken_up(meeting: Meeting, act_id: int | None, title: str) -> None:
    """A second convocation takes up what was left without a quorum, and nothing else.

    :raises AgendaIsFrozen: for what the first meeting was not called for, before any letter says otherwise.
    """
    if meeting.second_of is None:
        return
    left = left_without_quorum(meeting.second_of)
    if any(title == one.title or (act_id is not None and act_id == one.act_id) for one in left):
        return
    raise AgendaIsFrozen(
        _l(
            "Sur seconde convocation, le conseil ne délibère que des points restés sans quorum (CGCT, art. "
            "%(article)s)\N{NO-BREAK SPACE}: %(titles)s. Inscrivez celui-ci à une autre séance.",
            article=article_for(meeting.body, "L2121-17 al. 2"),
            titles=" ; ".join(one.title for one in left),
        )
    )


def _act_for(session: Session, meeting: Meeting, act_id: int | None) -> Act | None:
    if act_id is None:
        return None
    act = session.get(Act, act_id)
    if act is None or act.body_id != meeting.body_id or act.trashed_at is not None:
        raise BadMeeting(_l("Cette délibération n’est pas de cette commune. Choisissez-en une dans la liste."))
    if act.status not in {ActStatus.VALIDATED, ActStatus.ADJOURNED}:
        raise BadMeeting(
            _l("Seule une délibération validée, ou ajournée par une séance précédente, s’inscrit à l’ordre du jour."),
            field="act",
        )
    return act


def edit_point(session: Session, point: AgendaPoint, facts: PointFacts, *, by: Actor, at: datetime) -> None:
    """Change an item before the convocation; afterwards only its note and rapporteur."""
    alone_on(session, point)
    title = facts.title.strip()
    if not title:
        raise BadMeeting(_l("Écrivez l’objet du point, tel qu’il sera envoyé."), field="title")
    if point.meeting.status != MeetingStatus.DRAFT and (title != point.title or facts.note.strip() != point.note):
        raise AgendaIsFrozen(_l("La convocation est partie : l’objet et la note envoyés ne changent plus."))
    if title != point.title or facts.note.strip() != point.note:
        require_unsent(point.meeting, at)
    if title != point.title:
        require_taken_up(point.meeting, point.act_id, title)
    mine = {str(_l("Objet")): title, str(_l("Note de synthèse")): facts.note}
    theirs = {str(_l("Objet")): point.title, str(_l("Note de synthèse")): point.note}
    expect(point.revision, facts.revision, theirs=theirs, yours=mine)
    point.title, point.rapporteur, point.note = title[:300], facts.rapporteur.strip()[:200], facts.note.strip()
    point.revision += 1
    tell_meeting(session, "council.point_edited", point.meeting, by=by, at=at, title=point.title)


def move_point(session: Session, point: AgendaPoint, step: int, *, by: Actor, at: datetime) -> None:
    """Move an item one place; after the convocation the order may still change, the list as sent does not."""
    agenda = point.meeting.agenda
    if point.meeting.status not in {MeetingStatus.DRAFT, MeetingStatus.CONVENED, MeetingStatus.OPEN}:
        raise NotPossibleNow(_l("Cette séance est close : son ordre du jour ne change plus."))
    require_unsent(point.meeting, at)
    timed = [one for one in point.meeting.proxies if one.since_id or one.until_id]
    if timed or any(seat.movements for seat in point.meeting.seats):
        raise NotPossibleNow(_l("Des arrivées ou des départs sont notés par point : l’ordre ne change plus."))
    place = agenda.index(point) + step
    if 0 <= place < len(agenda):
        agenda.remove(point)
        agenda.insert(place, point)
        for number, one in enumerate(agenda, 1):
            one.position = number
        session.flush()
        session.refresh(point.meeting, ["points"])
        tell_meeting(session, "council.point_edited", point.meeting, by=by, at=at, title=point.title)


def withdraw_point(session: Session, point: AgendaPoint, *, by: Actor, at: datetime) -> None:
    """Take an item off: before the convocation it goes; afterwards it stays, marked as withdrawn."""
    if point.voted_at is not None:
        raise NotPossibleNow(_l("Ce point est voté : il reste au procès-verbal."))
    require_unsent(point.meeting, at)
    if point.meeting.status == MeetingStatus.DRAFT:
        point.trashed_at = at
    elif point.meeting.status in {MeetingStatus.CONVENED, MeetingStatus.OPEN}:
        point.outcome = Outcome.WITHDRAWN
    else:
        raise NotPossibleNow(_l("Cette séance est close : son ordre du jour ne change plus."))
    if point.act is not None:
        draft = point.meeting.status == MeetingStatus.DRAFT
        point.act.status = ActStatus.VALIDATED if draft else ActStatus.WITHDRAWN
        point.act.changed_at = at
    tell_meeting(session, "council.point_withdrawn", point.meeting, by=by, at=at, title=point.title)


def decide_same_person(  # a pair of persons and an answer
    session: Session, body_id: int, pair: tuple[int, int], *, is_same: bool, name: str, by: Actor, at: datetime
) -> None:
    """Keep what a human said of a councillor and a like-named member of a committee's board."""
    found = next(
        (one for one in session.query(SamePerson).filter_by(body_id=body_id, councillor_id=pair[0], other_id=pair[1])),
        None,
    )
    if found is None:
        found = SamePerson(body_id=body_id, councillor_id=pair[0], other_id=pair[1])
        session.add(found)
    found.is_same, found.decided_by, found.decided_at = is_same, by.name, at
    action = "council.same_person" if is_same else "council.other_person"
    record(session, action, by=by, at=at, body_id=body_id, subject=("person", pair[0]), name=name)
