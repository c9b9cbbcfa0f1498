"""Deliberations: the list, beginning one from a model, writing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from app.access.gate import actor, identity, may, requires
from app.bodies.apart import choices_apart
from app.conventions.models import Convention, ConventionVersion, PrintKind, Status
from app.conventions.queries import is_visible_to as text_is_visible_to
from app.council import drafting, queries
from app.council.contests import contest_of, happened
from app.council.documents.paper import say
from app.council.forms import (
    ActForm,
    StartActForm,
    answers_of,
    choices,
    facts_told,
    is_below_threshold,
    questions_form,
    whole,
)
from app.council.labels import (
    ACT_MODELS,
    ACT_STATUSES,
    ACT_TONES,
    CORRECTED,
    CORRECTED_WORDS,
    EVENTS,
    MODES,
)
from app.council.meter import ENDED, in_force_on, meter_of
from app.council.models import ActEventKind, ActModel, ActStatus
from app.council.policy import CouncilAction
from app.council.reckoning import setting_of
from app.council.sealing import decision_told, seal_of, signed_before, voted_again
from app.council.services import acts as services
from app.council.services.agenda import may_take
from app.council.services.clearing import refusal_of
from app.council.services.convening import NotLawful
from app.council.services.meetings import BadMeeting
from app.council.services.weighing import left_to_tell
from app.council.told import DAYS
from app.council.views.blueprint import blueprint
from app.council.views.parts import act_again, answer, blocked_by, own_communes
from app.database.unit import writing
from app.extensions import db
from app.law.recourse import letter_said
from app.law.words import french, listed
from app.people.forms import blame
from app.shared import clock
from app.shared.clock import day_of
from app.shared.conflicts import both_texts
from app.shared.errors import DomainError, EditConflict
from app.shared.marks import moment_mark, read_mark
from app.shared.saying import full_day
from app.texts import formats
from app.texts.document import Kind
from app.twinnings.models import Twinning
from app.twinnings.queries import is_visible_to, parties_of, partner_towns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from app.bodies.models import Body
    from app.council.forecast import Fault
    from app.council.models import Act, AgendaPoint


@blueprint.get("/deliberations")
@requires(CouncilAction.LIST)
def acts() -> str:
    """The deliberations that one may read, the last changed first."""
    trashed, mark = "corbeille" in request.args, request.args.get("apres", "")
    found = queries.page_of_acts(db.session(), identity().readable_body_ids, before=read_mark(mark), trashed=trashed)
    rows, more = found[: queries.PAGE], len(found) > queries.PAGE
    kept: dict[str, Any] = {"corbeille": "1"} if trashed else {}
    return render_template(
        "council/acts.html",
        rows=rows,
        trashed=trashed,
        statuses=ACT_STATUSES,
        tones=ACT_TONES,
        models=ACT_MODELS,
        pages={
            "previous_url": url_for("council.acts", **kept) if mark else None,
            "next_url": url_for("council.acts", **kept, apres=moment_mark(rows[-1].changed_at, rows[-1].id))
            if more
            else None,
        },
        may_add=may(CouncilAction.CREATE_ACT) and bool(own_communes()),
    )


@blueprint.route("/deliberations/nouvelle", methods=["GET", "POST"])
@requires(CouncilAction.CREATE_ACT)
def begin_act() -> Response | str | tuple[str, int]:
    """Choose a model and a twinning."""
    form, communes = StartActForm(), own_communes()
    form.body.choices = choices(choices_apart(communes))
    form.twinning.choices = choices([("", _("aucun")), *_twinnings()])
    if not form.is_submitted():
        form.twinning.data = request.args.get("jumelage", "")
        form.model.data = request.args.get("modele", "")
    elif form.validate():
        kept = {"commune": form.body.data, "jumelage": form.twinning.data or None, "modele": form.model.data}
        return redirect(url_for("council.fill_act", **kept))
    return answer("council/begin_act.html", form, communes=communes)


def _twinnings() -> list[tuple[str, str]]:
    session = db.session()
    visible = is_visible_to(identity().written_body_ids)
    statement = select(Twinning).where(visible, Twinning.trashed_at.is_(None)).order_by(Twinning.id).limit(200)
    found = list(session.scalars(statement))
    parties = parties_of(session, [one.id for one in found])
    return [(str(one.id), " – ".join(_towns(parties.get(one.id, []))) or one.title) for one in found]


def _towns(parties: Any) -> list[str]:  # noqa: ANN401  # the parties of one twinning
    return [party.body.name for party in parties if party.is_town and party.left_on is None]


def _frozen_texts(body_id: int, twinning_id: int | None, model: str = "") -> list[tuple[str, str]]:
    """The complete frozen versions that may be annexed, the newest of each text; an aid goes with its own kind."""
    statement = (
        select(ConventionVersion.id, ConventionVersion.number, Convention.title, Convention.id, Convention.status)
        .join(Convention, Convention.id == ConventionVersion.convention_id)
        .where(
            ConventionVersion.kind == PrintKind.SUBMITTED,
            Convention.trashed_at.is_(None),
            text_is_visible_to(frozenset({body_id})),
        )
        .order_by(Convention.changed_at.desc(), ConventionVersion.number.desc())
        .limit(100)
    )
    if model == ActModel.SUBSIDY:
        statement = statement.where(Convention.kind == Kind.TOWN_COMMITTEE)
    elif model == ActModel.CONVENTION:
        statement = statement.where(Convention.kind != Kind.TOWN_COMMITTEE)
    if twinning_id is not None:
        statement = statement.where(Convention.twinnings.any(Twinning.id == twinning_id))
    seen: set[int] = set()
    found = []
    for version_id, number, title, convention_id, status in db.session().execute(statement):
        if convention_id not in seen:
            seen.add(convention_id)
            name = _("%(title)s, version %(number)s", title=title, number=number)
            is_signed = status in {Status.SIGNED, Status.ENDED}
            found.append((str(version_id), _("%(text)s (déjà signé)", text=name) if is_signed else name))
    return found


def _version(raw: str | None, offered: list[tuple[str, str]]) -> ConventionVersion | None:
    wanted = whole(raw)
    if not wanted or str(wanted) not in {value for value, _label in offered}:
        return None
    return db.session().get(ConventionVersion, wanted)


def _only_text(offered: list[tuple[str, str]]) -> str:
    """The one text that waits for a vote; what is signed is chosen on purpose."""
    only = _version(offered[0][0], offered) if len(offered) == 1 else None
    return "" if only is None or only.convention.status in {Status.SIGNED, Status.ENDED} else str(only.id)


@blueprint.route("/deliberations/remplir", methods=["GET", "POST"])
@requires(CouncilAction.CREATE_ACT)
def fill_act() -> Response | str | tuple[str, int]:
    """Answer what the model asks; the draft is written from it."""
    body_id, twinning_id = whole(request.args.get("commune")), whole(request.args.get("jumelage")) or None
    model = request.args.get("modele", "")
    body = queries.commune_by_id(db.session(), body_id)
    if body is None or body_id not in identity().written_body_ids or model not in set(ActModel):
        raise BadMeeting(_("Choisissez d’abord la commune et le modèle."))
    if twinning_id is not None and str(twinning_id) not in {value for value, _name in _twinnings()}:
        raise BadMeeting(_("Ce jumelage n’est pas celui de votre commune."))
    wording = drafting.wording_of(model)
    texts = _frozen_texts(body_id, twinning_id, model) if model in {ActModel.CONVENTION, ActModel.SUBSIDY} else []
    form = questions_form(wording.asks, texts, setting_of(body, None))
    if not form.is_submitted() and model == ActModel.CONVENTION:
        form["version"].data = _only_text(texts)
    known = _known(body, twinning_id)
    for name in wording.asks:
        if not form.is_submitted() and name in known:
            form[name].data = known[name]
    if form.validate_on_submit():
        answers = answers_of(form, wording.asks)
        version = _version(form.version.data, texts) if "version" in form else None
        known |= {name: told for name, told in answers.items() if told}
        if model == ActModel.SUBSIDY and version is None and is_below_threshold(form):
            known["signature"] = ""
        told = answers | {"facts": facts_told(form)}
        command = _drafted(model, known, told, twinning_id, version)
        with writing() as session:
            made = services.begin_act(session, body_id, command, by=actor(), at=clock.now())
            number = made.id
        flash(_("Le projet de délibération est écrit. Relisez-le."), "done")
        return redirect(url_for("council.act", act_id=number))
    return answer(
        "council/fill_act.html", form, body=body, model_name=ACT_MODELS[ActModel(model)], asks=wording.asks,
        wants_text=model == ActModel.CONVENTION, has_texts=bool(texts),
    )  # fmt: skip


def _known(body: Body, twinning_id: int | None) -> dict[str, str]:
    """What the house knows already: the town, its partners, its committee."""
    known = {
        "la_commune": f"la commune {formats.of(body.name)}",
        "les_habitants": f"les habitants {formats.of(body.name)}",
    }
    parties = parties_of(db.session(), [twinning_id]).get(twinning_id, []) if twinning_id else []
    if partners := partner_towns(parties, body.id):
        known["partenaire"] = listed(partner.name for partner in partners)
    committee = next((one.body for one in parties if one.body.kind == "committee" and one.left_on is None), None)
    if committee is not None:
        called = drafting.filled("l’association « {nom} »", {"nom": committee.name})
        known |= {"beneficiaire": called, "organisme": called}
    return known


def _drafted(
    model: str,
    known: dict[str, str],
    answers: Mapping[str, Any],
    twinning_id: int | None,
    version: ConventionVersion | None,
) -> services.ActFacts:
    if version is not None:
        known = {**known, "texte": _title_of(version)}
    if model == ActModel.SUBSIDY:
        known = {"signature": drafting.may_sign(known), **known}
    made = drafting.draft(model, known)
    return services.ActFacts(
        title=made.title,
        model=model,
        twinning_id=twinning_id,
        answers=answers,
        visas=made.visas,
        recitals=made.recitals,
        articles=made.articles,
        matter=made.matter,
        matter_label=made.matter_label,
        version=version,
    )


def _title_of(version: ConventionVersion) -> str:
    return version.convention.title.partition(" · ")[0]


def _naming(facts: services.ActFacts) -> services.ActFacts:
    """The same draft, the blank of its annexed text filled once that text is chosen."""
    if facts.version is None:
        return facts
    title = _title_of(facts.version)
    return replace(
        facts,
        title=drafting.named_text(facts.title, title),
        visas=[{name: drafting.named_text(told, title) for name, told in one.items()} for one in facts.visas],
        recitals=[drafting.named_text(one, title) for one in facts.recitals],
        articles=[drafting.named_text(one, title) for one in facts.articles],
    )


@blueprint.get("/deliberations/<int:act_id>")
@requires(CouncilAction.READ_ACT, on=queries.act_by_id)
def act(act: Act) -> str | tuple[str, int]:
    """A deliberation: the meter, its text, its dates."""
    return act_page(act)


def act_page(act: Act, error: DomainError | None = None) -> str | tuple[str, int]:
    """The page, with a check that blocks where there is one."""
    session, today = db.session(), clock.today()
    point = queries.point_of_act(session, act.id)
    meeting_day = day_of(point.meeting.starts_at) if point else None
    on = drafting.act_day(act, meeting_day, today)
    own = may(CouncilAction.VIEW, act.body)
    meter = meter_of(act, today)
    cited = [one["article"] for one in act.visas if one.get("article")]
    page = render_template(
        "council/act.html",
        act=act,
        point=point,
        on=on,
        visas=drafting.visa_lines(act.visas, on, is_local=setting_of(act.body, None).is_local_law),
        recitals=drafting.recital_lines(act.recitals),
        formula=f"{say('act', 'formula')} {say('act', 'rejects' if act.status == ActStatus.REJECTED else 'decides')}",
        stale=[code for code in cited if drafting.is_in_force(drafting.plain_code(code, on), on) is False],
        unknown=[code for code in cited if drafting.is_in_force(code, on) is None],
        blanks=services.blanks_of(act),
        meter=meter,
        letter=french(letter_said(meter.recourse.letter)) if meter.recourse.letter else "",
        seal=seal_of(session, act) if act.voted_on else None,
        decided=decision_told(act, act.voted_on or meeting_day),
        meetings=[one for one in queries.meetings_to_choose(session, act.body_id) if may_take(one, act)] if own else [],
        overrides=queries.overrides_of(session, act_id=act.id),
        statuses=ACT_STATUSES,
        tones=ACT_TONES,
        models=ACT_MODELS,
        events=EVENTS,
        corrected=CORRECTED,
        as_it_was=_as_it_was,
        refusal=str(error) if error and not isinstance(error, NotLawful) else "",
        struck=whole(request.form.get("event")) if error else 0,
        struck_reason=request.form.get("reason", ""),
        modes=MODES,
        today=today,
        signed_on=happened(act, ActEventKind.TEXT_SIGNED),
        in_force_on=in_force_on(act),
        cleared=queries.is_cleared(session, act),
        withheld=refusal_of(session, act, today) if act.status == ActStatus.ADOPTED else None,
        stopped=contest_of(act, today).stopped_by,
        ended=ENDED,
        again=voted_again(session, act),
        signed_before=signed_before(session, act) if act.voted_on else None,
        is_mutable=act.status in services.MUTABLE,
        is_draft=act.status == ActStatus.DRAFT,
        may_edit=may(CouncilAction.EDIT_ACT, act),
        may_clear=may(CouncilAction.CLEAR, act),
        sees_meeting=own,
        faults=_faults(act, point, today),
        **blocked_by(error),
    )
    return (page, 422) if error else page


def _faults(act: Act, point: AgendaPoint | None, today: date) -> list[Fault]:
    """What whoever prepares a vote should know before it."""
    if act.voted_on or not may(CouncilAction.EDIT_ACT, act):
        return []
    return left_to_tell(db.session(), act, today, point=point)


def _as_it_was(name: str, value: str) -> str:
    """What stood there before a correction, as people read it: a day in full, a code by its word."""
    words = CORRECTED_WORDS.get(name)
    if words is not None and value:
        return str(words.get(value, value))
    return str(full_day(date.fromisoformat(value))) if name.endswith("_on") and value else value


@blueprint.route("/deliberations/<int:act_id>/modifier", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def edit_act(act: Act) -> Response | str | tuple[str, int]:
    """Change the text of a deliberation that is not yet sent."""
    number, conflict = act.id, None
    services.require_mutable(act)
    texts = _frozen_texts(act.body_id, act.twinning_id, act.model)
    if act.version_id and str(act.version_id) not in {value for value, _label in texts} and act.version:
        label = _("%(title)s, version %(number)s", title=act.version.convention.title, number=act.version.number)
        texts.append((str(act.version_id), label))
    form = ActForm().offer(texts, act.model)
    if not form.is_submitted():
        form.show(act)
    elif form.validate():
        chosen = whole(form.version.data)
        version = db.session().get(ConventionVersion, chosen) if chosen else None
        command = _naming(form.command(act, version))
        try:
            with writing() as session:
                services.edit_act(session, act_again(number), command, by=actor(), at=clock.now())
            flash(_("C’est enregistré."), "done")
            return redirect(url_for("council.act", act_id=number))
        except EditConflict:
            conflict = both_texts(form, ActForm(formdata=None).offer(texts, act.model).show(act_again(number)))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer("council/edit_act.html", form, act=act, days=DAYS, conflict=conflict, wrong=conflict is not None)
