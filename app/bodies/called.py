"""Finds the one body that a command line names: by its number, its identifier, its INSEE code or its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import or_, select

from app.bodies.models import Body
from app.places.models import Place
from app.shared.errors import DomainError
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from app.bodies.models import BodyKind

_SHOWN = 4
_DIGITS = 9
_INSEE = 5


def body_called(session: Session, words: str, *, kinds: Collection[BodyKind] = ()) -> Body:
    """The body of these words; a part of its name is enough where no other has it.

    :raises DomainError: when there is none or more than one, with those that answer and how to see them all.
    """
    words = words.strip()
    exact = [Body.uid == words, Body.folded == fold(words)]
    if len(words) == _INSEE:
        place = select(Place.id).where(Place.code == words, Place.country == "FR")
        exact += [Body.code == words, Body.place_id.in_(place)]
    if words.isdecimal() and len(words) < _DIGITS:
        exact.append(Body.id == int(words))
    for where in (or_(*exact), Body.folded.contains(fold(words), autoescape=True)):
        found = _among(session, where, kinds) if fold(words) else []
        if len(found) == 1:
            return found[0]
        if found:
            shown = ", ".join(f"{body.id} {body.name}" for body in found[: _SHOWN - 1])
            more = "…" if len(found) == _SHOWN else ""
            raise DomainError(
                _(
                    "Plusieurs organismes répondent à « %(words)s » : %(shown)s. Donnez le numéro.",
                    words=words,
                    shown=shown + more,
                )
            )
    raise DomainError(
        _(
            "Aucun organisme ne répond à « %(words)s ». Donnez son numéro ou son nom : script/flask archive bodies les "
            "montre tous.",
            words=words,
        )
    )


def _among(session: Session, where: object, kinds: Collection[BodyKind]) -> Sequence[Body]:
    query = select(Body).where(where, Body.trashed_at.is_(None)).order_by(Body.id).limit(_SHOWN)  # type: ignore[arg-type]
    return session.scalars(query.where(Body.kind.in_(kinds)) if kinds else query).all()
