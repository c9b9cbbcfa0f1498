"""Which articles a deliberation may cite on a given day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.law import tables

if TYPE_CHECKING:
    from datetime import date

    from app.law.tables import CitedArticle

_CODE = re.compile(r"\b([LRD])\s*\.?\s*(\d{3,4}(?:-\d+)+)", re.IGNORECASE)


@dataclass(frozen=True)
class Visa:
    """What our table knows of a cited article; ``instead`` is the one to cite on that day."""

    article: CitedArticle | None
    is_in_force: bool = False
    instead: str = ""


def code_of(cited: str) -> str:
    """Return the bare code of an article: ``article L. 2311-7 du CGCT`` gives ``L2311-7``."""
    found = _CODE.search(cited)
    return f"{found[1].upper()}{found[2]}" if found else cited.strip().upper()


def judge(cited: str, on: date) -> Visa:
    """Say whether an article is in force that day."""
    article = tables.articles().get(code_of(cited))
    if article is None:
        return Visa(None)
    too_early = article.starts is not None and on < article.starts
    too_late = article.ends is not None and article.ends < on
    instead = article.replaces if too_early else article.replaced_by if too_late else ""
    return Visa(article, not (too_early or too_late), instead)


def in_force(code: str, on: date | None) -> str:
    """Return the article that stands for this one on that day: itself, what it replaces or what replaced it."""
    if on is None:
        return code
    return judge(code, on).instead or code
