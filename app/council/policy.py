"""Who may do what with the council.

What the town hall prepares is its own affair; a deliberation that was voted is public (CGCT, L2121-26), and those who
share the twinning read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import object_session

from app.access.roles import Role
from app.access.table import Permission, condition
from app.bodies.models import Body
from app.council import queries
from app.council.models import Act, AgendaPoint, Meeting, PastDeliberation, Seat, Subsidy
from app.council.models.meetings import Movement, Proxy, Recusal

if TYPE_CHECKING:
    from app.access.table import Identity, Policy

    Part = Body | Meeting | AgendaPoint | Seat | Movement | Proxy | Recusal | Act | Subsidy | PastDeliberation


class CouncilAction(Permission):
    """The doors of this room."""

    LIST = ("council.list", _l("voir les séances, les délibérations et les subventions"))
    VIEW = ("council.view", _l("voir le conseil et ses séances"))
    EDIT = ("council.edit", _l("préparer et consigner les séances"))
    READ_ACT = ("council.read_act", _l("lire une délibération"))
    CREATE_ACT = ("council.create_act", _l("commencer une délibération"))
    EDIT_ACT = ("council.edit_act", _l("écrire une délibération et suivre ses dates"))
    CLEAR = ("council.clear", _l("autoriser la signature du texte voté"))
    VIEW_SUBSIDY = ("council.view_subsidy", _l("voir une subvention"))
    EDIT_SUBSIDY = ("council.edit_subsidy", _l("noter une subvention"))


def body_id_of(thing: Part) -> int:
    """The commune that a thing belongs to."""
    match thing:
        case Body():
            return thing.id
        case AgendaPoint() | Seat() | Proxy():
            return thing.meeting.body_id
        case Movement():
            return thing.seat.meeting.body_id
        case Recusal():
            return thing.point.meeting.body_id
        case _:
            return thing.body_id


@condition(_l("Il faut un rôle dans un organisme."))
def has_a_body(who: Identity, thing: object) -> bool:
    """Somebody with any role in any body."""
    del thing
    return bool(who.readable_body_ids)


@condition(_l("Il faut un rôle qui permet d’écrire pour une commune."))
def writes_for_a_body(who: Identity, thing: object) -> bool:
    """Somebody who may write for some body."""
    del thing
    return bool(who.written_body_ids)


@condition(_l("Les séances se préparent à la mairie : ce conseil n’est pas celui de votre commune."))
def belongs_to_it(who: Identity, thing: Part) -> bool:
    """Somebody of the commune, or whose federation advises it."""
    return body_id_of(thing) in who.readable_body_ids


@condition(_l("Votre rôle permet de lire, non d’écrire : demandez à une personne qui écrit pour la commune."))
def writes_for_it(who: Identity, thing: Part) -> bool:
    """Somebody who writes for the commune."""
    return body_id_of(thing) in who.written_body_ids


@condition(_l("Cette délibération n’est pas votée : seule la mairie la lit."))
def is_voted_and_shared(who: Identity, act: Act) -> bool:
    """A voted act on a twinning that one shares."""
    if act.status not in queries.VOTED or act.twinning is None:
        return False
    session = object_session(act)
    if session is None:
        return False
    return queries.shares_twinning(session, who.readable_body_ids, act.twinning_id)


@condition(_l("Le maire, ou une personne qui en a reçu délégation, autorise la signature (CGCT, art. L. 2122-21)."))
def is_mayor_or_deputy(who: Identity, thing: Part) -> bool:
    """The mayor or a deputy of the commune, or its secretary who does it in the mayor's name."""
    number = body_id_of(thing)
    return any(grant.body_id == number and grant.role in {Role.MAYOR, Role.DEPUTY, Role.CLERK} for grant in who.grants)


@condition(_l("Cette aide n’est ni de votre commune ni pour votre association."))
def gives_or_receives(who: Identity, subsidy: Subsidy) -> bool:
    """Somebody of the commune or of the association."""
    return bool({subsidy.body_id, subsidy.beneficiary_id} & who.readable_body_ids)


POLICY: Policy = {
    CouncilAction.LIST: ((has_a_body,),),
    CouncilAction.VIEW: ((belongs_to_it,),),
    CouncilAction.EDIT: ((belongs_to_it, writes_for_it),),
    CouncilAction.READ_ACT: ((belongs_to_it,), (is_voted_and_shared,)),
    CouncilAction.CREATE_ACT: ((writes_for_a_body,),),
    CouncilAction.EDIT_ACT: ((belongs_to_it, writes_for_it),),
    CouncilAction.CLEAR: ((belongs_to_it, writes_for_it, is_mayor_or_deputy),),
    CouncilAction.VIEW_SUBSIDY: ((gives_or_receives,),),
    CouncilAction.EDIT_SUBSIDY: ((belongs_to_it, writes_for_it),),
}
VISIBLE = {
    Meeting: CouncilAction.VIEW,
    AgendaPoint: CouncilAction.VIEW,
    Seat: CouncilAction.VIEW,
    Movement: CouncilAction.VIEW,
    Proxy: CouncilAction.VIEW,
    Recusal: CouncilAction.VIEW,
    Act: CouncilAction.READ_ACT,
    Subsidy: CouncilAction.VIEW_SUBSIDY,
    PastDeliberation: CouncilAction.VIEW,
}
