"""A draft made ready for an agenda, taken back to its draft, put in the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.council import queries
from app.council.policy import CouncilAction
from app.council.services import acts as services
from app.council.services.agenda import validate
from app.council.services.convening import NotLawful
from app.council.views.acts import act_page
from app.council.views.blueprint import blueprint
from app.council.views.parts import act_again, lawfully
from app.database.unit import writing
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.council.models import Act


@blueprint.post("/deliberations/<int:act_id>/valider")
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def validate_act(act: Act) -> Response | str | tuple[str, int]:
    """Declare the draft ready for an agenda; what the law holds back takes a reason."""
    number = act.id
    try:
        lawfully(
            lambda session: validate(session, act_again(number), by=actor(), at=clock.now()),
            act.body_id,
            act_id=number,
        )
    except NotLawful as error:
        return act_page(act_again(number), error)
    flash(_("La délibération est validée : inscrivez-la à l’ordre du jour d’une séance."), "done")
    return redirect(url_for("council.act", act_id=number))


@blueprint.post("/deliberations/<int:act_id>/rouvrir")
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def reopen_act(act: Act) -> Response:
    """Take it back to its draft."""
    number = act.id
    with writing() as session:
        services.reopen_act(session, act_again(number), by=actor(), at=clock.now())
    flash(_("La délibération est de nouveau un brouillon."), "done")
    return redirect(url_for("council.act", act_id=number))


@blueprint.post("/deliberations/<int:act_id>/corbeille")
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def trash_act(act: Act) -> Response:
    """Put it in the trash."""
    number = act.id
    with writing() as session:
        services.trash_act(session, act_again(number), by=actor(), at=clock.now())
    flash(_("La délibération est à la corbeille ; vous pouvez la remettre en place."), "done")
    return redirect(url_for("council.acts"))


@blueprint.post("/deliberations/<int:act_id>/restaurer")
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def restore_act(act: Act) -> Response:
    """Take it out of the trash."""
    number = act.id
    with writing() as session:
        services.restore_act(session, act_again(number), by=actor(), at=clock.now())
    flash(_("La délibération est remise en place."), "done")
    return redirect(url_for("council.act", act_id=number))
