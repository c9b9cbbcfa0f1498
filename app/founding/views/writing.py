"""The statutes: questions, the text, one article, ready; and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, check, may, requires
from app.council.forms import whole
from app.council.views.parts import answer
from app.database.unit import writing
from app.documents.downloads import disposition, file_name
from app.founding import documents, queries, statutes
from app.founding.forms import ArticleForm, questions_form, read_statutes, show_statutes
from app.founding.papers import needs_mandate
from app.founding.place import contradiction
from app.founding.policy import FoundingAction
from app.founding.queries import StatuteWords
from app.founding.remarks import remarks_of
from app.founding.services import meeting
from app.founding.services import statutes as services
from app.founding.views.blueprint import again, blueprint, language
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response as Answer

    from app.founding.models import Founding


def _article(session: Session, founding_id: int, article: str) -> StatuteWords | None:
    founding = queries.association_by_id(session, founding_id)
    if founding is None or statutes.words_of(article, founding.own_words) is None:
        return None
    return StatuteWords(founding, article)


@blueprint.get("/<int:founding_id>/statuts", endpoint="statutes")
@requires(FoundingAction.VIEW, on=queries.association_by_id)
def statutes_page(founding: Founding) -> str:
    """The statutes as they stand, with what is still blank."""
    clauses = services.clauses_of(founding)
    missing = statutes.blanks(clauses, founding.fields, founding.own_words)
    return render_template(
        "founding/statutes.html",
        founding=founding,
        articles=statutes.articles(clauses, founding.fields, founding.own_words),
        missing=[statutes.label_of(name, language()) for name in missing],
        label_of=lambda name: statutes.label_of(name, language()),
        contradiction=contradiction(founding),
        remarks=remarks_of(founding) if founding.held_on is None else [],
        may_edit=may(FoundingAction.EDIT, founding) and founding.held_on is None,
    )


@blueprint.route("/<int:founding_id>/statuts/questions", methods=["GET", "POST"])
@requires(FoundingAction.EDIT, on=queries.association_by_id)
def answer_statutes(founding: Founding) -> Answer | str | tuple[str, int]:
    """The short questions and what the text needs."""
    number, conflict = founding.id, None
    services.require_open(founding)
    form = questions_form()()
    clauses = services.clauses_of(founding)
    if not form.is_submitted():
        show_statutes(form, clauses, founding.fields)
        form.revision.data = str(founding.revision)
    elif form.validate():
        given, fields = read_statutes(form)
        try:
            with writing() as session:
                written = again(number)
                services.answer_statutes(
                    session,
                    written,
                    given,
                    fields,
                    revision=whole(form.revision.data),
                    by=actor(),
                    at=clock.now(),
                )
                meeting.follow_statutes(session, written)
            flash(_("Les statuts sont écrits. Relisez-les article par article."), "done")
            return redirect(url_for("founding.statutes", founding_id=number))
        except EditConflict as error:
            conflict = error
            form.revision.data = str(again(number).revision)
        except DomainError as error:
            blame(form, f"f_{error.field}" if error.field else None, error.sentence)
    return answer(
        "founding/answer_statutes.html",
        form,
        founding=founding,
        questions=statutes.asked_questions(),
        fields=[
            field for field in statutes.model().fields if field.question != "droit=local" or clauses["droit"] == "local"
        ],
        conflict=conflict,
        wrong=conflict is not None,
    )


@blueprint.route("/<int:founding_id>/statuts/articles/<string:article>", methods=["GET", "POST"])
@requires(FoundingAction.EDIT, on=_article)
def edit_article(held: StatuteWords) -> Answer | str | tuple[str, int]:
    """One article in one's own words."""
    founding, conflict = held.founding, None
    services.require_open(founding)
    number, form = founding.id, ArticleForm()
    words = statutes.words_of(held.article, founding.own_words) or abort(404)
    if not form.is_submitted():
        form.heading.data, form.body.data = words.heading, words.body.strip()
        form.revision.data = str(founding.revision)
    elif form.validate():
        model = "modele" in request.form
        texts = ("", "") if model else (form.heading.data or "", form.body.data or "")
        try:
            with writing() as session:
                written = again(number)
                services.rewrite_article(
                    session, written, held.article, texts,
                    revision=whole(form.revision.data), by=actor(), at=clock.now(),
                )  # fmt: skip
                meeting.follow_statutes(session, written)
            flash(_("L’article est enregistré."), "done")
            return redirect(url_for("founding.statutes", founding_id=number))
        except EditConflict as error:
            conflict = error
            form.revision.data = str(again(number).revision)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer(
        "founding/article.html",
        form,
        founding=founding,
        article=held.article,
        is_rewritten=held.article in founding.own_words,
        conflict=conflict,
        wrong=conflict is not None,
    )


@blueprint.post("/<int:founding_id>/statuts/prets")
@requires(FoundingAction.EDIT, on=queries.association_by_id)
def finish_statutes(founding: Founding) -> Answer:
    """Declare the statutes ready for the founders."""
    number = founding.id
    with writing() as session:
        services.finish_statutes(session, again(number), by=actor(), at=clock.now())
    flash(_("Les statuts sont prêts : réunissez les fondateurs."), "done")
    return redirect(url_for("founding.page", founding_id=number))


@blueprint.get("/<int:founding_id>/statuts.<string:form>")
@requires(FoundingAction.VIEW, on=queries.statutes_to_write)
def statutes_file(founding: Founding) -> Response:
    """The statutes for a word processor."""
    form = str((request.view_args or {})["form"])
    content, media_type = documents.word_file(founding, form, today=clock.today())
    found = Response(content, mimetype=media_type)
    found.headers["Content-Disposition"] = disposition(file_name((_("Statuts"), founding.committee.name), form))
    return found


@blueprint.get("/<int:founding_id>/documents/<string:document>.pdf")
@requires(FoundingAction.VIEW, on=queries.association_to_print)
def document(founding: Founding) -> Response:
    """A paper of the founding."""
    name = str((request.view_args or {})["document"])
    if name in queries.NOMINATIVE:
        check(FoundingAction.SEE_FOUNDERS, founding)
    if name == "mandat" and founding.held_on is not None and not needs_mandate(founding):
        abort(404)
    found = Response(documents.paper_pdf(founding, name, today=clock.today()), mimetype="application/pdf")
    parts = (name.replace("-", " ").capitalize(), founding.committee.name)
    inline = "telecharger" not in request.args
    found.headers["Content-Disposition"] = disposition(file_name(parts, "pdf"), inline=inline)
    return found
