"""After the vote: signed, transmitted, published, contested, corrected, and at last the text may be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.council import queries
from app.council.documents.paper import signed_by_both
from app.council.forms import (
    CorrectionForm,
    DayForm,
    EventForm,
    OnlineForm,
    PublishForm,
    SignatoryForm,
    SignForm,
    typed,
    whole,
)
from app.council.models import ActEventKind
from app.council.policy import CouncilAction
from app.council.reckoning import setting_of
from app.council.services import correcting, publishing
from app.council.services import following as services
from app.council.services.clearing import clear_signature
from app.council.views.acts import act_page
from app.council.views.blueprint import blueprint
from app.council.views.parts import act_again, answer, blame_unless_blocked, blocked_by, lawfully
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.council.models import Act
    from app.forms import Form


def _followed(  # a form and what its page says
    act: Act,
    form: Form,
    verb: Callable[[Session, Act], object],
    *,
    needs: Callable[[Act], object],
    title: str,
    hint: str,
    said: str,
) -> Response | str | tuple[str, int]:
    """One page of what follows a vote: note it, or show why not; a check that blocks may be gone past with a reason.

    :raises NotPossibleNow: when nobody can fill the form in, as ``needs`` says; what was typed is told by the verb.
    """
    if not form.is_submitted():
        needs(act)
    number, blocked = act.id, blocked_by(None)
    if form.validate_on_submit() and not any(one.errors for one in form):
        try:
            lawfully(lambda session: verb(session, act_again(number)), act.body_id, act_id=number)
        except DomainError as error:
            blocked = blame_unless_blocked(form, error)
        else:
            flash(said, "done")
            return redirect(url_for("council.act", act_id=number, _anchor="dates"))
    wrong = blocked["blocked"] is not None
    return answer("council/date.html", form, act=act_again(number), title=title, hint=hint, wrong=wrong, **blocked)


@blueprint.route("/deliberations/<int:act_id>/signature", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def sign_act(act: Act) -> Response | str | tuple[str, int]:
    """Note that the mayor and the secretary signed the deliberation."""
    form = SignForm()
    if not form.is_submitted():
        form.day.data, form.words.data = typed(clock.today()), _signers(act)
    return _followed(
        act,
        form,
        lambda session, held: services.sign_act(
            session, held, form.day.sure, form.words.data or "", by=actor(), at=clock.now()
        ),
        needs=services.require_unsigned,
        title=_("Signature de la délibération"),
        hint=_("Le maire et le secrétaire de séance signent (CGCT, art. L. 2121-23)."),
        said=_("La signature de la délibération est notée."),
    )


def _signers(act: Act) -> str:
    """The mayor, and the secretary of the meeting; whoever presided where the mayor was not there."""
    point = queries.point_of_act(db.session(), act.id)
    if point is None:
        return ""
    return ", ".join(one.name for one in signed_by_both(db.session(), point.meeting).signatures if one.name)


@blueprint.route("/deliberations/<int:act_id>/transmission", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def transmit_act(act: Act) -> Response | str | tuple[str, int]:
    """Note the State's receipt."""
    form = DayForm()
    form.words.label.text = str(_("Identifiant de l’accusé de réception"))
    return _followed(
        act,
        form,
        lambda session, held: services.transmit_act(
            session, held, form.day.sure, form.words.data or "", by=actor(), at=clock.now()
        ),
        needs=services.require_untransmitted,
        title=_("Transmission à l’État"),
        hint=_("Le jour de l’accusé de réception de la préfecture (CGCT, art. L. 2131-1)."),
        said=_("La transmission est notée."),
    )


@blueprint.route("/deliberations/<int:act_id>/publication", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def publish_act(act: Act) -> Response | str | tuple[str, int]:
    """Note the publication; another way than the lawful one is said, with the article."""
    form = PublishForm()
    lawful = setting_of(act.body, queries.council_of(db.session(), act.body_id)).lawful_mode(clock.today())
    if not form.is_submitted():
        form.mode.data = lawful
    return _followed(
        act,
        form,
        lambda session, held: services.publish_act(
            session, held, form.day.sure, form.mode.data or "", by=actor(), at=clock.now()
        ),
        needs=services.require_unpublished,
        title=_("Publication"),
        hint=_("Le jour de la mise en ligne ou de l’affichage (CGCT, art. L. 2131-1)."),
        said=_("La publication est notée."),
    )


@blueprint.route("/deliberations/<int:act_id>/en-ligne", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def describe_online(act: Act) -> Response | str | tuple[str, int]:
    """Say how the published act stands on the website; what is left empty stays unknown."""
    form = OnlineForm()
    if not form.is_submitted():
        form.show(act)
    return _followed(
        act,
        form,
        lambda session, held: publishing.describe_online(session, held, form.facts(), by=actor(), at=clock.now()),
        needs=publishing.require_online,
        title=_("La publication en ligne"),
        hint=_(
            "Le texte entier, dans un format non modifiable (PDF), avec le prénom, le nom et la qualité de l’auteur et "
            "la date de mise en ligne (CGCT, art. R. 2131-1)."
        ),
        said=_("La publication en ligne est décrite."),
    )


@blueprint.route("/deliberations/<int:act_id>/fait", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def note_event(act: Act) -> Response | str | tuple[str, int]:
    """Note a letter, an appeal, a judgment, the signature of the text."""
    form = EventForm()
    if not form.is_submitted() and request.args.get("fait") in set(ActEventKind):
        form.kind.data = request.args["fait"]
    return _followed(
        act,
        form,
        lambda session, held: services.note_event(
            session,
            held,
            form.kind.data,
            form.day.sure,
            form.text.data or "",
            by=actor(),
            at=clock.now(),
            sent_on=form.sent_on.day,
        ),
        needs=services.require_vote,
        title=_("Noter un fait"),
        hint=_("Rien n’est effacé : chaque fait garde sa date et son auteur."),
        said=_("C’est noté."),
    )


@blueprint.post("/deliberations/<int:act_id>/fait/biffer")
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def strike_event(act: Act) -> Response | str | tuple[str, int]:
    """Strike out a fact that was noted by mistake."""
    number = act.id
    try:
        with writing() as session:
            services.strike_event(
                session,
                act_again(number),
                whole(request.form.get("event")),
                request.form.get("reason", ""),
                by=actor(),
                at=clock.now(),
            )
    except DomainError as error:
        return act_page(act_again(number), error)
    flash(_("Le fait est biffé : il ne compte plus, et garde sa trace."), "done")
    return redirect(url_for("council.act", act_id=number, _anchor="faits"))


@blueprint.route("/deliberations/<int:act_id>/signataire", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def name_signatory(act: Act) -> Response | str | tuple[str, int]:
    """Say who signs the text, with the arrêté that delegates where it is not the mayor."""
    form = SignatoryForm()
    if not form.is_submitted():
        form.show(act)
    return _followed(
        act,
        form,
        lambda session, held: services.name_signatory(session, held, form.command(), by=actor(), at=clock.now()),
        needs=services.require_text,
        title=_("Qui signe le texte voté"),
        hint=_(
            "Le maire, sauf délégation par arrêté ou remplacement s’il est empêché "
            "(CGCT, art. L. 2122-17 et L. 2122-18)."
        ),
        said=_("Le signataire est noté."),
    )


@blueprint.route("/deliberations/<int:act_id>/corriger", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def correct_act(act: Act) -> Response | str | tuple[str, int]:
    """Correct a clerical error; what stood before is kept."""
    form = CorrectionForm()
    if not form.is_submitted():
        form.show(act)
    return _followed(
        act,
        form,
        lambda session, held: correcting.correct_act(
            session, held, form.changes(), form.reason.data or "", by=actor(), at=clock.now()
        ),
        needs=correcting.require_correctable,
        title=_("Corriger une erreur matérielle"),
        hint=_("Le dispositif voté ne se corrige pas ici : il faut une nouvelle délibération."),
        said=_("La correction est notée, avec ce qui était écrit avant."),
    )


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
