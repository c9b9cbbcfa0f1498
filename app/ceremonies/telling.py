"""What calendars and paper have no column for, said in words of the document's language: nothing known is kept back.

``annexe`` finds what these words leave out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.ceremonies import hours
from app.ceremonies.wording import base, hour, joined, labels, said, spoken, words
from app.shared import datewords
from app.texts import formats

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


def describe(
    item: ProgrammeItem, languages: Iterable[str], *, headed: Iterable[str] = (), for_guests: bool = False
) -> list[str]:
    """Say a moment's facts, one a line, under labels in the languages that ``headed`` names, else in one.

    What the guests are given leaves out telephones and what the team lays out.
    """
    languages = [*languages, *item.title]
    facts, voice = item.details, _Voice(languages, item, headed)
    told = [joined(facts.get("subtitle"), "\n"), joined(facts.get("description"), "\n")]
    told += [hours_line(item, languages), *hours.zone_note(item, voice.language)]
    told += hours.occurrence_notes(item, voice.language)
    told.append(voice.line("route", voice.route(facts)))
    told += voice.moves(facts) + voice.order(facts) + voice.plain(facts, _PLAIN) + voice.access(item.public, facts)
    told += voice.people(facts, for_guests=for_guests) + voice.stage(facts, for_guests=for_guests)
    told += voice.doubts(facts)
    return [line for line in told if line]


def about(facts: Facts, languages: Iterable[str], *, headed: Iterable[str] = ()) -> list[str]:
    """Say what holds for the whole ceremony: a new date, rain, dress, the way there, for whom and for how much."""
    voice = _Voice(list(languages), headed=headed)
    told = voice.moves(facts) + voice.plain(facts, (key for key in _PLAIN if key != "end_from"))
    told += voice.access(facts.get("public"), facts)
    organisers = voice.all(facts.get("organisers"), voice.said)
    return [line for line in [*told, voice.line("organiser", organisers)] if line]


def around(facts: Facts, languages: Iterable[str], *, headed: Iterable[str] = ()) -> list[str]:
    """Say what a printed programme adds on the whole: its patrons and hosts of ceremony, who stays away, its doubts."""
    voice = _Voice(list(languages), headed=headed)
    told = [voice.line(key, voice.all(facts.get(key), voice.said)) for key in ("patronage", "sponsors")]
    told += [voice.somebody(person) for person in facts.get("people", [])]
    told += [voice.party_note(party) for role in ("hosts", "guests") for party in facts.get(role, [])]
    told += [voice.line("conflict", conflict_line(one, voice.languages)) for one in facts.get("conflicts", [])]
    told.append(joined(facts.get("note"), "\n"))
    edition = facts.get("edition", {})
    when = day(edition["date"], voice.languages) if edition.get("date") else ""
    told.append(", ".join(filter(None, (voice.said(edition.get("label")), when, voice.said(edition.get("note"))))))
    return [line for line in told if line]


def hours_line(item: ProgrammeItem, languages: Iterable[str]) -> str:
    """Say the hour where a calendar cannot: approximate, a part of the day, between two hours, none at all."""
    languages = list(languages)
    language, vocabulary, facts = spoken(languages), words(languages), item.details
    colon = vocabulary["colon"]
    if facts.get("part_of_day") and not item.start:
        return f"{vocabulary['part_of_day']}{colon}{said(facts['part_of_day'], languages)}"
    if facts.get("all_day"):
        return vocabulary["all_day"]
    start, end = hours.span({**facts, "start": item.start, "end": item.end}, language)
    if not item.start and not facts.get("start_until"):
        return start if start or not end else f"{vocabulary['no_hour']} ({end})" if end else vocabulary["no_hour"]
    told = []
    if facts.get("approximate") or facts.get("approximate_words"):
        told.append(f"{vocabulary['approximate']}{colon}{start}")
    elif facts.get("start_until"):
        told.append(f"{vocabulary['hour']}{colon}{start}")
    if facts.get("approximate_end") or facts.get("end_until"):
        told.append(f"{vocabulary['approximate_end']}{colon}{end}")
    return "\n".join(told)


def prices_line(prices: list[Facts], languages: Iterable[str]) -> str:
    """Say prices by category, as they were printed when that is known."""
    languages = list(languages)
    told = []
    for price in prices:
        amount = price.get("as_printed") or (
            words(languages)["free"] if price.get("free") else amount_text(price, languages)
        )
        under = [said(price.get(key), languages) for key in ("per", "includes", "note")]
        until = price.get("until")
        under += [f"{words(languages)['booking_until']} {day(until, languages)}"] if until else []
        under += [f"{words(languages)['payer']} {said(price['payer'], languages)}"] if price.get("payer") else []
        category = said(price.get("category"), languages)
        whole = " ".join(part for part in (category, amount) if part)
        bracket = ", ".join(filter(None, under))
        told.append(f"{whole} ({bracket})" if bracket else whole)
    return ", ".join(told)


def amount_text(price: Facts, languages: Iterable[str]) -> str:
    """« 10,50 € », « 10 – 20 € »; nothing when no amount is known."""
    amounts = [price[key] for key in ("amount", "amount_max") if price.get(key)]
    if not amounts:
        return ""
    comma = spoken(languages) != "en"
    told = " – ".join(one.replace(".", ",") if comma else one for one in amounts)
    currency = {"EUR": "€"}.get(price.get("currency", ""), price.get("currency", ""))
    return f"{told}\N{NO-BREAK SPACE}{currency}" if currency else told


def speaker_line(speaker: Facts, languages: Iterable[str]) -> str:
    """Say who speaks, in what function, on what."""
    languages = list(languages)
    who = ", ".join(
        text
        for key in ("name", "function", "body")
        if (
            text := " ".join(
                filter(None, (speaker.get("title") if key == "name" else None, said(speaker.get(key), languages)))
            )
        )
    )
    subject = said(speaker.get("subject"), languages)
    return f"{who}{words(languages)['colon']}{subject}" if who and subject else who or subject


def conflict_line(conflict: str | Facts, languages: Iterable[str]) -> str:
    """Say a contradiction of the source with the values it gives."""
    if isinstance(conflict, str):
        return conflict
    languages = list(languages)
    values = "; ".join(
        fact_value(one["value"], languages) + (f" ({one['source']})" if one.get("source") else "")
        for one in conflict.get("values", [])
    )
    return " — ".join(filter(None, (said(conflict["text"], languages), values)))


def fact_value(value: Any, languages: Iterable[str]) -> str:  # noqa: ANN401  # a « value » of the format
    """Say the value of a free fact."""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return formats.yes_or_no(value, spoken(languages))
    return said(value, languages) if isinstance(value, dict) else str(value)


def day(text: str, languages: Iterable[str]) -> str:
    """Say a date of any precision in the document's language."""
    return formats.day(text, spoken(languages))


def place_of(facts: Facts) -> str:
    """Say where: a place, several, or the points of a way, with the address and the town."""
    place = joined(facts.get("place")) or ", ".join(joined(one) for one in facts.get("places", []))
    if not place and facts.get("stops"):
        place = " → ".join(joined(stop) for stop in facts["stops"])
    return ", ".join(part for part in (place, facts.get("address", ""), joined(facts.get("town"))) if part)


def slot_line(slot: Facts, languages: Iterable[str]) -> str:
    """Say another day, hour or place."""
    languages = list(languages)
    language, vocabulary = spoken(languages), words(languages)
    start, end = hours.span(slot, language)
    told = [
        said(slot.get("title"), languages),
        day(slot["date"], languages) if slot.get("date") else slot.get("weekday", ""),
        vocabulary["day"].format(slot["day"]) if slot.get("day") is not None and not slot.get("date") else "",
        " – ".join(filter(None, (start, end))),
        f"{vocabulary['until_day']} {day(slot['end_date'], languages)}" if slot.get("end_date") else "",
        *(said(slot.get(key), languages) for key in ("place", "audience", "condition", "note")),
    ]
    return ", ".join(filter(None, told)) or said(slot.get("as_printed"), languages)


_SHORT = 200
"""A longer speech belongs on a page of its own."""


def _rank(flag: Facts) -> tuple[bool, int]:
    """Flags stand by their place from the left; those without one come last."""
    return flag.get("position") is None, flag.get("position") or 0


class _Voice:
    """Says facts in the first of the wanted languages that has words."""

    def __init__(self, languages: list[str], item: ProgrammeItem | None = None, headed: Iterable[str] = ()) -> None:
        self.languages, self.language, self.item = languages, spoken(languages), item
        self.words = words(languages)
        self.labels = labels(headed) if headed else self.words

    def line(self, key: str, text: str) -> str:
        return f"{self.labels[key]}{self.words['colon']}{text}" if text else ""

    def said(self, value: Any) -> str:  # noqa: ANN401  # a « words » of the format
        return said(value, self.languages)

    def all(self, things: Iterable[Any] | None, tell: Callable[[Any], str]) -> str:
        return ", ".join(filter(None, (tell(thing) for thing in things or [])))

    def plain(self, facts: Facts, keys: Iterable[str]) -> list[str]:
        return [self.line(key, self.said(facts.get(key))) for key in keys]

    def moves(self, facts: Facts) -> list[str]:
        """Where it was put off to or from, and what else is possible."""
        told = [
            self.line(key, slot_line(facts[key], self.languages))
            for key in ("postponed_to", "postponed_from")
            if facts.get(key)
        ]
        for key in ("alternatives", "sessions"):
            told += [self.line(key, slot_line(slot, self.languages)) for slot in facts.get(key, [])]
        for key in ("doors_open", "meeting_time"):
            told.append(self.line(key, hour(facts.get(key, ""), self.language)))
        rain = [self.said(facts.get("fallback")), self.said(facts.get("fallback_place"))]
        rain += [day(facts["fallback_date"], self.languages)] if facts.get("fallback_date") else []
        rain.append(hour(facts.get("fallback_start", ""), self.language))
        return [*told, self.line("fallback", ", ".join(filter(None, rain)))]

    def order(self, facts: Facts) -> list[str]:
        """What it follows or precedes, whatever the hour."""
        told = [
            self.said(facts.get(f"{key}_words")) or self.line(word, self.all(facts.get(key), self._item))
            for key, word in (("after", "after"), ("before", "before_item"))
        ]
        told.append(self.line("alternative_to", self.all(facts.get("alternative_to"), self._item)))
        told.append(self.labels["order_uncertain"] if facts.get("order_uncertain") else "")
        return [*told, self.said(facts.get("order_note"))]

    def access(self, public: bool | None, facts: Facts) -> list[str]:  # noqa: FBT001  # one of three answers
        """For whom, for how much, how many."""
        told = [self.labels["public" if public else "not_public"]] if public is not None else []
        told.append(self.labels["invitation"] if facts.get("invitation") else "")
        told.append(self.line("booking", self._booking(facts.get("booking"))))
        told.append(self.line("prices", prices_line(facts.get("prices", []), self.languages)))
        return [*told, self.line("capacity", str(facts["capacity"]) if facts.get("capacity") is not None else "")]

    def people(self, facts: Facts, *, for_guests: bool) -> list[str]:
        """Who organises, speaks, plays and translates."""
        organisers = [facts.get("organiser"), *facts.get("organisers", [])]
        told = [self.line("organiser", self.all(filter(None, organisers), self.said))]
        told.append(self.line("responsible", self.all(facts.get("responsible"), self._person)))
        told.append(self.line("languages", self.all(facts.get("languages"), self._language)))
        told.append(self.line("interpretation", self.all(facts.get("interpretation"), self.words.__getitem__)))
        told += [
            f"— {line}" for one in facts.get("speakers", []) if (line := self._speaker(one, for_guests=for_guests))
        ]
        told.append(self.line("interpreters", self.all(facts.get("interpreters"), self._interpreter)))
        told.append(self.line("performers", self.all(facts.get("performers"), self._performer)))
        contacts = "" if for_guests else self.all(facts.get("contacts"), self._contact)
        return [*told, self.line("contacts", contacts)]

    def stage(self, facts: Facts, *, for_guests: bool) -> list[str]:
        """What is played, shown, signed, laid out and driven."""
        signing = facts.get("signing", {})
        told = [
            self.line("works", self.all(facts.get("works"), self._work)),
            self.line("anthems", self.all(facts.get("anthems"), self._anthem)),
            self.line("flags", self.all(sorted(facts.get("flags", []), key=_rank), self._flag)),
            self.line("copies", str(signing.get("copies", "") or "")),
        ]
        told += [self.line("legs", self.leg(leg)) for leg in facts.get("legs", [])]
        return [*told, "" if for_guests else self.line("materials", self.all(facts.get("materials"), self.said))]

    def doubts(self, facts: Facts) -> list[str]:
        """What contradicts itself, the note, and any other fact."""
        told = [self.line("conflict", conflict_line(one, self.languages)) for one in facts.get("conflicts", [])]
        told.append(self.line("weekday", self._odd_weekday(facts)))
        told.append(joined(facts.get("note"), "\n"))
        colon = self.words["colon"]
        return told + [
            f"{fact['name']}{colon}{fact_value(fact['value'], self.languages)}" for fact in facts.get("facts", [])
        ]

    def leg(self, leg: Facts) -> str:
        """« autocar : Sailly 9 h (Paris) → Semenivka 14 h 30 (Kyïv) »."""
        ends = []
        for side in ("departure", "arrival"):
            zone = leg.get(f"{side}_timezone")
            at = hours.at(hour(leg.get(side, ""), self.language), zone or "", self.language)
            when = day(leg[f"{side}_date"], self.languages) if leg.get(f"{side}_date") else ""
            ends.append(" ".join(filter(None, (self.said(leg.get(f"{side}_place")), when, at))))
        way = " → ".join(filter(None, ends))
        means = " ".join(filter(None, (self.said(leg.get("mode")), self.said(leg.get("operator")), leg.get("number"))))
        return ", ".join(filter(None, (means, way, self.said(leg.get("note") or leg.get("as_printed")))))

    def route(self, facts: Facts) -> str:
        """The points of the way, where the column of places names other places."""
        named = facts.get("place") or facts.get("places")
        return " → ".join(self.said(stop) for stop in facts.get("stops", [])) if named else ""

    def somebody(self, person: Facts) -> str:
        """« maître de cérémonie : M. A. »."""
        who, role = self._stand_in(self._person(person), person), self.said(person.get("role"))
        return f"{role}{self.words['colon']}{who}" if role and who else role or who

    def party_note(self, party: Facts) -> str:
        """Who stays away, with what is noted of a town or a committee."""
        away = self.words["absent"] if party.get("absent") else ""
        under = ", ".join(filter(None, (away, self.said(party.get("note")))))
        return f"{self.said(party['name'])}{self.words['colon']}{under}" if under else ""

    def _speaker(self, speaker: Facts, *, for_guests: bool) -> str:
        """Who speaks, in what language and how it is made understood; or that they are away, and who stands in."""
        minutes = speaker.get("minutes")
        manner = speaker.get("interpretation") or ("consecutive" if speaker.get("interpreted") else "")
        under = [
            self._language(speaker["language"]) if speaker.get("language") else "",
            self.words["minutes"].format(minutes) if minutes and not for_guests else "",
            f"{self.words['interpretation'].lower()} {self.words[manner]}" if manner else "",
            self.said(speaker.get("text")) if len(self.said(speaker.get("text"))) < _SHORT else "",
        ]
        bracket = ", ".join(filter(None, under))
        told = speaker_line(speaker, self.languages)
        return self._stand_in(f"{told} ({bracket})" if bracket else told, speaker)

    def _stand_in(self, told: str, person: Facts) -> str:
        """Say after a person's name that they are away, and who stands in."""
        standing = self.said(person.get("represented_by"))
        away = [self.words["absent"]] if person.get("absent") else []
        away += [self.words["represented_by"].format(standing)] if standing else []
        return " — ".join(filter(None, (told, ", ".join(away))))

    def _item(self, number: Any) -> str:  # noqa: ANN401  # a number or a text, as printed
        found = [] if self.item is None else self.item.ceremony.programme
        other = next((one for one in found if str(number) in {str(one.details.get("number")), one.uid}), None)
        return said(other.title, self.languages) if other else str(number)

    def _person(self, person: Facts) -> str:
        return ", ".join(filter(None, (self.said(person.get("name")), self.said(person.get("function")))))

    def _language(self, code: str) -> str:
        return formats.language_name(code, self.language) if base(code) != "und" else ""

    def _interpreter(self, one: Facts) -> str:
        pair = " → ".join(self._language(one[key]) for key in ("from", "to") if one.get(key))
        how = self.words[one["interpretation"]] if one.get("interpretation") else one.get("manner", "")
        under = ", ".join(filter(None, (pair, how)))
        return f"{self.said(one.get('name'))} ({under})" if under else self.said(one.get("name"))

    def _performer(self, one: Facts) -> str:
        size = one.get("size")
        told = [self.said(one.get("name")), self.said(one.get("role"))]
        told += [self.words["delegation"].format(size)] if size else []
        works = "; ".join(filter(None, (self._work(work) for work in one.get("works", []))))
        return ", ".join(filter(None, told)) + (f" ({works})" if works else "")

    def _contact(self, one: Facts) -> str:
        return ", ".join(filter(None, (self.said(one.get(key)) for key in ("name", "role", "phone", "email", "url"))))

    def _work(self, one: Facts) -> str:
        return ", ".join(filter(None, (self.said(one.get("title")), self.said(one.get("author")))))

    def _anthem(self, one: Facts) -> str:
        return self._emblem(one, "title", "european_anthem", self.said(one.get("performer")))

    def _flag(self, one: Facts) -> str:
        return self._emblem(one, "entity", "european_flag")

    def _emblem(self, one: Facts, name: str, european: str, performer: str = "") -> str:
        """Whose it is: by its own name, else its country's, and who plays it."""
        country = formats.country(one["country"], self.language) if one.get("country") else ""
        known = [self.words[european] if one.get("european") else "", self.said(one.get(name)), country]
        first, *more = [text for text in known if text] or [""]
        bracket = ", ".join(filter(None, (*more, performer)))
        return f"{first} ({bracket})" if first and bracket else first or bracket

    def _booking(self, booking: str | Facts | None) -> str:
        if not booking or isinstance(booking, str):
            return str(booking or "")
        told = [self.said(booking.get("text"))]
        told.append(self.words["booking_required"] if booking.get("required") and not told[0] else "")
        told.append(self.words["full"] if booking.get("full") else "")
        until = booking.get("until")
        told.append(f"{self.words['booking_until']} {day(until, self.languages)}" if until else "")
        told += [self.said(booking.get(key)) for key in ("contact", "phone", "email", "url", "payment", "note")]
        return ", ".join(filter(None, told))

    def _odd_weekday(self, facts: Facts) -> str:
        """The weekday as printed, where the date is of another."""
        printed = facts.get("weekday", "")
        item = self.item
        actual = None if item is None else item.actual_day(item.ceremony.first_day)
        if not printed or actual is None:
            return ""
        known = {name.lower() for name in weekday_names(actual.weekday())}
        return "" if printed.strip().lower().rstrip(".") in known else printed


def weekday_names(number: int) -> set[str]:
    """A day of the week, whole and short, in every language with words."""
    found = set()
    for language in ("fr", "en", "de", "it", "es", "pt", "pl", "uk"):
        days = datewords.locale(language).days["format"]
        found |= {days[width][number].rstrip(".") for width in ("wide", "abbreviated", "short") if width in days}
    return found
