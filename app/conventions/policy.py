"""Who may do what with texts: the bodies of a twinning share them as equals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.access.table import Permission, condition
from app.bodies.queries import holds
from app.conventions.models import Convention, ConventionScan, ConventionVersion, Status
from app.texts.document import Kind
from app.twinnings import queries as twinnings

if TYPE_CHECKING:
    from app.access.table import Identity, Policy
    from app.bodies.models import Body

    Part = Convention | ConventionVersion | ConventionScan


class ConventionAction(Permission):
    """The doors of this room."""

    LIST = ("conventions.list", _l("voir la liste des textes"))
    VIEW = ("conventions.view", _l("lire un texte et ses versions"))
    CREATE = ("conventions.create", _l("commencer un texte"))
    EDIT = ("conventions.edit", _l("modifier un texte"))
    FREEZE = ("conventions.freeze", _l("figer un texte pour le conseil ou pour la signature"))
    SCAN = ("conventions.scan", _l("joindre le texte signé"))
    TRASH = ("conventions.trash", _l("mettre un texte à la corbeille ou l’en sortir"))
    SEE_WORDING = ("conventions.see_wording", _l("voir les modèles de son organisme"))
    WORDING = ("conventions.wording", _l("modifier les modèles de son organisme"))


def convention_of(thing: Part) -> Convention:
    """The text that a thing belongs to."""
    return thing if isinstance(thing, Convention) else thing.convention


def _shared(bodies: frozenset[int], thing: Part) -> bool:
    convention = convention_of(thing)
    if convention.owner_body_id in bodies or any(one.body_id in bodies for one in convention.bodies):
        return True
    if any(holds(bodies, one.body) for one in convention.bodies):
        return True
    if convention.kind == Kind.TOWN_COMMITTEE:
        return False
    return any(twinnings.holds(bodies, twinning) for twinning in convention.twinnings)


@condition(_l("Il faut un rôle dans un organisme."))
def has_a_body(who: Identity, thing: object) -> bool:
    """Somebody with any role in any body."""
    del thing
    return bool(who.readable_body_ids)


@condition(_l("Votre rôle permet de lire, non d’écrire : demandez à une personne qui écrit pour votre organisme."))
def writes_for_a_body(who: Identity, thing: object) -> bool:
    """Somebody who may write for some body."""
    del thing
    return bool(who.written_body_ids)


@condition(_l("Ce texte n’est pas celui de votre organisme."))
def shares_it(who: Identity, thing: Part) -> bool:
    """Somebody of a body that shares it, or whose federation advises one."""
    return _shared(who.readable_body_ids, thing)


@condition(_l("Votre rôle permet de lire ce texte, non de le modifier : demandez à une personne qui écrit."))
def writes_for_it(who: Identity, thing: Part) -> bool:
    """Somebody who writes for a body that shares it."""
    return _shared(who.written_body_ids, thing)


@condition(_l("Ce texte est à la corbeille : il faut d’abord l’en sortir."))
def is_not_in_the_trash(who: Identity, thing: Part) -> bool:
    """The text is not in the trash."""
    del who
    return convention_of(thing).trashed_at is None


@condition(_l("Ce texte est signé : il ne change plus. Écrivez un avenant ou un nouveau texte."))
def is_not_signed(who: Identity, thing: Part) -> bool:
    """The text is not signed yet."""
    del who
    return convention_of(thing).status not in {Status.SIGNED, Status.ENDED}


@condition(_l("Les modèles d’un organisme sont à ceux qui y ont un rôle."))
def belongs_to_it(who: Identity, body: Body) -> bool:
    """Somebody with a role in the body."""
    return body.id in who.readable_body_ids


@condition(_l("Votre rôle permet de lire les modèles, non de les modifier."))
def writes_for_body(who: Identity, body: Body) -> bool:
    """Somebody who writes for the body."""
    return body.id in who.written_body_ids


POLICY: Policy = {
    ConventionAction.LIST: ((has_a_body,),),
    ConventionAction.VIEW: ((shares_it,),),
    ConventionAction.CREATE: ((has_a_body, writes_for_a_body),),
    ConventionAction.EDIT: ((shares_it, writes_for_it, is_not_in_the_trash, is_not_signed),),
    ConventionAction.FREEZE: ((shares_it, writes_for_it, is_not_in_the_trash, is_not_signed),),
    ConventionAction.SCAN: ((shares_it, writes_for_it, is_not_in_the_trash),),
    ConventionAction.TRASH: ((shares_it, writes_for_it),),
    ConventionAction.SEE_WORDING: ((belongs_to_it,),),
    ConventionAction.WORDING: ((belongs_to_it, writes_for_body),),
}
VISIBLE = dict.fromkeys((Convention, ConventionVersion, ConventionScan), ConventionAction.VIEW)
