"""Who may do what with ceremonies: the bodies of a twinning share them as equals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.accounts.access import Permission, condition, is_signed_in
from app.ceremonies.models import CalendarFeed, Ceremony, ProgrammeItem
from app.ceremonies.queries import bodies_of

if TYPE_CHECKING:
    from app.accounts.access import Identity, Policy


class CeremonyPermission(Permission):
    """The doors of this room."""

    VIEW = ("ceremonies.view", _l("Voir une cérémonie et son programme"))
    CREATE = ("ceremonies.create", _l("Créer une cérémonie"))
    EDIT = ("ceremonies.edit", _l("Modifier une cérémonie et son programme"))
    FOLLOW = ("ceremonies.follow", _l("S’abonner à l’agenda d’un jumelage"))
    REVOKE = ("ceremonies.revoke", _l("Retirer un agenda partagé"))


@condition(_l("Cette cérémonie est celle d’un jumelage dont votre organisme ne fait pas partie."))
def shares_it(who: Identity, thing: object) -> bool:
    """Somebody of a body that shares it, or whose federation advises one."""
    return bool(who.readable_body_ids & bodies_of(thing))


@condition(_l("Votre rôle permet de lire ce programme, non de le modifier : demandez à une personne qui écrit."))
def writes_for_it(who: Identity, thing: object) -> bool:
    """Somebody who writes for a body that shares it."""
    return bool(who.written_body_ids & bodies_of(thing))


@condition(_l("Votre rôle ne permet pas de créer une cérémonie : demandez à une personne qui écrit."))
def writes_somewhere(who: Identity, thing: object) -> bool:
    """Somebody who writes for a body."""
    del thing
    return bool(who.written_body_ids)


@condition(_l("Cet agenda appartient à une autre personne."))
def asked_for_it(who: Identity, thing: Any) -> bool:  # noqa: ANN401  # an agenda
    """The person whose agenda it is, or who asked for it and is still of a body that shares what it shows."""
    if who.account_id is None or thing.account_id is not None:
        return who.account_id is not None and who.account_id == thing.account_id
    return who.account_id == thing.created_by_id and bool(who.readable_body_ids & bodies_of(thing))


@condition(_l("Cet agenda montre ce que vos organismes ne partagent pas."))
def is_shared_calendar(who: Identity, thing: Any) -> bool:  # noqa: ANN401  # an agenda
    """An agenda of a ceremony or twinning, not of a person."""
    del who
    return thing.account_id is None


POLICY: Policy = {
    CeremonyPermission.VIEW: ((is_signed_in, shares_it),),
    CeremonyPermission.CREATE: ((is_signed_in, writes_somewhere),),
    CeremonyPermission.EDIT: ((is_signed_in, shares_it, writes_for_it),),
    CeremonyPermission.FOLLOW: ((is_signed_in, shares_it),),
    CeremonyPermission.REVOKE: ((is_signed_in, asked_for_it), (is_signed_in, is_shared_calendar, writes_for_it)),
}

VISIBLE = {
    Ceremony: CeremonyPermission.VIEW,
    ProgrammeItem: CeremonyPermission.VIEW,
    CalendarFeed: CeremonyPermission.REVOKE,
}
