"""When a moment takes place, in words: the hour as people know it, at the clock of each place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.ceremonies import meaning, times
from app.ceremonies.wording import city, hour, part_of_day, said, words

if TYPE_CHECKING:
    from datetime import date

    from app.ceremonies.models import ProgrammeItem

_DASH = " – "


def hours(item: ProgrammeItem, language: str) -> str:
    """Say when: « vers 15 h », « 9 h (Paris) – 14 h 30 (Kyïv) », « matin »; empty when nothing is known."""
    home, begins, ends = item.ceremony.timezone, clock(item), clock(item, end=True)
    told = span({**item.details, "start": item.start, "end": item.end}, language)
    start, end = told
    if begins != ends:
        return _DASH.join(filter(None, (at(start, begins, language), at(end, ends, language))))
    whole = _DASH.join(filter(None, told))
    return at(whole, begins, language) if begins != home and (item.start or item.end) else whole


def span(facts: dict[str, Any], language: str) -> tuple[str, str]:
    """Say the start and the end of a moment, or of another hour at which it may take place."""
    if facts.get("all_day"):
        return words([language])["all_day"], ""
    return _start(facts, language), _end(facts, language)


def zone_note(item: ProgrammeItem, language: str) -> list[str]:
    """The hours with the clock they are read from, where they are not all the host's."""
    home, begins, ends = item.ceremony.timezone, clock(item), clock(item, end=True)
    if begins == ends == home or not (item.start or item.end):
        return []
    vocabulary = words([language])
    said_hours = span({**item.details, "start": item.start, "end": item.end}, language)
    told = [
        f"{text} ({vocabulary['local'].format(city(zone, language))})"
        for text, zone in zip(said_hours, (begins, ends), strict=True)
        if text and zone
    ]
    return [f"{vocabulary['hour']}{vocabulary['colon']}{_DASH.join(told)}"] if told else []


def occurrence_notes(item: ProgrammeItem, language: str) -> list[str]:
    """Which of the two is meant where the clock goes back, or that nobody said."""
    vocabulary = words([language])
    told = []
    for name, text in (("start", item.start), ("end", item.end)):
        which = item.details.get(f"{name}_occurrence")
        if which and text:
            told.append(f"{hour(text, language)}{vocabulary['colon']}{vocabulary[f'{which}_occurrence']}")
        elif text and _is_shown(item, name, text) is times.Showing.TWICE:
            told.append(f"{hour(text, language)}{vocabulary['colon']}{vocabulary['unknown_occurrence']}")
        if text and _is_shown(item, name, text) is times.Showing.NEVER:
            skipped = f"{hour(text, language)}, {vocabulary['skipped_hour']}"
            told.append(f"{vocabulary['conflict']}{vocabulary['colon']}{skipped}")
    return told


def length_note(item: ProgrammeItem) -> str:
    """Say that its hours and its length contradict each other, if they do."""
    first = item.ceremony.first_day
    facts = {**item.details, "start": item.start, "end": item.end}
    days = item.actual_day(first), item.last_day(first)
    return meaning.length_fault(facts, days, (clock(item), clock(item, end=True)))


def length(facts: dict[str, Any], language: str) -> str:
    """Say how long it lasts, where the programme gives a length: « 45 min », « vers 45 – 60 min »."""
    minutes, most = facts.get("minutes"), facts.get("minutes_max")
    if not minutes and not most:
        return ""
    vocabulary = words([language])
    told = vocabulary["minutes"].format(_DASH.join(str(one) for one in (minutes, most) if one))
    return f"{vocabulary['length_about']} {told}" if facts.get("approximate_length") else told


def clock(item: ProgrammeItem, *, end: bool = False) -> str:
    """The name of the time zone whose clock tells the start, or the end."""
    begins = str(item.details.get("timezone") or item.ceremony.timezone)
    return str(item.details.get("end_timezone") or begins) if end else begins


def _is_shown(item: ProgrammeItem, name: str, text: str) -> times.Showing:
    """How often the clock of the place shows the hour of the start or the end."""
    first = item.ceremony.first_day
    day: date | None = item.actual_day(first)
    if name == "end":
        day = item.last_day(first) or day
    place = times.place_zone(clock(item, end=name == "end"))
    if day is None or place is None or text == times.MIDNIGHT:
        return times.Showing.ONCE
    return times.showing(day, text, place)


def _start(facts: dict[str, Any], language: str) -> str:
    vocabulary = words([language])
    start, until = hour(facts.get("start", ""), language), hour(facts.get("start_until", ""), language)
    if start and until:
        return vocabulary["between"].format(start, until)
    if until:
        return vocabulary["before"].format(until)
    if start:
        return _about(start, facts, "approximate", language)
    return part_of_day(facts.get("part_of_day"), language) or said(facts.get("after_words"), [language])


def _end(facts: dict[str, Any], language: str) -> str:
    vocabulary = words([language])
    end, until = hour(facts.get("end", ""), language), hour(facts.get("end_until", ""), language)
    if end and until:
        return vocabulary["between"].format(end, until)
    if until:
        return vocabulary["before"].format(until)
    about = facts.get("approximate_end")
    if not end:
        return "" if about in (None, True, False) else said(about, [language])
    if about:
        end = f"{vocabulary['about'] if about is True else said(about, [language])} {end}"
    return end if facts.get("start") or facts.get("part_of_day") else f"{vocabulary['until']} {end}"


def _about(told: str, facts: dict[str, Any], name: str, language: str) -> str:
    if not facts.get(name) and not facts.get(f"{name}_words"):
        return told
    return f"{said(facts.get(f'{name}_words'), [language]) or words([language])['about']} {told}"


def at(told: str, zone: str, language: str) -> str:
    """An hour with the name of the place whose clock tells it."""
    return f"{told} ({city(zone, language)})" if told and zone else told
