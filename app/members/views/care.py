"""Consents of a member, what is known of one person, what may be erased, the register of processing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, may, requires
from app.bodies.labels import function_name
from app.database.unit import writing
from app.extensions import db
from app.members.documents.register import known_json, known_pdf, register_pdf
from app.members.forms.care import ConsentForm
from app.members.known import everything_known
from app.members.labels import CONSENT_NAMES
from app.members.models import ConsentKind, Leaving
from app.members.policy import MemberAction
from app.members.queries.care import consent_by_id, consents_of, ends_with_life, proposals
from app.members.queries.leaving import ties_of
from app.members.queries.roll import member_by_id, roll_of
from app.members.retention import lasting, rules
from app.members.services import care as services
from app.members.services import erasing
from app.members.views.ground import blueprint, crumbs, member_again, pdf, treasurer_of
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from app.members.models import Consent, Member
    from app.members.queries.roll import Roll

    Page = AnyResponse | str | tuple[str, int]


@blueprint.route("/fiche/<int:member_id>/accords", methods=["GET", "POST"])
@requires(MemberAction.VIEW, on=member_by_id)
def consents(member: Member) -> Page:
    """What a member agreed to; who keeps the list notes it, the member reads it."""
    session, number, body = db.session(), member.id, member.body
    is_dead = member.leaving == Leaving.DECEASED
    if member.person is None:
        abort(404)
    form, keeps = ConsentForm(), may(MemberAction.EDIT, member)
    if not form.is_submitted():
        form.given_on.data = f"{clock.today():%d/%m/%Y}"
    elif not keeps:
        abort(403)
    if form.validate_on_submit():
        try:
            command = form.command()
            with writing() as unit:
                services.give_consent(unit, member_again(number), command, by=actor(), at=clock.now())
            flash(_("L’accord est noté ; il peut être repris à tout moment."), "done")
            return redirect(url_for("members.consents", member_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "members/consents.html",
        member=member,
        body=body,
        form=form,
        consents=[
            (one, CONSENT_NAMES[ConsentKind(one.kind)], is_dead and ends_with_life(one.kind))
            for one in consents_of(session, body.id, member.person.id)
        ],
        may_note=keeps and member.trashed_at is None and member.erased_at is None,
        crumbs=[*(crumbs(body) if keeps else []), (member.name, url_for("members.member", member_id=number))],
    )
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.post("/fiche/<int:member_id>/accords/<int:consent_id>/reprendre")
@requires(MemberAction.VIEW, on=lambda session, member_id, **_more: member_by_id(session, member_id))
def withdraw(member: Member) -> AnyResponse:
    """Take an agreement back: the member may do it alone, and so may who keeps the list."""
    number, person, body_id = member.id, member.person_id, member.body_id
    consent_id = int((request.view_args or {})["consent_id"])
    with writing() as unit:
        consent: Consent | None = consent_by_id(unit, consent_id)
        if consent is None or consent.person_id != person or consent.body_id != body_id:
            abort(404)
        services.withdraw_consent(unit, consent, how=request.form.get("how", ""), by=actor(), at=clock.now())
    flash(_("L’accord est repris."), "done")
    return redirect(url_for("members.consents", member_id=number))


@blueprint.get("/fiche/<int:member_id>/tout.<any(pdf, json):form>")
@requires(MemberAction.VIEW, on=lambda session, member_id, **_more: member_by_id(session, member_id))
def known(member: Member) -> Response:
    """Everything known of a person, for who keeps the list and for the person."""
    at = clock.now()
    told = everything_known(db.session(), member)
    if (request.view_args or {})["form"] == "pdf":
        return pdf(known_pdf(member, told, at=at), f"membre-{member.number}.pdf")
    response = Response(known_json(told, at=at), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=f"membre-{member.number}.json")
    return response


@blueprint.route("/fiche/<int:member_id>/effacer", methods=["GET", "POST"])
@requires(MemberAction.EDIT, on=member_by_id)
def erase(member: Member) -> Page:
    """Erase what is known of somebody; what is kept, and why, is told before."""
    number, body_id, error = member.id, member.body_id, ""
    if request.method == "POST":
        try:
            with writing() as unit:
                erasing.erase_member(unit, member_again(number), by=actor(), at=clock.now())
            flash(_("C’est effacé ; ce que la loi oblige à garder est resté."), "done")
            return redirect(url_for("members.care", body_id=body_id))
        except DomainError as refused:
            error = str(refused)
    page = render_template(
        "members/erase.html",
        member=member,
        kept=erasing.kept_after_erasure(db.session(), member, on=clock.today()),
        still=erasing.still_member_as(db.session(), member, on=clock.today()),
        awaited=erasing.awaited(db.session(), member, on=clock.today()),
        function_name=function_name,
        ties=ties_of(db.session(), member, on=clock.today(), with_stays=True),
        may_host=may(MemberAction.HOST, member),
        error=error,
        crumbs=crumbs(member.body, (member.name, url_for("members.member", member_id=number))),
    )
    return page, 422 if error else 200


@blueprint.get("/<int:body_id>/donnees")
@requires(MemberAction.KEEP, on=roll_of)
def care(roll: Roll) -> str:
    """What may be erased today, and the rules that say so."""
    body, places = roll.body, may(MemberAction.HOST, roll)
    found = proposals(db.session(), body.id, on=clock.today())
    return render_template(
        "members/care.html",
        body=body,
        proposals=[one for one in found if places or one.family_id is None],
        rules=rules(),
        lasting=lasting,
        may_host=places,
        crumbs=crumbs(body),
    )


@blueprint.get("/<int:body_id>/donnees/registre.pdf")
@requires(MemberAction.KEEP, on=roll_of)
def register(roll: Roll) -> Response:
    """The register of processing, printed."""
    body = roll.body
    return pdf(register_pdf(body, keeper=treasurer_of(body), at=clock.now()), "registre-des-traitements.pdf")
