"""The map of the twinnings: one SVG made by the server, Europe and the Maghreb, no tiles, no script.

The projection is Lambert's azimuthal equal-area, so that no country looks larger than it is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from html import escape
from math import cos, hypot, radians, sin, sqrt
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


Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
_NEAREST, _ROOM = 320, 1.5
"""How few units of the frame a picture shows at least, and how much more than the towns need."""
_AROUND = (
    *((0, 48), (0, -26), (1, 10), (-1, 10)),  # below, above, right, left
    *((1, 48), (1, -26), (-1, 48), (-1, -26)),
    *((0, 86), (0, -64), (1, 86), (-1, 86), (1, -64), (-1, -64)),
)
"""Where a name may stand, best first: how many half-widths aside, how far down."""
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


def draw(links: Sequence[Link], *, title: str, size: float = 1.0) -> str:
    """Draw the part of the map where the towns are; links that leave the frame are for the list beside it.

    ``size`` makes names and dots larger, for a picture that is shown small.
    """
    shown = [link for link in links if all(is_shown(end) for end in link.ends)]
    ties = Counter(end for link in links for end in link.ends if is_shown(end))
    spots = sorted(ties, key=lambda spot: (-ties[spot], spot.point))  # who has most partners is named first
    left, top, right, bottom = view = _view([spot.point for spot in spots])
    unit = size * (right - left) / FRAME[0]
    lines = "".join(_line(link, unit) for link in shown)
    points = "".join(_point(spot, unit) for spot in spots)
    names = _names(spots, view, unit) if len(spots) <= FEW else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}" '
        f'role="img"><title>{escape(title)}</title>'
        f'<g fill="{LAND}" stroke="{LINE}" stroke-width="{unit:.2f}">{_ground()}</g>'
        f'<g fill="none" stroke="{ACCENT}" stroke-width="{4 * unit:.1f}" stroke-linecap="round">{lines}</g>'
        f'<g fill="{INK}" stroke="{PAPER}" stroke-width="{3 * unit:.1f}">{points}</g>'
        f'<g font-family="sans-serif" font-size="{30 * unit:.1f}" fill="{INK}" stroke="{PAPER}" '
        f'stroke-width="{6 * unit:.1f}" paint-order="stroke" text-anchor="middle">{names}</g></svg>'
    )


def _view(points: Sequence[Point]) -> Box:
    """The part of the frame that is worth showing: around the towns, in the frame's proportions, never too near."""
    if not points:
        return 0, 0, FRAME[0], FRAME[1]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    ratio = FRAME[0] / FRAME[1]
    wide = min(FRAME[0], max(_NEAREST, _ROOM * (max(xs) - min(xs)), _ROOM * (max(ys) - min(ys)) * ratio))
    high = wide / ratio
    left = min(max((min(xs) + max(xs) - wide) / 2, 0), FRAME[0] - wide)
    top = min(max((min(ys) + max(ys) - high) / 2, 0), FRAME[1] - high)
    return left, top, left + wide, top + high


@cache
def _data() -> dict[str, Any]:
    return dict(json.loads(_DATA.read_text("utf-8")))


@cache
def _ground() -> str:
    return "".join(f'<path d="{country["path"]}"/>' for country in _data()["countries"])


def _line(link: Link, unit: float) -> str:
    (x1, y1), (x2, y2) = (end.point for end in link.ends)
    bend = 0.12
    mx, my = (x1 + x2) / 2 + (y2 - y1) * bend, (y1 + y2) / 2 - (x2 - x1) * bend
    dashes = f' stroke-dasharray="{10 * unit:.1f} {10 * unit:.1f}"' if link.is_rough else ""
    return f'<path d="M{x1:.0f} {y1:.0f}Q{mx:.0f} {my:.0f} {x2:.0f} {y2:.0f}"{dashes}/>'


def _point(spot: Spot, unit: float) -> str:
    """A full dot where the town is; a wide ring, dashed, where one only knows about where."""
    x, y = spot.point
    told = f"<title>{escape(spot.name)}</title>"
    if spot.is_rough:
        ring = f'r="{16 * unit:.1f}" fill="none" stroke="{INK}" stroke-dasharray="{7 * unit:.1f} {5 * unit:.1f}"'
        return f'<circle cx="{x:.0f}" cy="{y:.0f}" {ring}>{told}</circle>'
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{9 * unit:.1f}">{told}</circle>'


def _names(spots: Sequence[Spot], view: Box, unit: float) -> str:
    """Each name near its dot, where it hides no dot and no other name and nobody takes it for that of another town.

    One that finds no room stands in the list.
    """
    left, top, right, bottom = view
    dot = 18 * unit
    taken = [(x - dot, y - dot, x + dot, y + dot) for x, y in (spot.point for spot in spots)]
    told = []
    for spot in spots:
        name = spot.name.partition(" (")[0]
        half, (x, y) = len(name) * 8.5 * unit, spot.point
        for across, down in _AROUND:
            at = min(max(x + across * (half + 26 * unit), left + half), right - half), y + down * unit
            box = (at[0] - half, at[1] - 26 * unit, at[0] + half, at[1] + 8 * unit)
            is_free = top <= box[1] and box[3] <= bottom and not any(_meet(box, one) for one in taken)
            if is_free and all(_apart(box, spot.point) <= _apart(box, other.point) for other in spots):
                taken.append(box)
                told.append(f'<text x="{at[0]:.0f}" y="{at[1]:.0f}">{escape(name)}</text>')
                break
    return "".join(told)


def _apart(box: Box, point: Point) -> float:
    x, y = point
    return hypot(max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3]))


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
