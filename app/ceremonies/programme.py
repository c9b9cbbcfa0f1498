"""A programme as people read it: day by day, hours in the words of the document's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.ceremonies import agenda, hours, order, phrases, telling
from app.ceremonies.wording import base, joined, known, labels, said, words
from app.ceremonies.wording import spoken as first_spoken
from app.shared import datewords
from app.texts import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from app.bodies.models import Body
    from app.ceremonies.models import Ceremony, ProgrammeItem


@dataclass(frozen=True)
class Line:
    """One moment. ``titles`` are (language, text); ``notes`` say what no column says."""

    item: ProgrammeItem
    hours: str
    length: str
    titles: tuple[tuple[str, str], ...]
    place: str
    notes: tuple[str, ...]
    state: str
    """« ANNULÉ », « REPORTÉ », « À CONFIRMER », or nothing: said before the title."""

    @property
    def is_off(self) -> bool:
        """Whether it does not take place as written."""
        return self.item.status in {"cancelled", "postponed"}

    @property
    def is_cancelled(self) -> bool:
        """Whether it is called off."""
        return self.item.status == "cancelled"


@dataclass(frozen=True)
class Day:
    """The moments of one day, under its name in each language of the document."""

    names: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]


def days(
    ceremony: Ceremony, languages: Sequence[str], *, spoken: Sequence[str] = (), for_guests: bool = False
) -> list[Day]:
    """Group the moments by day, each day once; within a day the order is the people's own.

    ``spoken`` are the languages of days, hours and labels, by default those of the titles. What the guests are given
    leaves out the team's preparations and the lengths.
    """
    spoken = spoken or languages
    groups: list[tuple[order.Day, tuple[tuple[str, str], ...], list[Line]]] = []
    for item in order.by_day(ceremony):
        if for_guests and item.kind == agenda.PREPARATION:
            continue
        key = order.day_of(item, ceremony)
        if not groups or groups[-1][0] != key:
            names = each_once((language, day_name(item, ceremony, language)) for language in spoken)
            groups.append((key, names, []))
        groups[-1][2].append(line(item, languages, spoken=spoken, for_guests=for_guests))
    return [Day(names, tuple(lines)) for _key, names, lines in groups]


def is_said_above(day: Day, ceremony: Ceremony) -> bool:
    """Whether the head of the page, which tells when the whole takes place, tells the day of these moments."""
    first, last = agenda.visit_of(ceremony)
    item = day.lines[0].item
    begins = item.actual_day(ceremony.first_day)
    if begins is not None:
        return begins == first == last
    if item.own_date is not None:
        return ceremony.when is not None and item.own_date.text == ceremony.when.text
    return item.day in {None, 1} and first == last


def line(
    item: ProgrammeItem, languages: Sequence[str], *, spoken: Sequence[str] = (), for_guests: bool = False
) -> Line:
    """Tell one moment in the languages of the document."""
    headed = list(spoken or languages)
    told = telling.describe(item, [*headed, *languages], headed=headed, for_guests=for_guests, with_hours=False)
    worded = [one for one in headed if known(one)] or headed[:1]
    until = telling.side_by_side(_until_day(item, [one, *headed, *languages]) for one in worded)
    length = telling.side_by_side(hours.length(item.details, one) for one in worded)
    return Line(
        item=item,
        hours=telling.side_by_side((hours.hours(item, one) for one in worded), between="\n"),
        length="" if for_guests or item.end else length,
        titles=titles(item.title, languages),
        place=phrases.place_of(item.details),
        notes=tuple(filter(None, (until, *told))),
        state=state(item, headed),
    )


def _until_day(item: ProgrammeItem, languages: list[str]) -> str:
    """« jusqu’au dimanche 13 juin 2027 », where it ends on another day."""
    last = item.last_day(item.ceremony.first_day)
    end, vocabulary = item.details.get("end_date", ""), words(languages)
    number = item.details.get("end_day")
    if last is not None:
        named = full_day(last, languages[0])
    elif end:
        named = phrases.day(end, languages)
    elif number is not None and number != item.day:
        named = vocabulary["day"].format(number)
    else:
        return ""
    return f"{vocabulary['until_day']} {named}"


def each_once(names: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Names by language without those said already: a language without words borrows another's."""
    found: dict[str, str] = {}
    for language, text in names:
        found.setdefault(text, language)
    return tuple((language, text) for text, language in found.items())


def state(item: ProgrammeItem, languages: Sequence[str]) -> str:
    """Say that a moment is called off, put off or not yet sure."""
    told = item.status if item.status in {"cancelled", "postponed", "tentative"} else ""
    return labels(languages)[told] if told else ""


def titles(title: dict[str, Any], languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The title in each wanted language that it has; whatever there is when it has none of them."""
    found = tuple((language, title[language]) for language in languages if language in title)
    if found:
        return found
    language, text = next(iter(title.items()), ("und", ""))
    return ((language, text),)


def day_name(item: ProgrammeItem, ceremony: Ceremony, language: str) -> str:
    """Name the day of a moment: the weekday and date, « Jour 2 », or that it is still to be fixed."""
    vocabulary = words([language])
    day = item.actual_day(ceremony.first_day)
    if day is not None:
        return full_day(day, language)
    if item.own_date is not None:
        return phrases.day(item.own_date.text, [language])
    return vocabulary["day"].format(item.day) if item.day is not None else vocabulary["undated"]


def full_day(day: date, language: str) -> str:
    """Say a day with its weekday in a language."""
    return datewords.exact(day, "fr" if language == "und" else language, width="full")


def print_languages(ceremony: Ceremony, wanted: Sequence[str] = ()) -> tuple[str, ...]:
    """Choose the languages of a printed programme: those asked for, else the first two of the programme."""
    chosen = [language for language in wanted if language] or list(ceremony.languages)[:2]
    if not chosen:
        chosen = [language for language in ceremony.title if known(language)]
    return tuple(dict.fromkeys(chosen))[:3] or ("fr",)


def parties(ceremony: Ceremony, languages: Sequence[str], *, headed: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The towns of the ceremony with what is said of their delegation; their countries, where there are several.

    ``headed`` are the languages of what is said, by default those of the names.
    """
    spoken = headed or languages
    heads, known_ones = labels(spoken), [one for one in spoken if known(one)] or ["fr"]
    everybody = [(role, party) for role in ("hosts", "guests") for party in ceremony.details.get(role, [])]
    several = len({party.get("country") for _role, party in everybody}) > 1
    told = []
    for role, party in everybody:
        former = ", ".join(joined(name) for name in party.get("former", []))
        country = party.get("country", "") if several else ""
        under = [
            heads["absent" if party.get("absent") else role],
            telling.side_by_side(formats.country(country, first_spoken([one])) for one in known_ones if country),
            former and f"({former})",
            telling.side_by_side(_size(party.get("delegation", {}), words([one])) for one in known_ones),
        ]
        told.append((called(party, bodies_of(ceremony), spoken), " · ".join(part for part in under if part)))
    return told


def called(party: dict[str, Any], known_bodies: dict[str, Body], languages: Sequence[str]) -> str:
    """The name of a town in each of the languages, each wording once: « Werne / Stadt Werne »."""
    name = party["name"]
    body = known_bodies.get(party.get("body", "")) or known_bodies.get(said(name))
    if isinstance(name, dict) or body is None:
        return telling.side_by_side(said(name, [one, *languages]) for one in languages)
    return telling.side_by_side((body.names or {}).get(base(one), name) for one in languages)


def bodies_of(ceremony: Ceremony) -> dict[str, Body]:
    """The bodies of the ceremony by their identifier and by their name."""
    bodies = [party.body for twinning in ceremony.twinnings for party in twinning.parties]
    bodies += [body for body in (ceremony.host_body, ceremony.owner_body) if body is not None]
    return {key: body for body in bodies for key in (body.name, body.uid)}


def _size(delegation: dict[str, Any], vocabulary: dict[str, str]) -> str:
    """« environ 38 personnes »."""
    size = delegation.get("size")
    told = vocabulary["delegation"].format(size) if size else ""
    return f"{vocabulary['length_about']} {told}" if told and delegation.get("approximate") else told


def when_text(ceremony: Ceremony, language: str) -> str:
    """Say when the whole takes place, from its first day to its last."""
    first, last = agenda.visit_of(ceremony)
    if first is None or last is None:
        return phrases.day(ceremony.when.text, [language]) if ceremony.when else words([language])["undated"]
    if first == last:
        start, end = hours.span(ceremony.details, language)
        own = " – ".join(filter(None, (start, end)))
        return ", ".join(filter(None, (full_day(first, language), own)))
    return f"{full_day(first, language)} – {full_day(last, language)}"
