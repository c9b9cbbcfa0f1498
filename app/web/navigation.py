"""The rooms that each person may open: a few on the line, the others one step away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import current_app, request
from flask_babel import lazy_gettext as _l

from app.access.gate import MARK, identity, may
from app.access.table import Permission
from app.bodies.labels import ASSOCIATIONS
from app.bodies.models import BodyKind

if TYPE_CHECKING:
    from app.access.table import Identity

LABELS = {
    "web.home": _l("Accueil"),
    "twinnings.index": _l("Jumelages"),
    "conventions.index": _l("Conventions"),
    "council.index": _l("Conseil"),
    "ceremonies.index": _l("Cérémonies"),
    "actions.index": _l("Projets"),
    "funding.index": _l("Aides"),
    "bodies.index": _l("Organismes"),
    "members.index": _l("Membres"),
    "assemblies.index": _l("Réunions"),
}
_COMMITTEES = frozenset({BodyKind.COMMITTEE, BodyKind.COMMITTEE_SERVICE, BodyKind.PARTNER_COMMITTEE})
_OF_A_TOWN = ("web.home", "twinnings.index", "conventions.index", "council.index", "ceremonies.index")
_OF_A_COMMITTEE = ("web.home", "twinnings.index", "conventions.index", "ceremonies.index", "members.index")

MOST_KNOWN = 2000


class Navigation(NamedTuple):
    """Endpoints of rooms: those on the line, and those under « Plus »."""

    line: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


def navigation() -> Navigation:
    """What the person of this request may open, what they need most on the line."""
    who = identity()
    if not who.is_signed_in:
        return Navigation()
    known: dict[object, Navigation] = current_app.extensions.setdefault("navigation", {})
    key = (who.account_id, who.grants, who.advised, who.is_instance_administrator, who.current_body_id)
    if key not in known:
        if len(known) > MOST_KNOWN:
            known.clear()
        known[key] = _rooms(who)
    return known[key]


def _rooms(who: Identity) -> Navigation:
    """The same, thought out: once for each person as long as their roles stay what they are."""
    grant = who.current_grant
    first = _OF_A_COMMITTEE if grant is not None and grant.body_kind in _COMMITTEES else _OF_A_TOWN
    opened = [endpoint for endpoint in LABELS if _is_open(endpoint) and _is_of_use(who, endpoint)]
    if len(opened) <= len(first):
        return Navigation(tuple(opened))
    line = tuple(endpoint for endpoint in first if endpoint in opened)
    return Navigation(line, tuple(endpoint for endpoint in opened if endpoint not in line))


def is_here(endpoint: str) -> bool:
    """Whether the page shown belongs to the room that the endpoint opens."""
    here = request.endpoint or ""
    return here == endpoint or (endpoint.endswith(".index") and here.startswith(endpoint.removesuffix("index")))


def _is_open(endpoint: str) -> bool:
    """Whether the gate would let the person in."""
    mark = getattr(current_app.view_functions.get(endpoint), MARK, None)
    return may(mark) if isinstance(mark, Permission) else mark is not None


def _is_of_use(who: Identity, endpoint: str) -> bool:
    """Whether there can be something behind the door: meetings are those of associations, the rest that of bodies."""
    match endpoint:
        case "assemblies.index":
            return any(grant.body_kind in ASSOCIATIONS for grant in who.grants)
        case "members.index":
            return bool(who.grants) or not who.is_instance_administrator
        case "ceremonies.index":
            return bool(who.readable_body_ids)
        case _:
            return True
