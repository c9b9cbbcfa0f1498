"""The list of meetings, and what the council of a commune is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.bodies.labels import office_shown
from app.council import queries
from app.council.forms import CouncilForm, whole
from app.council.labels import MEETING_STATUSES, MEETING_TONES, MODES
from app.council.policy import CouncilAction
from app.council.populations import populations_on
from app.council.reckoning import setting_of
from app.council.services import describing
from app.council.services import meetings as services
from app.council.views.blueprint import blueprint
from app.council.views.parts import answer
from app.database.unit import writing
from app.extensions import db
from app.law.council import quorum
from app.people.forms import blame
from app.shared import clock
from app.shared.conflicts import both_texts
from app.shared.errors import DomainError, EditConflict
from app.shared.marks import moment_mark, read_mark
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.wrappers import Response

    from app.bodies.models import Body
    from app.council.modes import Choice
    from app.council.populations import Populations
    from app.council.reckoning import Setting


@blueprint.get("/")
@requires(CouncilAction.LIST)
def index() -> str:
    """The meetings of one's communes, the latest first, and the way to all the rest."""
    trashed = "corbeille" in request.args
    mark = request.args.get("apres", "")
    found = queries.page_of_meetings(
        db.session(), identity().readable_body_ids, before=read_mark(mark), trashed=trashed
    )
    rows, more = found[: queries.PAGE], len(found) > queries.PAGE
    kept: dict[str, Any] = {"corbeille": "1"} if trashed else {}
    return render_template(
        "council/index.html",
        rows=rows,
        trashed=trashed,
        communes=queries.communes_among(db.session(), identity().readable_body_ids),
        statuses=MEETING_STATUSES,
        tones=MEETING_TONES,
        pages={
            "previous_url": url_for("council.index", **kept) if mark else None,
            "next_url": url_for("council.index", **kept, apres=moment_mark(rows[-1].starts_at, rows[-1].id))
            if more
            else None,
        },
        has_epci=queries.has_epci(db.session(), identity().readable_body_ids),
        may_add=bool(queries.communes_among(db.session(), identity().written_body_ids)),
        zone=clock.PARIS,
    )


@blueprint.get("/<int:body_id>")
@requires(CouncilAction.VIEW, on=queries.commune_by_id)
def council(body: Body) -> str:
    """The council of a commune: who sits, how many, how it publishes."""
    session, today = db.session(), clock.today()
    known = queries.council_of(session, body.id)
    setting = setting_of(body, known)
    members = queries.councillors(session, body.id, on=today)
    strength = setting.strength(today)
    return render_template(
        "council/council.html",
        body=body,
        council=known,
        setting=setting,
        members=[(one.person.name, office_shown(one), number) for number, one in enumerate(members, 1)],
        strength=strength,
        quorum=quorum(len(members)) if members else None,
        counts=populations_on(setting.populations, today),
        count_rows=_count_rows(setting, today),
        mode=_mode_shown(setting, today),
        choice_rows=_choice_rows(setting, today),
        listed=setting.listed if _differs(setting) else None,
        has_threshold_doubt=setting.side(today) == "unsure",
        interested=_interested(body),
        may_edit=may(CouncilAction.EDIT, body),
        year=today.year,
    )


def _mode_shown(setting: Setting, today: date) -> object:
    chosen = setting.choice(today)
    if chosen.told is None:
        return _("%(mode)s, mais la délibération qui l’a choisi n’est pas notée", mode=MODES[chosen.mode])  # type: ignore[index]  # codes of the law are ours
    return MODES[setting.lawful_mode(today) or ""]  # type: ignore[index]  # codes of the law are ours


def _choice_rows(setting: Setting, today: date) -> list[tuple[str, str | None]]:
    """Who chose how to publish, since when, and what was chosen before or is to come."""
    chosen, others = setting.choice(today), _other_modes(setting, today)
    rows: list[tuple[str, str | None]] = [(_("Décidée par"), chosen.decided_by or None)]
    if chosen.since is not None:
        rows.append((_("Vaut à partir du"), full_day(chosen.since)))
    return [*rows, (_("Autres choix"), others)] if others else rows


def _other_modes(setting: Setting, today: date) -> str:
    """The choices that held before the one of today, and those that are to come, with what decided them."""
    told = []
    for one, after in pairwise([*setting.choices, None]):
        if one is None:
            continue
        if one.since is not None and one.since > today:
            told.append(_("%(mode)s à partir du %(day)s", mode=_named(one), day=full_day(one.since)))
        elif after is not None and after.since is not None and after.since <= today:
            told.append(_("%(mode)s jusqu’au %(day)s, non compris", mode=_named(one), day=full_day(after.since)))
    return " ; ".join(told)


def _named(chosen: Choice) -> str:
    """A choice as people read it: its mode, and the deliberation that made it."""
    mode = str(MODES[chosen.mode])  # type: ignore[index]  # codes of the law are ours
    return f"{mode} ({chosen.decided_by})" if chosen.decided_by else mode


def _differs(setting: Setting) -> bool:
    """Whether the record of the commune tells a number by which its council never counted."""
    return setting.listed is not None and setting.listed not in {one.current for one in setting.populations}


def _count_rows(setting: Setting, today: date) -> list[tuple[str, str]]:
    """Since when the numbers of today hold, and those that were before or are to come."""
    now = populations_on(setting.populations, today)
    rows = [(_("Ces deux nombres valent à partir du"), full_day(now.since))] if now.since else []
    others = " ; ".join(_counted(one) for one in setting.populations if one != now)
    return [*rows, (_("Autres populations"), others)] if others else rows


def _counted(one: Populations) -> str:
    """« 3 480 au renouvellement, 3 520 en vigueur, à partir du … »."""
    reference, current = (_("pas su") if it is None else format_decimal(it) for it in (one.reference, one.current))
    told: str = _("%(reference)s au renouvellement, %(current)s en vigueur", reference=reference, current=current)
    return _("%(told)s, à partir du %(day)s", told=told, day=full_day(one.since)) if one.since else told


def _counts_noted(setting: Setting) -> list[tuple[str, str]]:
    """All numbers by their mark, where there are several days of them."""
    rows = setting.populations
    return [(one.mark, _counted(one)) for one in rows] if len(rows) > 1 else []


def _choices_noted(setting: Setting) -> list[tuple[str, str]]:
    """All choices of publication by their mark, where there are several."""
    return [
        (
            one.mark,
            _("%(mode)s à partir du %(day)s", mode=_named(one), day=full_day(one.since)) if one.since else _named(one),
        )
        for one in setting.choices
        if len(setting.choices) > 1
    ]


def _interested(body: Body) -> list[queries.Interested]:
    """Councillors who sit, or may sit, on the board of a committee that the commune knows."""
    session, today = db.session(), clock.today()
    persons = [one.person for one in queries.councillors(session, body.id, on=today)]
    return queries.interested_in(session, body.id, persons, queries.associations_known(session, body.id), on=today)


@blueprint.route("/<int:body_id>/modifier", methods=["GET", "POST"])
@requires(CouncilAction.EDIT, on=queries.commune_by_id)
def describe(body: Body) -> Response | str | tuple[str, int]:
    """Write down populations, mode of publication, court."""
    number = body.id
    known = queries.council_of(db.session(), number)
    setting = setting_of(body, known)
    offered = _choices_noted(setting), _counts_noted(setting)
    form, conflict = CouncilForm().offer(*offered), None
    if not form.is_submitted():
        form.show(known, setting)
    elif form.validate():
        try:
            with writing() as session:
                describing.describe_council(session, body, form.command(), by=actor(), at=clock.now())
            flash(_("C’est enregistré."), "done")
            return redirect(url_for("council.council", body_id=number))
        except EditConflict:
            kept = queries.council_of(db.session(), number)
            conflict = both_texts(form, CouncilForm(formdata=None).offer(*offered).show(kept, setting_of(body, kept)))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer("council/describe.html", form, body=body, conflict=conflict, wrong=conflict is not None)


@blueprint.post("/<int:body_id>/meme-personne")
@requires(CouncilAction.EDIT, on=queries.commune_by_id)
def same_person(body: Body) -> Response:
    """A human says whether a councillor and a like-named member of a committee's board are one person."""
    number = body.id
    pair = (whole(request.form.get("councillor")), whole(request.form.get("other")))
    asked = next((one for one in _interested(body) if (one.councillor.id, one.other.id) == pair), None)
    if asked is None:
        raise services.BadMeeting(_("Ces deux personnes ne se ressemblent plus : rechargez la page."))
    is_same, name = request.form.get("answer") == "oui", asked.councillor.name
    with writing() as session:
        services.decide_same_person(session, number, pair, is_same=is_same, name=name, by=actor(), at=clock.now())
    flash(_("C’est noté."), "done")
    return redirect(url_for("council.council", body_id=number, _anchor="interets"))
