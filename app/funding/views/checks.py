"""Keeping a check, reading it again as it was, and what people attest by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, may, requires
from app.actions.models import read_value, write_value
from app.actions.services import StateFacts, state_facts
from app.database.unit import writing
from app.extensions import db
from app.funding import labels, queries
from app.funding.asked import asked as asked_for
from app.funding.documents import one_page, write
from app.funding.forms import TickForm
from app.funding.overview import told_by
from app.funding.policy import FundingAction
from app.funding.replay import replayed
from app.funding.services import checks as services
from app.funding.sheet import prose_of, sheet, tick_values
from app.funding.views.answers import assessed, to_answer
from app.funding.views.blueprint import again, blueprint, crumbs, file_answer, plain_sources
from app.rules.reading import read_facts
from app.shared import clock
from app.shared.errors import DomainError
from app.shared.saying import said

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from app.funding.asked import Asked
    from app.funding.models import Check, Tick
    from app.funding.replay import Replay
    from app.funding.sheet import Sheet


class NotATick(DomainError):
    """A condition that this edition does not have, or a note that is too long."""


@blueprint.post("/projets/<int:project_id>/aides/<string:programme>/<string:edition>/garder")
@requires(FundingAction.KEEP, on=asked_for)
def keep(asked: Asked) -> AnyResponse:
    """Keep the answer of today, with its facts and every file it was made from."""
    today = clock.today()
    known, laid, problems = assessed(asked)
    if problems:
        raise DomainError(_("Des réponses se contredisent : corrigez-les avant de garder la vérification."))
    ticks = tick_values(queries.ticks_of(db.session(), asked.project.id, asked.edition.id))
    facts = write_value(dict(known.plain))
    again_told = told_by(
        asked.rules, asked.edition, read_facts(read_value(facts), asked.rules.catalogue.words), today=today
    )
    command = services.KeepCheck(
        edition=asked.edition.id,
        title=asked.edition.title,
        told=again_told,
        facts=facts,
        sources=plain_sources(dict(known.sources)),
        files=asked.rules.files_of(asked.edition),
        on=today,
        ticks=ticks,
    )
    del laid
    number = asked.project.id
    with writing() as session:
        made = services.keep_check(session, again(number), command, by=actor(), at=clock.now())
        check_id = made.id
    flash(_("La vérification est gardée avec ses réponses et ses règles : elle se relira à l’identique."), "done")
    return redirect(url_for("funding.check", check_id=check_id))


@blueprint.get("/verifications/<int:check_id>")
@requires(FundingAction.ASSESS, on=queries.check_by_id)
def check(found: Check) -> str:
    """A kept check as it was, and whether it still comes out the same."""
    again_made = replayed(db.session(), found)
    laid = _laid(found, again_made)
    return render_template(
        "funding/check.html",
        check=found,
        project=found.project,
        sheet=laid,
        told=json.loads(found.answer),
        is_same=again_made is not None and again_made.is_same,
        facts=json.dumps(json.loads(found.facts), ensure_ascii=False, indent=2),
        crumbs=crumbs(found.project, (_("Les aides"), url_for("funding.overview", project_id=found.project_id))),
        words=labels,
        may_keep=may(FundingAction.KEEP, found),
        fingerprint=found.files.get(f"{found.edition}.toml", ""),
    )


@blueprint.get("/verifications/<int:check_id>/fiche.pdf")
@requires(FundingAction.ASSESS, on=queries.check_by_id)
def check_pdf(found: Check) -> Response:
    """A kept check on one page."""
    laid = _laid(found, replayed(db.session(), found))
    if laid is None:
        raise DomainError(
            _("Le moteur ne sait plus relire ces règles : la fiche ne s’imprime plus ; la page la montre.")
        )
    pages = one_page(found.project, laid, on=found.checked_on)
    name = f"verification-{found.id}.pdf"
    db.session.rollback()
    return file_answer(write(pages), "application/pdf", name)


@blueprint.get("/verifications/<int:check_id>/faits.json")
@requires(FundingAction.ASSESS, on=queries.check_by_id)
def check_facts(found: Check) -> Response:
    """The facts of a kept check, as the command line reads them."""
    return file_answer(found.facts.encode(), "application/json", f"faits-verification-{found.id}.json")


def _laid(found: Check, made: Replay | None) -> Sheet | None:
    if made is None:
        return None
    told = json.loads(found.answer)
    return sheet(made.edition, told, made.facts, today=found.checked_on, ticks=found.ticks)


@blueprint.post("/verifications/<int:check_id>/corbeille")
@requires(FundingAction.KEEP, on=queries.check_by_id)
def trash_check(found: Check) -> AnyResponse:
    """Put a kept check in the trash, or take it out again."""
    check_id, number = found.id, found.project_id
    with writing() as session:
        kept = queries.check_by_id(session, check_id) or abort(404)
        if kept.trashed_at is None:
            services.trash_check(session, kept, by=actor(), at=clock.now())
        else:
            services.restore_check(session, kept, by=actor(), at=clock.now())
    flash(_("C’est fait. Rien n’est effacé : la page de la vérification permet d’y revenir."), "done")
    return redirect(url_for("funding.check", check_id=check_id) if number else url_for("actions.index"))


@blueprint.post("/projets/<int:project_id>/aides/<string:programme>/<string:edition>/attester")
@requires(FundingAction.KEEP, on=asked_for)
def tick(asked: Asked) -> AnyResponse:
    """Attest in one's own name that a condition holds."""
    form = TickForm()
    wanted = request.form.get("condition", "")
    found = next((one for one in prose_of(asked.edition) if one.id == wanted), None)
    if found is None:
        raise NotATick(_("Cette condition n’est plus dans les règles. Revenez à la réponse."))
    if not form.validate_on_submit():
        raise NotATick(_("La note est trop longue : gardez 500 caractères au plus."))
    command = services.TickCondition(edition=asked.edition.id, condition=found.id, says=found.says, note=form.note.data)
    number, programme, edition = asked.project.id, asked.edition.programme, asked.edition.edition
    with writing() as session:
        project = again(number)
        services.tick_condition(session, project, command, by=actor(), at=clock.now())
        if found.fact:
            stated = StateFacts(values={found.fact: True})
            state_facts(session, project, stated, by=actor(), at=clock.now())
    flash(_("C’est attesté en votre nom, le %(day)s.", day=said(clock.today())), "done")
    return to_answer(number, programme, edition)


@blueprint.post("/attestations/<int:tick_id>/retirer")
@requires(FundingAction.KEEP, on=queries.tick_by_id)
def untick(found: Tick) -> AnyResponse:
    """Take an attestation back."""
    tick_id, number, name = found.id, found.project_id, found.edition
    with writing() as session:
        kept = queries.tick_by_id(session, tick_id) or abort(404)
        services.take_back(session, kept, by=actor(), at=clock.now())
        if kept.condition.startswith("answers."):
            stated = StateFacts(values={kept.condition: None})
            state_facts(session, again(number), stated, by=actor(), at=clock.now())
    flash(_("L’attestation est retirée ; elle reste dans le journal."), "done")
    programme, _slash, edition = name.partition("/")
    return to_answer(number, programme, edition)
