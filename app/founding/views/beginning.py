"""The list, régie or association with what each brings, and the page of the five steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.bodies.labels import function_name
from app.bodies.models import BodyKind, Function
from app.bodies.policy import BodyAction
from app.bodies.queries import bodies_visible_to, mandates_in_office
from app.council.forms import choices, whole
from app.council.views.parts import answer
from app.database.unit import writing
from app.extensions import db
from app.founding import queries, running
from app.founding.forms import BeginForm
from app.founding.independence import signs_of
from app.founding.labels import CONFIDENCE, CONSEQUENCES, FORM_LEADS, FORMS, RISKS, STATES, TONES
from app.founding.models import FoundingForm, Stage
from app.founding.place import contradiction
from app.founding.policy import FoundingAction
from app.founding.reckoning import figure, founders_needed, small_board
from app.founding.services import beginning as services
from app.founding.steps import met_before, now_step, steps_of
from app.founding.views.actions import actions_of, documents_of
from app.founding.views.blueprint import again, blueprint
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError
from app.shared.marks import moment_mark, read_mark
from app.texts import formats
from app.twinnings.queries import partner_towns

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.bodies.models import Body
    from app.founding.models import Founding
    from app.twinnings.models import Twinning


@blueprint.get("/")
@requires(FoundingAction.LIST)
def index() -> str:
    """The committees that one founds, the last changed first."""
    trashed, raw = "corbeille" in request.args, request.args.get("apres", "")
    bodies = identity().body_ids
    found = queries.page_of_foundings(db.session(), bodies, before=read_mark(raw), trashed=trashed)
    rows, more = found[: queries.PAGE], len(found) > queries.PAGE
    kept: dict[str, Any] = {"corbeille": "1"} if trashed else {}
    today = clock.today()
    last = moment_mark(rows[-1].changed_at, rows[-1].id) if rows else ""
    return render_template(
        "founding/index.html",
        rows=[(row, now_step(steps_of(row, on=today))) for row in rows],
        trashed=trashed,
        communes=_own_communes(),
        pages={
            "previous_url": url_for("founding.index", **kept) if raw else None,
            "next_url": url_for("founding.index", **kept, apres=last) if more else None,
        },
    )


def _own_communes() -> list[Body]:
    own = identity().written_body_ids
    return [one for one in bodies_visible_to(db.session(), own) if one.id in own and one.kind == BodyKind.COMMUNE]


def _begun(form: FoundingForm) -> str:
    if form is FoundingForm.SERVICE:
        return str(_("La création est commencée. Tout peut se changer jusqu’au vote de la délibération."))
    return str(_("La création est commencée. Tout peut se changer jusqu’à l’assemblée constitutive."))


@blueprint.route("/communes/<int:body_id>/nouveau", methods=["GET", "POST"])
@requires(FoundingAction.BEGIN, on=queries.commune_to_found_for)
def new(body: Body) -> Response | str | tuple[str, int]:
    """Régie or association: what each brings, then the choice."""
    number, form = body.id, BeginForm()
    twinnings = queries.twinnings_of(db.session(), number)
    form.twinning.choices = choices(
        [("", _("aucun encore")), *((str(one.id), _towns(one, number)) for one in twinnings)]
    )
    if not form.is_submitted():
        form.name.data = _("Comité de jumelage %(of_town)s", of_town=formats.of(body.name))[:200]
        form.twinning.data = request.args.get("jumelage") or (str(twinnings[0].id) if len(twinnings) == 1 else "")
    elif form.validate():
        wanted = whole(form.twinning.data)
        try:
            with writing() as session:
                twinning = next((one for one in queries.twinnings_of(session, number) if one.id == wanted), None)
                command = services.BeginFounding(
                    form.chosen(), form.name.data or "", twinning, is_meant=form.is_meant.data
                )
                made = services.begin_founding(session, body, command, by=actor(), at=clock.now())
                made_id = made.id
            flash(_begun(command.form), "done")
            return redirect(url_for("founding.page", founding_id=made_id))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer(
        "founding/new.html",
        form,
        body=body,
        consequences=CONSEQUENCES,
        risks=RISKS,
        forms=FORMS,
        leads=FORM_LEADS,
        confidence=CONFIDENCE,
        needed=founders_needed(body, clock.today()),
        fee=figure("frais_publication_joafe", clock.today()),
        local=queries.is_local(body),
    )


def _towns(twinning: Twinning, own: int) -> str:
    names = [town.name for town in partner_towns(twinning.parties, own)]
    return " – ".join(names) or twinning.title or "?"


@blueprint.get("/<int:founding_id>")
@requires(FoundingAction.VIEW, on=queries.founding_by_id)
def page(founding: Founding) -> str:
    """The five steps, the one to take now first."""
    today = clock.today()
    steps = steps_of(founding, on=today)
    held = mandates_in_office(db.session(), founding.committee_id, on=today)
    is_running = running.is_running(founding, is_decided=steps[0].is_over)
    proofs: dict[str, list[Any]] = {stage.value: [] for stage in Stage}
    for proof in founding.proofs:
        if proof.trashed_at is None:
            proofs[proof.stage].append(proof)
    return render_template(
        "founding/page.html",
        founding=founding,
        steps=steps,
        now=now_step(steps),
        actions={step.stage: actions_of(founding, step) for step in steps},
        documents={step.stage: documents_of(founding, step) for step in steps},
        proofs=proofs,
        states=STATES,
        tones=TONES,
        form_name=FORMS[FoundingForm(founding.form)],
        local=queries.is_local(founding.body),
        signs=signs_of(founding, on=today),
        met_before=met_before(founding, today),
        contradiction=contradiction(founding),
        small_board=small_board(db.session(), founding, on=today),
        may_edit=may(FoundingAction.EDIT, founding),
        may_trash=may(FoundingAction.TRASH, founding),
        representatives=[one for one in held if one.function == Function.COUNCIL_DELEGATE],
        matters=running.matters_of(held) if is_running else [],
        may_decide=may(FoundingAction.DECIDE, founding),
        may_note=may(BodyAction.MANDATES, founding.committee),
        function_name=function_name,
    )


@blueprint.post("/<int:founding_id>/corbeille")
@requires(FoundingAction.TRASH, on=queries.founding_by_id)
def trash(founding: Founding) -> Response:
    """Put a creation in the trash."""
    number = founding.id
    with writing() as session:
        services.trash_founding(session, again(number), by=actor(), at=clock.now())
    flash(_("La création est à la corbeille ; rien n’en est perdu."), "done")
    return redirect(url_for("founding.index", corbeille=1))


@blueprint.post("/<int:founding_id>/restaurer")
@requires(FoundingAction.TRASH, on=queries.founding_by_id)
def restore(founding: Founding) -> Response:
    """Take a creation out of the trash."""
    number = founding.id
    with writing() as session:
        services.restore_founding(session, again(number), by=actor(), at=clock.now())
    flash(_("La création est sortie de la corbeille."), "done")
    return redirect(url_for("founding.page", founding_id=number))
