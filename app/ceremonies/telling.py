"""What calendars and paper have no column for, said in words of the document's languages: nothing known is kept back.

Where a document has several languages, a fact is one line with its label and its text in each of them, a wording that
they share once: « Inscription / Anmeldung : obligatoire / erforderlich ». ``annexe`` finds what these words leave out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.ceremonies.phrases import day
from app.ceremonies.voice import Row, Voice
from app.ceremonies.wording import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.ceremonies.models import ProgrammeItem

Facts = dict[str, Any]

_PLAIN: tuple[str, ...] = (
    "end_from",
    "audience",
    "status_reason",
    "dress",
    "meeting_point",
    "payer",
    "menu",
    "lodging",
)
_PLAIN += ("accessibility", "parking", "transport")
_SIDE_BY_SIDE = " / "


def describe(
    item: ProgrammeItem,
    languages: Iterable[str],
    *,
    headed: Iterable[str] = (),
    for_guests: bool = False,
    with_hours: bool = True,
) -> list[str]:
    """Say a moment's facts, one a line, in each of the languages that ``headed`` names, else in one.

    What the guests are given leaves out telephones and what the team lays out; ``with_hours=False`` leaves out what a
    column of hours says already.
    """
    facts = item.details

    def rows(voice: Voice) -> list[Row]:
        told = [Row("", joined(facts.get(name), "\n")) for name in ("subtitle", "description")]
        told += voice.hours(item) if with_hours else []
        told += voice.clocks(item)[0 if with_hours else 1 :]
        told.append(voice.line("route", voice.route(facts)))
        told += voice.moves(facts) + voice.order(facts) + voice.plain(facts, _PLAIN) + voice.access(item.public, facts)
        told += voice.online(facts)
        told += voice.people(facts, for_guests=for_guests) + voice.stage(facts, for_guests=for_guests)
        return told + voice.doubts(facts)

    return _told(rows, [*languages, *item.title], headed, item)


def about(facts: Facts, languages: Iterable[str], *, headed: Iterable[str] = ()) -> list[str]:
    """Say what holds for the whole ceremony: a new date, rain, dress, the way there, for whom and for how much."""

    def rows(voice: Voice) -> list[Row]:
        told = voice.moves(facts) + voice.plain(facts, (key for key in _PLAIN if key != "end_from"))
        told += voice.access(facts.get("public"), facts) + voice.online(facts)
        return [*told, voice.line("organiser", voice.all(facts.get("organisers"), voice.said))]

    return _told(rows, languages, headed)


def around(facts: Facts, languages: Iterable[str], *, headed: Iterable[str] = ()) -> list[str]:
    """Say what a printed programme adds on the whole: its patrons and hosts of ceremony, who stays away, its doubts."""

    def rows(voice: Voice) -> list[Row]:
        told = [voice.line(key, voice.all(facts.get(key), voice.said)) for key in ("patronage", "sponsors")]
        told += [voice.somebody(person) for person in facts.get("people", [])]
        told += [voice.party_note(party) for role in ("hosts", "guests") for party in facts.get(role, [])]
        told += [voice.conflict(one) for one in facts.get("conflicts", [])]
        told.append(Row("", joined(facts.get("note"), "\n")))
        edition = facts.get("edition", {})
        when = day(edition["date"], voice.languages) if edition.get("date") else ""
        label = ", ".join(filter(None, (voice.said(edition.get("label")), when, voice.said(edition.get("note")))))
        return [*told, Row("", label)]

    return _told(rows, languages, headed)


def side_by_side(texts: Iterable[str], *, between: str = _SIDE_BY_SIDE) -> str:
    """The same thing in several languages, each wording once."""
    return between.join(dict.fromkeys(filter(None, texts)))


def _told(
    rows: Callable[[Voice], list[Row]],
    languages: Iterable[str],
    headed: Iterable[str],
    item: ProgrammeItem | None = None,
) -> list[str]:
    """Lay the rows of each language side by side; what is empty in all of them falls away."""
    rest = list(languages)
    voices = [Voice([one, *rest], item) for one in headed] or [Voice(rest, item)]
    found = []
    for sides in zip(*(rows(voice) for voice in voices), strict=True):
        text = side_by_side(side.text for side in sides)
        label = side_by_side(side.label for side in sides)
        if text:
            found.append(f"{label}{sides[0].colon}{text}" if label else text)
    return found
