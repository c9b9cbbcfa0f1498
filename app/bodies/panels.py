"""What upper rooms show on the page of a body: its founding, its delegations, its members in figures.

A room above registers a panel: ``register(panel)`` with ``panel(session, body, identity) -> BodyPanel | None``.
It says itself who may see what, and answers in a fixed number of queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.bodies.models import Body


@dataclass(frozen=True, kw_only=True)
class PanelLink:
    """A label and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class PanelLine:
    """One thing of the panel; ``state`` is a word, ``kind`` one of the tones of the components."""

    title: str
    url: str = ""
    reason: str = ""
    date: str = ""
    state: str = ""
    kind: str = "plain"


@dataclass(frozen=True, kw_only=True)
class BodyPanel:
    """A part of the body's page."""

    title: str
    items: tuple[PanelLine, ...] = ()
    actions: tuple[PanelLink, ...] = ()
    text: str = ""
    empty: str = ""


PanelMaker: TypeAlias = "Callable[[Session, Body, Identity], BodyPanel | None]"
_makers: list[PanelMaker] = []


def register(maker: PanelMaker) -> None:
    """Show a room's panel on the page of every body."""
    if maker not in _makers:
        _makers.append(maker)


def panels_of(session: Session, body: Body, who: Identity) -> list[BodyPanel]:
    """The panels of a body, in the order in which the rooms registered them."""
    return [panel for maker in _makers if (panel := maker(session, body, who)) is not None]
