"""Who may do what with assemblies: an association's own affair, which its members follow and its officers write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.access.roles import Role
from app.access.table import Permission, condition
from app.assemblies.models import (
    Assembly,
    AssemblyItem,
    AssemblyKind,
    AssemblyProxy,
    AssemblySeat,
    Status,
    StatutesRule,
)
from app.bodies.labels import ASSOCIATIONS
from app.bodies.models import Body

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.access.table import Grant, Identity, Policy

    Part = Body | Assembly | AssemblyItem | AssemblySeat | AssemblyProxy | StatutesRule


_projects: list[Callable[[Assembly], bool]] = []


def opens_to_the_town_hall(is_open: Callable[[Assembly], bool]) -> None:
    """Register who knows, in the room above, whether a committee is still only a project."""
    if is_open not in _projects:
        _projects.append(is_open)


class AssemblyAction(Permission):
    """The doors of this room."""

    LIST = ("assemblies.list", _l("voir les assemblées de ses associations"))
    VIEW = ("assemblies.view", _l("voir une assemblée, ses convocations et ses résolutions"))
    CALL = ("assemblies.call", _l("préparer une réunion"))
    EDIT = ("assemblies.edit", _l("convoquer une assemblée et en tenir le procès-verbal"))


def body_id_of(thing: Part) -> int:
    """The association that a thing belongs to."""
    match thing:
        case Body():
            return thing.id
        case AssemblyItem() | AssemblySeat() | AssemblyProxy():
            return thing.assembly.body_id
        case _:
            return thing.body_id


@condition(_l("Il faut un rôle dans un organisme."))
def has_a_body(who: Identity, thing: object) -> bool:
    """Somebody with any role in any body; the list shows associations only."""
    del thing
    return bool(who.body_ids)


@condition(_l("La présidence et le secrétariat d’une association convoquent ses réunions : demandez-leur."))
def calls_for_an_association(who: Identity, thing: object) -> bool:
    """Who presides or keeps the records of an association, or administers its accounts."""
    del thing
    return any(grant.body_kind in ASSOCIATIONS and _holds_the_pen(grant) for grant in who.grants)


@condition(_l("Les assemblées d’une association ne se lisent que chez elle."))
def belongs_to_it(who: Identity, thing: Part) -> bool:
    """Somebody of the association itself; neither its town nor those who advise it."""
    return body_id_of(thing) in who.body_ids


@condition(_l("La présidence et le secrétariat convoquent et tiennent les assemblées : demandez-leur."))
def holds_the_pen(who: Identity, thing: Part) -> bool:
    """Who presides or keeps the records of the association, or administers its accounts."""
    number = body_id_of(thing)
    return any(grant.body_id == number and _holds_the_pen(grant) for grant in who.grants)


def pens_of(who: Identity) -> frozenset[int]:
    """The bodies whose meetings somebody may call and hold, and so has to."""
    return frozenset(grant.body_id for grant in who.grants if _holds_the_pen(grant))


def _holds_the_pen(grant: Grant) -> bool:
    return grant.role in {Role.PRESIDENT, Role.SECRETARY} or grant.is_administrator


@condition(_l("Cette réunion est en préparation."))
def is_known(who: Identity, thing: Part) -> bool:
    """Members read what was sent, not what is being prepared."""
    del who
    match thing:
        case Assembly():
            return thing.status != Status.DRAFT and thing.trashed_at is None
        case AssemblyItem() | AssemblySeat() | AssemblyProxy():
            return thing.assembly.status != Status.DRAFT and thing.assembly.trashed_at is None
        case _:
            return True


@condition(_l("L’assemblée constitutive se prépare à la mairie tant que celle-ci tient la fiche du comité."))
def founds_it(who: Identity, thing: Part) -> bool:
    """Who writes for the town hall that keeps a committee which is only a project, for its constitutive assembly."""
    match thing:
        case Body() | StatutesRule():
            return False
        case AssemblyItem() | AssemblySeat() | AssemblyProxy():
            assembly = thing.assembly
        case _:
            assembly = thing
    is_kept = assembly.kind == AssemblyKind.FOUNDING and assembly.body.kept_by_id in who.written_body_ids
    return is_kept and any(is_open(assembly) for is_open in _projects)


POLICY: Policy = {
    AssemblyAction.LIST: ((has_a_body,),),
    AssemblyAction.CALL: ((calls_for_an_association,),),
    AssemblyAction.VIEW: ((belongs_to_it, is_known), (belongs_to_it, holds_the_pen), (founds_it,)),
    AssemblyAction.EDIT: ((belongs_to_it, holds_the_pen), (founds_it,)),
}
VISIBLE = {
    Assembly: AssemblyAction.VIEW,
    AssemblyItem: AssemblyAction.VIEW,
    AssemblySeat: AssemblyAction.VIEW,
    AssemblyProxy: AssemblyAction.VIEW,
    StatutesRule: AssemblyAction.VIEW,
}
