"""Each article's own page: rewrite, add, move, take out, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.conventions import insertable, queries, services
from app.conventions.forms import (
    AddArticleForm,
    article_form,
    choices_of,
    read_number,
    read_words,
)
from app.conventions.policy import ConventionAction
from app.conventions.sentences import (
    flaw_sentence,
)
from app.conventions.views.blueprint import about, blueprint, language
from app.conventions.views.reading import has_model, rows_of
from app.conventions.views.writing import in_words
from app.database.unit import writing
from app.shared import clock
from app.shared.errors import EditConflict
from app.texts import formats
from app.texts.wording import COMPUTED, check_braces, load_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from app.conventions.models import Convention
    from app.forms import Form
    from app.texts.document import Document
    from app.texts.wording import ArticleText

    Page = Response | str | tuple[str, int]


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
            conflict = in_words(error)
            form["revision"].data = str(convention.revision)
            form["revision"].raw_data = None
    held = next(one for one in document.articles if one.id == article)
    row = next(one for one in rows_of(convention) if one.id == article)
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
    form.after.choices = choices_of([("", _("Au début")), *((row.id, row.label) for row in rows_of(convention))])
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


def names_of(document: Document) -> list[str]:
    """The values that may stand between braces in this text."""
    return sorted({*COMPUTED, *document.fields, *_model_fields(document)})


def _may_be_kept(form: Form, document: Document, article: str) -> bool:
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
