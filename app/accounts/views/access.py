"""« Accès » of a body: who has which role, who is invited, how one person's role becomes another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.access.roles import ROLE_NAMES, Role
from app.accounts import credentials, documents, queries
from app.accounts.forms import HandOverForm, InvitationForm, RecoveryForm, RoleForm
from app.accounts.gate import actor, identity, may, requires
from app.accounts.models import Account, Token
from app.accounts.policy import AccountAction
from app.accounts.services import addresses as mailbox
from app.accounts.services import invitations, roles
from app.accounts.views.blueprint import blueprint, limited, say
from app.accounts.views.leaving import kept_roles, left_with
from app.bodies.models import Body, BodyKind, Function
from app.bodies.pending import out_of_office
from app.bodies.queries import mandates_in_office
from app.database.unit import writing
from app.extensions import db
from app.mail import addresses
from app.people.fields import whole
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.accounts.models import RoleGrant
    from app.people.models import Person

    Answer = str | Response | tuple[str, int]

_TOWN_HALL = (Role.MAYOR, Role.DEPUTY, Role.CLERK, Role.COORDINATOR, Role.READER)
_ASSOCIATION = (Role.PRESIDENT, Role.SECRETARY, Role.TREASURER, Role.COORDINATOR, Role.MEMBER, Role.READER)
ROLES_OF: dict[str, tuple[Role, ...]] = {
    BodyKind.COMMUNE: _TOWN_HALL,
    BodyKind.EPCI: (Role.PRESIDENT, *_TOWN_HALL),
    BodyKind.FOREIGN_AUTHORITY: _TOWN_HALL,
    BodyKind.COMMITTEE: _ASSOCIATION,
    BodyKind.PARTNER_COMMITTEE: _ASSOCIATION,
    BodyKind.COMMITTEE_SERVICE: (*_TOWN_HALL[:3], *_ASSOCIATION),
    BodyKind.FEDERATION: (Role.ADVISER, Role.PRESIDENT, Role.SECRETARY, Role.READER),
}

_ROLE_OF: dict[str, Role] = {
    Function.PRESIDENT: Role.PRESIDENT,
    Function.SECRETARY: Role.SECRETARY,
    Function.TREASURER: Role.TREASURER,
    Function.MAYOR: Role.MAYOR,
    Function.DEPUTY_MAYOR: Role.DEPUTY,
    Function.TOWN_CLERK: Role.CLERK,
    Function.COORDINATOR: Role.COORDINATOR,
}
"""The role that goes with an office; whoever holds another is offered the least."""


def role_choices(body: Body, *, besides: str = "") -> list[SelectChoice]:
    """The roles that exist in such a body, as they are called there."""
    found = ROLES_OF.get(body.kind, tuple(Role))
    if besides and besides not in found:
        found = (*found, Role(besides))
    return [SelectChoice(role.value, ROLE_NAMES[role]) for role in found]


def body_of(session: Session, body_id: int) -> Body | None:
    """A body that is not in the trash."""
    body = session.get(Body, body_id)
    return None if body is None or body.trashed_at is not None else body


def grant_of(session: Session, body_id: int, grant_id: int) -> RoleGrant | None:
    """A role in a body, while it holds."""
    grant = queries.role_grant(session, grant_id, body_id)
    over = grant is not None and grant.until is not None and grant.until < clock.today()
    return None if over else grant


def token_of(session: Session, body_id: int, token_id: int) -> Token | None:
    """An invitation into a body."""
    token = session.get(Token, token_id)
    return token if token is not None and token.body_id == body_id and token.used_at is None else None


def _back(body_id: int) -> Response:
    return redirect(url_for("accounts.body_access", body_id=body_id))


@blueprint.get("/organismes/<int:body_id>/acces")
@requires(AccountAction.SEE_ACCESS, on=body_of)
def body_access(body: Body) -> str:
    """Who has which role in a body."""
    session, now = db.session(), clock.now()
    held = queries.roles_of_body(session, body.id, on=clock.day_of(now))
    return render_template(
        "accounts/body_access.html",
        body=body,
        grants=held,
        past=queries.past_roles_of_body(session, body.id, on=clock.day_of(now)),
        invitations=queries.invitations_of_body(session, body.id, at=now),
        administrators=roles.lasting_administrators(session, body.id, on=clock.day_of(now)),
        may_change=may(AccountAction.CHANGE_ROLE, held[0]) if held else False,
        untied=_untied(session, body, held),
        gone=_keeping_a_role(session, body, on=clock.day_of(now)),
    )


def _untied(session: Session, body: Body, held: Sequence[RoleGrant]) -> set[int]:
    """The accounts tied to no record, where there are records to tie them to."""
    found = {one.account_id for one in held if one.account.person_id is None}
    return found if found and queries.has_records(session, body.id) else set()


def _keeping_a_role(session: Session, body: Body, *, on: date) -> list[tuple[str, str, str]]:
    """Who is out of office and still signs in: name, what is kept, where it is changed."""
    people = out_of_office(session, {body.id}, on=on).get(body.id, {})
    return [(people[person], said, url) for person, said, url in kept_roles(session, body.id, people)] if people else []


@blueprint.route("/organismes/<int:body_id>/acces/inviter", methods=["GET", "POST"])
@requires(AccountAction.INVITE, on=body_of)
def invite(body: Body) -> Answer:
    """Invite somebody; the first person of a body administers it."""
    first = not queries.administrators(db.session(), body.id, on=clock.today())
    spoken = next(
        (code for code in body.languages if code in {"fr", "en", "de"}), "en" if body.country != "FR" else "fr"
    )
    person = queries.record_of(db.session(), whole(request.args.get("fiche")), body.id)
    form = InvitationForm(language=spoken, **_written_on_record(person, body))
    form.role.choices = role_choices(body)
    if form.validate_on_submit():
        try:
            flash(_send_invitation(body, form), "done")
            return _back(body.id)
        except (addresses.BadAddress, roles.RoleHeldAlready) as error:
            say(form, error, "email")
    page = render_template("accounts/invite.html", body=body, form=form, first=first, person=person)
    return page, 422 if form.errors else 200


def _written_on_record(person: Person | None, body: Body) -> dict[str, str]:
    """Name, address and office of the record for whose person one came to write: the same address ties the account."""
    if person is None:
        return {}
    held = mandates_in_office(db.session(), body.id, on=clock.today())
    roles_held = [_ROLE_OF[one.function] for one in held if one.person_id == person.id and one.function in _ROLE_OF]
    offered = ROLES_OF.get(body.kind, tuple(Role))
    fitting = [role for role in (*roles_held, Role.MEMBER, Role.READER) if role in offered]
    return {"name": person.name, "email": person.email, "role": fitting[0] if fitting else offered[-1]}


def _send_invitation(body: Body, form: InvitationForm) -> str:
    """Write to somebody else; to oneself, give what was asked at once. Says which."""
    now, link = clock.now(), credentials.new_link()
    email = addresses.clean(form.email.data)
    limited(("invite", f"body {body.id}", 60), ("invite-address", email, 5), at=now)
    account = queries.account(db.session(), identity().account_id or 0)
    is_own = account is not None and account.email == email
    letter = documents.invitation_letter(
        email,
        name=form.name.data,
        link=link,
        body_name=body.name,
        body_id=body.id,
        role=Role(form.role.data),
        inviter=actor().name,
        language=form.language.data,
    )
    command = invitations.Invite(
        body_id=body.id,
        email=email,
        name=form.name.data,
        role=Role(form.role.data),
        language=form.language.data,
        is_administrator=form.is_administrator.data,
        link_hash=credentials.link_hash(link),
        letter=None if is_own else letter,
    )
    with writing() as unit:
        token = invitations.invite(unit, command, by=actor(), at=now)
        if is_own:
            invitations.take_up(unit, token, at=now)
    if is_own:
        return str(_("Vous voici dans cet organisme."))
    settings = current_app.config["SETTINGS"]
    if not settings.mail_host and not settings.demonstration:
        return str(
            _(
                "L’invitation de %(email)s attend : aucun serveur de courrier n’est réglé. La personne qui tient "
                "cette installation peut lui remettre un lien : script/flask accounts link %(email)s",
                email=email,
            )
        )
    return str(_("L’invitation part à %(email)s.", email=email))


@blueprint.post("/organismes/<int:body_id>/acces/invitations/<int:token_id>/retirer")
@requires(AccountAction.WITHDRAW, on=token_of)
def withdraw_invitation(token: Token) -> Response:
    """Make an invitation worthless."""
    with writing() as unit:
        invitations.withdraw(unit, token, by=actor(), at=clock.now())
    flash(_("L’invitation est retirée : son lien ne sert plus."), "done")
    return _back(token.body_id or 0)


@blueprint.route("/organismes/<int:body_id>/acces/<int:grant_id>", methods=["GET", "POST"])
@requires(AccountAction.CHANGE_ROLE, on=grant_of)
def role(grant: RoleGrant) -> Answer:
    """Change a role, whether it administers, and its last day."""
    form = _role_form(grant)
    if form.validate_on_submit():
        command = roles.ChangeRole(
            role=Role(form.role.data), is_administrator=form.is_administrator.data, until=form.until.data
        )
        try:
            with writing() as unit:
                roles.change_role(unit, grant, command, by=actor(), at=clock.now())
            flash(_("Le rôle de %(name)s est enregistré.", name=grant.account.name), "done")
            return _back(grant.body_id)
        except DomainError as error:
            say(form, error, "is_administrator")
    return role_page(grant, form)


def _role_form(grant: RoleGrant) -> RoleForm:
    form = RoleForm(role=grant.role, is_administrator=grant.is_administrator, until=grant.until)
    form.role.choices = role_choices(grant.body, besides=grant.role)
    return form


def role_page(grant: RoleGrant, form: RoleForm | None = None, *, error: DomainError | None = None) -> Answer:
    """What somebody's role is, and whose record their account; or why what was asked of the latter is refused."""
    form = form or _role_form(grant)
    page = render_template(
        "accounts/role.html",
        grant=grant,
        form=form,
        heirs=_heirs(grant),
        is_own=grant.account_id == identity().account_id,
        left=left_with(db.session(), grant),
        unmendable=_unmendable(grant),
        records=queries.records_for(db.session(), grant.account, grant.body_id),
        untold=error,
    )
    return page, 422 if form.errors or error is not None else 200


def _unmendable(grant: RoleGrant) -> str:
    """Why the address of an account cannot be replaced from here; empty where it can."""
    try:
        mailbox.check_recoverable(db.session(), grant, identity().administered_body_ids, at=clock.now())
    except DomainError as error:
        return str(error)
    return ""


@blueprint.post("/organismes/<int:body_id>/acces/<int:grant_id>/terminer")
@requires(AccountAction.CHANGE_ROLE, on=grant_of)
def end_role(grant: RoleGrant) -> Response:
    """End a role at once."""
    name, body_id = grant.account.name, grant.body_id
    with writing() as unit:
        roles.end_role(unit, grant, by=actor(), at=clock.now())
    flash(_("%(name)s n’a plus ce rôle. Tout ce que cette personne a fait reste à l’organisme.", name=name), "done")
    return redirect(url_for("web.home")) if body_id not in identity().administered_body_ids else _back(body_id)


@blueprint.post("/organismes/<int:body_id>/acces/<int:grant_id>/quitter")
@requires(AccountAction.LEAVE, on=grant_of)
def leave(grant: RoleGrant) -> Response:
    """Leave one's own role; the last administrator names another first."""
    with writing() as unit:
        roles.end_role(unit, grant, by=actor(), at=clock.now())
    flash(_("Vous avez quitté ce rôle. Vos dossiers restent à l’organisme."), "done")
    return redirect(url_for("accounts.me"))


@blueprint.route("/organismes/<int:body_id>/acces/<int:grant_id>/transmettre", methods=["GET", "POST"])
@requires(AccountAction.CHANGE_ROLE, on=grant_of)
def hand_over(grant: RoleGrant) -> Answer:
    """Give the role of somebody who leaves to somebody who has access already."""
    form = HandOverForm()
    is_own = grant.account_id == identity().account_id
    form.heir.choices = [SelectChoice(account.id, account.name) for account in _heirs(grant)]
    if form.validate_on_submit():
        with writing() as unit:
            heir = unit.get_one(Account, form.heir.data)
            roles.hand_over(unit, grant, heir, by=actor(), at=clock.now())
            said = _("%(heir)s reprend le rôle de %(name)s.", heir=heir.name, name=grant.account.name)
        flash(said, "done")
        return redirect(url_for("web.home")) if is_own else _back(grant.body_id)
    page = render_template("accounts/hand_over.html", grant=grant, form=form, left=left_with(db.session(), grant))
    return page, 422 if form.errors else 200


def _heirs(grant: RoleGrant) -> list[Account]:
    held = queries.roles_of_body(db.session(), grant.body_id, on=clock.today())
    return list({one.account_id: one.account for one in held if one.account_id != grant.account_id}.values())


@blueprint.route("/organismes/<int:body_id>/acces/<int:grant_id>/nouvelle-adresse", methods=["GET", "POST"])
@requires(AccountAction.RECOVER, on=grant_of)
def recover(grant: RoleGrant) -> Answer:
    """Give somebody whose mailbox is lost a new address; what cannot be is said before the form is filled."""
    mailbox.check_recoverable(db.session(), grant, identity().administered_body_ids, at=clock.now())
    form = RecoveryForm()
    if form.validate_on_submit():
        try:
            _recover(grant, form)
            flash(_("L’adresse est changée. Les deux adresses en sont averties."), "done")
            return _back(grant.body_id)
        except DomainError as error:
            if error.field is None:
                raise
            say(form, error, "email")
    return render_template("accounts/recover.html", grant=grant, form=form), 422 if form.errors else 200


def _recover(grant: RoleGrant, form: RecoveryForm) -> None:
    email, account = addresses.clean(form.email.data), grant.account
    letters = [
        documents.recovery_letter(to, account=account, new=email, by=actor().name, body=grant.body)
        for to in (account.email, email)
    ]
    command = mailbox.RecoverMailbox(
        email=email,
        administered=identity().administered_body_ids,
        removes_totp=form.removes_totp.data,
        letters=letters,
    )
    with writing() as unit:
        mailbox.recover_mailbox(unit, grant, command, by=actor(), at=clock.now())
