"""Host families, stays, travellers and their papers: seen by the few who place guests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.gate import actor, requires
from app.database.unit import alone_on, writing
from app.extensions import db
from app.members.ages import is_minor
from app.members.forms.stays import HostForm, PaperForm, StayForm, TravellerForm
from app.members.labels import PAPER_NAMES
from app.members.lodging import is_without_roof, lodged_with, objections
from app.members.models import PaperKind
from app.members.occasions import occasions_of
from app.members.papers import duties_of, missing_of
from app.members.policy import MemberAction
from app.members.queries.guests import is_told_of
from app.members.queries.roll import RollFilter, member_by_id, members_wanted, roll_of
from app.members.queries.stays import (
    country_of_place,
    host_by_id,
    hosts_of,
    lodged_ahead,
    stay_by_id,
    stays_of,
    traveller_by_id,
)
from app.members.services import stays as services
from app.members.services.care import clear_stay
from app.members.services.ground import refuse_gone
from app.members.views.ground import blueprint, body_again
from app.members.views.guests import rights_of
from app.people.fields import whole
from app.people.forms import blame
from app.people.naming import language_names
from app.places.telling import country_name
from app.shared import clock
from app.shared.conflicts import both_texts
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from app.bodies.models import Body
    from app.members.forms.stays import WhoForm
    from app.members.models import HostFamily, Member, Stay, Traveller
    from app.members.queries.roll import Roll
    from app.people.models import Person
    from app.people.services import PersonFacts

    Page = Response | str | tuple[str, int]

_MOST = 2000


def _members(body: Body) -> Sequence[Member]:
    return db.session().scalars(members_wanted(body.id, RollFilter(), on=clock.today()).limit(_MOST)).all()


def _chosen(form: WhoForm, body_id: int) -> PersonFacts | Person | None:
    """The member chosen, of this body, else the person typed."""
    if number := whole(form.member.data):
        member = member_by_id(db.session(), number)
        if member is None or member.body_id != body_id:
            abort(404)
        alone_on(db.session(), member)
        refuse_gone(member, field="member")
        return member.person
    return form.newcomer()


@blueprint.get("/<int:body_id>/accueil")
@requires(MemberAction.HOST, on=roll_of)
def hosts(roll: Roll) -> str:
    """The stays and the host families of a committee."""
    session, body = db.session(), roll.body
    return render_template(
        "members/hosts.html",
        body=body,
        stays=stays_of(session, body.id),
        hosts=hosts_of(session, body.id, trashed="corbeille" in request.args),
        trashed="corbeille" in request.args,
        language_names=language_names,
        crumbs=_way(body),
    )


def _way(body: Body, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Membres"), url_for("members.index")), (body.name, url_for("members.hosts", body_id=body.id)), *more]


@blueprint.route("/<int:body_id>/accueil/famille", methods=["GET", "POST"])
@requires(MemberAction.HOST, on=roll_of)
def add_host(roll: Roll) -> Page:
    """Note a host family."""
    body, form = roll.body, HostForm()
    form.offer_members(_members(body))
    return _host_page(body, form, None)


@blueprint.route("/accueil/famille/<int:family_id>", methods=["GET", "POST"])
@requires(MemberAction.HOST, on=host_by_id)
def host(family: HostFamily) -> Page:
    """A host family: see it, correct it."""
    form = HostForm()
    form.offer_members([])
    if not form.is_submitted():
        form.show(family)
    return _host_page(family.body, form, family)


def _host_page(body: Body, form: HostForm, family: HostFamily | None) -> Page:
    number, family_id, conflict = body.id, family.id if family else 0, None
    if form.validate_on_submit():
        try:
            with writing() as unit:
                services.keep_host(
                    unit,
                    body_again(number),
                    None if family else _chosen(form, number),
                    form.command(),
                    family=host_by_id(unit, family_id) if family else None,
                    revision=whole(form.revision.data),
                    by=actor(),
                    at=clock.now(),
                )
            flash(_("La famille d’accueil est enregistrée."), "done")
            return redirect(url_for("members.hosts", body_id=number))
        except EditConflict:
            if family is None:
                raise
            kept = HostForm(formdata=None)
            kept.offer_members([])
            kept.show(family)
            conflict = both_texts(form, kept)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "members/host_form.html",
        form=form,
        body=body,
        family=family,
        guests=lodged_ahead(db.session(), family, on=clock.today()) if family else [],
        may_clear=family is not None and family.trashed_at is not None and is_told_of(family),
        **rights_of(number, family),
        crumbs=_way(body),
        conflict=conflict,
    )
    return page, 409 if conflict else 422 if form.errors or form.form_errors else 200


@blueprint.post("/accueil/famille/<int:family_id>/corbeille")
@requires(MemberAction.HOST, on=host_by_id)
def trash_host(family: HostFamily) -> Response:
    """Put a host family in the trash, or take it out."""
    number, body_id = family.id, family.body_id
    left = 0 if family.trashed_at else len(lodged_ahead(db.session(), family, on=clock.today()))
    with writing() as unit:
        services.trash_host(unit, host_by_id(unit, number) or abort(404), by=actor(), at=clock.now())
    if left:
        sentence = ngettext(
            "La famille est à la corbeille ; %(num)s personne qu’elle devait loger est à loger ailleurs.",
            "La famille est à la corbeille ; %(num)s personnes qu’elle devait loger sont à loger ailleurs.",
            left,
        )
        flash(sentence, "stop")
    return redirect(url_for("members.hosts", body_id=body_id))


@blueprint.route("/<int:body_id>/accueil/sejour", methods=["GET", "POST"])
@requires(MemberAction.HOST, on=roll_of)
def add_stay(roll: Roll) -> Page:
    """Note a stay."""
    return _stay_page(roll.body, StayForm().offer(occasions_of(db.session(), roll.body.id)), None)


@blueprint.route("/accueil/sejour/<int:stay_id>/modifier", methods=["GET", "POST"])
@requires(MemberAction.HOST, on=stay_by_id)
def edit_stay(stay: Stay) -> Page:
    """Correct a stay."""
    form = StayForm().offer(occasions_of(db.session(), stay.body_id))
    if not form.is_submitted():
        form.show(stay)
    return _stay_page(stay.body, form, stay)


def _stay_page(body: Body, form: StayForm, stay: Stay | None) -> Page:
    number, stay_id, conflict = body.id, stay.id if stay else 0, None
    if form.validate_on_submit():
        try:
            with writing() as unit:
                kept = services.keep_stay(
                    unit,
                    body_again(number),
                    form.command(),
                    stay=stay_by_id(unit, stay_id) if stay else None,
                    revision=whole(form.revision.data),
                    by=actor(),
                    at=clock.now(),
                )
                kept_id = kept.id
            return redirect(url_for("members.stay", stay_id=kept_id))
        except EditConflict:
            if stay is None:
                raise
            known = StayForm(formdata=None).offer(occasions_of(db.session(), number))
            known.show(stay)
            conflict = both_texts(form, known)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    shown = {"form": form, "body": body, "stay": stay, "crumbs": _way(body), "conflict": conflict}
    page = render_template("members/stay_form.html", **shown)
    return page, 409 if conflict else 422 if form.errors or form.form_errors else 200


@blueprint.get("/accueil/sejour/<int:stay_id>")
@requires(MemberAction.HOST, on=stay_by_id)
def stay(stay: Stay) -> str:
    """A stay: who takes part, what their papers lack, what the stay owes."""
    here, today = [one for one in stay.travellers if one.trashed_at is None], clock.today()
    abroad = country_of_place(db.session(), stay)
    return render_template(
        "members/stay.html",
        stay=stay,
        body=stay.body,
        occasion=dict(occasions_of(db.session(), stay.body_id)).get(stay.occasion, ""),
        travellers=[
            {
                "known": one,
                "is_minor": is_minor(one, stay),
                "family": lodged_with(one, stay),
                "is_without_roof": is_without_roof(one, stay, on=today),
                "missing": missing_of(one, stay, on=today),
            }
            for one in here
        ],
        duties=duties_of(stay, here, on=today, abroad=country_name(abroad) if abroad else ""),
        is_over=stay.ends_on < today,
        is_cleared=all(one.cleared_at is not None for one in here),
        crumbs=_way(stay.body),
    )


@blueprint.post("/accueil/sejour/<int:stay_id>/effacer")
@requires(MemberAction.HOST, on=stay_by_id)
def clear(stay: Stay) -> Response:
    """Erase what was delicate in a stay that is over."""
    number = stay.id
    try:
        with writing() as unit:
            clear_stay(unit, stay_by_id(unit, number) or abort(404), by=actor(), at=clock.now())
        flash(_("Ce qui était délicat est effacé ; qui a voyagé reste connu."), "done")
    except DomainError as error:
        flash(str(error), "stop")
    return redirect(url_for("members.stay", stay_id=number))


@blueprint.route("/accueil/sejour/<int:stay_id>/voyageur", methods=["GET", "POST"])
@requires(MemberAction.HOST, on=stay_by_id)
def add_traveller(stay: Stay) -> Page:
    """Note who takes part."""
    form = TravellerForm().offer(_members(stay.body), hosts_of(db.session(), stay.body_id))
    return _traveller_page(stay, form, None)


@blueprint.route("/accueil/voyageur/<int:traveller_id>", methods=["GET", "POST"])
@requires(MemberAction.HOST, on=traveller_by_id)
def traveller(traveller: Traveller) -> Page:
    """A traveller: see, correct."""
    form = TravellerForm().offer([], hosts_of(db.session(), traveller.stay.body_id))
    if not form.is_submitted():
        form.show(traveller)
    return _traveller_page(traveller.stay, form, traveller)


def _traveller_page(stay: Stay, form: TravellerForm, known: Traveller | None, papers: PaperForm | None = None) -> Page:
    number, known_id = stay.id, known.id if known else 0
    if papers is None and form.validate_on_submit():
        try:
            with writing() as unit:
                again = stay_by_id(unit, number) or abort(404)
                services.keep_traveller(
                    unit,
                    again,
                    None if known else _chosen(form, again.body_id),
                    form.command(),
                    traveller=traveller_by_id(unit, known_id) if known else None,
                    agreed=form.agreed.data,
                    revision=whole(form.revision.data),
                    by=actor(),
                    at=clock.now(),
                )
            return redirect(url_for("members.stay", stay_id=number))
        except EditConflict:
            raise
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "members/traveller.html",
        form=form,
        papers=papers or PaperForm(formdata=None),
        stay=stay,
        body=stay.body,
        traveller=known,
        seen=[(one, PAPER_NAMES[PaperKind(one.kind)]) for one in known.papers] if known else [],
        missing=missing_of(known, stay, on=clock.today()) if known else [],
        objections=objections(stay, [known], on=clock.today()) if known else [],
        **rights_of(stay.body_id, known),
        crumbs=_way(stay.body, (stay.title, url_for("members.stay", stay_id=number))),
    )
    failed = form.errors or form.form_errors or (papers is not None and (papers.errors or papers.form_errors))
    return page, 422 if failed else 200


@blueprint.post("/accueil/voyageur/<int:traveller_id>/papier")
@requires(MemberAction.HOST, on=traveller_by_id)
def see_paper(traveller: Traveller) -> Page:
    """Note that a paper was seen."""
    number, papers = traveller.id, PaperForm()
    if papers.validate():
        try:
            with writing() as unit:
                again = traveller_by_id(unit, number) or abort(404)
                services.see_paper(unit, again, papers.command(), by=actor(), at=clock.now())
            flash(_("Le papier est noté comme vu ; rendez-le, aucune copie n’est gardée."), "done")
            return redirect(url_for("members.traveller", traveller_id=number))
        except DomainError as error:
            blame(papers, error.field, error.sentence)
    form = TravellerForm(formdata=None).offer([], hosts_of(db.session(), traveller.stay.body_id)).show(traveller)
    return _traveller_page(traveller.stay, form, traveller, papers)


@blueprint.post("/accueil/voyageur/<int:traveller_id>/retirer")
@requires(MemberAction.HOST, on=traveller_by_id)
def trash_traveller(traveller: Traveller) -> Response:
    """Take somebody off the stay."""
    number, stay_id = traveller.id, traveller.stay_id
    with writing() as unit:
        services.trash_traveller(unit, traveller_by_id(unit, number) or abort(404), by=actor(), at=clock.now())
    return redirect(url_for("members.stay", stay_id=stay_id))
