"""The list of projects, the page of one, and its verbs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.actions import queries, services
from app.actions.forms import CopyForm, ProjectForm
from app.actions.labels import KINDS
from app.actions.models import ProjectKind
from app.actions.panels import panels_of
from app.actions.policy import ProjectAction
from app.actions.views.blueprint import again, blueprint, ceremony_title, towns
from app.ceremonies.queries import ceremonies_of_twinning
from app.ceremonies.wording import said
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.conflicts import both_texts
from app.shared.errors import EditConflict
from app.twinnings.queries import holds, parties_of, present_parties, twinning_by_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from app.actions.models import Project
    from app.twinnings.models import Twinning

    Page = Response | str | tuple[str, int]


_MOST = 2**31


@blueprint.get("/")
@requires(ProjectAction.LIST)
def index() -> str:
    """The projects of one's bodies, the last changed first."""
    trashed = "corbeille" in request.args
    kind = request.args.get("genre", "")
    jumelage = request.args.get("jumelage", 0, type=int)
    wanted = queries.ProjectFilter(
        kind=kind if kind in {one.value for one in ProjectKind} else "",
        twinning_id=jumelage if 0 < jumelage < _MOST else 0,
        trashed=trashed,
    )
    bodies = identity().readable_body_ids
    found = queries.page_of_projects(db.session(), bodies, wanted, after=_after(request.args.get("apres", "")))
    page, more = found[: queries.PAGE], len(found) > queries.PAGE
    kept: dict[str, Any] = {
        name: request.args[name] for name in ("genre", "jumelage", "corbeille") if request.args.get(name)
    }
    last = f"{page[-1].changed_at.isoformat()}~{page[-1].id}" if page else ""
    parties = parties_of(db.session(), {row.twinning_id for row in page})
    return render_template(
        "actions/index.html",
        rows=page,
        towns={
            number: " – ".join(one.body.name for one in named if one.is_town and one.left_on is None)
            for number, named in parties.items()
        },
        kinds=KINDS,
        wanted=wanted,
        pages={
            "previous_url": url_for("actions.index", **kept) if "apres" in request.args else None,
            "next_url": url_for("actions.index", **kept, apres=last) if more else None,
        },
        may_create=may(ProjectAction.CREATE),
    )


@blueprint.route("/nouveau", methods=["GET", "POST"])
@requires(ProjectAction.CREATE)
def new() -> Page:
    """Begin a project for one of one's twinnings."""
    twinnings = queries.twinnings_to_choose(db.session(), identity().written_body_ids)
    twinning = _chosen(twinnings)
    if twinning is None:
        return render_template("actions/choose_twinning.html", twinnings=twinnings, towns=towns)
    form = ProjectForm()
    form.offer(_owners(twinning), _ceremonies(twinning.id))
    if not form.is_submitted():
        form.owner.data = str(_first_owner(twinning))
        form.ceremony.data = request.args.get("ceremonie", "")
    if form.validate_on_submit():
        command = form.creation(twinning.id)
        with writing() as session:
            made = services.create_project(session, command, by=actor(), at=clock.now())
            number = made.id
        flash(_("Le projet est commencé. Répondez à quelques questions : tout peut rester incomplet."), "done")
        return redirect(url_for("actions.page", project_id=number))
    page = render_template("actions/form.html", form=form, twinning=twinning, towns=towns(twinning), project=None)
    return (page, 422) if form.errors else page


@blueprint.get("/<int:project_id>")
@requires(ProjectAction.VIEW, on=queries.project_by_id)
def page(project: Project) -> str:
    """The project: what it is, and what the rooms above say of it."""
    panels = panels_of(db.session(), project)
    suggestions = [panel.suggestion for panel in panels if panel.suggestion is not None]
    return render_template(
        "actions/page.html",
        project=project,
        towns=towns(project.twinning),
        kind=KINDS[ProjectKind(project.kind)],
        ceremony=ceremony_title(project.ceremony) if project.ceremony else "",
        panels=panels,
        suggestion=max(suggestions, key=lambda one: one.weight, default=None),
        copies=queries.copies_of(db.session(), project.id),
        may_edit=may(ProjectAction.EDIT, project),
        may_trash=may(ProjectAction.TRASH, project),
    )


@blueprint.route("/<int:project_id>/modifier", methods=["GET", "POST"])
@requires(ProjectAction.EDIT, on=queries.project_by_id)
def edit(project: Project) -> Page:
    """Change what the project says of itself."""
    form = ProjectForm() if request.method == "POST" else ProjectForm.of(project)
    offers = _owners(project.twinning), _ceremonies(project.twinning_id)
    form.offer(*offers)
    number, conflict = project.id, None
    if form.validate_on_submit():
        try:
            with writing() as session:
                services.edit_project(session, again(number), form.change(), by=actor(), at=clock.now())
            flash(_("Le projet est enregistré."), "done")
            return redirect(url_for("actions.page", project_id=number))
        except EditConflict:
            kept = ProjectForm.of(project, formdata=None)
            kept.offer(*offers)
            conflict = both_texts(form, kept)
    told = {"twinning": project.twinning, "towns": towns(project.twinning), "project": project, "conflict": conflict}
    page = render_template("actions/form.html", form=form, **told)
    return page, 409 if conflict else 422 if form.errors else 200


@blueprint.route("/<int:project_id>/copier", methods=["GET", "POST"])
@requires(ProjectAction.EDIT, on=queries.project_by_id)
def copy(project: Project) -> Page:
    """Copy the project, to try something out."""
    form = CopyForm()
    number = project.id
    if not form.is_submitted():
        form.title.data = _("%(title)s (essai)", title=project.title)[: services.TITLE]
    if form.validate_on_submit():
        title = form.title.data
        with writing() as session:
            made = services.copy_project(session, again(number), title=title, by=actor(), at=clock.now())
            made_id = made.id
        flash(_("La copie est faite : changez-la sans crainte, le projet ne bouge pas."), "done")
        return redirect(url_for("actions.page", project_id=made_id))
    page = render_template("actions/copy.html", form=form, project=project)
    return (page, 422) if form.errors else page


@blueprint.post("/<int:project_id>/corbeille")
@requires(ProjectAction.TRASH, on=queries.project_by_id)
def trash(project: Project) -> Response:
    """Put the project in the trash."""
    number = project.id
    with writing() as session:
        services.trash_project(session, again(number), by=actor(), at=clock.now())
    flash(_("Le projet est à la corbeille ; rien n’en est perdu."), "done")
    return redirect(url_for("actions.index", corbeille=1))


@blueprint.post("/<int:project_id>/remettre")
@requires(ProjectAction.TRASH, on=queries.project_by_id)
def restore(project: Project) -> Response:
    """Take the project out of the trash."""
    number = project.id
    with writing() as session:
        services.restore_project(session, again(number), by=actor(), at=clock.now())
    flash(_("Le projet est sorti de la corbeille."), "done")
    return redirect(url_for("actions.page", project_id=number))


def _chosen(twinnings: Sequence[Twinning]) -> Twinning | None:
    wanted = request.args.get("jumelage", type=int)
    if wanted is None:
        return twinnings[0] if len(twinnings) == 1 else None
    found = next((twinning for twinning in twinnings if twinning.id == wanted), None)
    if found is None and (not 0 < wanted < _MOST or twinning_by_id(db.session(), wanted) is None):
        abort(404)
    return found


def _owners(twinning: Twinning) -> list[tuple[int, str]]:
    return [(party.body_id, party.body.name) for party in present_parties(twinning)]


def _first_owner(twinning: Twinning) -> int:
    who = identity()
    own = [number for number, _name in _owners(twinning) if number in who.written_body_ids]
    if who.current_body_id in own:
        return who.current_body_id
    kept = [party.body_id for party in present_parties(twinning) if holds(who.written_body_ids, twinning)]
    return next(iter([*own, *kept]), 0)


def _ceremonies(twinning_id: int) -> list[tuple[int, str]]:
    return [(one.id, said(one.title, ["fr"])) for one in ceremonies_of_twinning(db.session(), twinning_id)]


def _after(raw: str) -> tuple[datetime, int] | None:
    moment, _tilde, number = raw.partition("~")
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return None
    if read.tzinfo is None or not (number.isascii() and number.isdecimal() and len(number) < 10):  # noqa: PLR2004  # an integer
        return None
    return read, int(number)
