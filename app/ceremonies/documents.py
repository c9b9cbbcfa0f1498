"""The printed programme: A4, large type, one or two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template

from app.ceremonies import programme
from app.ceremonies.wording import said, words
from app.documents.page import PrintPage
from app.documents.pdf import write_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ceremonies.models import Ceremony

_STYLES = """
html { font-size: 12.4pt; }
.programme { width: 100%; border-collapse: collapse; margin: 4mm 0; font-size: 12pt; }
.programme th, .programme td { text-align: left; vertical-align: top; padding: 2mm 3mm 2mm 0;
  border-bottom: .4pt solid #dcd4c4; }
.programme thead th { font-size: 9pt; color: #4d566b; border-bottom: .6pt solid #8b8575; padding: 0 3mm 1mm 0; }
.programme .when { width: 32mm; font-weight: 700; }
.programme .where { width: 46mm; }
.programme tr { break-inside: avoid; }
.programme p { margin: 0 0 .6mm; }
.programme .first { font-weight: 700; }
.programme .note, .programme .other { color: #4d566b; }
.programme .note { font-size: 10.4pt; font-weight: 400; }
.programme .off .first { text-decoration: line-through; }
.lead { font-size: 13.4pt; }
h2 { margin-top: 6mm; }
"""


@dataclass(frozen=True)
class _Emblem:
    name: str
    under: str = ""
    lang: str = ""
    arms: str = ""


@dataclass(frozen=True)
class _Document:
    title: str
    subtitles: tuple[tuple[str, str], ...]
    lang: str
    running: str
    state: str
    footer: str
    emblems: tuple[_Emblem, ...]


def programme_page(ceremony: Ceremony, wanted: Sequence[str] = (), *, for_guests: bool = False) -> PrintPage:
    """Lay out the programme of a ceremony, ready for the writer; the same content gives the same bytes.

    The guests' leaves out the team's preparations and the lengths.
    """
    languages = programme.print_languages(ceremony, wanted)
    vocabulary = words(languages)
    titles = programme.titles(ceremony.title, languages)
    document = _Document(
        title=titles[0][1],
        subtitles=titles[1:],
        lang=languages[0],
        running=titles[0][1],
        state=_state(ceremony, vocabulary),
        footer=" — ".join(filter(None, (vocabulary["programme"], programme.when_text(ceremony, languages[0])))),
        emblems=tuple(_Emblem(name, under) for name, under in programme.parties(ceremony, languages)[:4]),
    )
    days = programme.days(ceremony, languages, for_guests=for_guests)
    html = render_template(
        "ceremonies/documents/programme.html",
        document=document,
        ceremony=ceremony,
        days=days,
        has_places=any(line.place for day in days for line in day.lines),
        dates=[(language, programme.when_text(ceremony, language)) for language in languages],
        intro=said(ceremony.details.get("description"), languages),
        place=said(ceremony.details.get("place"), languages),
        words=vocabulary,
    )
    changed = max([ceremony.modified, *(item.modified for item in ceremony.programme)])
    return PrintPage(html=html, title=document.title, lang=languages[0], created=changed, styles=_STYLES)


def programme_pdf(ceremony: Ceremony, wanted: Sequence[str] = ()) -> bytes:
    """Print the programme."""
    return write_pdf(programme_page(ceremony, wanted))


def _state(ceremony: Ceremony, vocabulary: dict[str, str]) -> str:
    return {
        "planned": vocabulary["provisional"],
        "cancelled": vocabulary["cancelled"],
        "postponed": vocabulary["postponed"],
    }.get(ceremony.status, "")
