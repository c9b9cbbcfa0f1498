"""A word drawn across the page as a shape: not text, so nobody copies or hears « brouillon » on each page."""

from __future__ import annotations

from functools import cache

from app.documents.fonts import FOLDER

_WIDTH, _HEIGHT = 2100, 2970  # the page, in tenths of a millimetre
_ROOM = 0.78  # share of the diagonal that the word may fill
_COLOUR = "#f5ece7"


@cache
def outline(word: str) -> bytes:
    """Return an SVG page with the word outlined along the rising diagonal."""
    from fontTools.misc.transform import Transform  # noqa: PLC0415  (slow to load, rarely needed)
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with TTFont(FOLDER / "NotoSerif-SemiBold.ttf", lazy=True) as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.0f}")
        offset = 0.0
        for char in word.upper():
            glyph = glyphs[names.get(ord(char), ".notdef")]
            glyph.draw(TransformPen(pen, Transform(1, 0, 0, -1, offset, 0)))
            offset += glyph.width
        height = font["OS/2"].sCapHeight
    scale = min(_ROOM * (_WIDTH**2 + _HEIGHT**2) ** 0.5 / max(offset, 1), 0.5)
    move = f"translate({_WIDTH / 2:.0f} {_HEIGHT / 2:.0f}) rotate(-54.7) scale({scale:.4f})"
    centre = f"translate({-offset / 2:.0f} {height / 2:.0f})"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH / 10:.0f}mm" height="{_HEIGHT / 10:.0f}mm">'
        f'<path fill="{_COLOUR}" transform="{move} {centre}" d="{pen.getCommands()}"/></svg>'
    ).encode()
