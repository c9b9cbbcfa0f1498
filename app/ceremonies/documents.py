"""The printed programme: A4, large type, one or two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app, render_template
from flask_babel import get_locale
from flask_babel import gettext as _

from app.bodies import arms as store
from app.ceremonies import annexe, phrases, programme, telling
from app.ceremonies.wording import joined, labels, said
from app.conventions.documents import drawn_arms
from app.documents.errors import DocumentError
from app.documents.fonts import missing_glyphs
from app.documents.page import PrintPage
from app.printing import CannotPrint, pressed
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ceremonies.models import Ceremony

_STYLES = """
html { font-size: 12.4pt; }
.programme { table-layout: fixed; width: 100%; border-collapse: collapse; margin: 4mm 0; font-size: 12pt; }
.programme th, .programme td { text-align: left; vertical-align: top; padding: 2mm 3mm 2mm 0;
  border-bottom: .4pt solid #dcd4c4; }
.programme thead th { font-size: 9pt; color: #4d566b; border-bottom: .6pt solid #8b8575; padding: 0 3mm 1mm 0; }
.programme .when { width: 32mm; font-weight: 700; white-space: pre-line; }
.programme .where { width: 46mm; }
.programme tr { break-inside: avoid; }
.programme p { margin: 0 0 .6mm; }
.programme .first { font-weight: 700; }
.programme .note, .programme .other { color: #4d566b; }
.programme .note { font-size: 10.4pt; font-weight: 400; }
.practical { margin-top: 5mm; padding-top: 2mm; border-top: .4pt solid #dcd4c4; }
.practical p { margin: 0 0 .8mm; }
.programme .off .first { text-decoration: line-through; }
.lead { font-size: 13.4pt; }
h2 { margin-top: 6mm; }
.annexe { break-before: page; font-size: 10.4pt; }
.annexe h3 { margin: 4mm 0 1mm; }
.annexe p { margin: 0 0 .8mm; }
"""


_SIGNS = 20
_DRAWN = 12
"""Beyond so many towns the head of the page has their names only."""


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
    vocabulary = labels(languages)
    drawn = _arms(ceremony)
    titles = programme.titles(ceremony.title, languages)
    document = _Document(
        title=titles[0][1],
        subtitles=titles[1:],
        lang=languages[0],
        running=titles[0][1],
        state=_state(ceremony, vocabulary),
        footer=f"{vocabulary['programme']} — "
        + telling.side_by_side(programme.when_text(ceremony, language) for language in languages),
        emblems=tuple(
            _Emblem(name, under, arms=_asset(rank) if _asset(rank) in drawn else "")
            for rank, (name, under) in enumerate(programme.parties(ceremony, languages))
        ),
    )
    days = programme.days(ceremony, languages, for_guests=for_guests)
    facts = ceremony.details
    lines = {
        "dates": programme.each_once((language, _when(ceremony, language)) for language in languages),
        "subtitle": joined(facts.get("subtitle")),
        "intro": joined(facts.get("description")),
        "place": phrases.place_of(facts),
        "practical": [
            *telling.about(facts, languages, headed=languages),
            *telling.around(facts, languages, headed=languages),
        ],
    }
    told = [*_texts(lines), *(f"{one.name} {one.under}" for one in document.emblems), *(text for _, text in titles)]
    html = render_template(
        "ceremonies/documents/programme.html",
        document=document,
        ceremony=ceremony,
        days=days,
        has_days=len(days) > 1 or any(not programme.is_said_above(day, ceremony) for day in days),
        has_places=any(line.place for day in days for line in day.lines),
        **lines,
        words=vocabulary,
        annexe=[] if for_guests else annexe.parts(ceremony, days, told, languages),
        annexe_colon=_(" : "),
        annexe_title=_("Ce que le programme ne dit pas"),
        annexe_intro=_(
            "Page pour l’équipe : tout ce qui est enregistré et que les lignes qui précèdent ne disent pas."
        ),
        annexe_lang=str(get_locale() or "fr"),
    )
    changed = max([ceremony.modified, *(item.modified for item in ceremony.programme)])
    return PrintPage(html=html, title=document.title, lang=languages[0], created=changed, styles=_STYLES, assets=drawn)


def _when(ceremony: Ceremony, language: str) -> str:
    """When it takes place, with the weekday as printed where no day is fixed."""
    printed = ceremony.details.get("weekday", "")
    told = programme.when_text(ceremony, language)
    return told if not printed or fold(printed) in fold(told) else f"{told} ({printed})"


def _texts(lines: dict[str, Any]) -> list[str]:
    dates = [text for _lang, text in lines["dates"]]
    return [*dates, lines["subtitle"], lines["intro"], lines["place"], *lines["practical"]]


def unprintable(text: str) -> str:
    """Say which signs of a text our fonts cannot draw; nothing when they can draw all."""
    signs = missing_glyphs(text)
    if not signs:
        return ""
    return str(
        _(
            "Ces signes ne se dessinent pas avec nos polices : %(signs)s. Le PDF les donne par leur code Unicode.",
            signs=" ".join(signs[:_SIGNS]) + ("…" if len(signs) > _SIGNS else ""),
        )
    )


def programme_pdf(ceremony: Ceremony, wanted: Sequence[str] = ()) -> bytes:
    """Print the programme."""
    return write(programme_page(ceremony, wanted))


def write(page: PrintPage) -> bytes:
    """Have a page written in the workshop of documents, by a deadline.

    :raises CannotPrint: when this machine cannot, or not in time, with what to do.
    """
    try:
        return pressed(page)
    except DocumentError as error:
        raise CannotPrint.because(error) from error


def _arms(ceremony: Ceremony) -> dict[str, bytes]:
    """The arms of the towns at the head of the page, small, by the name the page gives them."""
    known = programme.bodies_of(ceremony)
    parties = [party for role in ("hosts", "guests") for party in ceremony.details.get(role, [])]
    found: dict[str, bytes] = {}
    for rank, party in enumerate(parties if len(parties) <= _DRAWN else []):
        body = known.get(party.get("body", "")) or known.get(said(party.get("name")))
        kept = store.read(current_app.config["SETTINGS"].files, body.arms_file) if body and body.arms_file else None
        drawn = drawn_arms(kept[0]) if kept else None
        if drawn:
            found[_asset(rank)] = drawn
    return found


def _asset(rank: int) -> str:
    return f"arms-{rank + 1}"


def _state(ceremony: Ceremony, vocabulary: dict[str, str]) -> str:
    return {
        "planned": vocabulary["provisional"],
        "cancelled": vocabulary["cancelled"],
        "postponed": vocabulary["postponed"],
        "tentative": vocabulary["tentative"],
    }.get(ceremony.status, "")
