"""What the dossier of a twinning shows of the council."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from app.access.gate import may
from app.bodies.models import BodyKind
from app.council import queries
from app.council.contests import contest_of
from app.council.duties import meeting_duty
from app.council.effects import effects_to_note
from app.council.labels import ACT_STATUSES, ACT_TONES
from app.council.meter import ENDED
from app.council.models import ActEventKind, ActStatus
from app.council.pastqueries import Wanted, page_of_past
from app.council.policy import CouncilAction
from app.council.queries import acts_of_twinning
from app.shared import clock
from app.shared.clock import day_of
from app.shared.fuzzydate import FuzzyDate
from app.shared.saying import full_day, said
from app.twinnings.panels import Entry, Link, Panel, PanelItem, Suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.council.effects import Effect
    from app.council.models import Act, PastDeliberation
    from app.twinnings.models import Twinning


def council_panel(session: Session, twinning: Twinning, who: Identity) -> Panel | None:
    """The deliberations on the twinning, those of former years that somebody put with it too; three queries."""
    found = acts_of_twinning(session, twinning.id, who.readable_body_ids)
    past = page_of_past(session, frozenset(who.readable_body_ids), Wanted(twinning_id=twinning.id))
    writes = any(
        party.body_id in who.written_body_ids and party.body.kind == BodyKind.COMMUNE for party in twinning.parties
    )
    if not found and not past and not writes:
        return None
    actions: tuple[Link, ...] = ()
    if writes and twinning.trashed_at is None and may(CouncilAction.CREATE_ACT):
        actions = (Link(label=_("Préparer une délibération"), url=url_for("council.begin_act", jumelage=twinning.id)),)
    return Panel(
        title=_("Conseil municipal"),
        items=(*(_item(act) for act in found), *(_past_item(one) for one in past)),
        actions=actions,
        entries=(
            *(_entry(act) for act in found if act.voted_on and act.status == ActStatus.ADOPTED),
            *(_past_entry(one) for one in past),
        ),
        empty=_("Aucune délibération n’est encore préparée."),
        suggestion=_suggestion(session, found) or _of_meeting(session, found, who) if writes else None,
    )


_CALLED = frozenset({ActStatus.ON_AGENDA, ActStatus.CONVENED})


def _of_meeting(session: Session, acts: Sequence[Act], who: Identity) -> Suggestion | None:
    """What the meeting waits for that is to vote on the twinning: the same as on its page and at home."""
    called = [one for one in acts if one.status in _CALLED and one.body_id in who.written_body_ids]
    meeting = next(iter(queries.meetings_calling(session, [one.id for one in called])), None) if called else None
    if meeting is None:
        return None
    duty = meeting_duty(meeting, queries.council_of(session, meeting.body_id), clock.today())
    titles = {one.id: one.title for one in called}
    title = next((titles[point.act_id] for point in meeting.agenda if point.act_id in titles), "")
    day = full_day(day_of(meeting.starts_at))
    name = duty.title[:1].lower() + duty.title[1:] if duty is not None else _("réunir le conseil, le %(day)s", day=day)
    text = _("À son ordre du jour\N{NO-BREAK SPACE}: %(title)s.", title=title)
    url = url_for("council.meeting", meeting_id=meeting.id)
    return Suggestion(title=name, text=text, actions=(Link(label=_("Voir la séance"), url=url),), weight=35)


def _suggestion(session: Session, acts: Sequence[Act]) -> Suggestion | None:
    """Note in the dossier what the council decided of the twinning itself."""
    effect = next(iter(effects_to_note(session, acts, clock.today())), None)
    if effect is None:
        return None
    text = _(
        "La délibération nᵒ %(number)s est exécutoire et son jour est venu\N{NO-BREAK SPACE}: le dossier ne le dit pas "
        "encore.",
        number=effect.act.number,
    )
    links = (
        Link(label=_("Le noter au dossier"), url=where_to_note(effect)),
        Link(label=_("Voir la délibération"), url=url_for("council.act", act_id=effect.act.id)),
    )
    return Suggestion(title=str(effect.title), text=text, actions=links, weight=40)


def where_to_note(effect: Effect) -> str:
    """The page of the dossier on which a stage, or a renewal, is noted."""
    act = effect.act
    told: dict[str, Any] = {
        "le": effect.day.isoformat() if effect.day else None,
        "lieu": act.body.name,
        "raison": effect.reason or None,
    }
    told["source"] = _("Délibération nᵒ %(number)s du %(day)s", number=act.number, day=_voted(act))
    if effect.stage:
        return url_for("twinnings.change_stage", twinning_id=effect.twinning_id, vers=effect.stage, **told)
    return url_for("twinnings.note_event", twinning_id=effect.twinning_id, genre="renewal", **told)


def _voted(act: Act) -> str:
    return full_day(act.voted_on) if act.voted_on else ""


def _item(act: Act) -> PanelItem:
    return PanelItem(
        title=act.title,
        url=url_for("council.act", act_id=act.id),
        date=full_day(act.voted_on) if act.voted_on else "",
        state=_stopped(act) or str(ACT_STATUSES[ActStatus(act.status)]),
        kind="stop" if _stopped(act) else ACT_TONES[ActStatus(act.status)],
    )


def _stopped(act: Act) -> str:
    """« suspendue par le juge »: what took the force of an act away, as of today."""
    event = contest_of(act, clock.today()).stopped_by
    return str(ENDED[ActEventKind(event.kind)]) if event is not None else ""


def _past_item(past: PastDeliberation) -> PanelItem:
    return PanelItem(
        title=_one_line(past),
        url=url_for("council.past_act", past_id=past.id),
        date=said(past.voted),
        state=_("passée"),
        kind="closed",
    )


def _past_entry(past: PastDeliberation) -> Entry:
    number = past.number or "—"
    return Entry(
        when=past.voted,
        title=_("Délibération %(number)s : %(title)s", number=number, title=_one_line(past)),
        url=url_for("council.past_act", past_id=past.id),
    )


def _one_line(past: PastDeliberation) -> str:
    """The title of a list may have several lines."""
    return " ".join(past.title.split())


def _entry(act: Act) -> Entry:
    assert act.voted_on is not None  # noqa: S101  # only voted acts come here
    return Entry(
        when=FuzzyDate(act.voted_on.isoformat()),
        title=_("Délibération %(number)s : %(title)s", number=act.number, title=act.title),
        url=url_for("council.act", act_id=act.id),
        state=_stopped(act),
        kind="stop" if _stopped(act) else "plain",
    )
