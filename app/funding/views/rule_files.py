"""Rule files of this installation: sent, checked, compared, tried, then switched on by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, requires
from app.actions.queries import current_projects
from app.database.unit import writing
from app.extensions import db
from app.funding import catalogue, labels, queries
from app.funding.facts import project_facts
from app.funding.forms import RuleFileForm
from app.funding.models import RuleFileState
from app.funding.policy import FundingAction
from app.funding.services import rule_files as services
from app.funding.views.blueprint import blueprint, current_body_id, file_answer
from app.shared import clock

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from app.funding.catalogue import Rules
    from app.funding.facts import ProjectFacts
    from app.funding.models import RuleFile

    Page = AnyResponse | str | tuple[str, int]


@blueprint.get("/financements/regles")
@requires(FundingAction.RULES)
def rule_files() -> str:
    """Every own rule file, version by version."""
    trashed = "corbeille" in request.args
    return render_template(
        "funding/rule_files.html",
        files=queries.rule_files(db.session(), trashed=trashed),
        trashed=trashed,
        states=labels.RULE_FILE_STATES,
        tones=labels.RULE_FILE_TONES,
    )


@blueprint.route("/financements/regles/nouveau", methods=["GET", "POST"])
@requires(FundingAction.RULES)
def new_rule_file() -> Page:
    """Send a rule file: it is read strictly and kept as a draft."""
    form = RuleFileForm()
    if form.validate_on_submit():
        try:
            text = _text(form)
            edition = services.read_rule_file(text, catalogue.current(db.session()))
        except services.BadRuleFile as error:
            form.text.errors = [*form.text.errors, str(error)]
        else:
            body_id = current_body_id()
            with writing() as session:
                kept = services.keep_rule_file(session, edition, text, body_id=body_id, by=actor(), at=clock.now())
                number = kept.id
            flash(_("Le fichier est lu et gardé à l’essai. Voici ce qu’il changerait."), "done")
            return redirect(url_for("funding.rule_file", rule_file_id=number))
    page = render_template("funding/new_rule_file.html", form=form)
    return (page, 422) if form.errors else page


def _text(form: RuleFileForm) -> str:
    sent = request.files.get("file")
    raw = sent.read(services.LARGEST + 1) if sent is not None and sent.filename else b""
    if not raw:
        text = form.text.data or ""
        if not text.strip():
            raise services.BadRuleFile(_("Choisissez un fichier, ou collez son texte."))
        return text.replace("\r\n", "\n")
    if len(raw) > services.LARGEST:  # what was cut is not read
        raise services.too_long()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise services.BadRuleFile(
            _("Le fichier n’est pas en UTF-8\N{NO-BREAK SPACE}: enregistrez-le dans ce codage.")
        ) from error
    form.text.data = text
    return text.replace("\r\n", "\n")


@blueprint.get("/financements/regles/<int:rule_file_id>")
@requires(FundingAction.RULES, on=queries.rule_file_by_id)
def rule_file(kept: RuleFile) -> str:
    """A rule file with its trial: examples, differences, what would change for current projects."""
    rules = catalogue.current(db.session())
    problem, trial = "", None
    try:
        edition = services.read_rule_file(kept.text, rules)
    except services.BadRuleFile as error:
        problem = str(error)
    else:
        trial = services.try_rule_file(edition, kept.text, _without(kept, rules), _projects(), today=clock.today())
    return render_template(
        "funding/rule_file.html",
        file=kept,
        trial=trial,
        problem=problem,
        state=labels.RULE_FILE_STATES[RuleFileState(kept.state)],
        tone=labels.RULE_FILE_TONES[RuleFileState(kept.state)],
        verdicts=labels.VERDICTS,
        tones=labels.VERDICT_TONES,
        is_on=kept.state == RuleFileState.ON,
    )


def _without(kept: RuleFile, rules: Rules) -> Rules:
    """The rules as they were before this file came into use, with the version that it replaced."""
    if kept.state != RuleFileState.ON:
        return rules
    own = {one.name: one.text for one in queries.rule_files_on(db.session()) if one.name != kept.name}
    if (earlier := queries.rule_file_before(db.session(), kept)) is not None:
        own[earlier.name] = earlier.text
    return catalogue.with_own(catalogue.shipped(), own)


def _projects() -> list[tuple[int, str, ProjectFacts]]:
    """The current projects that the person may see."""
    who = identity()
    found = current_projects(db.session(), bodies=who.readable_body_ids)
    return [(one.id, one.title, project_facts(one)) for one in found]


@blueprint.get("/financements/regles/<int:rule_file_id>/regles.toml")
@requires(FundingAction.RULES, on=queries.rule_file_by_id)
def rule_file_text(kept: RuleFile) -> Response:
    """The file itself."""
    return file_answer(kept.text.encode(), "application/toml; charset=utf-8", f"{kept.name.replace('/', '-')}.toml")


@blueprint.post("/financements/regles/<int:rule_file_id>/service")
@requires(FundingAction.RULES, on=queries.rule_file_by_id)
def switch_rule_file(kept: RuleFile) -> AnyResponse:
    """Put a rule file into use, or out of it."""
    number, on, text = kept.id, "arreter" not in request.form, kept.text
    raw = request.form.get("revision", "")
    revision = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 9 else 0  # noqa: PLR2004  # an integer
    if on:
        rules = catalogue.current(db.session())
        edition = services.read_rule_file(text, rules)
        trial = services.try_rule_file(edition, text, rules, (), today=clock.today())
        if trial.problems:
            raise services.BadRuleFile(
                _("Ses exemples ne donnent pas ce qu’ils annoncent\N{NO-BREAK SPACE}: corrigez-le d’abord.")
            )
    with writing() as session:
        found = queries.rule_file_by_id(session, number) or abort(404)
        services.switch(session, found, on=on, revision=revision, by=actor(), at=clock.now())
    flash(_("Ces règles sont en service.") if on else _("Ces règles sont hors service."), "done")
    return redirect(url_for("funding.rule_file", rule_file_id=number))


@blueprint.post("/financements/regles/<int:rule_file_id>/corbeille")
@requires(FundingAction.RULES, on=queries.rule_file_by_id)
def trash_rule_file(kept: RuleFile) -> AnyResponse:
    """Put a rule file in the trash, or take it out."""
    number = kept.id
    with writing() as session:
        found = queries.rule_file_by_id(session, number) or abort(404)
        services.put_away(session, found, away=found.trashed_at is None, by=actor(), at=clock.now())
    flash(_("C’est fait. Rien n’est effacé."), "done")
    return redirect(url_for("funding.rule_files"))
