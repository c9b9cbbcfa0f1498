"""The models of a body: read, reworded, checked and previewed without code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, may, requires
from app.bodies.models import Body
from app.conventions import insertable, queries, services
from app.conventions.forms import read_number, read_words, wording_form
from app.conventions.labels import KIND_NAMES
from app.conventions.policy import ConventionAction
from app.conventions.sentences import flaw_sentence, mismatch_sentence
from app.conventions.views.blueprint import blueprint, language
from app.conventions.views.writing import in_words
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.errors import EditConflict
from app.texts import alignment, drafting, formats
from app.texts.document import Article, Document, Kind, Party
from app.texts.merge import merge
from app.texts.wording import MODELS, Words, check_words, load_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.texts.alignment import Mismatch
    from app.texts.wording import ArticleText, Flaw, Model

_COMPARED = frozenset({"figures", "shape", "length"})
"""What the checker of models compares between languages besides what it refuses."""

_SAMPLE = (
    Party(id="partie-1", name="Exempleville", country="FR", body="commune"),
    Party(id="partie-2", name="Musterstadt", country="DE", body="foreign_authority"),
)


def body_of(session: Session, body_id: int, model: str = "", article_id: str = "") -> Body | None:
    """The body whose models are asked for; None for a model or article that does not exist."""
    if model and model not in MODELS:
        return None
    if article_id and all(slot.id != article_id for slot in load_model(model).slots):
        return None
    return session.get(Body, body_id)


@blueprint.get("/modeles/<int:body_id>")
@requires(ConventionAction.SEE_WORDING, on=body_of)
def wordings(body: Body) -> str:
    """The models of a body."""
    session = db.session()
    own = {name: services.own_words(session, body.id, name) for name in MODELS}
    return render_template(
        "conventions/wordings.html",
        body=body,
        models=[(name, KIND_NAMES[Kind(name)], len(own[name])) for name in MODELS],
    )


@blueprint.get("/modeles/<int:body_id>/<string:model>")
@requires(ConventionAction.SEE_WORDING, on=body_of)
def wording(body: Body) -> str:
    """One model: its articles, what the checker says, and how it reads."""
    model = load_model(str((request.view_args or {})["model"]))
    own = services.own_words(db.session(), body.id, model.name)
    shown = request.args.get("langue", "fr")
    shown = shown if shown in model.words else "fr"
    kind = Kind(model.name)
    sample = drafting.begin(drafting.Beginning(id="apercu", kind=kind, languages=(shown,), parties=_SAMPLE), own)
    return render_template(
        "conventions/wording.html",
        body=body,
        model=model,
        title=KIND_NAMES[kind],
        own=own,
        labels=_labels(model, own, shown),
        flaws=[(flaw.article, flaw_sentence(flaw, language())) for flaw in flaws_of(model, own)],
        unlike=[(one.article, mismatch_sentence(one, language())) for one in _unlike(model, own)],
        preview=merge(sample, shown),
        shown=shown,
        tongues=[(code, formats.language_name(code, language())) for code in model.words],
        may_edit=may(ConventionAction.WORDING, body),
    )


@blueprint.route("/modeles/<int:body_id>/<string:model>/<string:article_id>", methods=["GET", "POST"])
@requires(ConventionAction.WORDING, on=body_of)
def edit_wording(body: Body) -> Response | str | tuple[str, int]:
    """Reword an article of a model; it is checked before it is kept."""
    arguments = request.view_args or {}
    model, article, holder = load_model(str(arguments["model"])), str(arguments["article_id"]), body.id
    kept = queries.own_wording(db.session(), body.id, model.name)
    own = services.own_words(db.session(), body.id, model.name)
    texts = {code: own.get(article, {}).get(code, words.articles[article]) for code, words in model.words.items()}
    form = wording_form(texts, language())
    flaws: list[Flaw] = []
    conflict: EditConflict | None = None
    if not form.is_submitted():
        form["revision"].data = str(kept.revision if kept else 0)
    elif form.validate():
        words = read_words(form, texts)
        flaws = [one for one in flaws_of(model, own | {article: words}) if one.article == article]
        if not flaws:
            command = services.ReviseWording(holder, model.name, article, words, read_number(form["revision"].data))
            try:
                with writing() as session:
                    services.revise_wording(session, command, by=actor(), at=clock.now())
                flash(_("Votre modèle est enregistré. Les prochains textes l’utiliseront."), "done")
                return redirect(url_for("conventions.wording", body_id=holder, model=model.name))
            except EditConflict as error:
                conflict = in_words(error)
    values = insertable.of_model(model, language())
    return render_template(
        "conventions/edit_wording.html",
        body=body,
        model=model,
        title=KIND_NAMES[Kind(model.name)],
        article=article,
        form=form,
        flaws=[flaw_sentence(one, language()) for one in flaws],
        conflict=conflict,
        label=insertable.article_label(model, {article: texts["fr"]}, article, language()),
        values=values,
        used=insertable.used(values, [text.body for text in texts.values()]),
        is_own=article in own,
    ), 409 if conflict else 422 if flaws or form.errors else 200


@blueprint.post("/modeles/<int:body_id>/<string:model>/<string:article_id>/origine")
@requires(ConventionAction.WORDING, on=body_of)
def reset_wording(body: Body) -> Response:
    """Go back to the shipped words of an article."""
    arguments = request.view_args or {}
    holder = body.id
    with writing() as session:
        services.reset_wording(
            session, holder, str(arguments["model"]), str(arguments["article_id"]), by=actor(), at=clock.now()
        )
    flash(_("Le texte d’origine est repris."), "done")
    return redirect(url_for("conventions.wording", body_id=holder, model=arguments["model"]))


def _labels(model: Model, own: Mapping[str, Mapping[str, ArticleText]], shown: str) -> dict[str, str]:
    """What each article of a model is called, as a body words it."""
    words = {name: own.get(name, {}).get(shown, text) for name, text in model.words[shown].articles.items()}
    return {slot.id: insertable.article_label(model, words, slot.id, language()) for slot in model.slots}


def _unlike(model: Model, own: Mapping[str, Mapping[str, ArticleText]]) -> list[Mismatch]:
    """Where the words of a body do not say in one language what they say in French; this warns, it refuses nothing."""
    tongues = sorted(model.words, key=lambda code: code != "fr")
    texts = {
        name: {code: words.get(code, model.words[code].articles[name]) for code in tongues}
        for name, words in own.items()
    }
    articles = [
        Article(
            id=name,
            heading={code: text.heading for code, text in words.items()},
            body={code: text.body for code, text in words.items()},
        )
        for name, words in texts.items()
    ]
    worded = Document(
        format="traitdunion/convention",
        version=1,
        id="apercu",
        kind=Kind(model.name),
        languages=tongues,
        articles=articles,
    )
    return [one for one in alignment.compare(worded) if one.code in _COMPARED]


def flaws_of(model: Model, own: Mapping[str, Mapping[str, ArticleText]]) -> list[Flaw]:
    """What the checker says of a model as a body words it."""
    if any(name not in {slot.id for slot in model.slots} for name in own):
        abort(404)
    worded = {
        code: Words(
            code,
            words.titles,
            {name: own.get(name, {}).get(code, text) for name, text in words.articles.items()},
        )
        for code, words in model.words.items()
    }
    return check_words(model, worded)
