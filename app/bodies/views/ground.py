"""What the pages of bodies share: the blueprint, the keeper of what is written, keys of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from app.access.gate import identity
from app.access.table import is_instance_administrator
from app.bodies.models import BodyKind
from app.bodies.queries import bodies_visible_to
from app.extensions import db
from app.shared.folding import fold

if TYPE_CHECKING:
    from app.access.table import Identity
    from app.bodies.models import Body

blueprint = Blueprint("bodies", __name__, url_prefix="/organismes")


def acting_body_id() -> int | None:
    """The body in whose name the person writes just now."""
    who = identity()
    if who.current_body_id in who.written_body_ids:
        return who.current_body_id
    return min(who.written_body_ids, default=None)


def runs_the_installation(who: Identity) -> bool:
    """Whether the person administers the installation."""
    return is_instance_administrator.check(who, None)


def own_towns() -> list[Body]:
    """Towns that a committee registered here can work for: one's own, and those whose record one keeps."""
    towns = {BodyKind.COMMUNE, BodyKind.EPCI, BodyKind.FOREIGN_AUTHORITY}
    return [body for body in bodies_visible_to(db.session(), identity().readable_body_ids) if body.kind in towns]


def after(raw: str) -> tuple[str, int] | None:
    """Read the key of the last row shown: « 12~sailly lez lannoy »."""
    number, found, folded = raw.partition("~")
    if not found or not number.isascii() or not number.isdecimal() or len(number) > 9:  # noqa: PLR2004  # digits
        return None
    return fold(folded)[:500], int(number)
