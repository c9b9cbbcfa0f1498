"""Who may see and keep the records of bodies.

A body's own people see all of it; who keeps the record of a partner without an account, too. Through a
shared twinning one sees the record and the officers. Who runs the installation knows that bodies exist, registers
them and lets their first administrator in, but reads and changes nothing of theirs. Nobody else knows of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import object_session

from app.access.table import Permission, condition, is_instance_administrator
from app.bodies import queries
from app.bodies.models import Body, Mandate
from app.people import queries as people

if TYPE_CHECKING:
    from app.access.table import Identity


class BodyAction(Permission):
    """What can be done with bodies."""

    LIST = ("bodies.list", _l("voir la liste des organismes"))
    KNOW = ("bodies.know", _l("savoir qu’un organisme existe"))
    VIEW = ("bodies.view", _l("voir la fiche d’un organisme"))
    VIEW_ALL = ("bodies.view_all", _l("voir les mandats passés et les coordonnées des personnes"))
    CREATE = ("bodies.create", _l("inscrire un organisme"))
    CREATE_FREE = ("bodies.create_free", _l("inscrire un organisme qui tient lui-même sa fiche"))
    EDIT = ("bodies.edit", _l("modifier la fiche, les armoiries et le lieu d’un organisme"))
    MANDATES = ("bodies.mandates", _l("noter et terminer les mandats"))
    TRASH = ("bodies.trash", _l("mettre un organisme à la corbeille"))
    RESTORE = ("bodies.restore", _l("sortir un organisme de la corbeille"))
    FEDERATE = ("bodies.federate", _l("faire entrer un organisme dans une fédération ou l’en sortir"))


class MandateAction(Permission):
    """What can be done with one mandate."""

    EDIT = ("mandates.edit", _l("corriger, terminer ou mettre à la corbeille un mandat"))
    VIEW = ("mandates.view", _l("voir un mandat"))


def _writes_for(who: Identity, body: Body) -> bool:
    return queries.holds(who.written_body_ids, body)


@condition(_l("Il faut un rôle dans un organisme."))
def has_a_body(who: Identity, thing: object) -> bool:
    """Somebody with any role in any body."""
    del thing
    return bool(who.body_ids)


@condition(_l("Il faut un rôle qui permet d’écrire dans un organisme."))
def writes_for_a_body(who: Identity, thing: object) -> bool:
    """Somebody who may write for some body."""
    del thing
    return bool(who.written_body_ids)


@condition(_l("Vous ne partagez aucun jumelage avec cet organisme."))
def knows_the_body(who: Identity, body: Body) -> bool:
    """One's own, one whose record one's own keeps, or one that shares a twinning."""
    if queries.holds(who.readable_body_ids, body):
        return True
    session = object_session(body)
    return session is not None and bool(who.body_ids) and queries.knows(session, who.readable_body_ids, body)


@condition(_l("Seules les personnes de cet organisme voient cela."))
def belongs_to_it(who: Identity, body: Body) -> bool:
    """One's own body, or one whose record one's own keeps."""
    return queries.holds(who.body_ids, body)


@condition(_l("Cette fiche est tenue par un autre organisme : lui seul peut la modifier."))
def keeps_the_record(who: Identity, body: Body) -> bool:
    """One may write for the body that keeps the record."""
    return _writes_for(who, body)


@condition(_l("Seule l’administration de l’organisme peut le faire."))
def administers_the_body(who: Identity, body: Body) -> bool:
    """One manages the accounts of the body, or of the one that keeps its record."""
    return queries.holds(who.administered_body_ids, body)


@condition(_l("Seule l’administration de l’organisme peut le faire."))
def administers_one_laid_aside(who: Identity, thing: object) -> bool:
    """One managed the accounts of a body that is now in the trash: its own people keep the way back."""
    return thing.id in who.laid_aside if isinstance(thing, Body) else bool(who.laid_aside)


@condition(_l("Vous ne partagez aucun jumelage avec cet organisme."))
def knows_its_body(who: Identity, mandate: Mandate) -> bool:
    """The body of the mandate is known."""
    return knows_the_body.check(who, mandate.body)


@condition(_l("Les mandats sont tenus par l’organisme lui-même."))
def keeps_its_record(who: Identity, mandate: Mandate) -> bool:
    """One may write for the body of the mandate."""
    return _writes_for(who, mandate.body)


POLICY = {
    BodyAction.LIST: ((has_a_body,), (administers_one_laid_aside,), (is_instance_administrator,)),
    BodyAction.KNOW: ((knows_the_body,), (administers_one_laid_aside,), (is_instance_administrator,)),
    BodyAction.VIEW: ((knows_the_body,),),
    BodyAction.VIEW_ALL: ((knows_the_body, belongs_to_it),),
    BodyAction.CREATE: ((writes_for_a_body,), (is_instance_administrator,)),
    BodyAction.CREATE_FREE: ((is_instance_administrator,),),
    BodyAction.EDIT: ((knows_the_body, keeps_the_record),),
    BodyAction.MANDATES: ((knows_the_body, keeps_the_record),),
    BodyAction.TRASH: ((knows_the_body, keeps_the_record, administers_the_body),),
    BodyAction.RESTORE: (
        (knows_the_body, keeps_the_record, administers_the_body),
        (administers_one_laid_aside,),
        (is_instance_administrator,),
    ),
    BodyAction.FEDERATE: ((knows_the_body, administers_the_body),),
    MandateAction.EDIT: ((knows_its_body, keeps_its_record),),
    MandateAction.VIEW: ((knows_its_body,),),
}
VISIBLE = {Body: BodyAction.KNOW, Mandate: MandateAction.VIEW}

people.held_through(queries.held_body_ids)
people.met_through(queries.officer_person_ids)
