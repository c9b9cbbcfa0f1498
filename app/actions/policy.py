"""Who may do what with projects: the bodies of the twinning, as equals; their advisers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.access.table import Permission, condition
from app.actions.models import Project
from app.twinnings.queries import holds

if TYPE_CHECKING:
    from app.access.table import Identity, Policy


class ProjectAction(Permission):
    """What can be done with projects."""

    LIST = ("actions.list", _l("voir la liste des projets"))
    VIEW = ("actions.view", _l("voir un projet"))
    CREATE = ("actions.create", _l("commencer un projet"))
    EDIT = ("actions.edit", _l("compléter ou copier un projet"))
    TRASH = ("actions.trash", _l("mettre un projet à la corbeille ou l’en sortir"))


@condition(_l("Il faut un rôle dans un organisme."))
def has_a_body(who: Identity, thing: object) -> bool:
    """Somebody with any role in any body, or an adviser of one."""
    del thing
    return bool(who.readable_body_ids)


@condition(_l("Votre rôle permet de lire, non d’écrire : demandez à une personne qui écrit pour votre organisme."))
def writes_for_a_body(who: Identity, thing: object) -> bool:
    """Somebody who may write for some body."""
    del thing
    return bool(who.written_body_ids)


@condition(_l("Ce projet est celui d’un jumelage dont votre organisme ne fait pas partie."))
def shares_the_project(who: Identity, project: Project) -> bool:
    """Somebody of a body of its twinning, or of a federation that advises one."""
    return project.owner_body_id in who.readable_body_ids or holds(who.readable_body_ids, project.twinning)


@condition(_l("Votre rôle permet de lire ce projet, non de le modifier : demandez à une personne qui écrit."))
def writes_for_the_project(who: Identity, project: Project) -> bool:
    """Somebody who writes for a body of its twinning."""
    return project.owner_body_id in who.written_body_ids or holds(who.written_body_ids, project.twinning)


@condition(_l("Ce projet est à la corbeille : il faut d’abord l’en sortir."))
def is_not_in_the_trash(who: Identity, project: Project) -> bool:
    """The project is not in the trash."""
    del who
    return project.trashed_at is None


POLICY: Policy = {
    ProjectAction.LIST: ((has_a_body,),),
    ProjectAction.VIEW: ((shares_the_project,),),
    ProjectAction.CREATE: ((writes_for_a_body,),),
    ProjectAction.EDIT: ((shares_the_project, writes_for_the_project, is_not_in_the_trash),),
    ProjectAction.TRASH: ((shares_the_project, writes_for_the_project),),
}
VISIBLE = {Project: ProjectAction.VIEW}
