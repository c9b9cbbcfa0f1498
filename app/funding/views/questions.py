"""The questions: one small group a page, saved at each step, always free to stay incomplete."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.actions.queries import project_by_id
from app.actions.services import StateFacts, state_facts
from app.database.unit import writing
from app.extensions import db
from app.funding import catalogue, groups
from app.funding.asked import group_of
from app.funding.facts import LISTS, project_facts, store_path
from app.funding.forms import answer_form
from app.funding.overview import assessments
from app.funding.policy import FundingAction
from app.funding.views.blueprint import again, blueprint, crumbs, source_sentence
from app.rules.questions import missing
from app.rules.questions import question as engine_question
from app.shared import clock
from app.shared.errors import EditConflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from app.actions.models import Project
    from app.funding.asked import GroupOf
    from app.funding.catalogue import Rules
    from app.funding.facts import ProjectFacts
    from app.funding.forms import AnswerForm
    from app.funding.groups import Group

    Page = AnyResponse | str | tuple[str, int]

AUTOSAVE = "X-Enregistrement"
_ROW = re.compile(r"-(\d{1,3})-")


@dataclass
class Needed:
    """What would help most: paths of the engine with their weight, and the question of each."""

    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    programmes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def ordered(self) -> list[str]:
        """The paths, the most decisive first."""
        return sorted(self.weights, key=lambda path: (-self.weights[path], path))


def needed(rules: Rules, known: ProjectFacts) -> Needed:
    """What the programmes still need, over all of them; what is known not to be known is asked no more."""
    found = Needed()
    for assessment in assessments(rules, known, today=clock.today()):
        rank = 0
        for one in missing(assessment, rules.catalogue.words):
            if store_path(one.path) in known.unknown:
                continue
            rank += 1
            found.weights[one.path] += 1 / rank
            found.programmes[one.path].append(assessment.edition.title)
    return found


@blueprint.get("/projets/<int:project_id>/questions")
@requires(FundingAction.ASSESS, on=project_by_id)
def questions(project: Project) -> str:
    """The groups of questions, each with what is said and what would help."""
    rules = catalogue.current(db.session())
    known = project_facts(project)
    wanted = needed(rules, known)
    counts: dict[str, int] = defaultdict(int)
    for path in wanted.weights:
        counts[groups.group_of(path).key] += 1
    told = {
        group.key: sum(1 for path in _paths(group, rules) if path in known.values or path in known.unknown)
        for group in groups.GROUPS
    }
    return render_template(
        "funding/questions.html",
        project=project,
        crumbs=crumbs(project),
        groups=groups.GROUPS,
        counts=counts,
        told=told,
    )


def _paths(group: Group, rules: Rules) -> list[str]:
    listed = [group.listed] if group.listed else []
    return [*groups.scalars(group, rules.catalogue.words), *listed]


@blueprint.get("/projets/<int:project_id>/question-suivante")
@requires(FundingAction.ANSWER, on=project_by_id)
def next_question(project: Project) -> AnyResponse:
    """Lead to the question that decides most."""
    rules = catalogue.current(db.session())
    path = next(iter(needed(rules, project_facts(project)).ordered), None)
    if path is None:
        flash(_("Plus aucune question ne change une réponse : voici ce que le projet peut obtenir."), "done")
        return redirect(url_for("funding.overview", project_id=project.id))
    return redirect(url_for("funding.group", project_id=project.id, group=groups.group_of(path).key, question=path))


@blueprint.route("/projets/<int:project_id>/questions/<string:group>", methods=["GET", "POST"])
@requires(FundingAction.ANSWER, on=group_of)
def group(asked: GroupOf) -> Page:
    """One small group of questions."""
    project, number = asked.project, asked.project.id
    rules = catalogue.current(db.session())
    known = project_facts(project)
    form = _form(asked, rules, known)
    automatic = AUTOSAVE in request.headers
    if request.method == "POST":
        if form.validate():
            try:
                marks = _save(number, asked.group, form)
            except EditConflict:
                if automatic:
                    return _saved(conflict=True)
                raise
            if automatic:
                return _saved(marks=marks)
            return _onwards(asked)
        if automatic:
            wrong = [form[name] for name in form.errors if name]
            return _saved(
                errors={one.id: [str(told) for told in one.errors] for one in wrong},
                named=[str(one.label.text) for one in wrong],
            )
    page = _page(asked, form, rules, known)
    return (page, 422) if form.errors else page


def _form(asked: GroupOf, rules: Rules, known: ProjectFacts) -> AnswerForm:
    revisions = {fact.path: fact.revision for fact in asked.project.facts}
    rows = 0
    if request.method == "POST":
        found = [int(one[1]) for name in request.form if (one := _ROW.search(name)) is not None]
        rows = max(found, default=-1) + 1 + (1 if "ajouter" in request.form else 0)
    suggested = _documents(rules, known) if asked.group.listed == "documents" else ()
    return answer_form(asked.group, known, rules.catalogue.words, revisions=revisions, rows=rows, suggested=suggested)


def _documents(rules: Rules, known: ProjectFacts) -> list[dict[str, Any]]:
    """A row for each document that a programme which may still be had asks for."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for assessment in assessments(rules, known, today=clock.today()):
        if assessment.verdict in ("not_eligible", "not_concerned"):
            continue
        for one in assessment.edition.documents:
            found.setdefault((one["document"], one["stage"]), {"kind": one["document"], "stage": one["stage"]})
    return list(found.values())[:20]


def _save(number: int, group: Group, form: AnswerForm) -> dict[str, str]:
    """Keep what was answered; gives the marks with which the page is sent the next time."""
    stated, unknown = form.values()
    if group.listed == "documents":
        stated["documents"] = _answered(stated["documents"])
    left, marks, seen = form.left_as_shown(stated, unknown), form.marks(stated, unknown), form.revisions_seen()
    stated, unknown = _changed(form, stated, unknown, left)
    labels = {path: form.question(path).label.text for path in form.paths}
    labels |= {group.listed: str(group.title)} if group.listed else {}
    command = StateFacts(
        values=stated,
        unknown=unknown,
        seen=seen,
        about=str(group.title),
        labels={k: str(v) for k, v in labels.items()},
    )
    with writing() as session:
        project = again(number)
        state_facts(session, project, command, by=actor(), at=clock.now())
        now = {fact.path: fact.revision for fact in project.facts if fact.path in {*form.paths, group.listed} - left}
        kept = {path: one for path, one in seen.items() if path in left}
        return {"seen": json.dumps({**now, **kept}), "shown": marks}


def _answered(told: dict[str, Any] | None) -> dict[str, Any] | None:
    """Documents of which somebody said whether they are ready; the suggested rest is no fact."""
    if told is None:
        return None
    items = [one for one in told["items"] if len(one) > 2 or told["complete"]]  # noqa: PLR2004  # kind, stage, and more
    return {**told, "items": items} if items or told["complete"] else None


def _changed(
    form: AnswerForm, stated: dict[str, Any], unknown: frozenset[str], left: frozenset[str]
) -> tuple[dict[str, Any], frozenset[str]]:
    """Only what differs from what the house knew: what follows from the bodies is not stated by leaving it there.

    Nor is what was left as the page showed it, even where somebody has answered it since.
    """
    known = form.known
    facts = {path: value for path, value in stated.items() if value != known.values.get(path) or path in known.unknown}
    facts = {path: value for path, value in facts.items() if path not in left}
    return facts, frozenset(path for path in unknown if path not in known.unknown and path not in left)


def _saved(
    *,
    marks: dict[str, str] | None = None,
    errors: dict[str, list[str]] | None = None,
    named: Sequence[str] = (),
    conflict: bool = False,
) -> Response:
    now = clock.now().astimezone(clock.PARIS)
    if conflict:
        sentence = _("Quelqu’un d’autre vient de répondre autrement : cliquez sur « Enregistrer » pour voir les deux.")
    elif errors:
        sentence = _("Pas encore enregistré, une réponse est à corriger : %(questions)s.", questions=", ".join(named))
    else:
        sentence = _("Enregistré à %(hour)s.", hour=f"{now.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{now.minute:02d}")
    return jsonify({"saved": marks is not None, "sentence": sentence, "errors": errors or {}, **(marks or {})})


def _onwards(asked: GroupOf) -> Page:
    """Where the button that was pressed leads."""
    number, key = asked.project.id, asked.group.key
    if "ajouter" in request.form:
        return redirect(url_for("funding.group", project_id=number, group=key, lignes=1))
    if "suivante" in request.form:
        return redirect(url_for("funding.next_question", project_id=number))
    if "reponse" in request.form:
        return redirect(url_for("funding.overview", project_id=number))
    flash(_("C’est enregistré."), "done")
    return redirect(url_for("funding.group", project_id=number, group=key))


def _page(asked: GroupOf, form: AnswerForm, rules: Rules, known: ProjectFacts) -> str:
    wanted = needed(rules, known)
    here = {store_path(path) for path in wanted.weights}
    paths = list(form.paths)
    shown = [path for path in paths if path in asked.group.core or path in here or _is_told(known, path)]
    wished = request.args.get("question", "")
    if wished and groups.group_of(wished) is not asked.group:
        wished = ""
    return render_template(
        "funding/group.html",
        project=asked.project,
        group=asked.group,
        crumbs=crumbs(asked.project, (_("Questions"), url_for("funding.questions", project_id=asked.project.id))),
        form=form,
        main=shown,
        more=[path for path in paths if path not in shown],
        sources={path: source_sentence(known.sources.get(path)) for path in [*paths, asked.group.listed]},
        needed_by=_needed_by(wanted),
        wished=engine_question(wished, rules.catalogue.words) if wished in wanted.weights else "",
        wished_path=store_path(wished) if wished else "",
        problems=known.read(rules.catalogue.words)[1],
        position=groups.GROUPS.index(asked.group) + 1,
        last=len(groups.GROUPS),
        neighbours=_neighbours(asked),
    )


def _is_told(known: ProjectFacts, path: str) -> bool:
    return path in known.values or path in known.unknown


def _needed_by(wanted: Needed) -> dict[str, str]:
    """By path of the store, the programmes that wait for it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in wanted.ordered:
        kept = store_path(path)
        found[kept if kept in LISTS else path] += [
            one for one in wanted.programmes[path] if one not in found[kept if kept in LISTS else path]
        ]
    return {path: ", ".join(named[:3]) + ("…" if len(named) > 3 else "") for path, named in found.items()}  # noqa: PLR2004


def _neighbours(asked: GroupOf) -> tuple[Group | None, Group | None]:
    rank = groups.GROUPS.index(asked.group)
    before = groups.GROUPS[rank - 1] if rank else None
    after = groups.GROUPS[rank + 1] if rank + 1 < len(groups.GROUPS) else None
    return before, after
