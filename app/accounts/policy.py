"""Who may manage the accounts of a body: its own administrators, or whoever opens its first door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import object_session

from app.access.table import Permission, condition, is_instance_administrator
from app.accounts import queries
from app.accounts.models import RoleGrant, Token
from app.bodies import doubles
from app.bodies import queries as bodies
from app.bodies.models import Body
from app.shared import clock

if TYPE_CHECKING:
    from app.access.table import Identity, Policy

    OfBody = Body | RoleGrant | Token


class AccountAction(Permission):
    """What is done with accounts and roles."""

    SEE_ACCESS = ("accounts.see_access", _l("voir qui a accès à un organisme"))
    INVITE = ("accounts.invite", _l("inviter quelqu’un dans un organisme"))
    CHANGE_ROLE = ("accounts.change_role", _l("modifier, terminer ou transmettre un rôle"))
    RECOVER = ("accounts.recover", _l("remplacer l’adresse perdue d’une personne"))
    WITHDRAW = ("accounts.withdraw", _l("retirer une invitation"))
    TIE = ("accounts.tie", _l("relier un compte à la fiche de sa personne"))
    LEAVE = ("accounts.leave", _l("quitter son propre rôle"))


def _body_id(thing: OfBody) -> int | None:
    return thing.id if isinstance(thing, Body) else thing.body_id


def _body(thing: OfBody) -> Body | None:
    session = object_session(thing)
    body_id = _body_id(thing)
    return session.get(Body, body_id) if session is not None and body_id is not None else None


@condition(_l("Les accès se gèrent par les personnes qui administrent cet organisme."))
def administers_it(who: Identity, thing: OfBody) -> bool:
    """Somebody who administers the body."""
    return _body_id(thing) in who.administered_body_ids


@condition(_l("Cet organisme a déjà quelqu’un qui l’administre : c’est à cette personne de donner les accès."))
def has_no_administrator(who: Identity, thing: OfBody) -> bool:
    """Nobody administers the body today."""
    del who
    body = _body(thing)
    session = object_session(thing)
    return body is not None and session is not None and not queries.administrators(session, body.id, on=clock.today())


@condition(_l("Votre organisme ne tient pas la fiche de celui-ci."))
def keeps_its_record(who: Identity, thing: OfBody) -> bool:
    """Somebody who administers the body that keeps this one's record."""
    body = _body(thing)
    return body is not None and body.kept_by_id in who.administered_body_ids


@condition(_l("Personne ne répare son propre accès : demandez-le à une autre personne qui administre l’organisme."))
def is_somebody_else(who: Identity, thing: RoleGrant) -> bool:
    """The role is not the person's own."""
    return thing.account_id != who.account_id


@condition(_l("Ce rôle est celui de quelqu’un d’autre."))
def is_own(who: Identity, thing: RoleGrant) -> bool:
    """The role is the person's own."""
    return thing.account_id == who.account_id


_MANAGES = (
    (administers_it,),
    (is_instance_administrator, has_no_administrator),
    (keeps_its_record, has_no_administrator),
)
POLICY: Policy = {
    AccountAction.SEE_ACCESS: _MANAGES,
    AccountAction.INVITE: _MANAGES,
    AccountAction.CHANGE_ROLE: ((administers_it,),),
    AccountAction.RECOVER: ((administers_it, is_somebody_else),),
    AccountAction.WITHDRAW: _MANAGES,
    AccountAction.TIE: ((administers_it,),),
    AccountAction.LEAVE: ((is_own,),),
}
bodies.administered_through(queries.administered_body_ids)
doubles.opened_through(queries.openings)
VISIBLE = {RoleGrant: AccountAction.CHANGE_ROLE, Token: AccountAction.WITHDRAW}
