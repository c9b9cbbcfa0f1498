"""What a stay of a committee can be for: its ceremonies and its projects. The hall knows both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.queries import ProjectFilter, page_of_projects
from app.ceremonies.queries import listed
from app.ceremonies.wording import said

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def occasions(session: Session, body_id: int) -> list[tuple[str, str]]:
    """The latest ceremonies and projects that a body shares, as (code, title)."""
    bodies = frozenset({body_id})
    ceremonies = [(f"ceremony:{one.id}", said(one.title, ["fr"])) for one in listed(session, body_ids=bodies)]
    projects = [(f"project:{one.id}", one.title) for one in page_of_projects(session, bodies, ProjectFilter())]
    return [*ceremonies, *projects]
