"""The map of the twinnings: one SVG made by the server, Europe and the Maghreb, no tiles, no script.

The projection is Lambert's azimuthal equal-area, so that no country looks larger than it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from html import escape
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FRAME = (1000, 860)
_CENTRE = (radians(48.5), radians(12.0))
_SCALE = 1270.0
_MIDDLE = (455.0, 480.0)
_DATA = Path(__file__).parent / "data" / "europe.json"
PAPER, LINE, INK, ACCENT = "#f1ebdd", "#dcd4c4", "#1c2741", "#a5312a"


@dataclass(frozen=True)
class Spot:
    """A town on the map."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Link:
    """A twinning on the map."""

    ends: tuple[Spot, Spot]


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Turn degrees into units of the frame, from its upper left corner."""
    phi, lam = radians(latitude), radians(longitude) - _CENTRE[1]
    denominator = 1 + sin(_CENTRE[0]) * sin(phi) + cos(_CENTRE[0]) * cos(phi) * cos(lam)
    factor = sqrt(2 / max(denominator, 1e-9))
    x = factor * cos(phi) * sin(lam)
    y = factor * (cos(_CENTRE[0]) * sin(phi) - sin(_CENTRE[0]) * cos(phi) * cos(lam))
    return _MIDDLE[0] + _SCALE * x, _MIDDLE[1] - _SCALE * y


def is_shown(spot: Spot) -> bool:
    """Whether a town falls inside the frame."""
    x, y = project(spot.latitude, spot.longitude)
    return 0 <= x <= FRAME[0] and 0 <= y <= FRAME[1]


def draw(links: Sequence[Link], *, title: str) -> str:
    """Draw the map; links that leave the frame are for the list beside it."""
    shown = [link for link in links if all(is_shown(end) for end in link.ends)]
    spots = {end for link in links for end in link.ends if is_shown(end)}
    lines = "".join(_line(link) for link in shown)
    points = "".join(_point(spot) for spot in sorted(spots, key=lambda spot: spot.name))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FRAME[0]} {FRAME[1]}" role="img">'
        f"<title>{escape(title)}</title>{_ground()}"
        f'<g fill="none" stroke="{ACCENT}" stroke-width="3" stroke-linecap="round">{lines}</g>'
        f'<g fill="{PAPER}" stroke="{INK}" stroke-width="3">{points}</g></svg>'
    )


@cache
def _ground() -> str:
    data = json.loads(_DATA.read_text("utf-8"))
    paths = "".join(f'<path d="{country["path"]}"/>' for country in data["countries"])
    return f'<g fill="{PAPER}" stroke="{LINE}" stroke-width="1">{paths}</g>'


def _line(link: Link) -> str:
    (x1, y1), (x2, y2) = (project(end.latitude, end.longitude) for end in link.ends)
    bend = 0.12
    mx, my = (x1 + x2) / 2 + (y2 - y1) * bend, (y1 + y2) / 2 - (x2 - x1) * bend
    return f'<path d="M{x1:.0f} {y1:.0f}Q{mx:.0f} {my:.0f} {x2:.0f} {y2:.0f}"/>'


def _point(spot: Spot) -> str:
    x, y = project(spot.latitude, spot.longitude)
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="6"><title>{escape(spot.name)}</title></circle>'
