"""The list of kinds of twinning, kept by who runs the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.audit.services import record
from app.people.naming import clean
from app.shared.errors import DomainError
from app.shared.folding import fold
from app.twinnings.models import TwinningKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor


class BadKind(DomainError):
    """The kind cannot be kept as it is written."""


def add_kind(session: Session, label: str, *, by: Actor, at: datetime) -> TwinningKind:
    """Add a kind at the end of the list."""
    name = _checked(session, label, but=0)
    held = list(session.scalars(select(TwinningKind)))
    kind = TwinningKind(code=_code(name, {one.code for one in held}), label=name)
    kind.position = 1 + max((one.position for one in held), default=0)
    session.add(kind)
    session.flush()
    record(session, "twinning.kind_added", by=by, at=at, subject=("twinning_kind", kind.id), name=name)
    return kind


def rename_kind(session: Session, kind: TwinningKind, label: str, *, by: Actor, at: datetime) -> None:
    """Rename a kind; the twinnings of this kind follow."""
    kind.label = _checked(session, label, but=kind.id)
    record(session, "twinning.kind_changed", by=by, at=at, subject=("twinning_kind", kind.id), name=kind.label)


def retire_kind(session: Session, kind: TwinningKind, *, by: Actor, at: datetime) -> None:
    """Offer a kind no longer, or offer it again; the twinnings that have it keep it."""
    kind.retired_at = at if kind.retired_at is None else None
    session.flush()
    if session.scalar(select(TwinningKind.id).where(TwinningKind.retired_at.is_(None)).limit(1)) is None:
        raise BadKind(_l("Gardez au moins un genre dans la liste."), field="label")
    record(session, "twinning.kind_changed", by=by, at=at, subject=("twinning_kind", kind.id), name=kind.label)


def _checked(session: Session, label: str, *, but: int) -> str:
    name = clean(label)
    if not 0 < len(name) <= 120:  # noqa: PLR2004  # the column
        raise BadKind(_l("Écrivez un nom de 120 caractères au plus."), field="label")
    for kind in session.scalars(select(TwinningKind).where(TwinningKind.id != but)):
        if fold(kind.label) == fold(name):
            raise BadKind(_l("« %(name)s » est déjà dans la liste.", name=kind.label), field="label")
    return name


def _code(name: str, taken: set[str]) -> str:
    stem = fold(name).replace(" ", "-").encode("ascii", "ignore").decode()[:30] or "genre"
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code
