"""One member: add, see, correct, let leave and come back, put in the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.gate import actor, identity, may, requires
from app.bodies.inside import inside
from app.bodies.labels import function_name, held_dates, office_shown
from app.bodies.queries import mandates_of_person
from app.database.unit import writing
from app.extensions import db
from app.members.answers import shown_answer
from app.members.forms.roll import JoinForm, LeaveForm, member_form
from app.members.labels import LEAVING_NAMES, STATUS_NAMES
from app.members.models import Household, Leaving, MemberStatus
from app.members.policy import MemberAction
from app.members.queries.dues import others_asked, payments_of, periods_of
from app.members.queries.leaving import ties_of
from app.members.queries.roll import (
    RollFilter,
    categories_of,
    fields_of,
    member_by_id,
    members_of_household,
    members_wanted,
    memberships_of,
    roll_of,
)
from app.members.queries.standing import standing_of
from app.members.services import leaving
from app.members.services import roll as services
from app.members.services.doubles import unite_members
from app.members.services.dues import receipt_name
from app.members.services.ground import BadMember, hold_numbers
from app.members.views.ground import blueprint, body_again, crumbs, family, member_again
from app.people.fields import whole
from app.people.forms import blame
from app.people.models import Person
from app.people.naming import language_names
from app.people.queries import holds as holds_person
from app.people.queries import likely_doubles, person_by_id
from app.shared import clock
from app.shared.errors import DomainError, EditConflict
from app.shared.saying import said

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.bodies.models import Body
    from app.members.models import Member
    from app.members.queries.leaving import Ties
    from app.members.queries.roll import (
        Roll,
    )
    from app.shared.actor import Actor

    Page = Response | str | tuple[str, int]


@blueprint.route("/<int:body_id>/ajouter", methods=["GET", "POST"])
@requires(MemberAction.KEEP, on=roll_of)
def add(roll: Roll) -> Page:
    """Add a member, a couple or an organisation; likely doubles are proposed before anything is written."""
    body, number = roll.body, roll.body.id
    is_organisation = "organisation" in request.args
    person, home = _known_person(body), _known_household(body)
    form = member_form(fields_of(db.session(), number))().offer(categories_of(db.session(), number))
    if not form.is_submitted():
        form.since.data = f"{clock.today():%d/%m/%Y}"
    doubles: list[Person] = []
    is_valid = form.is_submitted() and bool(form.validate())
    if is_valid:
        try:
            command = form.addition(person=person, household_id=home.id if home else None)
            asks = person is None and "confirmed" not in request.form
            with writing() as session:
                hold_numbers(session, number)  # a button pressed twice is shown whom the first time added
                again = body_again(number)
                doubles = _doubles(again, command) if asks else []
                made = [] if doubles else services.add_members(session, again, command, by=actor(), at=clock.now())
                first = made[0].id if made else 0
            if made:
                flash(ngettext("Le membre est inscrit.", "%(num)s membres sont inscrits.", len(made)), "done")
                return redirect(url_for("members.member", member_id=first))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "members/form.html",
        form=form,
        body=body,
        member=None,
        person=person,
        home=home,
        is_organisation=is_organisation,
        doubles=doubles,
        conflict=None,
        crumbs=crumbs(body),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _known_person(body: Body) -> Person | None:
    """A person of the address book who becomes a member."""
    number = whole(request.args.get("personne"))
    if not number:
        return None
    session = db.session()
    person = person_by_id(session, number)
    if person is None or person.trashed_at is not None or not holds_person(session, family(body), person):
        abort(404)
    return person


def _known_household(body: Body) -> Household | None:
    """A household whose address a new member shares."""
    number = whole(request.args.get("foyer"))
    if not number:
        return None
    home = db.session().get(Household, number)
    if home is None or home.body_id != body.id:
        abort(404)
    return home


def _doubles(body: Body, command: services.AddMembers) -> list[Person]:
    found: list[Person] = []
    for one in (command.person, command.second):
        if one is None or isinstance(one, Person):
            continue
        name = one.name_as_written or f"{one.given_name} {one.family_name}"
        found += likely_doubles(db.session(), family(body), name)
    return found


@blueprint.get("/fiche/<int:member_id>")
@requires(MemberAction.VIEW, on=member_by_id)
def member(member: Member) -> str:
    """What is known of a member: for who keeps the list, and for the member."""
    session, body = db.session(), member.body
    home = member.household
    keeps = may(MemberAction.EDIT, member)
    others = [one for one in members_of_household(session, home.id) if one.id != member.id] if home and keeps else []
    today = clock.today()
    periods = periods_of(session, body.id)
    period = next((one for one in periods if one.starts_on <= today <= one.ends_on), periods[0] if periods else None)
    standing = standing_of(session, period) if period else None
    return render_template(
        "members/member.html",
        member=member,
        body=body,
        others=others,
        answers=[
            (one.label, shown_answer(one, member.answers.get(str(one.id))))
            for one in fields_of(session, body.id, retired=True)
            if str(one.id) in member.answers or one.retired_at is None
        ],
        spoken=language_names(member.person.languages) if member.person else "",
        mandates=[
            (one, office_shown(one))
            for one in (mandates_of_person(session, member.person_id) if member.person_id else [])
            if one.body_id == body.id
        ],
        payments=payments_of(session, member.id),
        receipt_name=receipt_name,
        ties=_ties(member) if keeps and member.until else None,
        function_name=function_name,
        period=period,
        has_paid=standing is not None and member.id in standing.paid_up,
        left=standing.left_with(member) if standing else 0,
        received=standing.received([member]) if standing else 0,
        also_asked=others_asked(session, standing, [member, *others]) if standing and keeps else "",
        dates=held_dates,
        doubles=_other_memberships(member) if keeps else [],
        alike=_alike(member) if keeps else [],
        votes=_votes(member),
        is_leaving=_is_leaving(member),
        is_dead=member.leaving == Leaving.DECEASED,
        status=STATUS_NAMES[MemberStatus(member.status)],
        leaving=LEAVING_NAMES.get(Leaving(member.leaving), "") if member.leaving else "",
        may_edit=keeps,
        is_own=_is_own(member),
        crumbs=crumbs(body) if keeps else [(_("Membres"), url_for("members.index"))],
    )


def _is_leaving(member: Member) -> bool:
    """Whether the last day is known and not over yet."""
    day = member.until.day if member.until else None
    return day is not None and day >= clock.today() and member.leaving != Leaving.DECEASED


def _votes(member: Member) -> str:
    """Whether a member votes today, and why not."""
    if not member.category.is_voting:
        return str(_("non"))
    if member.until_sort is not None and member.until_sort < clock.today():
        return str(_("non : plus membre"))
    if member.leaving == Leaving.DECEASED:
        return str(_("non"))
    if member.status != MemberStatus.ACTIVE:
        return str(_("non : %(status)s", status=inside(STATUS_NAMES[MemberStatus(member.status)])))
    if member.until is not None:
        return str(_("oui, jusqu’à son départ : %(day)s, ce jour compris", day=said(member.until)))
    return str(_("oui"))


def _other_memberships(member: Member) -> list[Member]:
    """Further memberships of the same person in this body: two records were made one since."""
    if member.person_id is None or member.organisation:
        return []
    same = memberships_of(db.session(), member.person_id)
    return [one for one in same if one.id != member.id and one.body_id == member.body_id and not one.organisation]


def _alike(member: Member) -> list[Person]:
    """Persons of the same name: proposed, never merged."""
    if member.person is None:
        return []
    return likely_doubles(db.session(), family(member.body), member.person.name, but=[member.person.id])


def _is_own(member: Member) -> bool:
    from app.accounts.models import Account  # noqa: PLC0415  # a name of its own

    number = identity().account_id
    account = db.session().get(Account, number) if number else None
    return account is not None and account.person_id is not None and account.person_id == member.person_id


@blueprint.route("/fiche/<int:member_id>/modifier", methods=["GET", "POST"])
@requires(MemberAction.EDIT, on=member_by_id)
def edit(member: Member) -> Page:
    """Correct a member's record; a correction made by somebody else in the meantime is shown, not overwritten."""
    body, number = member.body, member.id
    form = member_form(fields_of(db.session(), body.id))().offer(categories_of(db.session(), body.id, retired=True))
    conflict: EditConflict | None = None
    if not form.is_submitted():
        form.show(member)
    elif form.validate():
        try:
            command = form.correction()
            with writing() as session:
                services.correct_member(session, member_again(number), command, by=actor(), at=clock.now())
            flash(_("La fiche est enregistrée."), "done")
            return redirect(url_for("members.member", member_id=number))
        except EditConflict as error:
            conflict = error
            form.revision.data = str(member.revision)
            form.person_revision.data = str(member.person.revision if member.person else 0)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    status = 409 if conflict else 422 if form.errors or form.form_errors else 200
    page = render_template(
        "members/form.html",
        form=form,
        body=body,
        member=member,
        person=None,
        home=None,
        is_organisation=bool(member.organisation),
        doubles=[],
        conflict=conflict,
        crumbs=crumbs(body, (member.name, url_for("members.member", member_id=number))),
    )
    return page, status


@blueprint.route("/fiche/<int:member_id>/depart", methods=["GET", "POST"])
@requires(MemberAction.EDIT, on=member_by_id)
def leave(member: Member) -> Page:
    """Note that somebody left; the record stays until what the law asks is over."""
    number, form = member.id, LeaveForm()
    if not form.is_submitted():
        form.revision.data, form.until.data = str(member.revision), f"{clock.today():%d/%m/%Y}"
    if form.validate_on_submit():
        try:
            if form.until.when is None:
                raise BadMember(_("Écrivez le dernier jour, le mois ou l’année."), field="until")  # told at its field
            until, why, revision = form.until.when, Leaving(form.why.data), whole(form.revision.data)
            with writing() as session:
                leaving.leave(
                    session, member_again(number), until=until, why=why, revision=revision, by=actor(), at=clock.now()
                )
            flash(_("Le départ est noté ; les reçus et les procès-verbaux restent."), "done")
            return redirect(url_for("members.member", member_id=number))
        except EditConflict:
            raise
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "members/leave.html",
        form=form,
        member=member,
        ties=_ties(member),
        function_name=function_name,
        crumbs=crumbs(member.body, (member.name, url_for("members.member", member_id=number))),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _ties(member: Member) -> Ties:
    return ties_of(db.session(), member, on=clock.today(), with_stays=may(MemberAction.HOST, member))


@blueprint.post("/fiche/<int:member_id>/retour")
@requires(MemberAction.EDIT, on=member_by_id)
def come_back(member: Member) -> Response:
    """Let somebody who left be a member again."""
    return _change(member, leaving.come_back, _("La personne est de nouveau membre."))


@blueprint.post("/fiche/<int:member_id>/corbeille")
@requires(MemberAction.EDIT, on=member_by_id)
def trash(member: Member) -> Response:
    """Put a record noted by mistake in the trash."""
    return _change(member, services.trash_member, _("La fiche est à la corbeille ; elle peut en être sortie."))


@blueprint.post("/fiche/<int:member_id>/restaurer")
@requires(MemberAction.EDIT, on=member_by_id)
def restore(member: Member) -> Response:
    """Take a record out of the trash."""
    return _change(member, services.restore_member, _("La fiche est sortie de la corbeille."))


def _pair(session: Session, member_id: int, double_id: int) -> Member | None:
    """The membership that is kept; the double is looked for beside it."""
    del double_id
    return member_by_id(session, member_id)


@blueprint.post("/fiche/<int:member_id>/reunir/<int:double_id>")
@requires(MemberAction.EDIT, on=_pair)
def unite(member: Member) -> Response:
    """Make two memberships of one person one."""
    double_id = int((request.view_args or {})["double_id"])

    def verb(session: Session, kept: Member, *, by: Actor, at: datetime) -> None:
        unite_members(session, kept, member_again(double_id), by=by, at=at)

    return _change(member, verb, _("Les deux fiches n’en font plus qu’une ; l’autre est à la corbeille."))


@blueprint.post("/fiche/<int:member_id>/foyer")
@requires(MemberAction.EDIT, on=member_by_id)
def split(member: Member) -> Response:
    """Give a member an address of their own."""
    return _change(member, services.split_household, _("Le membre a maintenant son propre foyer : corrigez l’adresse."))


@blueprint.route("/fiche/<int:member_id>/foyer/rejoindre", methods=["GET", "POST"])
@requires(MemberAction.EDIT, on=member_by_id)
def join(member: Member) -> Page:
    """Let a member share the household of another who is a member already."""
    number, body = member.id, member.body
    here = db.session().scalars(members_wanted(body.id, RollFilter(), on=clock.today())).all()
    apart = [
        one for one in here if one.id != number and not (one.household_id and one.household_id == member.household_id)
    ]
    form = JoinForm().offer(apart)
    if form.validate_on_submit():
        try:
            chosen = next((one.id for one in apart if str(one.id) == form.member.data), 0)
            if not chosen:
                raise BadMember(_("Choisissez une réponse de la liste."), field="member")
            with writing() as session:
                services.join_household(session, member_again(number), member_again(chosen), by=actor(), at=clock.now())
            flash(_("C’est un seul foyer maintenant : vérifiez l’adresse."), "done")
            return redirect(url_for("members.member", member_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "members/join.html",
        form=form,
        member=member,
        crumbs=crumbs(body, (member.name, url_for("members.member", member_id=number))),
    )
    return page, 422 if form.is_submitted() else 200


def _change(member: Member, verb: Any, sentence: str) -> Response:  # noqa: ANN401  # a service on one member
    number = member.id
    try:
        with writing() as session:
            verb(session, member_again(number), by=actor(), at=clock.now())
        flash(sentence, "done")
    except DomainError as error:
        flash(str(error), "stop")
    return redirect(url_for("members.member", member_id=number))
