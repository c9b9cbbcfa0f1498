"""Reading projects: those that some bodies share, those of a twinning, one with its facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.actions.models import Project
from app.ceremonies.models import Ceremony
from app.twinnings.models import Twinning, TwinningParty
from app.twinnings.queries import is_visible_to as twinning_is_visible_to

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from app.actions.models import ProjectFact

Bodies = frozenset[int]
PAGE = 25


class ProjectRow(NamedTuple):
    """A line of a list."""

    id: int
    title: str
    kind: str
    twinning_id: int
    copied_from_id: int | None
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class ProjectFilter:
    """Which projects a list shows."""

    kind: str = ""
    twinning_id: int = 0
    trashed: bool = False


def project_by_id(session: Session, project_id: int) -> Project | None:
    """The project, in the trash or not, with its facts, its bodies and its ceremony."""
    return session.scalar(
        select(Project)
        .where(Project.id == project_id)
        .options(
            selectinload(Project.facts),
            joinedload(Project.owner_body),
            joinedload(Project.copied_from),
            joinedload(Project.ceremony).selectinload(Ceremony.items),
            joinedload(Project.twinning).selectinload(Twinning.parties).joinedload(TwinningParty.body),
        )
    )


def is_visible_to(bodies: Bodies) -> ColumnElement[bool]:
    """Projects that these bodies may know."""
    shared = select(Twinning.id).where(twinning_is_visible_to(bodies))
    return or_(Project.owner_body_id.in_(bodies), Project.twinning_id.in_(shared))


def page_of_projects(
    session: Session, bodies: Bodies, wanted: ProjectFilter, *, after: tuple[datetime, int] | None = None
) -> list[ProjectRow]:
    """A page of projects and one more, the last changed first."""
    statement = (
        _lines()
        .where(is_visible_to(bodies))
        .where(Project.trashed_at.is_not(None) if wanted.trashed else Project.trashed_at.is_(None))
        .order_by(Project.changed_at.desc(), Project.id.desc())
        .limit(PAGE + 1)
    )
    if wanted.kind:
        statement = statement.where(Project.kind == wanted.kind)
    if wanted.twinning_id:
        statement = statement.where(Project.twinning_id == wanted.twinning_id)
    if after is not None:
        statement = statement.where(tuple_(Project.changed_at, Project.id) < after)
    return [ProjectRow(*row) for row in session.execute(statement)]


def projects_of_twinning(session: Session, twinning_id: int, *, limit: int = 20) -> list[ProjectRow]:
    """The projects of one twinning, the last changed first; for its dossier."""
    statement = (
        _lines()
        .where(Project.twinning_id == twinning_id, Project.trashed_at.is_(None))
        .order_by(Project.changed_at.desc(), Project.id.desc())
        .limit(limit)
    )
    return [ProjectRow(*row) for row in session.execute(statement)]


def current_projects(session: Session, *, bodies: Bodies | None = None, limit: int = 200) -> Sequence[Project]:
    """Whole projects that are not in the trash: of these bodies, or of everybody."""
    statement = (
        select(Project)
        .where(Project.trashed_at.is_(None))
        .order_by(Project.changed_at.desc(), Project.id.desc())
        .limit(limit)
        .options(
            selectinload(Project.facts),
            joinedload(Project.owner_body),
            selectinload(Project.ceremony).selectinload(Ceremony.items),
            selectinload(Project.twinning).selectinload(Twinning.parties).joinedload(TwinningParty.body),
        )
    )
    if bodies is not None:
        statement = statement.where(is_visible_to(bodies))
    return session.scalars(statement).unique().all()


def _lines() -> Select[int, str, str, int, int | None, datetime]:
    return select(
        Project.id, Project.title, Project.kind, Project.twinning_id, Project.copied_from_id, Project.changed_at
    )


def copies_of(session: Session, project_id: int) -> list[ProjectRow]:
    """The copies that were made of a project to try something out."""
    statement = (
        _lines()
        .where(Project.copied_from_id == project_id, Project.trashed_at.is_(None))
        .order_by(Project.id.desc())
        .limit(PAGE)
    )
    return [ProjectRow(*row) for row in session.execute(statement)]


def facts_of(project: Project) -> dict[str, ProjectFact]:
    """What is stated today, by path; what was taken back left out."""
    return {fact.path: fact for fact in project.facts if fact.taken_back_at is None}


def twinnings_to_choose(session: Session, bodies: Bodies) -> Sequence[Twinning]:
    """The twinnings that a project can belong to, with their bodies."""
    statement = (
        select(Twinning)
        .where(twinning_is_visible_to(bodies), Twinning.trashed_at.is_(None))
        .options(selectinload(Twinning.parties).joinedload(TwinningParty.body))
        .order_by(Twinning.id)
        .limit(300)
    )
    return session.scalars(statement).all()
