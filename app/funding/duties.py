"""What the home page tells of funding: deadlines of what one follows, requests that a project wants to send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from app.actions.models import Project, ProjectFact
from app.actions.queries import is_visible_to
from app.funding import catalogue, queries
from app.funding.rounds import rounds_of
from app.funding.sheet import closes_at, opens_at
from app.rules.when import parse_when
from app.shared import clock

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.access.table import Identity

AHEAD = timedelta(days=90)
_ROWS = 50


@dataclass(frozen=True)
class FundingDuty:
    """One line: what, where, by when; ``is_todo``: it is for one's own body to do."""

    title: str
    url: str
    reason: str
    day: date
    is_todo: bool = False
    body_id: int = 0


def funding_duties(session: Session, who: Identity, *, at: datetime) -> list[FundingDuty]:
    """What is near, the nearest first; three queries whatever is followed."""
    return sorted([*_of_programmes(session, who, at), *_of_projects(session, who, at)], key=lambda one: one.day)


def _of_programmes(session: Session, who: Identity, at: datetime) -> list[FundingDuty]:
    followed = queries.watches_of(session, who.account_id or 0)
    if not followed:
        return []
    found = []
    for edition in catalogue.current(session).catalogue.editions:
        if edition.programme not in followed:
            continue
        url = url_for("funding.edition", programme=edition.programme, edition=edition.edition)
        opens, closes = opens_at(edition), closes_at(edition)
        if opens is not None and at < opens <= at + AHEAD:
            found.append(FundingDuty(edition.title, url, _("L’appel ouvre."), opens.date()))
        found += [
            FundingDuty(edition.title, url, _("Date limite de l’appel."), one.date())
            for one in (closes, *rounds_of(edition, at.date()))
            if one is not None and at <= one <= at + AHEAD
        ]
    return found


def _of_projects(session: Session, who: Identity, at: datetime) -> list[FundingDuty]:
    stated = (
        select(Project.id, Project.title, ProjectFact.value, Project.owner_body_id)
        .join(ProjectFact, ProjectFact.project_id == Project.id)
        .where(is_visible_to(who.written_body_ids), Project.trashed_at.is_(None), Project.copied_from_id.is_(None))
        .where(ProjectFact.path == "submission.date", ProjectFact.taken_back_at.is_(None), ProjectFact.is_known)
        .order_by(Project.changed_at.desc(), Project.id.desc())
        .limit(_ROWS)
    )
    today, found = clock.day_of(at), []
    for number, title, text, owner in session.execute(stated):
        try:
            day = parse_when(text.strip('"')).last
        except (ValueError, KeyError, OSError, OverflowError):
            continue
        if today <= day <= today + AHEAD:
            url = url_for("funding.overview", project_id=number)
            found.append(FundingDuty(title, url, _("La demande d’aide doit partir."), day, is_todo=True, body_id=owner))
    return found
