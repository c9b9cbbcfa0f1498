"""SVG drawings of strangers, rewritten with the elements and attributes that draw, and nothing that acts or fetches."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET
from xml.parsers import expat

from app.documents.errors import UnreadableFile

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_DRAWS = (
    "svg g path rect circle ellipse line polyline polygon defs use symbol title desc clipPath mask pattern "
    "linearGradient radialGradient stop text tspan switch style "
)
_ELEMENTS = frozenset(_DRAWS.split())
_SAYS = (
    "id class d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points viewBox preserveAspectRatio transform "
    "version fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-dasharray stroke-dashoffset opacity clip-path clip-rule clipPathUnits mask "
    "maskUnits maskContentUnits patternUnits patternContentUnits patternTransform gradientUnits "
    "gradientTransform spreadMethod offset stop-color stop-opacity color display visibility font-family "
    "font-size font-weight font-style text-anchor dx dy style pathLength type media "
)
_ATTRIBUTES = frozenset(_SAYS.split())
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression|javascript:|\\", re.IGNORECASE)
_SHAPES: dict[str, tuple[str, ...]] = {
    "path": ("d",),
    "rect": ("width", "height"),
    "circle": ("r",),
    "ellipse": (),
    "line": (),
    "polyline": ("points",),
    "polygon": ("points",),
}
"""What draws, and what it needs for that."""
_DRAWN_WITHIN = frozenset({"svg", "g", "switch", "text", "tspan"})
_ELEMENTS_AT_MOST = 50_000
_USES_AT_MOST = 500
_DEEP = 100


def clean_svg(content: bytes) -> bytes:
    """Return a drawing rewritten from what is allowed.

    :raises UnreadableFile: ``unsafe-drawing`` when it declares entities, or is too deep or too large.
    """
    root = _parsed(content)
    if _name(root) != "svg":
        raise UnreadableFile("unsafe-drawing", reason="unknown-kind")
    if (
        sum(1 for _ in root.iter()) > _ELEMENTS_AT_MOST
        or sum(_name(one) == "use" for one in root.iter()) > _USES_AT_MOST
    ):
        raise UnreadableFile("unsafe-drawing", reason="too-many-parts")
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    drawing = _copy(root, 0)
    if not _shows(drawing):
        raise UnreadableFile("empty-drawing")
    cleaned: bytes = ET.tostring(drawing, encoding="utf-8", xml_declaration=True)
    return cleaned


def _shows(drawing: ET.Element) -> bool:
    """Whether something of a cleaned drawing can be seen, as far as its attributes tell: a style may do anything.

    What is only defined is seen where it is used, and looked at once.
    """
    named = {one.get("id"): one for one in drawing.iter() if one.get("id")}
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        name = _name(element)
        if element.get("display") == "none" or element.get("visibility") in {"hidden", "collapse"}:
            continue
        if _is_seen(element, name):
            return True
        if name == "use" and (target := named.pop(_target(element), None)) is not None:
            waiting.extend(target if _name(target) == "symbol" else [target])
        elif name in _DRAWN_WITHIN:
            waiting.extend(element)
    return False


def _target(element: ET.Element) -> str:
    """The name of what is used."""
    return element.get(f"{{{_XLINK}}}href", "").removeprefix("#")


def _is_seen(element: ET.Element, name: str) -> bool:
    if name in {"text", "tspan"}:
        return bool((element.text or "").strip())
    is_styled = "style" in element.attrib or "class" in element.attrib
    needed = _SHAPES.get(name)
    return needed is not None and (is_styled or all(element.get(one, "").strip() not in {"", "0"} for one in needed))


def _parsed(content: bytes) -> ET.Element:
    """Read the XML without any entity of its own; a plain document type, as old drawings have, is passed over."""

    def refuse(*_: object) -> None:
        raise UnreadableFile("unsafe-drawing", reason="doctype")

    probe = expat.ParserCreate()
    probe.EntityDeclHandler = refuse
    try:
        probe.Parse(content, True)  # noqa: FBT003  (the signature of expat)
        return ET.fromstring(content)  # noqa: S314  (no entity can be in it)
    except (expat.ExpatError, ET.ParseError, ValueError, LookupError) as error:
        raise UnreadableFile("broken-image") from error


def _copy(element: ET.Element, depth: int) -> ET.Element:
    if depth > _DEEP:
        raise UnreadableFile("unsafe-drawing", reason="too-many-parts")
    twin = ET.Element(f"{{{_SVG}}}{_name(element)}", _attributes(element))
    twin.text, twin.tail = element.text, element.tail
    twin.extend(_copy(child, depth + 1) for child in element if _may_stay(child))
    return twin


def _may_stay(element: ET.Element) -> bool:
    name = _name(element)
    return name in _ELEMENTS and not (name == "style" and _OUTSIDE.search("".join(element.itertext())))


def _name(element: ET.Element) -> str:
    space, _, name = element.tag.rpartition("}")
    return name if space in {"", f"{{{_SVG}"} else ""


def _attributes(element: ET.Element) -> dict[str, str]:
    kept = {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES and not _OUTSIDE.search(value)}
    target = element.get("href") or element.get(f"{{{_XLINK}}}href") or ""
    if target.startswith("#"):
        kept[f"{{{_XLINK}}}href"] = target
    return kept
