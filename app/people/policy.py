"""Who may see and keep the records of persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import object_session

from app.access.table import Permission, condition
from app.people import queries
from app.people.models import Person

if TYPE_CHECKING:
    from app.access.table import Identity


class PersonAction(Permission):
    """What can be done with persons."""

    LIST = ("people.list", _l("voir le carnet de personnes"))
    VIEW = ("people.view", _l("voir la fiche d’une personne"))
    CREATE = ("people.create", _l("ajouter une personne"))
    EDIT = ("people.edit", _l("corriger la fiche d’une personne, la mettre à la corbeille ou l’en sortir"))


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


@condition(_l("Cette fiche est tenue par un organisme qui ne la partage pas avec le vôtre."))
def knows_the_person(who: Identity, person: Person) -> bool:
    """The person is kept by one's own body, or met through a twinning."""
    session = object_session(person)
    if session is None or not who.body_ids:
        return False
    return queries.knows(session, who, person)


@condition(_l("Cette fiche est tenue par un autre organisme : lui seul peut la modifier."))
def keeps_the_person(who: Identity, person: Person) -> bool:
    """The record is held by a body for which one may write."""
    session = object_session(person)
    return session is not None and queries.holds(session, who.written_body_ids, person, who)


POLICY = {
    PersonAction.LIST: ((has_a_body,),),
    PersonAction.VIEW: ((knows_the_person,),),
    PersonAction.CREATE: ((writes_for_a_body,),),
    PersonAction.EDIT: ((knows_the_person, keeps_the_person),),
}
VISIBLE = {Person: PersonAction.VIEW}
