"""The fonts that travel with the product, and whether they can draw a text.

Each file stands unchanged under ``fonts/`` with its licence; ``manifest.json`` names version, source and hash.
The order of ``_FALLBACKS`` is the order in which ``print.css`` asks for them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
_FAMILIES = {"sans": "Noto Sans", "serif": "Noto Serif", "arabic": "Amiri"}
_FALLBACKS = (
    "Noto Sans",
    "Amiri",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
    "Noto Sans Hebrew",
    "Noto Sans Symbols 2",
    "Noto Sans Math",
    "Droid Sans Fallback",
)
_ALWAYS = frozenset({"Noto Sans", "Noto Serif"})
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})
_NAMED = 12
"""More strange characters in a row than this are counted instead of named one by one."""


@dataclass(frozen=True)
class Face:
    """One vendored file."""

    file: str
    family: str
    weight: int
    style: str

    @property
    def path(self) -> Path:
        """Where the file stands."""
        return FOLDER / self.file


@cache
def faces() -> tuple[Face, ...]:
    """Return every vendored face, as the manifest lists them."""
    listed = json.loads((FOLDER / "manifest.json").read_text("utf-8"))["fonts"]
    return tuple(Face(font["file"], font["family"], font["weight"], font["style"]) for font in listed)


@cache
def drawable(family: str) -> frozenset[int]:
    """Return the code points that the regular face of a family can draw."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (300 ms, needed only before a print)

    face = min((face for face in faces() if face.family == family), key=lambda face: (face.style, face.weight))
    with TTFont(face.path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def families_for(text: str) -> frozenset[str]:
    """Return the vendored families that a text needs besides the two that are always there."""
    rest = {ord(char) for char in set(text)} - drawable("Noto Sans")
    needed = set(_ALWAYS)
    for family in _FALLBACKS[1:]:
        if not rest:
            break
        if found := rest & drawable(family):
            needed.add(family)
            rest -= found
    return frozenset(needed)


def font_faces(text: str) -> str:
    """Return the ``@font-face`` rules for a text: a font that no letter needs costs its load time for nothing."""
    families = families_for(text)
    return "\n".join(
        f"@font-face{{font-family:'{face.family}';font-weight:{face.weight};font-style:{face.style};"
        f"src:url('font:{face.file}')}}"
        for face in faces()
        if face.family in families
    )


def missing_glyphs(text: str, family: str = "sans") -> tuple[str, ...]:
    """Return the characters that would print as empty squares, each once, in the order met (check D07).

    ``family`` is ``sans``, ``serif`` or ``arabic``; the fallbacks of the print sheet are counted in.
    Marks and controls without a picture of their own are never missing.
    """
    known = drawable(_FAMILIES[family]).union(*(drawable(fallback) for fallback in _FALLBACKS))
    return tuple(
        char
        for char in dict.fromkeys(unicodedata.normalize("NFC", text))
        if ord(char) not in known and unicodedata.category(char) not in _INVISIBLE
    )


def spelled_out(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text that prints without squares, and the characters that it names instead of drawing them.

    ``🎉`` becomes ``[U+1F389]``; of a long run the ends and the number are said. A text that our fonts can draw
    comes back as it is.
    """
    missing = missing_glyphs(text)
    if not missing:
        return text, ()
    run = f"[{re.escape(''.join(missing))}]+"
    return re.sub(run, lambda match: _named(match[0]), unicodedata.normalize("NFC", text)), missing


def _named(run: str) -> str:
    codes = [f"U+{ord(char):04X}" for char in run]
    return f"[{' '.join(codes)}]" if len(codes) <= _NAMED else f"[{codes[0]} … {codes[-1]} ({len(codes)})]"
