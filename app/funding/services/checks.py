"""Keeping a check so that it gives the same again, and human ticks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.audit.services import record
from app.funding.catalogue import fingerprint
from app.funding.models import Check, RuleText, Tick
from app.funding.queries import texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.actions.models import Project
    from app.shared.actor import Actor


@dataclass(frozen=True, kw_only=True)
class KeepCheck:
    """What was answered, from which facts, by which files, on which day."""

    edition: str
    title: str
    told: Mapping[str, Any]
    facts: str
    sources: Mapping[str, Any]
    files: Mapping[str, str]
    on: date
    ticks: Sequence[Mapping[str, Any]] = field(default=())


def canonical(told: Mapping[str, Any]) -> str:
    """An answer as text; the same answer gives the same text."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)


def keep_check(session: Session, project: Project, command: KeepCheck, *, by: Actor, at: datetime) -> Check:
    """Keep a check with everything that it needs to be made again."""
    marks = {name: fingerprint(text) for name, text in command.files.items()}
    known = texts_of(session, marks.values())
    for name, mark in marks.items():
        if mark not in known:
            session.add(RuleText(sha256=mark, text=command.files[name]))
            known[mark] = ""
    check = Check(
        project_id=project.id,
        edition=command.edition,
        title=command.title[:300],
        verdict=str(command.told["verdict"]),
        sentence=str(command.told["sentence"]),
        facts=command.facts,
        sources=dict(command.sources),
        answer=canonical(command.told),
        files=marks,
        ticks=[dict(one) for one in command.ticks],
        checked_on=command.on,
        kept_by=by.name,
        kept_at=at,
    )
    session.add(check)
    session.flush()
    _record(session, "funding.checked", project, by=by, at=at, edition=command.title)
    return check


def trash_check(session: Session, check: Check, *, by: Actor, at: datetime) -> None:
    """Put a kept check in the trash."""
    check.trashed_at = at
    _record(session, "funding.check_trashed", check.project, by=by, at=at)


def restore_check(session: Session, check: Check, *, by: Actor, at: datetime) -> None:
    """Take a kept check out of the trash."""
    check.trashed_at = None
    _record(session, "funding.check_restored", check.project, by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class TickCondition:
    """A condition that somebody found to hold, and how they know."""

    edition: str
    condition: str
    says: str
    note: str = ""


def tick_condition(session: Session, project: Project, command: TickCondition, *, by: Actor, at: datetime) -> Tick:
    """Note that a named person found a condition to hold."""
    tick = Tick(
        project_id=project.id,
        edition=command.edition,
        condition=command.condition,
        says=command.says,
        note=command.note,
        ticked_by_id=by.id,
        ticked_by=by.name,
        ticked_at=at,
    )
    session.add(tick)
    session.flush()
    _record(session, "funding.ticked", project, by=by, at=at, says=command.says[:200])
    return tick


def take_back(session: Session, tick: Tick, *, by: Actor, at: datetime) -> None:
    """Take a tick back; it stays in sight as such."""
    tick.taken_back_at, tick.taken_back_by = at, by.name
    _record(session, "funding.unticked", tick.project, by=by, at=at, says=tick.says[:200])


def _record(session: Session, action: str, project: Project, *, by: Actor, at: datetime, **details: str) -> None:
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
