"""What the council asks of somebody today: a convocation to send, an act to transmit, a list to publish; what comes.

A fixed number of queries. Each duty says why it stands there and until when.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.bodies.duty import BodyDuty
from app.council import queries
from app.council.contests import contest_of
from app.council.effects import acts_on_a_twinning_itself, effects_to_note
from app.council.models import MeetingStatus
from app.council.reckoning import article_for, delay_of, setting_of
from app.council.waiting import Step, step_of
from app.law import acts
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.council.effects import Effect
    from app.council.models import Act, Council, Meeting


def list_due(meeting: Meeting) -> date:
    """The last day on which the list of deliberations is put up (CGCT, L2121-25)."""
    return acts.list_due(day_of(meeting.starts_at))


def council_duties(session: Session, who: Identity, *, at: datetime, limit: int = 8) -> list[BodyDuty]:
    """The duties of those who write for a commune, then the meetings that everybody of it may expect.

    ``limit`` of each kind.
    """
    today, since = day_of(at), at - timedelta(hours=12)
    own = who.written_body_ids
    meetings = queries.upcoming_meetings(session, who.readable_body_ids, own=own, at=since, limit=limit)
    councils = queries.councils_of(session, who.readable_body_ids)
    asked = (meeting_duty(one, councils.get(one.body_id), today) for one in meetings if one.body_id in own)
    found = [duty for duty in asked if duty is not None]
    found += [_to_come(one) for one in meetings if one.status != MeetingStatus.DRAFT and one.starts_at >= since]
    found += [
        _to_follow(act)
        for act in queries.acts_to_follow(session, own, limit=limit)
        if contest_of(act, today).stopped_by is None
    ]
    found += [_to_note(one) for one in effects_to_note(session, acts_on_a_twinning_itself(session, own), today)]
    found += [_to_publish(one, today) for one in queries.meetings_to_publish(session, own, limit=limit)]
    return found


def meeting_duty(meeting: Meeting, council: Council | None, today: date) -> BodyDuty | None:
    """What a meeting that is prepared, convened or open asks of those who write for its commune."""
    step = step_of(meeting, today)
    if step is None or step not in _TOLD:
        return None
    title, reason = _TOLD[step]
    held_on = day_of(meeting.starts_at)
    delay = delay_of(meeting, setting_of(meeting.body, council), today)
    due = delay.latest_sending if step in {Step.AGENDA, Step.SEND} else held_on
    articles = {Step.SEND: delay.article, Step.POST: article_for(meeting.body, "L2121-10")}
    return BodyDuty(
        title=str(title) % {"day": full_day(held_on)},
        url=url_for(_PAGES.get(step, "council.meeting"), meeting_id=meeting.id),
        reason=str(reason) % {"article": articles.get(step, "")},
        day=due,
        is_late=due < today,
        body_id=meeting.body_id,
    )


_PAGES = {Step.SETTLE: "council.convocation", Step.POST: "council.convocation"}
_TOLD = {
    Step.AGENDA: (
        _l("Inscrire les points à l’ordre du jour du conseil du %(day)s"),
        _l("La convocation le porte : elle ne part pas sans lui."),
    ),
    Step.MOVE: (
        _l("Choisir un autre jour pour le conseil du %(day)s"),
        _l("La convocation n’est pas partie : notez les envois s’ils ont eu lieu, sinon changez le jour."),
    ),
    Step.SEND: (
        _l("Envoyer la convocation du conseil du %(day)s"),
        _l("Le délai se compte en jours francs (%(article)s)."),
    ),
    Step.SETTLE: (
        _l("Arrêter la convocation du conseil du %(day)s"),
        _l("Elle est partie pour tous ; la séance s’ouvre une fois la convocation arrêtée."),
    ),
    Step.POST: (
        _l("Afficher la convocation du conseil du %(day)s"),
        _l("Elle est mentionnée au registre, et affichée ou publiée (CGCT, art. %(article)s)."),
    ),
    Step.RECORD: (
        _l("Consigner la séance du conseil du %(day)s"),
        _l("Son jour est venu : notez qui est là et ouvrez-la, ou annulez-la si elle n’a pas lieu."),
    ),
    Step.GO_ON: (
        _l("Continuer la séance du conseil du %(day)s"),
        _l("Elle est ouverte : il reste à consigner ses points et à la clore."),
    ),
}
"""What is told at home of a step; that a meeting waits for its day is no duty, and the rest is told otherwise."""


def _to_come(meeting: Meeting) -> BodyDuty:
    return BodyDuty(
        title=_("Conseil municipal : %(name)s", name=meeting.body.name),
        url=url_for("council.meeting", meeting_id=meeting.id),
        reason=meeting.place,
        day=day_of(meeting.starts_at),
        is_todo=False,
        body_id=meeting.body_id,
    )


def _to_follow(act: Act) -> BodyDuty:
    if act.transmitted_on is None:
        reason = _("Elle est votée ; il manque la transmission à l’État pour qu’elle s’exécute (CGCT, art. L. 2131-1).")
    else:
        reason = _("Elle est transmise ; il manque la publication pour qu’elle s’exécute (CGCT, art. L. 2131-1).")
    return BodyDuty(title=act.title, url=url_for("council.act", act_id=act.id), reason=reason, body_id=act.body_id)


def _to_note(effect: Effect) -> BodyDuty:
    return BodyDuty(
        title=str(effect.title)[:1].upper() + str(effect.title)[1:],
        url=url_for("twinnings.dossier", twinning_id=effect.twinning_id),
        reason=_(
            "La délibération nᵒ %(number)s est exécutoire (%(title)s) ; le dossier ne le dit pas encore.",
            number=effect.act.number,
            title=effect.act.title,
        ),
        body_id=effect.act.body_id,
    )


def _to_publish(meeting: Meeting, today: date) -> BodyDuty:
    due = list_due(meeting)
    return BodyDuty(
        title=_("Publier la liste des délibérations du %(day)s", day=full_day(day_of(meeting.starts_at))),
        url=url_for("council.meeting", meeting_id=meeting.id),
        reason=_("Dans la semaine qui suit la séance (CGCT, art. L. 2121-25)."),
        day=due,
        is_late=due < today,
        body_id=meeting.body_id,
    )
