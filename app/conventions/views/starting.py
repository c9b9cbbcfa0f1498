"""A new text in four small pages: which text, short questions, who and when, check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, requires
from app.bodies.models import BodyKind
from app.bodies.queries import bodies_visible_to
from app.conventions import prefill, queries, services
from app.conventions.forms import (
    ChooseForm,
    answers_form,
    choices_of,
    moved,
    people_of,
    questions_form,
    read_answers,
)
from app.conventions.labels import KIND_HINTS, KIND_NAMES, WRITABLE, kind_name
from app.conventions.policy import ConventionAction
from app.conventions.services.writing import new_identifier
from app.conventions.views.blueprint import blueprint, language
from app.conventions.views.lists import owner, wordings_of_mine
from app.conventions.views.signing import departed, dossier, proposals
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.errors import DomainError
from app.texts import codes, drafting, formats, telling
from app.texts.document import Kind
from app.texts.merge import missing
from app.texts.phrases import Speaker
from app.texts.wording import written_languages
from app.twinnings.queries import present_parties

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.bodies.models import Body
    from app.conventions.forms import AnswersForm
    from app.texts.document import Document, Relation
    from app.texts.drafting import Beginning
    from app.texts.wording import Model
    from app.twinnings.models import Twinning


@blueprint.get("/nouvelle")
@requires(ConventionAction.CREATE)
def new() -> Response | tuple[str, int]:
    """Choose the twinning, the text and its languages."""
    form = _choose_form()
    asked = bool({"genre", "etape"} & set(request.args))
    lacking: list[tuple[str, str]] = []
    if asked and form.validate():
        lacking = _refused(form)
    if asked and not form.errors and not lacking:
        return redirect(
            url_for(
                "conventions.questions",
                jumelage=form.jumelage.data,
                genre=form.genre.data,
                langue=form.langue.data,
            )
        )
    if not asked:
        _propose(form)
    page = render_template(
        "conventions/new.html", form=form, hints=KIND_HINTS, asked=asked, lacking=lacking, wordings=wordings_of_mine()
    )
    return page, 422 if form.errors or lacking else 200


def _refused(form: ChooseForm) -> list[tuple[str, str]]:
    """Say under the choice that a party lacks; return where it is added to each twinning."""
    twinnings = _twinnings()
    try:
        _bodies(Kind(form.genre.data), twinnings)
    except DomainError as error:
        form.genre.errors = [str(error)]
        return [(queries.twinning_name(one), url_for("twinnings.join", twinning_id=one.id)) for one in twinnings]
    return []


@blueprint.get("/nouvelle/questions")
@requires(ConventionAction.CREATE)
def questions() -> Response | str:
    """Answer the model's short questions."""
    chosen = _chosen()
    if chosen is None:
        return redirect(url_for("conventions.new"))
    model = drafting.model_of(chosen.kind)
    form = questions_form(model, model.defaults, language())
    return render_template("conventions/questions.html", form=form, chosen=request.args, kind=KIND_NAMES[chosen.kind])


@blueprint.route("/nouvelle/reponses", methods=["GET", "POST"])
@requires(ConventionAction.CREATE)
def start() -> Response | str | tuple[str, int]:
    """Say who signs, when, and what the text needs; check; then the draft exists."""
    chosen = _chosen()
    if chosen is None:
        return redirect(url_for("conventions.new"))
    model = drafting.model_of(chosen.kind)
    clauses = _clauses(model)
    twinnings = _twinnings()
    bodies = {f"partie-{number}": body for number, body in enumerate(_bodies(chosen.kind, twinnings), 1)}
    beginning = _beginning(chosen.kind, twinnings, bodies)
    empty = drafting.begin(beginning)
    typed = request.form if request.method == "POST" else None
    people = moved(typed, empty) if typed else None
    form = answers_form(model, empty, clauses, language(), typed=people.typed if people else typed)
    if people is None and "revenir" not in request.form and form.validate_on_submit():
        answers = read_answers(form, model, empty, clauses)
        if "creer" not in request.form:
            preview = drafting.answer(empty, answers, revision=1)
            return _check(form, preview, bodies)
        command = services.StartConvention(
            beginning, answers, {name: body.id for name, body in bodies.items()}, twinnings, owner()
        )
        number = _write(command)
        flash(_("Le texte est commencé. Ce qui manque est surligné."), "done")
        return redirect(url_for("conventions.page", convention_id=number))
    status = 422 if form.errors else 200
    return render_template(
        "conventions/answers.html",
        form=form,
        document=empty,
        convention=None,
        signing=[people_of(form, number, empty) for number in range(len(empty.parties))],
        moved=people,
        departed=[],
        fields=model.asked_fields(clauses),
        conflict=None,
        proposals=proposals(db.session(), bodies, twinnings),
    ), status


def _check(form: AnswersForm, preview: Document, bodies: dict[str, Body]) -> str:
    speaker = Speaker(preview, language())
    signing = []
    for party in preview.parties:
        said = []
        for one in speaker.signatories(party.id):
            role = "".join(piece.text for piece in speaker.role(one, party.id))
            said.append(" · ".join(word for word in (one.name, role) if word))
        signing.append((party.name, "\N{NO-BREAK SPACE}; ".join(said)))
    return render_template(
        "conventions/check.html",
        form=form,
        document=preview,
        kind=kind_name(preview),
        signing=signing,
        answered=telling.answered(preview, language()),
        lacks=missing(preview),
        departed=departed(db.session(), bodies, preview),
        typed=_typed(),
        day=lambda text: formats.day(text, language()),
    )


def _write(command: services.StartConvention) -> int:
    with writing() as session:
        # the twinnings were read before the transaction: they are found again inside
        kept = queries.twinnings_to_choose(session, identity().written_body_ids)
        wanted = {one.id for one in command.twinnings}
        fresh = services.StartConvention(
            command.beginning,
            command.answers,
            command.bodies,
            [one for one in kept if one.id in wanted],
            command.owner_body_id,
        )
        return services.start_convention(session, fresh, by=actor(), at=clock.now()).id


def _typed() -> list[tuple[str, str]]:
    return [(name, text) for name, text in request.form.items(multi=True) if name not in {"csrf_token", "creer"}]


def _choose_form() -> ChooseForm:
    form = ChooseForm(formdata=request.args or None)
    form.jumelage.choices = choices_of(
        (str(one.id), queries.twinning_name(one))
        for one in queries.twinnings_to_choose(db.session(), identity().written_body_ids)
    )
    form.genre.choices = choices_of((kind.value, KIND_NAMES[kind]) for kind in WRITABLE)
    form.langue.choices = choices_of((code, formats.language_name(code, language())) for code in written_languages())
    return form


def _propose(form: ChooseForm) -> None:
    """With one twinning there is nothing to choose; its languages are those of its parties."""
    asked = request.args.getlist("jumelage")
    found = queries.twinnings_to_choose(db.session(), identity().written_body_ids)
    mine = [one for one in found if str(one.id) in asked] or (list(found) if len(found) == 1 else [])
    form.jumelage.data = [str(one.id) for one in mine]
    spoken = [code for one in mine for code in (one.languages or ())]
    spoken += [code for one in mine for party in present_parties(one) for code in _spoken_by(party.body)]
    form.langue.data = list(dict.fromkeys(code for code in ["fr", *spoken] if code in written_languages()))
    form.genre.data = None


def _spoken_by(body: Body) -> tuple[str, ...]:
    """The languages of a body, else those of its country: a partner typed in by hand has none of its own."""
    return codes.spoken_by(body.languages or (), body.country)


class _Chosen:
    def __init__(self, kind: Kind, languages: tuple[str, ...]) -> None:
        self.kind = kind
        self.languages = languages


def _chosen() -> _Chosen | None:
    """What the first page chose, read from the address; None when it cannot be."""
    if request.args.get("genre") not in {kind.value for kind in WRITABLE} or not _twinnings():
        return None
    languages = tuple(code for code in request.args.getlist("langue") if code in written_languages())
    return _Chosen(Kind(request.args["genre"]), languages) if languages else None


def _twinnings() -> list[Twinning]:
    asked = set(request.args.getlist("jumelage"))
    found = queries.twinnings_to_choose(db.session(), identity().written_body_ids)
    return [one for one in found if str(one.id) in asked]


def _clauses(model: Model) -> dict[str, str]:
    asked = {question.id: request.args.get(f"q_{question.id}", question.default) for question in model.questions}
    known = {question.id: question.answers for question in model.questions}
    return {name: text if text in known[name] else model.defaults[name] for name, text in asked.items()}


def _bodies(kind: Kind, twinnings: list[Twinning]) -> list[Body]:
    bodies = prefill.parties_of(kind, twinnings)
    if kind is Kind.TOWN_COMMITTEE and len(bodies) < 2:  # noqa: PLR2004  # a town and its committee
        own = bodies_visible_to(db.session(), identity().written_body_ids)
        found = [body for body in own if body.kind == "committee" and body.country == "FR"]
        bodies += [body for body in found if body not in bodies][:1]
    if len(bodies) < 2:  # noqa: PLR2004  # nobody agrees alone
        raise DomainError(_lacking(kind, twinnings, bodies))
    return bodies


def _lacking(kind: Kind, twinnings: list[Twinning], found: list[Body]) -> str:
    """The party that is to be added first: ours, or theirs."""
    is_town_there = any(body.kind != BodyKind.COMMITTEE for body in found)
    if kind is Kind.TOWN_COMMITTEE and is_town_there:
        return str(_("Il faut deux parties : ajoutez d’abord votre comité au jumelage."))
    present = [party for twinning in twinnings for party in present_parties(twinning)]
    ours = {party.side for party in present if party.body_id in identity().written_body_ids}
    if kind is Kind.TOWN_COMMITTEE or not any(party.is_town and party.side in ours for party in present):
        return str(_("Il faut deux parties : ajoutez d’abord votre commune au jumelage."))
    return str(_("Il faut deux parties : ajoutez d’abord la ville partenaire au jumelage."))


def _beginning(kind: Kind, twinnings: list[Twinning], bodies: dict[str, Body]) -> Beginning:
    session, today = db.session(), clock.today()
    people = dossier(session, twinnings)
    signing = [prefill.signatories(session, body, name, on=today, people=people) for name, body in bodies.items()]
    about: tuple[Relation, ...] = ()
    if kind is Kind.TOWN_COMMITTEE:
        own = [body.id for body in bodies.values()]
        about = tuple(prefill.relation(one, queries.oaths_of(session, one.id), own) for one in twinnings)
    return drafting.Beginning(
        id=new_identifier(kind.value),
        kind=kind,
        languages=tuple(code for code in request.args.getlist("langue") if code in written_languages()),
        parties=tuple(prefill.party(body, name) for name, body in bodies.items()),
        about=about,
        signatories=tuple(one for each in signing for one in each),
    )
