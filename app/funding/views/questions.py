"""The questions: one small group a page, saved at each step, always free to stay incomplete."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import requires
from app.actions.queries import project_by_id
from app.extensions import db
from app.funding import catalogue, groups
from app.funding.asked import GroupOf, group_of
from app.funding.facts import LISTS, project_facts, store_path
from app.funding.forms import answer_form
from app.funding.overview import assessments
from app.funding.policy import FundingAction
from app.funding.views import saving
from app.funding.views.blueprint import blueprint, crumbs, source_sentence
from app.rules.questions import missing
from app.rules.questions import question as engine_question
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from app.actions.models import Project
    from app.funding.catalogue import Rules
    from app.funding.facts import ProjectFacts
    from app.funding.forms import AnswerForm
    from app.funding.groups import Group
    from app.shared.errors import EditConflict

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
    """Lead to the question that decides most, on a page that was not just left without its answer."""
    rules, seen = catalogue.current(db.session()), _seen()
    wanted = needed(rules, project_facts(project)).ordered
    path = next((one for one in wanted if groups.group_of(one).key not in seen), None)
    if path is not None:
        key = groups.group_of(path).key
        return redirect(url_for("funding.group", project_id=project.id, group=key, question=path, vu=seen))
    if wanted:
        told = _("Vous avez vu toutes les pages : ce qui reste sans réponse peut attendre. Voici où en est le projet.")
        flash(told, "info")
    else:
        flash(_("Plus aucune question ne change une réponse : voici ce que le projet peut obtenir."), "done")
    return redirect(url_for("funding.overview", project_id=project.id))


def _seen() -> list[str]:
    """The pages of questions that this round has been through: who leaves an answer open is not led back to it."""
    return [key for key in dict.fromkeys(request.args.getlist("vu")) if key in groups.BY_KEY]


@blueprint.route("/projets/<int:project_id>/questions/<string:group>", methods=["GET", "POST"])
@requires(FundingAction.ANSWER, on=group_of)
def group(asked: GroupOf) -> Page:
    """One small group of questions."""
    number = asked.project.id
    rules = catalogue.current(db.session())
    known = project_facts(asked.project)
    form = _form(asked, rules, known)
    if request.method == "GET":
        return _page(asked, form, rules, known)
    is_read = form.validate()
    if AUTOSAVE in request.headers:
        return saving.told(form, saving.keep(number, form))
    if not is_read:
        return _page(asked, form, rules, known), 422
    merged = saving.keep(number, form)
    if not merged.clashes:
        return _onwards(number, asked.group.key)
    found = saving.conflict(number, form, merged)
    return _page(GroupOf(found.project, asked.group), found.form, rules, found.known, found.error), 409


def _form(asked: GroupOf, rules: Rules, known: ProjectFacts) -> AnswerForm:
    rows = 0
    if request.method == "POST":
        found = [int(one[1]) for name in request.form if (one := _ROW.search(name)) is not None]
        rows = max(found, default=-1) + 1 + (1 if "ajouter" in request.form else 0)
    suggested = _documents(rules, known) if asked.group.listed == "documents" else ()
    return answer_form(asked.group, known, rules.catalogue.words, rows=rows, suggested=suggested)


def _documents(rules: Rules, known: ProjectFacts) -> list[dict[str, Any]]:
    """A row for each document that a programme which may still be had asks for."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for assessment in assessments(rules, known, today=clock.today()):
        if assessment.verdict in ("not_eligible", "not_concerned"):
            continue
        for one in assessment.edition.documents:
            found.setdefault((one["document"], one["stage"]), {"kind": one["document"], "stage": one["stage"]})
    return list(found.values())[:20]


def _onwards(number: int, key: str) -> Page:
    """Where the button that was pressed leads."""
    if "ajouter" in request.form:
        return redirect(url_for("funding.group", project_id=number, group=key, lignes=1))
    if "suivante" in request.form:
        seen = [*(one for one in _seen() if one != key), key]
        return redirect(url_for("funding.next_question", project_id=number, vu=seen))
    if "reponse" in request.form:
        return redirect(url_for("funding.overview", project_id=number))
    flash(_("C’est enregistré."), "done")
    return redirect(url_for("funding.group", project_id=number, group=key))


def _page(
    asked: GroupOf, form: AnswerForm, rules: Rules, known: ProjectFacts, conflict: EditConflict | None = None
) -> str:
    wanted = needed(rules, known)
    here = {store_path(path) for path in wanted.weights}
    paths = list(form.paths)
    shown = [path for path in paths if path in asked.group.core or path in here or _is_told(known, path)]
    facts, problems = known.read(rules.catalogue.words)
    wished = request.args.get("question", "")
    if wished and groups.group_of(wished) is not asked.group:
        wished = ""
    return render_template(
        "funding/group.html",
        project=asked.project,
        group=asked.group,
        crumbs=crumbs(asked.project, (_("Questions"), url_for("funding.questions", project_id=asked.project.id))),
        form=form,
        conflict=conflict,
        main=shown,
        more=[path for path in paths if path not in shown],
        sources={path: source_sentence(known.sources.get(path)) for path in [*paths, asked.group.listed]},
        needed_by=_needed_by(wanted),
        wished=engine_question(wished, rules.catalogue.words) if wished in wanted.weights else "",
        wished_fact=wished,
        wished_path=store_path(wished) if wished else "",
        seen=_seen(),
        problems=(*problems, *facts.unread),
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
