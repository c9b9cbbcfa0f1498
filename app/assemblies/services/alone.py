"""One writer at a time on an assembly, an item or a register: what is decided then is decided on what is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblyItem
    from app.bodies.models import Body


def alone_on(session: Session, thing: Assembly | AssemblyItem | Body) -> None:
    """Wait until nobody else writes on it, and read it afresh, with what hangs on it.

    PostgreSQL lets two people vote at the same moment; SQLite has one writer anyhow.
    """
    kind, number = type(thing), thing.id
    session.flush()
    session.execute(select(kind.id).where(kind.id == number).with_for_update())
    session.expire(thing)
