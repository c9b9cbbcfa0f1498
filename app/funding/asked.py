"""What an address of this room names: a project and an edition, found together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.actions.queries import project_by_id
from app.funding import catalogue, groups

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.actions.models import Project
    from app.funding.catalogue import Rules
    from app.funding.groups import Group
    from app.rules.model import Edition


@dataclass(frozen=True)
class Asked:
    """A project, an edition, and the rules that were in use when it was asked for."""

    project: Project
    edition: Edition
    rules: Rules


@dataclass(frozen=True)
class Shown:
    """An edition of the catalogue."""

    edition: Edition
    rules: Rules


def asked(session: Session, project_id: int, programme: str, edition: str) -> Asked | None:
    """A project and an edition."""
    project = project_by_id(session, project_id)
    if project is None:
        return None
    rules = catalogue.current(session)
    found = rules.edition(programme, edition)
    return None if found is None else Asked(project, found, rules)


def shown(session: Session, programme: str, edition: str) -> Shown | None:
    """An edition of the catalogue."""
    rules = catalogue.current(session)
    found = rules.edition(programme, edition)
    return None if found is None else Shown(found, rules)


@dataclass(frozen=True)
class GroupOf:
    """A project and one of its pages of questions."""

    project: Project
    group: Group


def group_of(session: Session, project_id: int, group: str) -> GroupOf | None:
    """A page of questions of a project."""
    project = project_by_id(session, project_id)
    found = groups.BY_KEY.get(group)
    return GroupOf(project, found) if project is not None and found is not None else None
