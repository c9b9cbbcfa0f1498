"""Who may see and change a twinning: its bodies, as equals; their advisers read; nobody else knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.access.table import Permission, condition, is_instance_administrator
from app.bodies.queries import share_through
from app.people.queries import met_through
from app.twinnings import queries
from app.twinnings.models import Twinning, TwinningEvent, TwinningParty, TwinningPerson

if TYPE_CHECKING:
    from app.access.table import Identity, Policy

    Part = Twinning | TwinningEvent | TwinningParty | TwinningPerson


class TwinningAction(Permission):
    """What can be done with twinnings."""

    LIST = ("twinnings.list", _l("voir la liste des jumelages"))
    VIEW = ("twinnings.view", _l("voir le dossier d’un jumelage"))
    CREATE = ("twinnings.create", _l("ouvrir le dossier d’un jumelage"))
    IMPORT = ("twinnings.import", _l("importer une liste de jumelages"))
    EDIT = ("twinnings.edit", _l("compléter le dossier d’un jumelage"))
    REPLACE = ("twinnings.replace", _l("mettre sa propre fiche à la place d’une autre du même organisme"))
    TRASH = ("twinnings.trash", _l("mettre un dossier à la corbeille ou l’en sortir"))
    KINDS = ("twinnings.kinds", _l("tenir la liste des genres de jumelage"))


def twinning_of(thing: Part) -> Twinning:
    """The twinning that a thing is of."""
    return thing if isinstance(thing, Twinning) else thing.twinning


@condition(_l("Il faut un rôle dans un organisme."))
def has_a_body(who: Identity, thing: object) -> bool:
    """Somebody with any role in any body."""
    del thing
    return bool(who.body_ids)


@condition(_l("Votre rôle permet de lire, non d’écrire : demandez à une personne qui écrit pour votre organisme."))
def writes_for_a_body(who: Identity, thing: object) -> bool:
    """Somebody who may write for some body."""
    del thing
    return bool(who.written_body_ids)


@condition(_l("Ce jumelage n’est pas celui de votre organisme."))
def shares_the_twinning(who: Identity, thing: Part) -> bool:
    """Somebody of a body that is in it, or of a federation that advises one."""
    return queries.holds(who.readable_body_ids, twinning_of(thing))


@condition(_l("Votre rôle permet de lire ce dossier, non de le modifier : demandez à une personne qui écrit."))
def writes_for_the_twinning(who: Identity, thing: Part) -> bool:
    """Somebody who writes for a body that is in it, on whichever side."""
    return queries.holds(who.written_body_ids, twinning_of(thing))


@condition(_l("Seul qui écrit pour cet organisme peut mettre une autre fiche à sa place."))
def writes_for_the_party(who: Identity, party: TwinningParty) -> bool:
    """Somebody of the body itself, which is still in the twinning: not who fills in its record, not the other side."""
    return party.left_on is None and party.body_id in who.written_body_ids


@condition(_l("Ce dossier est à la corbeille : il faut d’abord l’en sortir."))
def is_not_in_the_trash(who: Identity, thing: Part) -> bool:
    """The twinning is not in the trash."""
    del who
    return twinning_of(thing).trashed_at is None


POLICY: Policy = {
    TwinningAction.LIST: ((has_a_body,), (is_instance_administrator,)),
    TwinningAction.VIEW: ((shares_the_twinning,),),
    TwinningAction.CREATE: ((has_a_body, writes_for_a_body),),
    TwinningAction.IMPORT: ((has_a_body, writes_for_a_body),),
    TwinningAction.EDIT: ((shares_the_twinning, writes_for_the_twinning, is_not_in_the_trash),),
    TwinningAction.REPLACE: ((shares_the_twinning, writes_for_the_party, is_not_in_the_trash),),
    TwinningAction.TRASH: ((shares_the_twinning, writes_for_the_twinning),),
    TwinningAction.KINDS: ((is_instance_administrator,),),
}
VISIBLE = dict.fromkeys((Twinning, TwinningEvent, TwinningParty, TwinningPerson), TwinningAction.VIEW)

share_through(queries.bodies_sharing_with)
met_through(queries.persons_met_by)
