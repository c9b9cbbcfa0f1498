"""Descriptions that an agenda formatted as a web page: their text, with its links, and nothing that acts."""

from __future__ import annotations

import html
import re

_TAGS = re.compile(
    r"</?(?:html|body|head|style|p|br|div|span|b|i|u|em|strong|a|ul|ol|li|h[1-6]|table|tr|td|font)\b[^<>]*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\b[^<>]*>|</(?:p|div|li|h[1-6]|tr)\s*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(
    r"<a\b[^<>]*?href\s*=\s*[\"']?(https?://[^\"'\s<>]+)[^<>]*>(.{0,500}?)</a\s*>", re.IGNORECASE | re.DOTALL
)
_HIDDEN = re.compile(r"<(style|script|head)\b.{0,5000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_LONGEST = 60_000


def is_formatted(text: str) -> bool:
    """Whether a text holds marks of a web page."""
    return bool(_TAGS.search(text))


def plain_words(text: str) -> str:
    """Return the words of a formatted text; a link keeps its address in brackets."""
    text = _HIDDEN.sub("", text[:_LONGEST])
    text = _LINK.sub(lambda found: found[2] if found[1] in found[2] else f"{found[2]} ({found[1]})", text)
    text = _TAGS.sub("", _ITEM.sub("- ", _BREAK.sub("\n", text)))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
