"""The convocation: who is sent it, how, when, with what proof; then nothing of it changes any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.bodies.labels import function_in_french
from app.council.annexes import annexes_of
from app.council.models import ActStatus, Channel, MeetingStatus, Seat
from app.council.queries import council_of, councillors, replaces_a_convocation
from app.council.reckoning import (
    article_for,
    delay_of,
    last_dispatch,
    left_without_quorum,
    needs_note,
    setting_of,
    standing_at,
)
from app.council.services.composition import may_still_be_called, require_as_it_is
from app.council.services.describing import keep_populations
from app.council.services.letters import convocation_letter
from app.council.services.meetings import BadMeeting, NotPossibleNow, require_draft, waiting_acts
from app.council.services.overriding import is_overridden
from app.council.services.telling import tell_meeting
from app.council.services.weighing import faults_of_agenda
from app.database.unit import alone_on
from app.mail.addresses import BadAddress, clean
from app.mail.services import enqueue
from app.shared.clock import day_of
from app.shared.errors import DomainError
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.council.models import Meeting
    from app.shared.actor import Actor


class NotLawful(DomainError):
    """A blocking check is not met: ``check_id`` names it, so that the page can offer to go past it with a reason.

    ``is_final``: no reason makes it lawful.
    """

    def __init__(self, sentence: object, check_id: str, *, is_final: bool = False) -> None:
        super().__init__(sentence)
        self.check_id = check_id
        self.is_final = is_final


def fill_seats(session: Session, meeting: Meeting) -> None:
    """Take the councillors in office from the mandates of the commune; only while nothing was sent."""
    held = {seat.person_id: seat for seat in meeting.seats}
    for rank, mandate in enumerate(councillors(session, meeting.body_id, on=day_of(meeting.starts_at)), 1):
        seat = held.pop(mandate.person_id, None)
        if seat is None:
            seat = Seat(meeting_id=meeting.id, person_id=mandate.person_id, address="", channel=Channel.ELECTRONIC)
            session.add(seat)
        seat.address = seat.address or mandate.person.email
        seat.name, seat.function = mandate.person.name, mandate.function
        seat.wording, seat.rank = function_in_french(mandate), rank
    for seat in held.values():
        session.delete(seat)
    session.flush()
    session.refresh(meeting, ["seats"])


@dataclass(frozen=True)
class Dispatch:
    """How and when the convocation went to one councillor."""

    channel: str
    address: str = ""
    sent_on: date | None = None
    proof: str = ""
    wants_paper: bool = False


def record_dispatch(
    session: Session,
    meeting: Meeting,
    sent: Mapping[int, Dispatch],
    *,
    posted_on: date | None,
    by: Actor,
    at: datetime,
) -> None:
    """Note each dispatch; the proof, and an address that nobody noted, may still come after the convocation is closed.

    The day may not change then.
    """
    held_on = day_of(meeting.starts_at)
    for seat in meeting.seats:
        one = sent.get(seat.id)
        if one is None:
            continue
        if one.sent_on is not None and one.sent_on >= held_on:
            raise BadMeeting(
                _l(
                    "%(name)s\N{NO-BREAK SPACE}: l’envoi du %(sent)s n’est pas "
                    "avant la séance du %(day)s. Vérifiez la date.",
                    name=seat.name,
                    sent=full_day(one.sent_on),
                    day=full_day(held_on),
                ),
                field=f"sent_{seat.id}",
            )
        if meeting.status == MeetingStatus.DRAFT or may_still_be_called(meeting, seat, one.sent_on, at=at):
            seat.channel, seat.address, seat.sent_on = one.channel, one.address.strip()[:300], one.sent_on
            seat.wants_paper = one.wants_paper
        elif lacks_address(seat):
            seat.address = one.address.strip()[:300]
        seat.proof = one.proof.strip()[:300]
    meeting.posted_on = posted_on
    session.flush()
    tell_meeting(session, "council.meeting_edited", meeting, by=by, at=at)


def lacks_address(seat: Seat) -> bool:
    """Whether the convocation went electronically and nobody noted where to: it goes to each one's own address."""
    is_mail = seat.channel == Channel.ELECTRONIC and seat.sent_on is not None
    return is_mail and not seat.address and not seat.letter


def to_mail(meeting: Meeting) -> tuple[list[Seat], list[Seat]]:
    """Who takes the convocation electronically and was not sent it: those with a mail address, those without."""
    waiting = [seat for seat in meeting.seats if seat.channel == Channel.ELECTRONIC and seat.sent_on is None]
    return [seat for seat in waiting if _has_mail(seat)], [seat for seat in waiting if not _has_mail(seat)]


def _has_mail(seat: Seat) -> bool:
    try:
        clean(seat.address)
    except BadAddress:
        return False
    return True


def mail_convocation(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> list[str]:
    """Send the convocation to every councillor who takes it electronically; return the names that have no address.

    The letters stand in the outbox, in the same transaction: today is the day of dispatch, their state is the proof.

    :raises NotLawful: when what they say, or their day, is not lawful and nobody said why they go all the same.
    """
    alone_on(session, meeting)
    require_draft(meeting)
    if day_of(at) >= day_of(meeting.starts_at):
        raise BadMeeting(_l("La séance est déjà là\N{NO-BREAK SPACE}: la convocation part avant."))
    if not meeting.agenda or not meeting.place:
        raise BadMeeting(_l("Écrivez d’abord le lieu et l’ordre du jour\N{NO-BREAK SPACE}: la convocation les porte."))
    reached, missing = to_mail(meeting)
    if not reached and not any(seat.letter for seat in meeting.seats):
        raise BadMeeting(
            _l(
                "Personne n’a ici d’adresse électronique où envoyer la convocation. Écrivez les adresses dans les "
                "lignes des conseillers et enregistrez, ou convoquez par courrier ou en main propre."
            )
        )
    if reached:
        _require_lawful_letters(session, meeting, day_of(at))
    replaces = replaces_a_convocation(session, meeting)
    annexes = annexes_of(session, meeting)
    for seat in reached:
        message = enqueue(session, convocation_letter(meeting, seat, annexes, replaces=replaces), at=at)
        seat.letter, seat.sent_on = message.message_id, day_of(at)
    session.flush()
    if reached:
        tell_meeting(session, "council.mailed", meeting, by=by, at=at)
    return [seat.name for seat in missing]


def _require_lawful_letters(session: Session, meeting: Meeting, today: date) -> None:
    """What a letter carries is mended before it leaves: afterwards everybody would be convened anew."""
    delay = delay_of(meeting, setting_of(meeting.body, council_of(session, meeting.body_id)), today)
    found = [one for one in faults_of(session, meeting) if one[0] != "C06"]
    if delay.is_short:
        late = _l(
            "Partie aujourd’hui, la convocation part trop tard\N{NO-BREAK SPACE}: le dernier jour était le %(latest)s "
            "(%(article)s). Changez d’abord le jour de la séance.",
            latest=full_day(delay.latest_sending),
            article=delay.article,
        )
        found.insert(0, (delay.check_id, late))
    for check_id, sentence in found:
        if not is_overridden(session, check_id, meeting_id=meeting.id):
            raise NotLawful(sentence, check_id)


def faults_of(session: Session, meeting: Meeting) -> Sequence[tuple[str, object]]:
    """What forbids the convocation to be closed, as (check, sentence); empty when nothing does."""
    setting = setting_of(meeting.body, council_of(session, meeting.body_id))
    held_on = day_of(meeting.starts_at)
    found: list[tuple[str, object]] = []
    sent, called_by = last_dispatch(meeting), article_for(meeting.body, "L2121-10")
    if not meeting.agenda:
        found.append(
            (
                "C03",
                _l(
                    "L’ordre du jour est vide\N{NO-BREAK SPACE}: la convocation doit le porter "
                    "(CGCT, art. %(article)s).",
                    article=called_by,
                ),
            )
        )
    if not meeting.place:
        found.append(
            (
                "C03",
                _l(
                    "Le lieu manque\N{NO-BREAK SPACE}: la convocation doit le dire (CGCT, art. %(article)s).",
                    article=called_by,
                ),
            )
        )
    missing = [seat.name for seat in meeting.seats if seat.sent_on is None]
    if missing or not meeting.seats:
        names = _some(missing) or str(_l("personne n’est noté au conseil"))
        due = _l(
            "Chaque conseiller en exercice doit recevoir la convocation (CGCT, "
            "art. %(article)s). Manque\N{NO-BREAK SPACE}: %(names)s.",
            article=called_by,
            names=names,
        )
        none = _l(
            "%(due)s Aucun envoi n’est noté\N{NO-BREAK SPACE}: un conseil que personne n’a convoqué ne peut pas "
            "délibérer, et aucun motif n’en dispense.",
            due=due,
        )
        found.append(("C06", none if nobody_called(meeting) else due))
    delay = delay_of(meeting, setting, sent)
    if delay.is_short:
        found.append(
            (
                delay.check_id,
                _l(
                    "%(kind)s entre l’envoi et la séance\N{NO-BREAK SPACE}: %(days)s, "
                    "il en faut %(required)s (%(article)s). "
                    "Dernier jour pour l’envoi\N{NO-BREAK SPACE}: %(latest)s. "
                    "Envoyée trop tard à\N{NO-BREAK SPACE}: %(names)s.",
                    names=_some(
                        [seat.name for seat in meeting.seats if seat.sent_on and seat.sent_on > delay.latest_sending]
                    ),
                    kind=_l("Jours francs") if delay.notice.is_clear else _l("Jours"),
                    days=max(delay.days or 0, 0),
                    required=delay.notice.required,
                    article=delay.article,
                    latest=full_day(delay.latest_sending),
                ),
            )
        )
    found += _second_faults(meeting, sent)
    bare = titles_without_note(meeting)
    if bare and needs_note(setting, held_on):
        found.append(
            (
                "C05",
                _l(
                    "Une note explicative de synthèse est due pour chaque point soumis à délibération, "
                    "avec la convocation (CGCT, art. L. 2121-12). Manque\N{NO-BREAK SPACE}: %(titles)s.",
                    titles=_some([str(_l("« %(name)s »", name=title)) for title in bare]),
                ),
            )
        )
    return [*found, *faults_of_agenda(session, meeting)]


def titles_without_note(meeting: Meeting) -> list[str]:
    """The deliberations of the agenda that have no note de synthèse."""
    return [point.title for point in meeting.agenda if point.act_id and not point.note]


def nobody_called(meeting: Meeting) -> bool:
    """Whether no councillor at all was sent the convocation: there is no meeting then, whatever the reason."""
    return not any(seat.sent_on for seat in meeting.seats)


_NAMED = 4


def _some(names: Sequence[str]) -> str:
    """The first ones by name, and how many more there are."""
    shown = ", ".join(names[:_NAMED])
    others = len(names) - _NAMED
    if others < 1:
        return shown
    return str(_ln("%(shown)s et %(num)s autre", "%(shown)s et %(num)s autres", others, shown=shown))


def _second_faults(meeting: Meeting, sent: date | None) -> list[tuple[str, object]]:
    """A second convocation follows the meeting that failed, and takes the same items (CGCT, L2121-17)."""
    first = meeting.second_of
    if first is None:
        return []
    failed_on = day_of(first.starts_at)
    if sent is not None and min(seat.sent_on for seat in meeting.seats if seat.sent_on) < failed_on:
        sentence = _l(
            "La seconde convocation part après la séance sans quorum du %(day)s (CGCT, art. %(article)s). "
            "Vérifiez les dates d’envoi.",
            article=article_for(meeting.body, "L2121-17 al. 2"),
            day=full_day(failed_on),
        )
        return [("C12", sentence)]
    left = left_without_quorum(first)
    known = {point.title for point in left} | {point.act_id for point in left if point.act_id}
    new = [point.title for point in meeting.agenda if point.title not in known and point.act_id not in known]
    if not new:
        return []
    sentence = _l(
        "Sur seconde convocation, le conseil ne délibère que des points de la première (CGCT, art. %(article)s). "
        "Retirez\N{NO-BREAK SPACE}: %(titles)s.",
        article=article_for(meeting.body, "L2121-17 al. 2"),
        titles=", ".join(new[:4]),
    )
    return [("C12", sentence)]


def convene(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Close the convocation: the agenda as sent is frozen, the acts with it.

    :raises NotLawful: when a blocking check is not met and nobody went past it with a reason.
    """
    require_draft(meeting)
    early = next((seat for seat in meeting.seats if seat.sent_on and seat.sent_on > day_of(at)), None)
    if early is not None and early.sent_on is not None:
        raise BadMeeting(
            _l(
                "%(name)s\N{NO-BREAK SPACE}: l’envoi du %(sent)s n’a pas encore eu lieu. "
                "Arrêtez la convocation quand elle est partie.",
                name=early.name,
                sent=full_day(early.sent_on),
            )
        )
    for check_id, sentence in faults_of(session, meeting):
        is_final = check_id == "C06" and nobody_called(meeting)
        if is_final or not is_overridden(session, check_id, meeting_id=meeting.id):
            raise NotLawful(sentence, check_id, is_final=is_final)
    meeting.convened_agenda = [
        {
            "position": number,
            "title": point.title,
            "point": point.id,
            "has_note": bool(point.note),
            "articles": list(point.act.articles) if point.act is not None else [],
            "version": point.act.version_id if point.act is not None else None,
        }
        for number, point in enumerate(meeting.agenda, 1)
    ]
    keep_populations(session, meeting.body, at=at)
    meeting.status = MeetingStatus.CONVENED
    meeting.convened_at, meeting.convened_by = at, by.name
    meeting.members_in_office = len(meeting.seats)
    meeting.town_name = meeting.body.name
    meeting.revision += 1
    for point in meeting.agenda:
        if point.act is not None:
            point.act.status, point.act.changed_at = ActStatus.CONVENED, at
    tell_meeting(session, "council.convened", meeting, by=by, at=at)


def note_no_quorum(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Note that the meeting could not begin: the quorum was not reached at the opening."""
    if meeting.status not in {MeetingStatus.CONVENED, MeetingStatus.OPEN}:
        raise NotPossibleNow(_l("L’absence de quorum se constate à l’ouverture d’une séance convoquée."))
    require_as_it_is(session, meeting)
    standing = standing_at(meeting, None)
    if not standing.needs_quorum or standing.has_quorum:
        raise NotPossibleNow(
            _l(
                "Le quorum est réuni, ou n’est pas exigé (%(present)s)\N{NO-BREAK SPACE}: ouvrez la séance.",
                present=_ln("%(num)s présent", "%(num)s présents", len(standing.present)),
            )
        )
    meeting.status = MeetingStatus.NO_QUORUM
    for act in waiting_acts(session, meeting):
        act.status = ActStatus.ADJOURNED
    tell_meeting(session, "council.no_quorum", meeting, by=by, at=at)
