"""Projects for tests, with the facts that are stated about them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from app.actions.models import Project, ProjectFact, ProjectKind, write_value

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.twinnings.models import Twinning

LONG_AGO = datetime(2026, 1, 5, 12, tzinfo=UTC)


def make_project(
    session: Session,
    twinning: Twinning,
    owner: Body | None = None,
    *,
    facts: dict[str, Any] | None = None,
    **given: Any,
) -> Project:
    """A project of a twinning; ``facts`` are stated values by path, None: asked and not known."""
    body_id = owner.id if owner else twinning.parties[0].body_id
    fields = {
        "uid": str(uuid.uuid4()),
        "title": "Rencontre d’essai",
        "kind": ProjectKind.EXCHANGE,
        "created_at": LONG_AGO,
        "changed_at": LONG_AGO,
    }
    project = Project(twinning_id=twinning.id, owner_body_id=body_id, **{**fields, **given})
    project.facts = [
        ProjectFact(path=path, value=write_value(value), is_known=value is not None, said_by="Essai", said_at=LONG_AGO)
        for path, value in (facts or {}).items()
    ]
    session.add(project)
    session.commit()
    return project
