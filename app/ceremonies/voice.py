"""The facts of a ceremony or a moment, said in one language, a row each.

Every language gives the same rows in the same order, empty ones included: ``telling`` lays them side by side.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from babel.numbers import format_decimal

from app.ceremonies import hours, repeats
from app.ceremonies.phrases import conflict_line, day, fact_value, prices_line, slot_line, speaker_line, weekday_names
from app.ceremonies.wording import base, hour, joined, said, spoken, words
from app.texts import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.ceremonies.models import ProgrammeItem

Facts = dict[str, Any]


class Row(NamedTuple):
    """A fact under its label; without a text there is nothing to say."""

    label: str
    text: str
    colon: str = ""


_SHORT = 200
"""A longer speech belongs on a page of its own."""


def _rank(flag: Facts) -> tuple[bool, int]:
    """Flags stand by their place from the left; those without one come last."""
    return flag.get("position") is None, flag.get("position") or 0


class Voice:
    """Says facts in the first of the wanted languages that has words."""

    def __init__(self, languages: list[str], item: ProgrammeItem | None = None) -> None:
        self.languages, self.language, self.item = languages, spoken(languages), item
        self.words = words(languages)

    def line(self, key: str, text: str) -> Row:
        """A text under one of the words of the language."""
        return Row(self.words[key], text, self.words["colon"])

    def word(self, key: str, *, holds: bool) -> Row:
        """A word of the language, where it holds."""
        return Row("", self.words[key] if holds else "")

    def said(self, value: Any) -> str:  # noqa: ANN401  # a « words » of the format
        """A text, or the wording of the first wanted language that it has."""
        return said(value, self.languages)

    def all(self, things: Iterable[Any] | None, tell: Callable[[Any], str]) -> str:
        """Several things in a row."""
        return ", ".join(filter(None, (tell(thing) for thing in things or [])))

    def plain(self, facts: Facts, keys: Iterable[str]) -> list[Row]:
        """Facts that are texts, each under its own word."""
        return [self.line(key, self.said(facts.get(key))) for key in keys]

    def moves(self, facts: Facts) -> list[Row]:
        """Where it was put off to or from, and what else is possible."""
        told = [
            self.line(key, slot_line(facts[key], self.languages))
            for key in ("postponed_to", "postponed_from", "actual")
            if facts.get(key)
        ]
        told.append(self.word("one_of_places", holds=bool(facts.get("places_uncertain"))))
        for key in ("earlier_dates", "alternatives", "sessions"):
            told += [self.line(key, slot_line(slot, self.languages)) for slot in facts.get(key, [])]
        told.append(self.line("repeats", repeats.line(facts["repeats"], self.languages) if "repeats" in facts else ""))
        for key in ("doors_open", "meeting_time"):
            told.append(self.line(key, hour(facts.get(key, ""), self.language)))
        rain = [self.said(facts.get("fallback")), self.said(facts.get("fallback_place"))]
        rain += [day(facts["fallback_date"], self.languages)] if facts.get("fallback_date") else []
        rain.append(hour(facts.get("fallback_start", ""), self.language))
        return [*told, self.line("fallback", ", ".join(filter(None, rain)))]

    def order(self, facts: Facts) -> list[Row]:
        """What it follows or precedes, whatever the hour."""
        told = [
            Row("", printed) if printed else self.line(word, self.all(facts.get(key), self._item))
            for key, word in (("after", "after"), ("before", "before_item"))
            for printed in [self.said(facts.get(f"{key}_words"))]
        ]
        told.append(self.line("alternative_to", self.all(facts.get("alternative_to"), self._item)))
        told.append(self.word("order_uncertain", holds=bool(facts.get("order_uncertain"))))
        return [*told, Row("", self.said(facts.get("order_note")))]

    def access(self, public: bool | None, facts: Facts) -> list[Row]:  # noqa: FBT001  # one of three answers
        """For whom, for how much, how many."""
        told = [self.word("public" if public else "not_public", holds=public is not None)]
        told.append(self.word("invitation", holds=bool(facts.get("invitation"))))
        told.append(self.line("booking", self._booking(facts.get("booking"))))
        told.append(self.line("prices", prices_line(facts.get("prices", []), self.languages)))
        return [*told, self.line("capacity", str(facts["capacity"]) if facts.get("capacity") is not None else "")]

    def people(self, facts: Facts, *, for_guests: bool) -> list[Row]:
        """Who organises, speaks, plays and translates."""
        organisers = [facts.get("organiser"), *facts.get("organisers", [])]
        told = [self.line("organiser", self.all(filter(None, organisers), self.said))]
        told.append(self.line("responsible", self.all(facts.get("responsible"), self._person)))
        told.append(self.line("languages", self.all(facts.get("languages"), self._language)))
        told.append(self.line("interpretation", self.all(facts.get("interpretation"), self.words.__getitem__)))
        told += [self._speech(one, for_guests=for_guests) for one in facts.get("speakers", [])]
        told.append(self.line("interpreters", self.all(facts.get("interpreters"), self._interpreter)))
        told.append(self.line("performers", self.all(facts.get("performers"), self._performer)))
        contacts = "" if for_guests else self.all(facts.get("contacts"), self._contact)
        return [*told, self.line("contacts", contacts)]

    def stage(self, facts: Facts, *, for_guests: bool) -> list[Row]:
        """What is played, shown, signed, laid out and driven."""
        signing = facts.get("signing", {})
        told = [
            self.line("works", self.all(facts.get("works"), self._work)),
            self.line("anthems", self.all(facts.get("anthems"), self._anthem)),
            self.line("flags", self.all(sorted(facts.get("flags", []), key=_rank), self._flag)),
            self.line("copies", str(signing.get("copies", "") or "")),
        ]
        told += [self.line("legs", self.leg(leg)) for leg in facts.get("legs", [])]
        told.append(self.line("kilometres", self.kilometres(facts)))
        told.append(self.line("difficulty", self.said(facts.get("difficulty"))))
        materials = "" if for_guests else self.all(facts.get("materials"), self.said)
        return [*told, self.line("materials", materials)]

    def doubts(self, facts: Facts) -> list[Row]:
        """What contradicts itself, the note, and any other fact."""
        told = [self.conflict(one) for one in facts.get("conflicts", [])]
        told.append(self.line("weekday", self._odd_weekday(facts)))
        told.append(Row("", joined(facts.get("note"), "\n")))
        return told + [
            Row(fact["name"], fact_value(fact["value"], self.languages), self.words["colon"])
            for fact in facts.get("facts", [])
        ]

    def conflict(self, one: str | Facts) -> Row:
        """A contradiction of the source."""
        return self.line("conflict", conflict_line(one, self.languages))

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

    def kilometres(self, facts: Facts) -> str:
        """« 12,5 km »."""
        far = facts.get("kilometres")
        return f"{format_decimal(Decimal(far), locale=self.language)}\N{NO-BREAK SPACE}km" if far else ""

    def online(self, facts: Facts) -> list[Row]:
        """Where one takes part from afar; the code to enter is the team's."""
        told = facts.get("online", {})
        parts = (self.said(told.get("platform")), told.get("url", ""), self.said(told.get("note")))
        return [self.line("online", ", ".join(filter(None, parts)))]

    def route(self, facts: Facts) -> str:
        """The points of the way, where the column of places names other places."""
        named = facts.get("place") or facts.get("places")
        return " → ".join(self.said(stop) for stop in facts.get("stops", [])) if named else ""

    def somebody(self, person: Facts) -> Row:
        """« maître de cérémonie : M. A. »."""
        who, role = self._stand_in(self._person(person), person), self.said(person.get("role"))
        return Row(role, who, self.words["colon"]) if role and who else Row("", role or who)

    def party_note(self, party: Facts) -> Row:
        """Who stays away, with what is noted of a town or a committee."""
        away = self.words["absent"] if party.get("absent") else ""
        under = ", ".join(filter(None, (away, self.said(party.get("note")))))
        return Row(self.said(party["name"]), under, self.words["colon"])

    def hours(self, item: ProgrammeItem) -> list[Row]:
        """The hour where a calendar cannot say it: approximate, a part of the day, between two hours, none at all."""
        facts, start_word = item.details, "hour"
        if facts.get("part_of_day") and not item.start:
            return [self.line("part_of_day", self.said(facts["part_of_day"])), Row("", "")]
        if facts.get("all_day"):
            return [self.word("all_day", holds=True), Row("", "")]
        start, end = hours.span({**facts, "start": item.start, "end": item.end}, self.language)
        if not item.start and not facts.get("start_until"):
            nothing = self.words["no_hour"]
            return [Row("", start or (f"{nothing} ({end})" if end else nothing)), Row("", "")]
        is_about = facts.get("approximate") or facts.get("approximate_words")
        if is_about:
            start_word = "approximate"
        ends_about = facts.get("approximate_end") or facts.get("end_until")
        return [
            self.line(start_word, start if is_about or facts.get("start_until") else ""),
            self.line("approximate_end", end if ends_about else ""),
        ]

    def clocks(self, item: ProgrammeItem) -> list[Row]:
        """The clock of each place, and what is odd in the hours of the night on which clocks change."""
        zone = (hours.zone_note(item, self.language) or [""])[0]
        return [Row("", zone), *(Row("", one) for one in hours.occurrence_notes(item, self.language))]

    def _speech(self, speaker: Facts, *, for_guests: bool) -> Row:
        """« — A. B., maire (8 min) »; where nobody is named yet, « Discours : 8 min »."""
        told = self._speaker(speaker, for_guests=for_guests)
        return Row("—", told, " ") if speaker_line(speaker, self.languages) else self.line("speech", told)

    def _speaker(self, speaker: Facts, *, for_guests: bool) -> str:
        """Who speaks, in what language and how it is made understood; or that they are away, and who stands in."""
        minutes = speaker.get("minutes")
        manner = speaker.get("interpretation") or ("consecutive" if speaker.get("interpreted") else "")
        spoken_in = list(dict.fromkeys([*filter(None, [speaker.get("language")]), *speaker.get("languages", [])]))
        reader = self.said(speaker.get("read_by"))
        under = [
            self.all(spoken_in, self._language),
            self.words["read_by"].format(reader) if reader else "",
            self.words["minutes"].format(minutes) if minutes and not for_guests else "",
            self._interpreted(manner) if manner else "",
            self.said(speaker.get("text")) if len(self.said(speaker.get("text"))) < _SHORT else "",
        ]
        bracket = ", ".join(filter(None, under))
        told = speaker_line(speaker, self.languages)
        return self._stand_in(f"{told} ({bracket})" if told and bracket else told or bracket, speaker)

    def _interpreted(self, manner: str) -> str:
        """« interprétation consécutive », « Konsekutivdolmetschen », « sans interprétation »."""
        if manner == "none":
            return self.words["uninterpreted"]
        return self.words["interpreted"].format(self.words[manner])

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
        name, under = self.said(one.get("name")), ", ".join(filter(None, (pair, how)))
        return self._stand_in(f"{name} ({under})" if name and under else name or under, one)

    def _performer(self, one: Facts) -> str:
        size = one.get("size")
        told = [self.said(one.get("name")), self.said(one.get("role"))]
        told += [self.words["delegation"].format(size)] if size else []
        works = "; ".join(filter(None, (self._work(work) for work in one.get("works", []))))
        return self._stand_in(", ".join(filter(None, told)) + (f" ({works})" if works else ""), one)

    def _contact(self, one: Facts) -> str:
        return ", ".join(filter(None, (self.said(one.get(key)) for key in ("name", "role", "phone", "email", "url"))))

    def _work(self, one: Facts) -> str:
        return ", ".join(filter(None, (self.said(one.get("title")), self.said(one.get("author")))))

    def _anthem(self, one: Facts) -> str:
        return self._emblem(one, "title", "european_anthem", self.said(one.get("performer")))

    def _flag(self, one: Facts) -> str:
        flown = self.words["half_mast"] if one.get("half_mast") else ""
        return self._emblem(one, "entity", "european_flag", flown)

    def _emblem(self, one: Facts, name: str, european: str, how: str = "") -> str:
        """Whose it is: by its own name, else its country's, and who plays it or how it flies."""
        country = formats.country(one["country"], self.language) if one.get("country") else ""
        known = [self.words[european] if one.get("european") else "", self.said(one.get(name)), country]
        first, *more = [text for text in known if text] or [""]
        bracket = ", ".join(filter(None, (*more, how)))
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
