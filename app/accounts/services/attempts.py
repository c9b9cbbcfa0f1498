"""How often something may be tried. The count is kept in the database: all processes share it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from app.accounts.models import AttemptCounter
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WINDOW = timedelta(minutes=15)
_FORGOTTEN = timedelta(days=1)


class TooManyAttempts(DomainError):
    """The same thing was tried too often; trying later helps, trying more does not."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            _l("Trop de tentatives en peu de temps. Attendez un quart d’heure, puis recommencez : rien n’est perdu.")
        )


@dataclass(frozen=True)
class Limit:
    """So many tries of one kind by one source in a quarter of an hour."""

    kind: str
    source: str
    most: int


def count(session: Session, limits: list[Limit], *, at: datetime) -> list[Limit]:
    """Count one try against each limit; the answer names those that are exceeded.

    Commit before acting on the answer, or a refused try would not count.
    """
    window = datetime.fromtimestamp(at.timestamp() // WINDOW.total_seconds() * WINDOW.total_seconds(), UTC)
    session.execute(delete(AttemptCounter).where(AttemptCounter.window < at - _FORGOTTEN))
    return [limit for limit in limits if _counted(session, limit, window) > limit.most]


def _counted(session: Session, limit: Limit, window: datetime) -> int:
    dialect: Any = import_module(f"sqlalchemy.dialects.{session.connection().dialect.name}")  # not the other one
    statement = dialect.insert(AttemptCounter).values(kind=limit.kind, source=limit.source, window=window, count=1)
    statement = statement.on_conflict_do_update(
        index_elements=["kind", "source", "window"], set_={"count": AttemptCounter.count + 1}
    ).returning(AttemptCounter.count)
    return int(session.execute(statement).scalar_one())
