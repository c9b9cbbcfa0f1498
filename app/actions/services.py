"""Beginning, completing, copying and putting away projects."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.actions.models import FactOrigin, Project, ProjectFact, write_value
from app.actions.queries import facts_of
from app.audit.services import record
from app.database.unit import alone_on
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.actions.models import ProjectKind
    from app.shared.actor import Actor

TITLE = 200


class NotOfThisTwinning(DomainError):
    """A body or a ceremony that the twinning does not have."""


@dataclass(frozen=True, kw_only=True)
class CreateProject:
    """A title and a twinning are enough."""

    title: str
    kind: ProjectKind
    twinning_id: int
    owner_body_id: int
    ceremony_id: int | None = None
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class EditProject:
    """What the project says of itself; ``revision`` is the one that was read."""

    title: str
    kind: ProjectKind
    owner_body_id: int
    ceremony_id: int | None
    summary: str
    revision: int


@dataclass(frozen=True, kw_only=True)
class StateFacts:
    """What somebody states: values by path; None takes a fact back; paths in ``unknown`` were asked in vain.

    ``seen`` are the revisions, by path, of what stood on the page; a fact that changed since is a conflict.
    ``about`` names the group of questions for the journal, ``labels`` the facts for a conflict.
    """

    values: Mapping[str, object]
    unknown: frozenset[str] = frozenset()
    seen: Mapping[str, int] | None = None
    origin: FactOrigin = FactOrigin.TYPED
    about: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


def create_project(session: Session, command: CreateProject, *, by: Actor, at: datetime) -> Project:
    """Begin a project."""
    project = Project(
        uid=str(uuid.uuid4()),
        title=command.title[:TITLE],
        kind=command.kind,
        twinning_id=command.twinning_id,
        owner_body_id=command.owner_body_id,
        ceremony_id=command.ceremony_id,
        summary=command.summary,
        created_at=at,
        changed_at=at,
        facts=[],
    )
    session.add(project)
    session.flush()
    _record(session, "actions.created", project, by=by, at=at)
    return project


def edit_project(session: Session, project: Project, command: EditProject, *, by: Actor, at: datetime) -> None:
    """Change what a project says of itself.

    :raises EditConflict: when somebody changed it since it was read.
    """
    alone_on(session, project)
    if command.revision != project.revision:
        raise EditConflict(theirs={}, yours={})  # the page compares every field of its form
    _check_owner(project, command.owner_body_id)
    project.title, project.kind, project.summary = command.title[:TITLE], command.kind, command.summary
    project.owner_body_id, project.ceremony_id = command.owner_body_id, command.ceremony_id
    project.revision += 1
    project.facts_version += 1
    project.changed_at = at
    _record(session, "actions.edited", project, by=by, at=at)


def _check_owner(project: Project, body_id: int) -> None:
    if body_id != project.owner_body_id and all(party.body_id != body_id for party in project.twinning.parties):
        raise NotOfThisTwinning(
            _l("Cet organisme ne fait pas partie du jumelage : choisissez-en un de la liste."), field="owner"
        )


def state_facts(session: Session, project: Project, command: StateFacts, *, by: Actor, at: datetime) -> list[str]:
    """State facts about a project; gives the paths that changed.

    :raises EditConflict: when somebody stated one of them otherwise in the meantime; nothing is written then.
    """
    alone_on(session, project)
    stated = {fact.path: fact for fact in project.facts}
    wanted = _wanted(command)
    changed = [path for path, (text, known) in wanted.items() if _differs(stated.get(path), text, known=known)]
    _check_seen(project, command, changed)
    for path in changed:
        text, known = wanted[path]
        fact = stated.get(path)
        if fact is None:
            fact = ProjectFact(path=path, said_at=at, revision=0)
            project.facts.append(fact)
        fact.value, fact.is_known = text, known
        fact.origin, fact.said_by, fact.said_at = command.origin, by.name, at
        fact.taken_back_at = at if known and text == "null" else None
        fact.revision += 1
    if changed:
        project.facts_version += 1
        project.changed_at = at
        if command.about:
            _record(session, "actions.answered", project, by=by, at=at, about=command.about)
    return changed


def _wanted(command: StateFacts) -> dict[str, tuple[str, bool]]:
    wanted = {path: (write_value(value), True) for path, value in command.values.items()}
    wanted.update(dict.fromkeys(command.unknown, ("null", False)))
    return wanted


def _differs(fact: ProjectFact | None, text: str, *, known: bool) -> bool:
    if fact is None or fact.taken_back_at is not None:
        return not known or text != "null"
    return fact.value != text or fact.is_known != known


def _check_seen(project: Project, command: StateFacts, changed: list[str]) -> None:
    if command.seen is None:
        return
    stated = {fact.path: fact for fact in project.facts}
    moved = [path for path in changed if path in stated and stated[path].revision != command.seen.get(path, 0)]
    if not moved:
        return
    theirs, yours = {}, {}
    for path in moved:
        name = command.labels.get(path, path)
        theirs[name] = _shown(stated[path].plain)
        yours[name] = _shown(command.values.get(path))
    raise EditConflict(theirs=theirs, yours=yours)


def _shown(value: Any) -> str:  # noqa: ANN401  # whatever a fact holds
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_l("oui") if value else _l("non"))
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    return value if isinstance(value, str) else write_value(value)


def copy_project(session: Session, project: Project, *, title: str, by: Actor, at: datetime) -> Project:
    """Copy a project with its facts, to try something out without touching it."""
    copy = Project(
        uid=str(uuid.uuid4()),
        title=title[:TITLE],
        kind=project.kind,
        twinning_id=project.twinning_id,
        owner_body_id=project.owner_body_id,
        ceremony_id=project.ceremony_id,
        copied_from_id=project.id,
        summary=project.summary,
        created_at=at,
        changed_at=at,
    )
    copy.facts = [
        ProjectFact(
            path=fact.path,
            value=fact.value,
            is_known=fact.is_known,
            origin=FactOrigin.COPIED,
            said_by=fact.said_by,
            said_at=fact.said_at,
        )
        for fact in facts_of(project).values()
    ]
    session.add(copy)
    session.flush()
    _record(session, "actions.copied", project, by=by, at=at, copy=copy.id)
    return copy


def trash_project(session: Session, project: Project, *, by: Actor, at: datetime) -> None:
    """Put a project in the trash."""
    project.trashed_at = at
    _record(session, "actions.trashed", project, by=by, at=at)


def restore_project(session: Session, project: Project, *, by: Actor, at: datetime) -> None:
    """Take a project out of the trash."""
    project.trashed_at = None
    _record(session, "actions.restored", project, by=by, at=at)


def _record(
    session: Session,
    action: str,
    project: Project,
    *,
    by: Actor,
    at: datetime,
    **details: object,
) -> None:
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=project.owner_body_id,
        twinning_id=project.twinning_id,
        subject=("project", project.id),
        title=project.title,
        **details,
    )
