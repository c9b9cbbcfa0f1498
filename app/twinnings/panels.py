"""What upper rooms show on the dossier of a twinning: its conventions, its ceremonies, its documents.

A room above registers a panel: ``register(panel)`` with ``panel(session, twinning, identity) -> Panel | None``.
It must answer in a fixed number of queries, whatever the size of the dossier. Its ``entries`` join the
timeline; its ``suggestion`` may take the framed next step, the highest ``weight`` wins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from app.bodies.panels import PanelLine as PanelItem
from app.bodies.panels import PanelLink as Link

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.shared.fuzzydate import FuzzyDate
    from app.twinnings.models import Twinning

__all__ = ["Entry", "Link", "Panel", "PanelItem", "Suggestion", "panels_of", "register"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A point of the timeline that another room tells; ``when`` may be unknown, ``state`` is a word beside the date."""

    when: FuzzyDate | None
    title: str
    said: str = ""
    text: str = ""
    url: str = ""
    links: tuple[Link, ...] = ()
    state: str = ""
    kind: str = "plain"


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A next step; « La suite : » stands before ``title``."""

    title: str
    text: str = ""
    actions: tuple[Link, ...] = ()
    weight: int = 0


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of the dossier page."""

    title: str
    items: tuple[PanelItem, ...] = ()
    actions: tuple[Link, ...] = ()
    entries: tuple[Entry, ...] = field(default=())
    empty: str = ""
    suggestion: Suggestion | None = None


PanelMaker: TypeAlias = "Callable[[Session, Twinning, Identity], Panel | None]"
_makers: list[PanelMaker] = []


def register(maker: PanelMaker) -> None:
    """Show a room's panel on every dossier."""
    if maker not in _makers:
        _makers.append(maker)


def panels_of(session: Session, twinning: Twinning, who: Identity) -> list[Panel]:
    """The panels of a dossier, in the order in which the rooms registered them."""
    return [panel for maker in _makers if (panel := maker(session, twinning, who)) is not None]
