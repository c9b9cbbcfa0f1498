"""The map of the twinnings: one SVG made by the server, Europe and the Maghreb, no tiles, no script.

The projection is Lambert's azimuthal equal-area, so that no country looks larger than it is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FRAME = (1000, 860)
_CENTRE = (radians(48.5), radians(12.0))
_SCALE = 1270.0
_MIDDLE = (455.0, 480.0)
_DATA = Path(__file__).parent / "data" / "europe.json"
PAPER, LAND, LINE, INK, ACCENT = "#fdfbf6", "#f1ebdd", "#dcd4c4", "#1c2741", "#a5312a"
_PAIRS = (
    "AL:ALB AD:AND AM:ARM AT:AUT AZ:AZE BE:BEL BG:BGR BA:BIH BY:BLR CH:CHE CY:CYP CZ:CZE DE:DEU DK:DNK DZ:DZA "
    "EG:EGY EH:ESH ES:ESP EE:EST FI:FIN FR:FRA FO:FRO GB:GBR GE:GEO GG:GGY GR:GRC GL:GRL HR:HRV HU:HUN IM:IMN "
    "IE:IRL IR:IRN IQ:IRQ IS:ISL IL:ISR IT:ITA JE:JEY JO:JOR KZ:KAZ LB:LBN LY:LBY LI:LIE LT:LTU LU:LUX LV:LVA "
    "MA:MAR MD:MDA MK:MKD MT:MLT ME:MNE MR:MRT NL:NLD NO:NOR PL:POL PT:PRT PS:PSE RO:ROU RU:RUS SA:SAU SM:SMR "
    "RS:SRB SK:SVK SI:SVN SE:SWE SY:SYR TN:TUN TR:TUR UA:UKR XK:XKX"
)
THREE_LETTERS = {pair[:2]: pair[3:] for pair in _PAIRS.split()}
"""Countries as our records name them, and as the background of the map does (ISO 3166-1)."""


Box: TypeAlias = tuple[float, float, float, float]
FEW = 12
"""So many towns bear their name on the map without hiding one another."""


@dataclass(frozen=True)
class Spot:
    """A town on the map, in units of the frame; ``is_rough``: only its country, its département or about there."""

    name: str
    point: tuple[float, float]
    is_rough: bool = False


@dataclass(frozen=True)
class Link:
    """A twinning on the map."""

    ends: tuple[Spot, Spot]

    @property
    def is_rough(self) -> bool:
        """Whether one of its towns stands about where it is."""
        return any(end.is_rough for end in self.ends)


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
    x, y = spot.point
    return 0 <= x <= FRAME[0] and 0 <= y <= FRAME[1]


@cache
def middle_of_country(code: str) -> tuple[float, float] | None:
    """The middle of the greatest piece of a country, in units of the frame; None when the map does not show it."""
    path = next((one["path"] for one in _data()["countries"] if one["code"] == THREE_LETTERS.get(code)), None)
    if path is None:
        return None
    _area, (x, y) = max(_middle(piece) for piece in _pieces(path))
    return (x, y) if 0 <= x <= FRAME[0] and 0 <= y <= FRAME[1] else None


def draw(links: Sequence[Link], *, title: str) -> str:
    """Draw the map; links that leave the frame are for the list beside it."""
    shown = [link for link in links if all(is_shown(end) for end in link.ends)]
    spots = sorted({end for link in links for end in link.ends if is_shown(end)}, key=lambda spot: spot.name)
    lines = "".join(_line(link) for link in shown)
    points = "".join(_point(spot) for spot in spots)
    names = _names(spots) if len(spots) <= FEW else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FRAME[0]} {FRAME[1]}" role="img">'
        f"<title>{escape(title)}</title>{_ground()}"
        f'<g fill="none" stroke="{ACCENT}" stroke-width="4" stroke-linecap="round">{lines}</g>'
        f'<g fill="{INK}" stroke="{PAPER}" stroke-width="3">{points}</g>'
        f'<g font-family="sans-serif" font-size="30" fill="{INK}" stroke="{PAPER}" stroke-width="6" '
        f'paint-order="stroke" text-anchor="middle">{names}</g></svg>'
    )


@cache
def _data() -> dict[str, Any]:
    return dict(json.loads(_DATA.read_text("utf-8")))


@cache
def _ground() -> str:
    paths = "".join(f'<path d="{country["path"]}"/>' for country in _data()["countries"])
    return f'<g fill="{LAND}" stroke="{LINE}" stroke-width="1">{paths}</g>'


def _line(link: Link) -> str:
    (x1, y1), (x2, y2) = (end.point for end in link.ends)
    bend = 0.12
    mx, my = (x1 + x2) / 2 + (y2 - y1) * bend, (y1 + y2) / 2 - (x2 - x1) * bend
    dashes = ' stroke-dasharray="10 10"' if link.is_rough else ""
    return f'<path d="M{x1:.0f} {y1:.0f}Q{mx:.0f} {my:.0f} {x2:.0f} {y2:.0f}"{dashes}/>'


def _point(spot: Spot) -> str:
    """A full dot where the town is; a wide ring, dashed, where one only knows about where."""
    x, y = spot.point
    told = f"<title>{escape(spot.name)}</title>"
    if spot.is_rough:
        ring = f'r="16" fill="none" stroke="{INK}" stroke-dasharray="7 5"'
        return f'<circle cx="{x:.0f}" cy="{y:.0f}" {ring}>{told}</circle>'
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="9">{told}</circle>'


def _names(spots: Sequence[Spot]) -> str:
    """Each name beside its dot where it hides no other dot and no other name: below, above, right or left of it."""
    taken = [(x - 18, y - 18, x + 18, y + 18) for x, y in (spot.point for spot in spots)]
    told = []
    for spot in sorted(spots, key=lambda one: one.point):
        name = spot.name.partition(" (")[0]
        half, (x, y) = len(name) * 8.5, spot.point
        places = [(x, y + 48), (x, y - 26), (x + 26 + half, y + 10), (x - 26 - half, y + 10)]
        places = [(min(max(px, half + 4), FRAME[0] - half - 4), py) for px, py in places]
        boxes = [(px - half, py - 26, px + half, py + 8) for px, py in places]
        best = next((rank for rank, box in enumerate(boxes) if not any(_meet(box, one) for one in taken)), 0)
        taken.append(boxes[best])
        told.append(f'<text x="{places[best][0]:.0f}" y="{places[best][1]:.0f}">{escape(name)}</text>')
    return "".join(told)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _pieces(path: str) -> Iterator[list[tuple[float, float]]]:
    """The closed outlines of a path made of M, l and z only."""
    for piece in path.split("z"):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", piece)]
        points, (x, y) = [], (0.0, 0.0)
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=False):
            x, y = x + dx, y + dy
            points.append((x, y))
        if len(points) > 2:  # noqa: PLR2004  # a surface
            yield points


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, tuple[float, float]]:
    """The area of an outline and the centre of its mass."""
    area = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(points, (*points[1:], points[0]), strict=True):
        cross = x1 * y2 - x2 * y1
        area, cx, cy = area + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    if not area:
        return 0.0, points[0]
    return abs(area) / 2, (cx / (3 * area), cy / (3 * area))
