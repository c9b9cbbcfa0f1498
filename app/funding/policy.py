"""Who may do what with funding: a project's bodies as equals; the catalogue is open to who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.access.roles import Role
from app.access.table import Permission, condition, is_instance_administrator, is_signed_in
from app.actions.models import Project
from app.funding.asked import Asked, GroupOf
from app.funding.models import Check, DeadlineFeed, RuleFile, Tick
from app.twinnings.queries import holds

if TYPE_CHECKING:
    from app.access.table import Identity, Policy


class FundingAction(Permission):
    """What can be done with funding."""

    BROWSE = ("funding.browse", _l("voir les programmes d’aide"))
    ASSESS = ("funding.assess", _l("voir ce qu’un projet peut obtenir"))
    ANSWER = ("funding.answer", _l("répondre aux questions d’un projet"))
    KEEP = ("funding.keep", _l("garder une vérification, cocher une condition"))
    FOLLOW = ("funding.follow", _l("ouvrir l’agenda d’un projet"))
    REVOKE = ("funding.revoke", _l("retirer un agenda d’échéances"))
    RULES = ("funding.rules", _l("tenir les règles propres à l’installation"))


def project_of(thing: Any) -> Project:  # noqa: ANN401  # a thing of a project
    """The project that a thing is of."""
    return thing if isinstance(thing, Project) else thing.project


@condition(_l("Ce projet est celui d’un jumelage dont votre organisme ne fait pas partie."))
def shares_the_project(who: Identity, thing: object) -> bool:
    """Somebody of a body of its twinning, or of a federation that advises one."""
    project = project_of(thing)
    return project.owner_body_id in who.readable_body_ids or holds(who.readable_body_ids, project.twinning)


@condition(_l("Votre rôle permet de lire ce projet, non de le modifier : demandez à une personne qui écrit."))
def writes_for_the_project(who: Identity, thing: object) -> bool:
    """Somebody who writes for a body of its twinning."""
    project = project_of(thing)
    return project.owner_body_id in who.written_body_ids or holds(who.written_body_ids, project.twinning)


@condition(_l("Ce projet est à la corbeille : il faut d’abord l’en sortir."))
def is_not_in_the_trash(who: Identity, thing: object) -> bool:
    """The project is not in the trash."""
    del who
    return project_of(thing).trashed_at is None


@condition(_l("Cet agenda appartient à une autre personne."))
def opened_it(who: Identity, feed: DeadlineFeed) -> bool:
    """The person who opened the calendar."""
    return who.account_id is not None and who.account_id == feed.created_by_id


@condition(_l("Cet agenda appartient à une autre personne."))
def is_of_the_catalogue(who: Identity, feed: DeadlineFeed) -> bool:
    """A calendar of programmes, which is its opener's own wherever they go."""
    del who
    return feed.project_id is None


@condition(_l("Cet agenda ne montre pas un projet de vos organismes."))
def is_of_a_project(who: Identity, feed: DeadlineFeed) -> bool:
    """A calendar of a project."""
    del who
    return feed.project is not None


@condition(_l("Les règles de l’installation sont tenues par un conseiller d’une fédération ou par l’administration."))
def advises(who: Identity, thing: object) -> bool:
    """An adviser of a federation."""
    del thing
    return any(grant.role == Role.ADVISER for grant in who.grants)


_WRITE = (shares_the_project, writes_for_the_project, is_not_in_the_trash)
POLICY: Policy = {
    FundingAction.BROWSE: ((is_signed_in,),),
    FundingAction.ASSESS: ((shares_the_project,),),
    FundingAction.ANSWER: (_WRITE,),
    FundingAction.KEEP: (_WRITE,),
    FundingAction.FOLLOW: ((shares_the_project,),),
    FundingAction.REVOKE: (
        (is_signed_in, opened_it, is_of_the_catalogue),
        (is_signed_in, opened_it, is_of_a_project, shares_the_project),
        (is_signed_in, is_of_a_project, shares_the_project, writes_for_the_project),
    ),
    FundingAction.RULES: ((advises,), (is_instance_administrator,)),
}
VISIBLE = {
    Asked: FundingAction.ASSESS,
    GroupOf: FundingAction.ASSESS,
    Check: FundingAction.ASSESS,
    Tick: FundingAction.ASSESS,
    DeadlineFeed: FundingAction.REVOKE,
    RuleFile: FundingAction.RULES,
}
