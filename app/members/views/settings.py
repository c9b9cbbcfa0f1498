"""A committee's own lists: categories, questions, groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload, selectinload

from app.access.gate import actor, may, requires
from app.database.unit import writing
from app.extensions import db
from app.members.forms.settings import CategoryForm, GroupForm, PlaceForm, QuestionForm
from app.members.labels import FIELD_KIND_NAMES
from app.members.models import FieldKind, GroupMember, Member, MemberCategory, MemberField, MemberGroup
from app.members.policy import MemberAction
from app.members.queries.roll import (
    RollFilter,
    categories_of,
    fields_of,
    groups_of,
    member_by_id,
    members_wanted,
    roll_of,
)
from app.members.queries.voters import period_on
from app.members.services import settings as services
from app.members.views.ground import blueprint, body_again, crumbs
from app.people.fields import whole
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.members.queries.roll import (
        Roll,
    )

    Page = Response | str | tuple[str, int]

_MOST = 2000


@blueprint.get("/<int:body_id>/reglages")
@requires(MemberAction.KEEP, on=roll_of)
def settings(roll: Roll) -> str:
    """The categories and the own questions."""
    return _settings(roll, CategoryForm(formdata=None), QuestionForm(formdata=None))


def _settings(roll: Roll, category: CategoryForm, question: QuestionForm) -> str:
    session, body = db.session(), roll.body
    period = period_on(session, body.id, clock.today())
    return render_template(
        "members/settings.html",
        body=body,
        categories=categories_of(session, body.id),
        period=period,
        asked={one.category_id: one for one in period.rates} if period else {},
        questions=[(one, FIELD_KIND_NAMES[FieldKind(one.kind)]) for one in fields_of(session, body.id)],
        category_form=category,
        question_form=question,
        crumbs=crumbs(body),
    )


@blueprint.post("/<int:body_id>/reglages/categorie")
@requires(MemberAction.KEEP, on=roll_of)
def keep_category(roll: Roll) -> Page:
    """Add a category, or rename one."""
    form, number = CategoryForm(), roll.body.id
    if form.validate():
        try:
            with writing() as session:
                known = session.get(MemberCategory, whole(form.category.data)) if form.category.data else None
                if form.category.data and (known is None or known.body_id != number):
                    abort(404)
                services.keep_category(
                    session,
                    body_again(number),
                    form.name.data,
                    is_voting=form.is_voting.data,
                    category=known,
                    by=actor(),
                    at=clock.now(),
                )
            flash(_("La catégorie est enregistrée."), "done")
            return redirect(url_for("members.settings", body_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return _settings(roll, form, QuestionForm(formdata=None)), 422


@blueprint.post("/<int:body_id>/reglages/question")
@requires(MemberAction.KEEP, on=roll_of)
def keep_field(roll: Roll) -> Page:
    """Ask a question."""
    form, number = QuestionForm(), roll.body.id
    if form.validate():
        try:
            lines = (form["choices"].data or "").splitlines()
            with writing() as session:
                services.keep_field(
                    session,
                    body_again(number),
                    form.label.data,
                    FieldKind(form.kind.data),
                    lines,
                    by=actor(),
                    at=clock.now(),
                )
            flash(_("La question est posée sur chaque fiche."), "done")
            return redirect(url_for("members.settings", body_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return _settings(roll, CategoryForm(formdata=None), form), 422


@blueprint.post("/<int:body_id>/reglages/retirer/<string:kind>/<int:number>")
@requires(MemberAction.KEEP, on=lambda session, body_id, **_more: roll_of(session, body_id))
def retire(roll: Roll) -> Response:
    """Offer a category, or ask a question, no longer."""
    arguments = request.view_args or {}
    models: dict[str, Any] = {"categorie": MemberCategory, "question": MemberField}
    model, body_id = models.get(str(arguments["kind"])), roll.body.id
    with writing() as session:
        found = session.get(model, arguments["number"]) if model else None
        if found is None or found.body_id != body_id:
            abort(404)
        verb = services.retire_category if model is MemberCategory else services.retire_field
        verb(session, found, by=actor(), at=clock.now())
    flash(_("C’est retiré ; les fiches gardent ce qu’elles disent."), "done")
    return redirect(url_for("members.settings", body_id=body_id))


def group_by_id(session: Session, group_id: int) -> MemberGroup | None:
    """The group, with its body and who is in it."""
    return session.get(
        MemberGroup,
        group_id,
        options=[
            joinedload(MemberGroup.body),
            selectinload(MemberGroup.places).joinedload(GroupMember.member).joinedload(Member.person),
            selectinload(MemberGroup.places).joinedload(GroupMember.member).joinedload(Member.household),
        ],
    )


@blueprint.route("/<int:body_id>/groupes", methods=["GET", "POST"])
@requires(MemberAction.KEEP, on=roll_of)
def groups(roll: Roll) -> Page:
    """The groups and working parties of a committee."""
    form, number = GroupForm(), roll.body.id
    if form.validate_on_submit():
        try:
            with writing() as session:
                made = services.make_group(
                    session, body_again(number), form.name.data, form.purpose.data or "", by=actor(), at=clock.now()
                )
                made_id = made.id
            return redirect(url_for("members.group", group_id=made_id))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "members/groups.html",
        form=form,
        body=roll.body,
        groups=groups_of(db.session(), number, on=clock.today()),
        crumbs=crumbs(roll.body),
    )
    return page, 422 if form.errors else 200


@blueprint.route("/groupes/<int:group_id>", methods=["GET", "POST"])
@requires(MemberAction.READ, on=group_by_id)
def group(group: MemberGroup) -> Page:
    """A group: who is in it, and who joins."""
    session, number, body = db.session(), group.id, group.body
    here = [place for place in group.places if place.until is None and place.member.trashed_at is None]
    members = session.scalars(members_wanted(body.id, RollFilter(), on=clock.today()).limit(_MOST)).all()
    form = PlaceForm().offer([one for one in members if one.id not in {place.member_id for place in here}])
    if form.validate_on_submit() and may(MemberAction.KEEP, group):
        with writing() as unit:
            again = group_by_id(unit, number) or abort(404)
            member = member_by_id(unit, whole(form.member.data)) or abort(404)
            services.join_group(unit, again, member, is_lead=form.is_lead.data, by=actor(), at=clock.now())
        flash(_("Le membre est dans le groupe."), "done")
        return redirect(url_for("members.group", group_id=number))
    return render_template(
        "members/group.html",
        form=form,
        group=group,
        body=body,
        places=here,
        crumbs=crumbs(body, (_("Groupes"), url_for("members.groups", body_id=body.id))),
    )


@blueprint.post("/groupes/<int:group_id>/quitter/<int:member_id>")
@requires(MemberAction.KEEP, on=lambda session, group_id, **_more: group_by_id(session, group_id))
def quit_group(group: MemberGroup) -> Response:
    """Let a member quit a group."""
    number, member_id = group.id, int((request.view_args or {})["member_id"])
    with writing() as unit:
        services.quit_group(unit, group_by_id(unit, number) or abort(404), member_id, by=actor(), at=clock.now())
    return redirect(url_for("members.group", group_id=number))


@blueprint.post("/groupes/<int:group_id>/terminer")
@requires(MemberAction.KEEP, on=group_by_id)
def end_group(group: MemberGroup) -> Response:
    """Say that a group's work is done."""
    number = group.id
    with writing() as unit:
        services.end_group(unit, group_by_id(unit, number) or abort(404), by=actor(), at=clock.now())
    return redirect(url_for("members.group", group_id=number))
