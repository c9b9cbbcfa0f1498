"""Bodies that join and leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, requires
from app.bodies.forms import whole
from app.bodies.models import Body, BodyKind
from app.bodies.queries import bodies_visible_to
from app.database.unit import writing
from app.extensions import db
from app.people.forms import blame
from app.places import telling
from app.shared import clock
from app.shared.errors import DomainError
from app.twinnings import queries
from app.twinnings.forms import FREE, LeaveForm, PartyForm
from app.twinnings.policy import TwinningAction
from app.twinnings.services import dossiers
from app.twinnings.services.dossiers import BadTwinning
from app.twinnings.services.towns import settle_town
from app.twinnings.views.ground import acting_body_id, back, blueprint, names_of, own_bodies, plain_title, told_apart
from app.twinnings.views.opening import proposals_for, town_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.twinnings.models import Twinning, TwinningParty


@blueprint.route("/<int:twinning_id>/organismes/nouveau", methods=["GET", "POST"])
@requires(TwinningAction.EDIT, on=queries.twinning_by_id)
def join(twinning: Twinning) -> Response | str | tuple[str, int]:
    """Let a further town or committee join."""
    session = db.session()
    present = {party.body_id for party in queries.present_parties(twinning)}
    known = [
        body
        for body in bodies_visible_to(session, identity().readable_body_ids)
        if body.id not in present and body.kind != BodyKind.FEDERATION
    ]
    form = PartyForm().prepare(_sides(twinning), told_apart(known), telling.countries())
    proposals = []
    if form.validate_on_submit():
        proposals = [] if form.known.data else proposals_for(session, form.town.form)
        if not proposals:
            try:
                return _joined(twinning, form)
            except DomainError as error:
                blame(form, None, error.sentence)
    page = render_template(
        "twinnings/join.html",
        form=form,
        twinning=twinning,
        title=plain_title(twinning),
        proposals=proposals,
        free=FREE,
    )
    return page, 422 if form.errors else 200


@blueprint.route("/organismes/<int:party_id>/depart", methods=["GET", "POST"])
@requires(TwinningAction.EDIT, on=queries.party_by_id)
def leave(party: TwinningParty) -> Response | str | tuple[str, int]:
    """Note that a body leaves the twinning."""
    form, twinning = LeaveForm(), party.twinning
    number, acting, is_own = twinning.id, acting_body_id(twinning), party.body_id in identity().body_ids
    if form.validate_on_submit():
        try:
            if not form.agreed.data:
                raise BadTwinning(
                    _("Cochez la case une fois que l’organisme a gardé ce qu’il lui faut."), field="agreed"
                )  # told at its field
            with writing() as session:
                day = form.on.data or clock.today()
                dossiers.leave(session, party, on=day, by=actor(), at=clock.now(), acting=acting)
            flash(_("Le départ est noté."), "done")
            return redirect(url_for("twinnings.index")) if is_own else back(number)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "twinnings/leave.html", form=form, party=party, twinning=twinning, title=plain_title(twinning)
    )
    return page, 422 if form.errors else 200


def _sides(twinning: Twinning) -> list[tuple[int, str]]:
    sides = [
        (side[0].side, _("Avec %(names)s", names=", ".join(names_of(side))))
        for side in queries.sides(twinning, own_bodies())
    ]
    return [*sides, (max(number for number, _name in sides) + 1, _("D’un autre côté encore (jumelage à trois)"))]


def _joined(twinning: Twinning, form: PartyForm) -> Response:
    who, number, acting = identity(), twinning.id, acting_body_id(twinning)
    line = form.town.form
    if not form.known.data and line.is_blank():
        raise BadTwinning(_("Choisissez un organisme, ou écrivez le nom d’une ville."))
    town = None if form.known.data else town_of(db.session(), line)
    visible, by, at = who.readable_body_ids, actor(), clock.now()

    def chosen(session: Session) -> Body:
        if town is None:
            return session.get_one(Body, whole(form.known.data))
        return settle_town(session, town, known_to=visible, keeper=acting, by=by, at=at)

    with writing() as session:
        body = chosen(session)
        dossiers.add_party(session, twinning, body, side=whole(form.side.data), by=by, at=at, acting=acting)
        name = body.name
    flash(_("%(name)s a rejoint le jumelage.", name=name), "done")
    return back(number)
