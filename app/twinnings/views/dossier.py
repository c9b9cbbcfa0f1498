"""The dossier: the pair, the next step, the timeline, the people, what upper rooms add, the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import identity, may, requires
from app.audit import queries as journals
from app.audit import reading
from app.bodies.inside import inside
from app.bodies.labels import kind_name
from app.bodies.pending import leaves_pending, out_of_office
from app.bodies.queries import visible_among
from app.extensions import db
from app.people.naming import language_name
from app.places.telling import country_name
from app.shared import clock
from app.shared.saying import said
from app.twinnings import queries
from app.twinnings.anniversaries import first_upcoming
from app.twinnings.labels import DUTY_NAMES, STAGE_NAMES, event_title, kind_label, stage_name, theme_name
from app.twinnings.models import Duty, EventKind, Stage
from app.twinnings.panels import Entry, panels_of
from app.twinnings.policy import TwinningAction
from app.twinnings.steps import next_step
from app.twinnings.views.doubles import offers, takings
from app.twinnings.views.ground import blueprint, door, heading, own_bodies, plain_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.twinnings.models import Twinning, TwinningEvent, TwinningPerson
    from app.twinnings.panels import Link, Panel

MOST_ENTRIES = 100


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point of the timeline as it is drawn."""

    mark: queries.Mark
    title: str
    when: str = ""
    text: str = ""
    place: str = ""
    reason: str = ""
    source: str = ""
    url: str = ""
    edit_url: str = ""
    links: tuple[Link, ...] = ()
    state: str = ""
    kind: str = "plain"
    position: str = "past"


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """Somebody of the dossier as the page names them."""

    name: str
    function: str
    dates: str
    url: str
    edit_url: str
    is_gone: bool = False


@blueprint.get("/<int:twinning_id>")
@requires(TwinningAction.VIEW, on=queries.twinning_by_id)
def dossier(twinning: Twinning) -> str:
    """The whole relation on one page; as many queries for a thick dossier as for a thin one."""
    session, today = db.session(), clock.today()
    history = queries.landmarks(session, twinning.id)
    panels = panels_of(session, twinning, identity())
    before = queries.Mark.read(request.args.get("avant", ""))
    points, older = _timeline(session, twinning, history, panels, before)
    may_edit = may(TwinningAction.EDIT, twinning)
    return render_template(
        "twinnings/dossier.html",
        twinning=twinning,
        names=heading(twinning),
        title=twinning.title or plain_title(twinning),
        lead=_lead(twinning, history),
        stage=stage_name(twinning.stage),
        step=_step(twinning, history, panels, today=today, may_edit=may_edit),
        offers=offers(twinning),
        points=points,
        older_url=url_for("twinnings.dossier", twinning_id=twinning.id, avant=str(older)) + "#fil" if older else None,
        is_first_page=before is None,
        people=_people(twinning, queries.people_of(session, twinning.id), may_edit=may_edit),
        panels=panels,
        facts=_facts(twinning),
        sides=_sides(twinning),
        journal=reading.lines(journals.latest(session, twinning_id=twinning.id), {}),
        trashed=[(event.id, event_title(event)) for event in queries.trashed_events(session, twinning.id)]
        if may_edit
        else [],
        taken_out=[(one.id, one.person.name) for one in queries.trashed_people(session, twinning.id)]
        if may_edit
        else [],
        may_edit=may_edit,
        may_trash=may(TwinningAction.TRASH, twinning),
    )


@blueprint.get("/<int:twinning_id>/journal")
@requires(TwinningAction.VIEW, on=queries.twinning_by_id)
def journal(twinning: Twinning) -> tuple[str, int]:
    """Who did what on this dossier, visible on both sides."""
    session = db.session()
    chosen = reading.filters(request.args)
    page = journals.journal_page(session, chosen.search(twinning_id=twinning.id))
    bodies = {party.body_id: party.body.name for party in twinning.parties}
    shown = reading.shown(page, chosen, request.path, bodies)
    home = url_for("twinnings.dossier", twinning_id=twinning.id)
    page_text = render_template(
        "audit/twinning_journal.html", journal=shown, title=plain_title(twinning), back=home, name=plain_title(twinning)
    )
    return page_text, 422 if chosen.errors else 200


def _lead(twinning: Twinning, history: Sequence[TwinningEvent]) -> str:
    """One sentence: what it is, with which country, and the act that made it."""
    others = {country_name(p.body.country) for p in twinning.parties if p.is_town and p.body.country not in {"", "FR"}}
    parts = [kind_label(twinning.kind) + (f" · {', '.join(sorted(others))}" if others else "")]
    act = next((e for e in history if e.when and (e.kind == EventKind.SIGNATURE or e.stage == Stage.FIRST_OATH)), None)
    if act is not None:
        parts.append(f"{event_title(act)}, {said(act.when)}")
    return ". ".join(parts) + "."


def _step(
    twinning: Twinning, history: Sequence[TwinningEvent], panels: Sequence[Panel], *, today: date, may_edit: bool
) -> dict[str, object]:
    """The framed next step: what an upper room knows, else what the stage says."""
    known = max((p.suggestion for p in panels if p.suggestion is not None), key=lambda one: one.weight, default=None)
    if known is not None:
        return {"title": known.title, "text": known.text, "actions": [(one.label, one.url) for one in known.actions]}
    step = next_step(twinning, history, today=today)
    actions = []
    if may_edit:
        doors = {
            "convention": (_("Préparer le texte"), door("conventions.new", jumelage=twinning.id)),
            "ceremony": (_("Préparer une cérémonie"), door("ceremonies.create", jumelage=twinning.id)),
            "person": (_("Ajouter une personne"), url_for("twinnings.name_person", twinning_id=twinning.id)),
            "event": (_("Compléter l’histoire"), url_for("twinnings.note_event", twinning_id=twinning.id)),
        }
        actions = [doors[name] for name in step.doors if doors[name][1]]
        if step.to is not None:
            url = url_for("twinnings.change_stage", twinning_id=twinning.id, vers=step.to.value)
            label = _("Noter l’étape « %(stage)s »", stage=STAGE_NAMES[step.to])
            actions = [*actions, (label, url)] if actions else [(label, url)]
    return {"title": step.title, "text": step.text, "actions": actions}


def _timeline(
    session: Session,
    twinning: Twinning,
    history: Sequence[TwinningEvent],
    panels: Sequence[Panel],
    before: queries.Mark | None,
) -> tuple[list[Point], queries.Mark | None]:
    """A page of points, newest first, what upper rooms tell among them; and where the next page begins."""
    found = queries.page_of_events(session, twinning.id, before=before)
    events, more = found[: queries.PAGE], len(found) > queries.PAGE
    may_edit = may(TwinningAction.EDIT, twinning)
    points = [_point(event, may_edit=may_edit) for event in events]
    lower = points[-1].mark if more else None
    told = [*(entry for panel in panels for entry in panel.entries), *takings(twinning), *_anniversary(history)]
    for entry in told[:MOST_ENTRIES]:
        mark = queries.Mark(queries.day_number(_day_of(entry)), 0)
        if (before is None or mark < before) and (lower is None or mark > lower):
            points.append(_entry(entry, mark))
    points.sort(key=lambda point: point.mark, reverse=True)
    return _placed(points, twinning, history, with_now=before is None), lower


def _placed(
    points: list[Point], twinning: Twinning, history: Sequence[TwinningEvent], *, with_now: bool
) -> list[Point]:
    """What is to come first, then today, then what is past."""
    today = queries.day_number(clock.today())
    coming = [replaced(point, "next") for point in points if point.mark.day > today]
    past = [point for point in points if point.mark.day <= today]
    if not with_now:
        return coming + past
    last = next((e for e in reversed(history) if e.stage == twinning.stage), None)
    reason = last.reason if last and twinning.stage in {Stage.SUSPENDED, Stage.ENDED} else ""
    review = last.review_on if last and twinning.stage == Stage.SUSPENDED else None
    now = Point(
        mark=queries.Mark(today, 0),
        title=_("Aujourd’hui : %(stage)s", stage=inside(stage_name(twinning.stage))),
        when=_("depuis : %(when)s", when=said(last.when)) if last and last.when else "",
        reason=reason,
        text=_("À revoir le %(day)s.", day=said(review)) if review else "",
        position="now",
    )
    return [*coming, now, *past]


def replaced(point: Point, position: str) -> Point:
    """The same point elsewhere on the line."""
    return Point(**{**point.__dict__, "position": position})


def _point(event: TwinningEvent, *, may_edit: bool) -> Point:
    return Point(
        mark=queries.Mark(queries.day_number(event.when_sort), event.id),
        title=event_title(event),
        when=said(event.when),
        text=event.text,
        place=event.place if event.place and event.place not in event_title(event) else "",
        reason=event.reason,
        source=event.source,
        edit_url=url_for("twinnings.edit_event", event_id=event.id) if may_edit else "",
    )


def _entry(entry: Entry, mark: queries.Mark) -> Point:
    return Point(
        mark=mark,
        title=entry.title,
        when=entry.said or said(entry.when),
        text=entry.text,
        url=entry.url,
        links=entry.links,
        state=entry.state,
        kind=entry.kind,
    )


def _day_of(entry: Entry) -> date | None:
    """Where an entry stands: what is not over yet is still to come."""
    if entry.when is None:
        return None
    return entry.when.latest if entry.when.latest >= clock.today() else entry.when.earliest


def _anniversary(history: Sequence[TwinningEvent]) -> list[Entry]:
    """The next round anniversary, when it comes within three years."""
    today = clock.today()
    found = first_upcoming(history, today)
    if found is None or found.when.earliest.year > today.year + 3:
        return []
    act = next(event for event in history if event.id == found.event_id)
    title = _("%(years)s ans : %(act)s", years=found.years, act=event_title(act))
    return [Entry(when=found.when, title=title, text=_("Un anniversaire rond à préparer ensemble."))]


def _people(twinning: Twinning, named: Iterable[TwinningPerson], *, may_edit: bool) -> list[tuple[str, list[Somebody]]]:
    """The people by body, the bodies of the reader's own side first."""
    by_body: dict[int, list[Somebody]] = {}
    shown = list(named)
    gone = out_of_office(db.session(), {one.body_id for one in shown if one.until is None}, on=clock.today())
    for one in shown:
        duty = str(DUTY_NAMES[Duty(one.duty)])
        since = _("depuis le %(day)s", day=said(one.since)) if one.since else ""
        until = _("jusqu’au %(day)s", day=said(one.until)) if one.until else ""
        somebody = Somebody(
            name=one.person.name,
            function=f"{duty} · {one.wording}" if one.wording else duty,
            dates=", ".join(part for part in (since, until) if part),
            url=url_for("people.page", person_id=one.person_id),
            edit_url=url_for("twinnings.edit_duty", dossier_person_id=one.id) if may_edit else "",
            is_gone=one.until is None and one.person_id in gone.get(one.body_id, {}),
        )
        by_body.setdefault(one.body_id, []).append(somebody)
    ordered = [party.body for side in queries.sides(twinning, own_bodies()) for party in side]
    return [(body.name, by_body[body.id]) for body in ordered if body.id in by_body]


def _facts(twinning: Twinning) -> list[tuple[str, str]]:
    return [
        (_("Genre"), kind_label(twinning.kind)),
        (_("Thèmes"), ", ".join(theme_name(theme) for theme in twinning.themes)),
        (_("Langues"), ", ".join(language_name(code) for code in twinning.languages)),
        (_("En quelques phrases"), twinning.summary),
    ]


def _sides(twinning: Twinning) -> list[list[dict[str, object]]]:
    """The bodies by side, own side first, those that left last; a body that left may be unknown to the reader."""
    gone = [party.body for party in twinning.parties if party.left_on is not None]
    known = visible_among(db.session(), identity().readable_body_ids, gone) if gone else frozenset()
    return [
        [
            {
                "name": party.body.name,
                "url": url_for("bodies.page", body_id=party.body_id)
                if party.left_on is None or party.body_id in known
                else "",
                "kind": kind_name(party.body.kind),
                "country": country_name(party.body.country) if party.body.country != "FR" else "",
                "left": said(party.left_on) if party.left_on else "",
                "leave_url": url_for("twinnings.leave", party_id=party.id) if party.left_on is None else "",
            }
            for party in sorted(side, key=lambda party: party.left_on is not None)
        ]
        for side in queries.sides(twinning, own_bodies())
    ]


def _pending(session: Session, body_id: int, people: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """The dossiers that people who leave office still follow."""
    return [
        (
            one.person_id,
            _("Suit le jumelage %(name)s (%(duty)s)", name=plain_title(one.twinning), duty=DUTY_NAMES[Duty(one.duty)]),
            url_for("twinnings.dossier", twinning_id=one.twinning_id),
        )
        for one in queries.open_duties(session, people, body_id)
    ]


leaves_pending(_pending)
