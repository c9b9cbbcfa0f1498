"""The text on screen: all its languages by article, what is missing, and each article's own page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, may, requires
from app.conventions import insertable, queries, services
from app.conventions.documents import recorded
from app.conventions.facts import heading
from app.conventions.forms import (
    AddArticleForm,
    answers_form,
    arrange_form,
    article_form,
    choices_of,
    questions_form,
    read_answers,
    read_number,
    read_order,
    read_words,
)
from app.conventions.labels import STATUS_NAMES, STATUS_TONES, WHO_NAMES, kind_name
from app.conventions.models import Status
from app.conventions.policy import ConventionAction
from app.conventions.sentences import (
    flaw_sentence,
    mismatch_sentence,
    missing_sentence,
    remark_sentence,
    unprintable_sentence,
)
from app.conventions.views.blueprint import about, blueprint, language
from app.conventions.views.waiting import departed_signatories
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.errors import EditConflict
from app.texts import alignment, checks, formats
from app.texts.document import Layout, Numbering
from app.texts.merge import merge_all, missing
from app.texts.wording import COMPUTED, MODELS, check_braces, load_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from app.conventions.models import Convention
    from app.texts.document import Document
    from app.texts.merge import Part
    from app.texts.wording import ArticleText

    Page = Response | str | tuple[str, int]


@dataclass(frozen=True)
class Row:
    """One article in every language, with what its languages do not say alike."""

    id: str
    level: str
    label: str
    sides: tuple[tuple[str, Part], ...]
    remarks: tuple[str, ...]
    unread: tuple[str, ...]


@blueprint.get("/<int:convention_id>")
@requires(ConventionAction.VIEW, on=queries.convention_by_id)
def page(convention: Convention) -> str:
    """The whole text, blanks visible, with the list of what is missing."""
    document = queries.document_of(convention)
    screen = language()
    return render_template(
        "conventions/page.html",
        **about(convention),
        rows=rows_of(document),
        titles=[(code, document.title.get(code, "")) for code in document.languages or ["fr"]],
        lacks=lacks_of(document),
        remarks=[*_remarks(document, screen), *([(False, said)] if (said := unprintable_sentence(document)) else [])],
        scans=queries.scans_of(db.session(), convention.id),
        kind=kind_name(document),
        status=STATUS_NAMES[Status(convention.status)],
        tone=STATUS_TONES[Status(convention.status)],
        may_edit=may(ConventionAction.EDIT, convention),
        may_freeze=may(ConventionAction.FREEZE, convention),
        may_scan=may(ConventionAction.SCAN, convention),
        may_trash=may(ConventionAction.TRASH, convention),
        has_model=has_model(document),
        facts=recorded(document, screen, imported=queries.was_imported(db.session(), convention.id)),
        facts_heading=heading(screen),
        language_name=lambda code: formats.language_name(code, screen),
        own_name=formats.own_name,
        departed=departed_signatories(db.session(), convention),
    )


def _remarks(document: Document, screen: str) -> list[tuple[bool, str]]:
    return [(one.blocks, remark_sentence(document, one, screen)) for one in checks.examine(document)]


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
    form = answers_form(model, document, wanted, language())
    conflict: EditConflict | None = None
    if not form.is_submitted():
        form.revision.data = str(convention.revision)
    elif form.validate():
        answers, known = read_answers(form, model, document, wanted), form.known_revision()
        try:
            with writing() as session:
                services.answer_questions(session, convention, answers, revision=known, by=actor(), at=clock.now())
            flash(_("C’est enregistré."), "done")
            return redirect(url_for("conventions.page", convention_id=number))
        except EditConflict as error:
            conflict = error
            form.revision.data = str(convention.revision)
            form.revision.raw_data = None
    return render_template(
        "conventions/answers.html",
        form=form,
        document=document,
        convention=convention,
        fields=model.asked_fields(wanted),
        conflict=conflict,
    ), 409 if conflict else 422 if form.errors else 200


@blueprint.route("/<int:convention_id>/articles/<string:article_id>", methods=["GET", "POST"])
@requires(ConventionAction.EDIT, on=queries.article_holder)
def edit_article(convention: Convention) -> Page:
    """Rewrite one article in all its languages; somebody else's change is shown, not overwritten."""
    article = str((request.view_args or {})["article_id"])
    document, number = queries.document_of(convention), convention.id
    form = article_form(document, article, language())
    conflict: EditConflict | None = None
    if not form.is_submitted():
        form["revision"].data = str(convention.revision)
    elif form.validate() and _may_be_kept(form, document, article):
        command = services.EditArticle(
            article=article,
            words=read_words(form, document.languages),
            revision=read_number(form["revision"].data),
            translations_follow=bool(form["follows"].data),
        )
        try:
            with writing() as session:
                services.edit_article(session, convention, command, by=actor(), at=clock.now())
            flash(_("L’article est enregistré."), "done")
            return redirect(url_for("conventions.page", convention_id=number, _anchor=f"article-{article}"))
        except EditConflict as error:
            conflict = _in_words(error)
            form["revision"].data = str(convention.revision)
            form["revision"].raw_data = None
    held = next(one for one in document.articles if one.id == article)
    row = next(one for one in rows_of(document) if one.id == article)
    values = insertable.of_document(document, language())
    return render_template(
        "conventions/article.html",
        **about(convention),
        form=form,
        article=held,
        row=row,
        conflict=conflict,
        values=values,
        used=insertable.used(values, [*held.body.values(), *held.heading.values()]),
        is_emptied=bool(_emptied(document, article, read_words(form, document.languages))),
        language_name=lambda code: formats.language_name(code, language()),
    ), 409 if conflict else 422 if form.errors else 200


@blueprint.route("/<int:convention_id>/articles", methods=["GET", "POST"])
@requires(ConventionAction.EDIT, on=queries.convention_by_id)
def add_article(convention: Convention) -> Page:
    """Add an article of one's own."""
    document, number = queries.document_of(convention), convention.id
    form = AddArticleForm()
    form.after.choices = choices_of([("", _("Au début")), *((row.id, row.label) for row in rows_of(document))])
    if form.validate_on_submit():
        with writing() as session:
            name = services.add_article(
                session, convention, level=form.level.data, after=form.after.data or None, by=actor(), at=clock.now()
            )
        return redirect(url_for("conventions.edit_article", convention_id=number, article_id=name))
    if not form.is_submitted() and document.articles:
        form.after.data = request.args.get("apres") or document.articles[-1].id
    return render_template("conventions/add_article.html", **about(convention), form=form)


@blueprint.post("/<int:convention_id>/articles/<string:article_id>/retirer")
@requires(ConventionAction.EDIT, on=queries.article_holder)
def remove_article(convention: Convention) -> Response:
    """Take an article out of the text; a version is kept before."""
    article, number = str((request.view_args or {})["article_id"]), convention.id
    with writing() as session:
        services.keep_version(session, convention, _("avant le retrait d’un article"), by=actor(), at=clock.now())
        services.remove_article(session, convention, article, by=actor(), at=clock.now())
    flash(_("L’article est retiré. Le texte d’avant est gardé dans les versions."), "done")
    return redirect(url_for("conventions.page", convention_id=number))


@blueprint.post("/<int:convention_id>/articles/<string:article_id>/deplacer")
@requires(ConventionAction.EDIT, on=queries.article_holder)
def move_article(convention: Convention) -> Response:
    """Move an article up or down."""
    article, number = str((request.view_args or {})["article_id"]), convention.id
    with writing() as session:
        places = -1 if request.form.get("sens") == "haut" else 1
        services.move_article(session, convention, article, places=places, by=actor(), at=clock.now())
    return redirect(url_for("conventions.page", convention_id=number, _anchor=f"article-{article}"))


@blueprint.post("/<int:convention_id>/articles/<string:article_id>/relire")
@requires(ConventionAction.EDIT, on=queries.article_holder)
def proofread_article(convention: Convention) -> Response:
    """Tick one language of an article as read again by oneself, or take the tick back."""
    article, number = str((request.view_args or {})["article_id"]), convention.id
    _tick(convention, article)
    return redirect(url_for("conventions.page", convention_id=number, _anchor=f"article-{article}"))


@blueprint.post("/<int:convention_id>/relire")
@requires(ConventionAction.EDIT, on=queries.convention_by_id)
def proofread_all(convention: Convention) -> Response:
    """Tick a whole language as read again by oneself."""
    number = convention.id
    _tick(convention, None)
    flash(_("La relecture est notée à votre nom."), "done")
    return redirect(url_for("conventions.page", convention_id=number))


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
                    ),
                    by=actor(),
                    at=clock.now(),
                )
            flash(_("La mise en forme est enregistrée."), "done")
            return redirect(url_for("conventions.page", convention_id=number))
        except EditConflict as error:
            conflict = _in_words(error)
            form["revision"].data = str(convention.revision)
    return render_template(
        "conventions/arrange.html", **about(convention), form=form, conflict=conflict
    ), 409 if conflict else 422 if form.errors else 200


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


def names_of(document: Document) -> list[str]:
    """The values that may stand between braces in this text."""
    return sorted({*COMPUTED, *document.fields, *_model_fields(document)})


def _may_be_kept(form: FlaskForm, document: Document, article: str) -> bool:
    """Whether the words typed can be kept; if not, the form says at each field what to put right."""
    words, known = read_words(form, document.languages), names_of(document)
    for code, text in words.items():
        for flaw in check_braces(text, known, code, article):
            field = form[f"body_{code}" if flaw.paragraph else f"heading_{code}"]
            field.errors = [*field.errors, flaw_sentence(flaw, language())]
    if not form["empty"].data:
        for code in _emptied(document, article, words):
            sentence = _(
                "Cet article n’a plus de texte. Écrivez-le, retirez l’article plus bas, ou cochez « Laisser cet "
                "article vide pour l’instant »."
            )
            form[f"body_{code}"].errors = [*form[f"body_{code}"].errors, sentence]
    return not form.errors


def _emptied(document: Document, article: str, words: Mapping[str, ArticleText]) -> list[str]:
    """The languages in which the article had words and has none any more."""
    held = next(one for one in document.articles if one.id == article)
    return [code for code, text in words.items() if held.body.get(code, "").strip() and not text.body.strip()]


def _in_words(conflict: EditConflict) -> EditConflict:
    """The same conflict with its languages named."""
    name = partial(formats.language_name, language=language())
    return EditConflict(
        theirs={name(code): text for code, text in conflict.theirs.items()},
        yours={name(code): text for code, text in conflict.yours.items()},
    )


def rows_of(document: Document) -> list[Row]:
    """The articles with their languages side by side."""
    texts = merge_all(document)
    found = alignment.compare(document)
    held = {article.id: article for article in document.articles}
    made = []
    for sides in zip(*(text.parts for text in texts), strict=True):
        part = sides[0]
        article = held[part.id]
        heading = "".join(piece.text for piece in part.heading)
        label = " – ".join(word for word in (part.number, heading) if word) or part.text.split("\n")[0][:60] or part.id
        said = tuple(mismatch_sentence(one, language()) for one in found if one.article == part.id)
        unread = tuple(code for code in document.languages[1:] if code not in article.proofread_by)
        pairs = tuple(zip(document.languages, sides, strict=True))
        made.append(Row(part.id, part.level, label, pairs, said, unread))
    return made


def lacks_of(document: Document) -> list[dict[str, object]]:
    """What is missing: what, who fills it in, where."""
    screen = language()
    return [
        {
            "what": missing_sentence(document, one, screen),
            "who": WHO_NAMES.get(one.who, ""),
            "article": one.articles[0] if one.articles else "",
            "is_article": one.name.startswith("translation."),
            "languages": ", ".join(formats.language_name(code, screen) for code in one.languages)
            if len(one.languages) < len(document.languages)
            else "",
        }
        for one in missing(document)
    ]


def has_model(document: Document) -> bool:
    """Whether the text was written from one of the models."""
    return document.model is not None and document.model.kind in MODELS


def _model_fields(document: Document) -> list[str]:
    if not has_model(document) or document.model is None:
        return []
    return [field.id for field in load_model(document.model.kind).fields]


def _tick(convention: Convention, article: str | None) -> None:
    wanted = request.form.get("langue", "")
    read = request.form.get("lu", "1") == "1"
    if wanted in convention.languages:
        with writing() as session:
            services.proofread(session, convention, article, wanted, read=read, by=actor(), at=clock.now())
