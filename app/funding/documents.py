"""The answer on one A4 page for the mayor's file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import render_template
from flask_babel import lazy_gettext as _l

from app.documents.errors import DocumentError
from app.documents.page import PrintPage
from app.funding import labels
from app.printing import CannotPrint, pressed
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.actions.models import Project
    from app.funding.sheet import Sheet

TOO_LONG = "pdf-too-long"
_STYLES = """
@page { margin: 14mm 15mm 14mm; }
html { font-size: %(size)spt; }
body { line-height: 1.32; }
h1 { font-size: 15pt; margin: 0 0 1mm; text-align: left; }
h2 { font-size: 10.5pt; margin: 2.6mm 0 .8mm; padding-bottom: .4mm; border-bottom: .4pt solid #8b8575; }
p { margin: 0 0 .8mm; }
ul { margin: 0; padding: 0 0 0 4mm; }
li { margin: 0 0 .5mm; }
table { width: 100%%; border-collapse: collapse; margin: 0; font-size: inherit; }
th, td { text-align: left; vertical-align: top; padding: .5mm 2mm .5mm 0; border-bottom: .3pt solid #dcd4c4; }
thead th { font-size: .86em; color: #4d566b; font-weight: 400; }
tbody th { font-weight: 600; width: 26mm; white-space: nowrap; }
th.sum, td.sum { text-align: right; white-space: nowrap; }
.head { color: #4d566b; }
.verdict { font-size: 1.25em; font-weight: 700; margin: 1.4mm 0 .6mm; padding: 1.6mm 2.4mm;
  border: .8pt solid #1c2741; }
.small { color: #4d566b; font-size: .88em; }
.codes { white-space: nowrap; }
.sign { margin-top: 3mm; border-top: .5pt solid #1c2741; padding-top: 1.2mm; }
"""


@dataclass(frozen=True)
class _Document:
    title: str
    lang: str = "fr"
    running: str = ""
    state: str = ""
    footer: str = ""


@dataclass(frozen=True)
class Level:
    """How much a page says: type size, how many criteria that are fulfilled, whether sources are named (and told)."""

    size: float
    met: int = 100
    sources: bool = True
    others: int = 100


LEVELS = (
    Level(9.4),
    Level(8.6),
    Level(8.0),
    Level(7.6),
    Level(8.0, sources=False),
    Level(8.0, met=0, sources=False, others=8),
    Level(7.6, met=0, sources=False, others=4),
)
"""Tried one after the other until all fits on one page; what is left out is said with its number."""


def answer_page(project: Project, laid: Sheet, *, on: date, level: Level = LEVELS[0]) -> PrintPage:
    """Lay the answer out on a page."""
    criteria = [one for one in laid.criteria if one["status"] != "not_applicable"]
    told = [one for one in criteria if one["status"] != "met"][: level.others + 8]
    told += [one for one in criteria if one["status"] == "met"][: level.met]
    shown = [one for one in criteria if one in told]
    title = str(project.title)
    html = render_template(
        "funding/documents/answer.html",
        document=_Document(title=title, footer=f"{laid.edition.title} · {said(on)}"),
        project=project,
        sheet=laid,
        on=on,
        criteria=shown,
        left_out=len(criteria) - len(shown),
        sources=_sources(shown) if level.sources else [],
        letters=sorted({str(one["confidence"]) for one in shown}) if level.sources else [],
        documents=_some(laid.documents, level),
        level=level,
        words=labels,
    )
    return PrintPage(
        html=html,
        title=f"{title} – {laid.edition.title}",
        lang="fr",
        created=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        author=project.owner_body.name,
        styles=_STYLES % {"size": level.size},
        max_pages=1,
    )


def _sources(criteria: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What the codes of the sources stand for."""
    found = {source["id"]: source["title"] for one in criteria for source in one["source"]}
    return sorted(found.items())


def _some(several: Sequence[Mapping[str, object]], level: Level) -> Sequence[Mapping[str, object]]:
    return several[: level.others]


def one_page(project: Project, laid: Sheet, *, on: date) -> list[PrintPage]:
    """The page at every level, the fullest first; the last one may run over."""
    pages = [answer_page(project, laid, on=on, level=level) for level in LEVELS]
    return [*pages, replace(pages[-1], max_pages=4)]


def write(pages: Sequence[PrintPage]) -> bytes:
    """The first of these pages that fits.

    :raises CannotPrint: when this machine cannot write it.
    """
    for page in pages:
        try:
            return pressed(page)
        except DocumentError as error:
            if error.code != TOO_LONG:
                raise CannotPrint.because(error) from error
    raise CannotPrint(_l("La fiche ne tient pas sur une page."))
