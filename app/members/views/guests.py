"""Who hosts or travels and is no member: what is known of them, and how it is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, may, requires
from app.database.unit import writing
from app.extensions import db
from app.members.documents.register import known_json, known_pdf
from app.members.known import known_of_guest
from app.members.policy import MemberAction
from app.members.queries.guests import guest_of, lodged_by, record_of
from app.members.queries.stays import host_by_id
from app.members.services import guests as services
from app.members.services.care import clear_withdrawn
from app.members.services.forgetting import kept_of_person
from app.members.views.ground import blueprint, pdf
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from app.members.models import HostFamily, Member, Traveller
    from app.members.queries.guests import Guest

    Page = AnyResponse | str | tuple[str, int]


def rights_of(body_id: int, thing: HostFamily | Traveller | None) -> dict[str, Guest | Member | None]:
    """Whose data a page shows, for the links to them: a guest, or a member whose record one may see."""
    if thing is None:
        return {"guest": None, "record": None}
    session, person_id = db.session(), thing.person_id
    guest, member = guest_of(session, body_id, person_id), record_of(session, body_id, person_id)
    return {"guest": guest, "record": member if member is not None and may(MemberAction.VIEW, member) else None}


@blueprint.get("/accueil/<int:body_id>/personne/<int:person_id>/tout.<any(pdf, json):form>")
@requires(MemberAction.HOST, on=guest_of)
def known_guest(guest: Guest) -> Response:
    """Everything known of somebody who hosts or travels."""
    at, told = clock.now(), known_of_guest(db.session(), guest)
    if (request.view_args or {})["form"] == "pdf":
        return pdf(known_pdf(guest, told, at=at), f"personne-{guest.person_id}.pdf")
    response = Response(known_json(told, at=at), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=f"personne-{guest.person_id}.json")
    return response


@blueprint.route("/accueil/<int:body_id>/personne/<int:person_id>/effacer", methods=["GET", "POST"])
@requires(MemberAction.HOST, on=guest_of)
def erase_guest(guest: Guest) -> Page:
    """Erase what is known of somebody who hosts or travels; what is kept, and why, is told before."""
    body, person_id, error = guest.body, guest.person_id, ""
    body_id = body.id
    if request.method == "POST":
        try:
            with writing() as unit:
                again = guest_of(unit, body_id, person_id) or abort(404)
                services.erase_guest(unit, again, by=actor(), at=clock.now())
            flash(_("C’est effacé ; ce que la loi oblige à garder est resté."), "done")
            return redirect(url_for("members.hosts", body_id=body_id))
        except DomainError as refused:
            error = str(refused)
    page = render_template(
        "members/erase_guest.html",
        guest=guest,
        body=body,
        kept=kept_of_person(db.session(), guest, on=clock.today()),
        guests=lodged_by(db.session(), guest, on=clock.today()),
        awaited=services.awaited(db.session(), guest, on=clock.today()),
        error=error,
        crumbs=[(_("Membres"), url_for("members.index")), (body.name, url_for("members.hosts", body_id=body_id))],
    )
    return page, 422 if error else 200


@blueprint.post("/accueil/famille/<int:family_id>/effacer")
@requires(MemberAction.HOST, on=host_by_id)
def clear_host(family: HostFamily) -> AnyResponse:
    """Erase the record of a family that withdrew."""
    number, body_id = family.id, family.body_id
    try:
        with writing() as unit:
            clear_withdrawn(unit, host_by_id(unit, number) or abort(404), by=actor(), at=clock.now())
        flash(_("La fiche de la famille est effacée ; qui elle a logé reste connu."), "done")
    except DomainError as refused:
        flash(str(refused), "stop")
    return redirect(url_for("members.hosts", body_id=body_id))
