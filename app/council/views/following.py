"""After the vote: signed, transmitted, published, contested, corrected, and at last the text may be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.council import queries
from app.council.forms import CorrectionForm, DayForm, EventForm, PublishForm, typed
from app.council.policy import CouncilAction
from app.council.reckoning import setting_of
from app.council.services import acts as services
from app.council.services.clearing import clear_signature
from app.council.views.acts import act_page
from app.council.views.blueprint import blueprint
from app.council.views.parts import act_again, answer, lawfully
from app.database.unit import writing
from app.extensions import db
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from app.council.models import Act


def _done(act_id: int, sentence: str) -> Response:
    flash(sentence, "done")
    return redirect(url_for("council.act", act_id=act_id, _anchor="dates"))


def _noted(form: FlaskForm, verb: Callable[..., object]) -> bool:
    """Do it; a failure is shown at its field. Whether it was done."""
    try:
        with writing() as session:
            verb(session)
    except DomainError as error:
        blame(form, {"words": "words"}.get(error.field or "", error.field), error.sentence)
        return False
    return True


@blueprint.route("/deliberations/<int:act_id>/signature", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def sign_act(act: Act) -> Response | str | tuple[str, int]:
    """Note that the mayor and the secretary signed the deliberation."""
    number, form = act.id, DayForm()
    form.words.label.text = str(_("Signée par"))
    if not form.is_submitted():
        form.day.data, form.words.data = typed(clock.today()), _signers(act)
    if form.validate_on_submit() and _noted(
        form,
        lambda session: services.sign_act(
            session,
            act_again(number),
            form.day.sure,
            form.words.data or "",
            by=actor(),
            at=clock.now(),
        ),
    ):
        return _done(number, _("La signature de la délibération est notée."))
    hint = _("Le maire et le secrétaire de séance signent (CGCT, art. L. 2121-23).")
    return answer("council/date.html", form, act=act, title=_("Signature de la délibération"), hint=hint)


def _signers(act: Act) -> str:
    point = queries.point_of_act(db.session(), act.id)
    if point is None:
        return ""
    seats = [seat for seat in point.meeting.seats if seat.presides or seat.is_secretary]
    return ", ".join(seat.name for seat in sorted(seats, key=lambda seat: not seat.presides))


@blueprint.route("/deliberations/<int:act_id>/transmission", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def transmit_act(act: Act) -> Response | str | tuple[str, int]:
    """Note the State's receipt."""
    number, form = act.id, DayForm()
    form.words.label.text = str(_("Identifiant de l’accusé de réception"))
    if form.validate_on_submit() and _noted(
        form,
        lambda session: services.transmit_act(
            session,
            act_again(number),
            form.day.sure,
            form.words.data or "",
            by=actor(),
            at=clock.now(),
        ),
    ):
        return _done(number, _("La transmission est notée."))
    hint = _("Le jour de l’accusé de réception de la préfecture (CGCT, art. L. 2131-1).")
    return answer("council/date.html", form, act=act, title=_("Transmission à l’État"), hint=hint)


@blueprint.route("/deliberations/<int:act_id>/publication", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def publish_act(act: Act) -> Response | str | tuple[str, int]:
    """Note the publication; another way than the lawful one is said, with the article."""
    number, form = act.id, PublishForm()
    setting = setting_of(act.body, queries.council_of(db.session(), act.body_id))
    lawful = setting.lawful_mode(clock.today())
    if not form.is_submitted():
        form.mode.data = lawful
    if form.validate_on_submit():
        if lawful and form.mode.data != lawful:
            form.mode.errors = [
                *form.mode.errors,
                _(
                    "La commune doit publier autrement (CGCT, art. L. 2131-1) : le mode attendu est "
                    "déjà coché ; s’il a changé, corrigez d’abord la page du conseil."
                ),
            ]
            form.mode.data = lawful
        elif _noted(
            form,
            lambda session: services.publish_act(
                session,
                act_again(number),
                form.day.sure,
                form.mode.data or "",
                by=actor(),
                at=clock.now(),
            ),
        ):
            return _done(number, _("La publication est notée."))
    hint = _("Le jour de la mise en ligne ou de l’affichage (CGCT, art. L. 2131-1).")
    return answer("council/date.html", form, act=act, title=_("Publication"), hint=hint)


@blueprint.route("/deliberations/<int:act_id>/fait", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def note_event(act: Act) -> Response | str | tuple[str, int]:
    """Note a letter, an appeal, a judgment, a repeal."""
    number, form = act.id, EventForm()
    if form.validate_on_submit() and _noted(
        form,
        lambda session: services.note_event(
            session,
            act_again(number),
            form.kind.data,
            form.day.sure,
            form.text.data or "",
            by=actor(),
            at=clock.now(),
        ),
    ):
        return _done(number, _("C’est noté."))
    hint = _("Rien n’est effacé : chaque fait garde sa date et son auteur.")
    return answer("council/date.html", form, act=act, title=_("Noter un fait"), hint=hint)


@blueprint.route("/deliberations/<int:act_id>/corriger", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def correct_act(act: Act) -> Response | str | tuple[str, int]:
    """Correct a clerical error; what stood before is kept."""
    number, form = act.id, CorrectionForm()
    if not form.is_submitted():
        form.show(act)
    elif form.validate() and _noted(
        form,
        lambda session: services.correct_act(
            session, act_again(number), form.changes(), form.reason.data or "", by=actor(), at=clock.now()
        ),
    ):
        return _done(number, _("La correction est notée, avec ce qui était écrit avant."))
    hint = _("Le dispositif voté ne se corrige pas ici : il faut une nouvelle délibération.")
    return answer("council/date.html", form, act=act, title=_("Corriger une erreur matérielle"), hint=hint)


@blueprint.post("/deliberations/<int:act_id>/autoriser-la-signature")
@requires(CouncilAction.CLEAR, on=queries.act_by_id)
def clear(act: Act) -> Response | str | tuple[str, int]:
    """Make the original to be signed; refused with the article as long as the act may not be executed."""
    number, convention_id = act.id, act.convention_id
    try:
        lawfully(
            lambda session: clear_signature(session, act_again(number), by=actor(), at=clock.now()),
            act.body_id,
            act_id=number,
        )
    except DomainError as error:
        return act_page(act_again(number), error)
    flash(_("L’original à signer est prêt, mot pour mot le texte voté."), "done")
    return redirect(url_for("conventions.versions", convention_id=convention_id))
