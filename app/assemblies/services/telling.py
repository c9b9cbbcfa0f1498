"""Writing into the journal what happens to assemblies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.audit.services import record
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly
    from app.shared.actor import Actor


def tell(session: Session, action: str, assembly: Assembly, *, by: Actor, at: datetime, **details: Any) -> None:  # noqa: ANN401  # what the sentence names
    """Record an action on an assembly, with its day."""
    record(
        session,
        f"assemblies.{action}",
        by=by,
        at=at,
        body_id=assembly.body_id,
        subject=("assembly", assembly.id),
        day=day_of(assembly.starts_at).isoformat(),
        **details,
    )
