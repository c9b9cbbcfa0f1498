"""The whole text: its questions, what completes it, its form, its trash."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.conventions import queries, services
from app.conventions.forms import (
    answers_form,
    arrange_form,
    followed,
    followed_rows,
    marks_of,
    moved,
    people_of,
    questions_form,
    read_answers,
    read_languages,
    read_number,
    read_order,
)
from app.conventions.naming import renamed, still_said
from app.conventions.policy import ConventionAction
from app.conventions.views.blueprint import about, blueprint, language
from app.conventions.views.reading import has_model, rows_of
from app.conventions.views.signing import dossier, proposals
from app.conventions.views.waiting import departed_signatories
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.errors import DomainError, EditConflict
from app.texts import formats
from app.texts.document import Layout, Numbering
from app.texts.wording import load_model

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.conventions.models import Convention

    Page = Response | str | tuple[str, int]


@blueprint.route("/<int:convention_id>/questions", methods=["GET"])
@requires(ConventionAction.EDIT, on=queries.convention_by_id)
def clauses(convention: Convention) -> Response | str:
    """Change the answers to the short questions; clauses come and go."""
    document = queries.document_of(convention)
    if not has_model(document) or document.model is None:
        return redirect(url_for("conventions.page", convention_id=convention.id))
    form = questions_form(load_model(document.model.kind), document.model.answers, language())
    return render_template("conventions/clauses.html", **about(convention), form=form)


@blueprint.route("/<int:convention_id>/completer", methods=["GET", "POST"])
@requires(ConventionAction.EDIT, on=queries.convention_by_id)
def fill_in(convention: Convention) -> Page:
    """Fill in who signs, when, and the values of the text."""
    document, number = queries.document_of(convention), convention.id
    if not has_model(document) or document.model is None:
        return redirect(url_for("conventions.page", convention_id=number))
    model = load_model(document.model.kind)
    wanted = model.defaults | document.model.answers
    for question in model.questions:
        answer = request.args.get(f"q_{question.id}")
        if answer in question.answers:
            wanted[question.id] = answer or ""
    typed = request.form if request.method == "POST" else None
    people = moved(typed, document) if typed else None
    form = answers_form(model, document, wanted, language(), typed=people.typed if people else typed)
    conflict: EditConflict | None = None
    if typed is None:
        form.revision.data, form.before.data = str(convention.revision), marks_of(form)
    elif people is None and form.validate():
        fresh = answers_form(model, document, wanted, language())
        if form.known_revision() != convention.revision:
            merged = followed_rows(typed, followed(typed, fresh), document)
            form = answers_form(model, document, wanted, language(), typed=merged)
            form.validate()
        answers, known = read_answers(form, model, document, wanted), form.known_revision()
        try:
            with writing() as session:
                services.answer_questions(session, convention, answers, revision=known, by=actor(), at=clock.now())
            flash(_("C’est enregistré."), "done")
            return redirect(url_for("conventions.page", convention_id=number))
        except EditConflict as error:
            conflict = error
            form.revision.data, form.before.data = str(convention.revision), marks_of(fresh)
            form.revision.raw_data = form.before.raw_data = None
    return render_template(
        "conventions/answers.html",
        form=form,
        document=document,
        convention=convention,
        signing=[people_of(form, number, document) for number in range(len(document.parties))],
        moved=people,
        departed=departed_signatories(db.session(), convention),
        fields=model.asked_fields(wanted),
        conflict=conflict,
        proposals=proposals(db.session(), {one.party: one.body for one in convention.bodies}, convention.twinnings),
    ), 409 if conflict else 422 if form.errors else 200


@blueprint.route("/<int:convention_id>/mise-en-forme", methods=["GET", "POST"])
@requires(ConventionAction.EDIT, on=queries.convention_by_id)
def arrange(convention: Convention) -> Page:
    """Numbering, languages side by side or not, order of the parties, titles."""
    document, number = queries.document_of(convention), convention.id
    form = arrange_form(document, language())
    conflict: EditConflict | None = None
    if not form.is_submitted():
        form["revision"].data = str(convention.revision)
    elif form.validate():
        wanted = {code: (form[f"title_{code}"].data or "").strip() for code in document.languages}
        try:
            with writing() as session:
                services.arrange_text(
                    session,
                    convention,
                    services.ArrangeText(
                        numbering=Numbering(form["numbering"].data),
                        layout=Layout(form["layout"].data),
                        order=read_order(form, document),
                        titles=wanted,
                        revision=read_number(form["revision"].data),
                        languages=read_languages(form, document),
                    ),
                    by=actor(),
                    at=clock.now(),
                )
            flash(_("La mise en forme est enregistrée."), "done")
            return redirect(url_for("conventions.page", convention_id=number))
        except EditConflict as error:
            conflict = in_words(error)
            form["revision"].data = str(convention.revision)
    return render_template(
        "conventions/arrange.html",
        **about(convention),
        form=form,
        conflict=conflict,
        joining=services.may_join(convention),
    ), 409 if conflict else 422 if form.errors else 200


@blueprint.post("/<int:convention_id>/parties")
@requires(ConventionAction.EDIT, on=queries.convention_by_id)
def change_parties(convention: Convention) -> Response:
    """Let a body of the twinning join the text, or take a party out of it."""
    number = convention.id
    people = dossier(db.session(), convention.twinnings)
    try:
        with writing() as session:
            if leaving := request.form.get("retirer", ""):
                services.remove_party(session, convention, leaving[:80], by=actor(), at=clock.now())
            else:
                body = read_number(request.form.get("ajouter"))
                services.add_party(session, convention, body, people=people, by=actor(), at=clock.now())
    except DomainError as error:
        flash(str(error), "stop")
        return redirect(url_for("conventions.arrange", convention_id=number))
    flash(_("Les parties ont changé. Relisez le titre, le nombre d’exemplaires et ce qui reste à compléter."), "done")
    return redirect(url_for("conventions.arrange", convention_id=number))


@blueprint.post("/<int:convention_id>/noms")
@requires(ConventionAction.EDIT, on=queries.convention_by_id)
def take_up_names(convention: Convention) -> Response:
    """Call the parties by the names they bear today."""
    number, old = convention.id, [one.old for one in renamed(convention) if one.old]
    try:
        with writing() as session:
            services.take_up_names(session, convention, by=actor(), at=clock.now())
    except DomainError as error:
        flash(str(error), "stop")
        return redirect(url_for("conventions.page", convention_id=number))
    flash(_("Le texte porte les noms actuels."), "done")
    document = queries.document_of(convention)
    if found := still_said(document, old):
        labels = ", ".join(row.label for row in rows_of(convention) if row.id in found)
        flash(_("L’ancien nom se lit encore dans les mots de : %(articles)s.", articles=labels), "wait")
    return redirect(url_for("conventions.page", convention_id=number))


@blueprint.post("/<int:convention_id>/corbeille")
@requires(ConventionAction.TRASH, on=queries.convention_by_id)
def trash(convention: Convention) -> Response:
    """Put a text in the trash."""
    with writing() as session:
        services.trash_convention(session, convention, by=actor(), at=clock.now())
    flash(_("Le texte est à la corbeille ; il peut en être sorti à tout moment."), "done")
    return redirect(url_for("conventions.index"))


@blueprint.post("/<int:convention_id>/restaurer")
@requires(ConventionAction.TRASH, on=queries.convention_by_id)
def restore(convention: Convention) -> Response:
    """Take a text out of the trash."""
    number = convention.id
    with writing() as session:
        services.restore_convention(session, convention, by=actor(), at=clock.now())
    flash(_("Le texte est sorti de la corbeille."), "done")
    return redirect(url_for("conventions.page", convention_id=number))


def in_words(conflict: EditConflict) -> EditConflict:
    """The same conflict with its languages named."""
    name = partial(formats.language_name, language=language())
    return EditConflict(
        theirs={name(code): text for code, text in conflict.theirs.items()},
        yours={name(code): text for code, text in conflict.yours.items()},
    )
