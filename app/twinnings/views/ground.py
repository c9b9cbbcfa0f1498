"""What the pages of twinnings share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from werkzeug.routing import BuildError

from app.access.gate import identity
from app.bodies.doubles import doubles_among
from app.bodies.models import BodyKind
from app.bodies.queries import bodies_visible_to
from app.extensions import db
from app.twinnings.queries import sides
from app.twinnings.services.dossiers import in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.wrappers import Response

    from app.bodies.models import Body
    from app.twinnings.models import Twinning, TwinningParty

blueprint = Blueprint("twinnings", __name__, url_prefix="/jumelages")


def acting_body_id(twinning: Twinning | None = None) -> int | None:
    """The body in whose name the person writes: the one chosen in the header, if it is in the twinning."""
    who = identity()
    able = who.written_body_ids
    if twinning is not None:
        able = able & {party.body_id for party in twinning.parties if party.left_on is None} or able
    if who.current_body_id in able:
        return who.current_body_id
    return min(able, default=None)


def own_bodies() -> frozenset[int]:
    """The bodies whose side is one's own, the one chosen in the header alone when it is among them."""
    who = identity()
    return frozenset({who.current_body_id}) if who.current_body_id in who.body_ids else who.readable_body_ids


def heading(twinning: Twinning) -> list[list[str]]:
    """The names of the towns by side, the reader's own side first; committees only where no town stands."""
    return [names_of(side) for side in sides(twinning, own_bodies())]


def names_of(side: Iterable[TwinningParty]) -> list[str]:
    """The towns of a side that are still in it; its other bodies when there is no town."""
    present = [party for party in side if party.left_on is None]
    towns = [party.body.name for party in present if party.is_town]
    return towns or [party.body.name for party in present] or [party.body.name for party in side]


def plain_title(twinning: Twinning) -> str:
    """The heading in one line, one's own town first; a third side makes it a list."""
    return in_one_line([", ".join(names) for names in heading(twinning)])


def own_candidates() -> list[Body]:
    """Bodies that may stand on one's own side: one's own, their towns and committees, the French ones one keeps."""
    who = identity()
    near = bodies_visible_to(db.session(), who.written_body_ids)
    own = {body.id for body in near if body.id in who.written_body_ids}
    parents = {body.parent_id for body in near if body.id in own}
    return [
        body
        for body in near
        if body.kind != BodyKind.FEDERATION and (body.id in own | parents or body.parent_id in own)
    ]


def told_apart(bodies: Iterable[Body]) -> list[tuple[int, str]]:
    """Bodies to choose from by name; a second record of one's own body says that it is one."""
    second = doubles_among(db.session(), identity().written_body_ids)
    return [
        (body.id, _("%(name)s (deuxième fiche)", name=body.name) if body.id in second else body.name) for body in bodies
    ]


def door(endpoint: str, **values: Any) -> str | None:  # noqa: ANN401  # what url_for takes
    """The address of a page that another room may have, or None."""
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return None


def back(number: int) -> Response:
    """Back to the dossier."""
    return redirect(url_for("twinnings.dossier", twinning_id=number))
