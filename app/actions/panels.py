"""What upper rooms show on the page of a project: its funding, later its budget.

A room above registers a maker: ``register(maker)`` with ``maker(session, project) -> Panel | None``; the panel is
that of the dossier (:class:`app.twinnings.panels.Panel`), and its suggestion may take the framed next step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from app.actions.models import Project
    from app.twinnings.panels import Panel

PanelMaker: TypeAlias = "Callable[[Session, Project], Panel | None]"
_makers: list[PanelMaker] = []


def register(maker: PanelMaker) -> None:
    """Show a room's panel on the page of every project."""
    if maker not in _makers:
        _makers.append(maker)


def panels_of(session: Session, project: Project) -> list[Panel]:
    """The panels of a project, in the order in which the rooms registered them."""
    return [panel for maker in _makers if (panel := maker(session, project)) is not None]
