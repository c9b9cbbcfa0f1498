"""Who keeps the yearly papers: the officers who write for the association; its members read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.access.table import Permission, condition
from app.bodies.models import Body
from app.yearly.models import YearBook

if TYPE_CHECKING:
    from app.access.table import Identity, Policy

    Part = Body | YearBook


class YearlyAction(Permission):
    """The doors of this room."""

    LIST = ("yearly.list", _l("voir les papiers de l’année de ses associations"))
    VIEW = ("yearly.view", _l("lire les papiers d’une année"))
    EDIT = ("yearly.edit", _l("écrire les papiers d’une année"))


def body_id_of(thing: Part) -> int:
    """The association that a thing belongs to."""
    return thing.id if isinstance(thing, Body) else thing.body_id


@condition(_l("Il faut un rôle dans un organisme."))
def has_a_body(who: Identity, thing: object) -> bool:
    """Somebody with any role in any body; the list shows associations only."""
    del thing
    return bool(who.body_ids)


@condition(_l("Les papiers d’une association se lisent chez elle ; elle les remet à qui l’aide."))
def belongs_to_it(who: Identity, thing: Part) -> bool:
    """Somebody of the association itself."""
    return body_id_of(thing) in who.body_ids


@condition(_l("Votre rôle permet de lire, non d’écrire : demandez au bureau."))
def writes_for_it(who: Identity, thing: Part) -> bool:
    """Somebody who writes for the association."""
    return body_id_of(thing) in who.written_body_ids


POLICY: Policy = {
    YearlyAction.LIST: ((has_a_body,),),
    YearlyAction.VIEW: ((belongs_to_it,),),
    YearlyAction.EDIT: ((belongs_to_it, writes_for_it),),
}
VISIBLE = {YearBook: YearlyAction.VIEW}
