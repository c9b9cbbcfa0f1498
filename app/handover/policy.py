"""Who prepares, reads and signs a handover: the officers of the association, and those of either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import object_session

from app.access.roles import Role
from app.access.table import Permission, condition
from app.accounts.models import Account
from app.bodies.models import Body
from app.handover import queries
from app.handover.hands import is_still_there
from app.handover.models import Handover, HandoverPerson, HandoverThing
from app.shared import clock

if TYPE_CHECKING:
    from app.access.table import Identity, Policy

    Part = Body | Handover | HandoverPerson | HandoverThing


class HandoverAction(Permission):
    """The doors of this room."""

    LIST = ("handover.list", _l("voir les passations de ses associations"))
    VIEW = ("handover.view", _l("lire un dossier de passation"))
    EDIT = ("handover.edit", _l("préparer et figer une passation"))
    NOTE = ("handover.note", _l("noter la signature de quelqu’un, ou joindre la copie de la sienne"))
    SIGN = ("handover.sign", _l("signer une passation pour soi"))


def body_id_of(thing: Part) -> int:
    """The association that a thing belongs to."""
    match thing:
        case Body():
            return thing.id
        case HandoverPerson() | HandoverThing():
            return thing.handover.body_id
        case _:
            return thing.body_id


@condition(_l("Il faut un rôle dans un organisme."))
def has_a_body(who: Identity, thing: object) -> bool:
    """Somebody with any role in any body; the list shows associations only."""
    del thing
    return bool(who.body_ids)


@condition(_l("La passation se lit dans le bureau de l’association."))
def writes_for_it(who: Identity, thing: Part) -> bool:
    """Somebody who writes for the association."""
    return body_id_of(thing) in who.written_body_ids


@condition(_l("La présidence et le secrétariat préparent la passation : demandez-leur."))
def holds_the_pen(who: Identity, thing: Part) -> bool:
    """Who presides or keeps the records of the association, or administers its accounts."""
    number = body_id_of(thing)
    return any(
        grant.body_id == number and (grant.role in {Role.PRESIDENT, Role.SECRETARY} or grant.is_administrator)
        for grant in who.grants
    )


@condition(_l("Vous n’êtes ni parmi les sortants ni parmi les arrivants."))
def is_on_a_side(who: Identity, thing: Handover | HandoverPerson | HandoverThing) -> bool:
    """Somebody of either side who has a role in the association, or had one when what waits for them was sealed."""
    handover = thing if isinstance(thing, Handover) else thing.handover
    account = _account(who, handover)
    return account is not None and any(queries.is_account_of(account, one.person) for one in handover.people)


@condition(_l("Chacun signe pour soi. Une signature sur papier se note à part."))
def is_oneself(who: Identity, thing: HandoverPerson) -> bool:
    """The person of this line."""
    account = _account(who, thing.handover)
    return account is not None and queries.is_account_of(account, thing.person)


def _account(who: Identity, handover: Handover) -> Account | None:
    session = object_session(handover)
    if session is None or who.account_id is None:
        return None
    if handover.body_id not in who.body_ids and not is_still_there(session, handover, who.account_id, on=clock.today()):
        return None
    return session.get(Account, who.account_id)


POLICY: Policy = {
    HandoverAction.LIST: ((has_a_body,),),
    HandoverAction.VIEW: ((writes_for_it,), (is_on_a_side,)),
    HandoverAction.EDIT: ((writes_for_it, holds_the_pen),),
    HandoverAction.NOTE: ((writes_for_it, holds_the_pen), (is_on_a_side, is_oneself)),
    HandoverAction.SIGN: ((is_on_a_side, is_oneself),),
}
VISIBLE = {
    Handover: HandoverAction.VIEW,
    HandoverPerson: HandoverAction.VIEW,
    HandoverThing: HandoverAction.VIEW,
}
