"""Who may do what while a committee is created.

The founders and the town hall that founds with them see everything of the draft and write it together; nobody else
knows of it. What the town hall alone decides (the deliberation, a delegation) is done by those who write for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import object_session

from app.access.table import Permission, condition
from app.accounts.queries import roles_of_body
from app.founding.models import Delegation, Founder, Founding, FoundingProof
from app.founding.queries import StageOf, StatuteWords
from app.shared.clock import today

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from app.access.table import Identity, Policy
    from app.assemblies.models import Assembly
    from app.bodies.models import Body

    Part = Founding | Founder | FoundingProof | StatuteWords | StageOf


class FoundingAction(Permission):
    """The doors of this room."""

    LIST = ("founding.list", _l("voir la liste des comités en création"))
    BEGIN = ("founding.begin", _l("commencer la création d’un comité"))
    VIEW = ("founding.view", _l("voir la création d’un comité"))
    SEE_FOUNDERS = ("founding.see_founders", _l("voir les fondateurs et leurs papiers"))
    EDIT_FOUNDERS = ("founding.edit_founders", _l("noter les fondateurs"))
    EDIT = ("founding.edit", _l("préparer la création d’un comité"))
    DECIDE = ("founding.decide", _l("faire ce qui revient à la mairie dans la création d’un comité"))
    TRASH = ("founding.trash", _l("mettre une création à la corbeille ou l’en sortir"))
    DELEGATE = ("founding.delegate", _l("noter une délégation de la commune"))
    VIEW_DELEGATION = ("founding.view_delegation", _l("voir une délégation de la commune"))
    EDIT_DELEGATION = ("founding.edit_delegation", _l("corriger ou terminer une délégation de la commune"))


def founding_of(thing: Part) -> Founding:
    """The founding that a thing belongs to."""
    return thing if isinstance(thing, Founding) else thing.founding


@condition(_l("Il faut un rôle dans un organisme."))
def has_a_body(who: Identity, thing: object) -> bool:
    """Somebody with any role in any body."""
    del thing
    return bool(who.body_ids)


@condition(_l("Seules les personnes de la commune commencent la création de son comité."))
def belongs_to_the_commune(who: Identity, body: Body) -> bool:
    """Somebody of the commune."""
    return body.id in who.body_ids


@condition(_l("Votre rôle permet de lire, non d’écrire : demandez à une personne qui écrit pour la commune."))
def writes_for_the_commune(who: Identity, body: Body) -> bool:
    """Somebody who writes for the commune."""
    return body.id in who.written_body_ids


@condition(_l("Cette création est celle d’une autre commune."))
def founds_it(who: Identity, thing: Part) -> bool:
    """Somebody of the town hall or of the founders."""
    founding = founding_of(thing)
    return bool({founding.body_id, founding.committee_id} & who.body_ids)


@condition(_l("Votre rôle permet de lire, non d’écrire : demandez à une personne qui écrit."))
def writes_for_it(who: Identity, thing: Part) -> bool:
    """Somebody who writes for the town hall or for the founders."""
    founding = founding_of(thing)
    return bool({founding.body_id, founding.committee_id} & who.written_body_ids)


@condition(_l("C’est à la mairie de le faire."))
def writes_for_the_town_hall(who: Identity, thing: Part) -> bool:
    """Somebody who writes for the town hall."""
    return founding_of(thing).body_id in who.written_body_ids


@condition(_l("Cette création est à la corbeille : il faut d’abord l’en sortir."))
def is_not_in_the_trash(who: Identity, thing: Part) -> bool:
    """The founding is not in the trash."""
    del who
    return founding_of(thing).trashed_at is None


@condition(
    _l(
        "L’association existe et tient elle-même sa fiche : ses fondateurs et leurs papiers ne sont vus que d’elle "
        "(Conseil d’État, 28 mars 1997, Solana)."
    )
)
def is_open_or_the_own(who: Identity, thing: Part) -> bool:
    """The town hall sees the founders as long as it founds with them; afterwards the association alone.

    As long as nobody has an account in the association, somebody must hold its papers: the town hall, which invites.
    """
    founding = founding_of(thing)
    return founding.committee_id in who.body_ids or _is_open(founding)


@condition(
    _l("L’association existe et tient elle-même sa fiche : elle seule met sa création à la corbeille, ou l’en sort.")
)
def is_open_or_its_own(who: Identity, thing: Part) -> bool:
    """The town hall commands the creation as long as it founds; afterwards the association alone (C51)."""
    founding = founding_of(thing)
    return founding.committee_id in who.body_ids or _is_open(founding)


def is_open_to_the_town_hall(meeting: Assembly) -> bool:
    """Whether the town hall that founds still reads and writes the constitutive assembly."""
    session = object_session(meeting)
    founding = session.scalar(select(Founding).where(Founding.meeting_id == meeting.id)) if session else None
    return founding is not None and founding.trashed_at is None and _is_open(founding)


def foundings_with_founders(session: Session, own: Collection[int]) -> frozenset[int]:
    """The creations whose founders these bodies still see: the association its own, the town hall while it founds."""
    ours = select(Founding).where(or_(Founding.body_id.in_(own), Founding.committee_id.in_(own)))
    return frozenset(one.id for one in session.scalars(ours) if one.committee_id in own or _is_open(one))


def _is_open(founding: Founding) -> bool:
    if founding.published_on is None and founding.registered_on is None:
        return True
    session = object_session(founding)
    has_people = session is None or bool(roles_of_body(session, founding.committee_id, on=today()))
    return founding.committee.kept_by_id is not None and not has_people


@condition(_l("Cette délégation ne concerne pas votre organisme."))
def gives_or_holds(who: Identity, delegation: Delegation) -> bool:
    """Somebody of the commune or of the committee."""
    return bool({delegation.commune_id, delegation.delegate_id} & who.body_ids)


@condition(_l("C’est à la mairie de noter ce que la commune délègue."))
def gives_it(who: Identity, delegation: Delegation) -> bool:
    """Somebody who writes for the commune."""
    return delegation.commune_id in who.written_body_ids


POLICY: Policy = {
    FoundingAction.LIST: ((has_a_body,),),
    FoundingAction.BEGIN: ((belongs_to_the_commune, writes_for_the_commune),),
    FoundingAction.VIEW: ((founds_it,),),
    FoundingAction.SEE_FOUNDERS: ((founds_it, is_open_or_the_own),),
    FoundingAction.EDIT_FOUNDERS: ((founds_it, is_open_or_the_own, writes_for_it, is_not_in_the_trash),),
    FoundingAction.EDIT: ((founds_it, writes_for_it, is_not_in_the_trash),),
    FoundingAction.DECIDE: ((founds_it, writes_for_the_town_hall, is_not_in_the_trash),),
    FoundingAction.TRASH: ((founds_it, writes_for_it, is_open_or_its_own),),
    FoundingAction.DELEGATE: ((belongs_to_the_commune, writes_for_the_commune),),
    FoundingAction.VIEW_DELEGATION: ((gives_or_holds,),),
    FoundingAction.EDIT_DELEGATION: ((gives_or_holds, gives_it),),
}
VISIBLE = {
    Founding: FoundingAction.VIEW,
    Founder: FoundingAction.VIEW,
    FoundingProof: FoundingAction.VIEW,
    StatuteWords: FoundingAction.VIEW,
    StageOf: FoundingAction.VIEW,
    Delegation: FoundingAction.VIEW_DELEGATION,
}
