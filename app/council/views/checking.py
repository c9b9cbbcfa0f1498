"""Every check of the law on a meeting or an act, with its article; and the same facts as a file."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from app.access.gate import requires
from app.council import actcase, casework, promised, queries
from app.council.policy import CouncilAction
from app.council.queries.around import around_act
from app.council.reckoning import setting_of
from app.council.views.blueprint import blueprint
from app.council.views.itempage import interested_at
from app.documents.downloads import disposition
from app.extensions import db
from app.law.words import french
from app.shared import clock
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date

    from app.council.models import Act, Meeting

_ORDER = ("not_ok", "unknown", "ok")


def _meeting_case(meeting: Meeting) -> dict[str, Any]:
    session = db.session()
    setting = setting_of(meeting.body, queries.council_of(session, meeting.body_id))
    interested = {point.id: interested_at(point) for point in meeting.agenda if point.act is not None}
    overrides = queries.overrides_of(session, meeting_id=meeting.id)
    runs = queries.runs_of_proxies(session, meeting)
    case = casework.meeting_case(
        meeting, setting, overrides, interested, runs, on=clock.today(), next_on=_next_on(meeting)
    )
    return {**case, **_granted(meeting)}


def _next_on(meeting: Meeting) -> date | None:
    following = queries.next_held(db.session(), meeting)
    return day_of(following.starts_at) if following else None


def _granted(meeting: Meeting) -> dict[str, Any]:
    """What the acts of an agenda grant: journeys, and one aid for each association, whose year is told but once."""
    session, today, held_on = db.session(), clock.today(), day_of(meeting.starts_at)
    acts = [point.act for point in meeting.agenda if point.act is not None]
    missions = [promised.mission_told(act, held_on, today) for act in acts]
    aids: dict[object, dict[str, Any]] = {}
    for act in acts:
        aid = promised.subsidy_told(act, replace(around_act(session, act, today), held_on=held_on, year=held_on.year))
        if aid is not None:
            aids.setdefault(aid.get("beneficiary"), aid)
    told = {"missions": [one for one in missions if one is not None], "subsidies": [*aids.values()]}
    return {name: parts for name, parts in told.items() if parts}


def _act_case(act: Act) -> dict[str, Any]:
    session = db.session()
    setting = setting_of(act.body, queries.council_of(session, act.body_id))
    today = clock.today()
    overrides = queries.overrides_of(session, act_id=act.id)
    return actcase.act_case(act, setting, overrides, around_act(session, act, today), on=today)


@blueprint.get("/seances/<int:meeting_id>/verifications")
@requires(CouncilAction.VIEW, on=queries.meeting_by_id)
def meeting_checks(meeting: Meeting) -> str:
    """What the law says of a meeting."""
    name = _("Séance du %(day)s", day=full_day(day_of(meeting.starts_at)))
    back = url_for("council.meeting", meeting_id=meeting.id)
    return _page(_meeting_case(meeting), name, back, url_for("council.meeting_facts", meeting_id=meeting.id))


@blueprint.get("/seances/<int:meeting_id>/verifications.json")
@requires(CouncilAction.VIEW, on=queries.meeting_by_id)
def meeting_facts(meeting: Meeting) -> Response:
    """The facts of a meeting, as ``flask law check`` reads them."""
    return _file(_meeting_case(meeting), f"seance-{meeting.id}")


@blueprint.get("/deliberations/<int:act_id>/verifications")
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def act_checks(act: Act) -> str:
    """What the law says of an act."""
    back = url_for("council.act", act_id=act.id)
    return _page(_act_case(act), act.title, back, url_for("council.act_facts", act_id=act.id))


@blueprint.get("/deliberations/<int:act_id>/verifications.json")
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def act_facts(act: Act) -> Response:
    """The facts of an act, as ``flask law check`` reads them."""
    return _file(_act_case(act), f"deliberation-{act.id}")


def _page(case: dict[str, Any], name: str, back: str, facts_url: str) -> str:
    told = casework.judged(case)
    checks = [one for one in told["checks"] if one["status"] in _ORDER] if told else []
    for one in checks:
        one["article"] = french(one["article"])
    checks.sort(key=lambda one: (_ORDER.index(one["status"]), one["severity"] != "blocking", one["id"]))
    return render_template(
        "council/checks.html",
        checks=checks,
        contradictions=casework.contradictions(case) if told is None else [],
        name=name,
        back=back,
        facts_url=facts_url,
    )


def _file(case: dict[str, Any], name: str) -> Response:
    found = Response(json.dumps(case, ensure_ascii=False, indent=2), mimetype="application/json")
    found.headers["Content-Disposition"] = disposition(f"{name}.json")
    return found
