"""Noting what tells whether the association stands on its own feet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.founding.services.ground import tell, touch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.founding.models import Founding
    from app.shared.actor import Actor


def tell_independence(
    session: Session, founding: Founding, facts: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Keep the facts of check C51; what is left out is unknown."""
    founding.independence = dict(facts)
    touch(founding, by, at)
    tell(session, "founding.independence_told", founding, by=by, at=at)
