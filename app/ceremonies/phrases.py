"""Single things of a programme in words: a price, a speaker, a day, a place, another date.

The first of the wanted languages that has words is spoken; a text by language is said in the first that it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.ceremonies import hours
from app.ceremonies.wording import joined, said, spoken, words
from app.shared import datewords
from app.texts import formats

if TYPE_CHECKING:
    from collections.abc import Iterable

Facts = dict[str, Any]


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
        *(said(slot.get(key), languages) for key in ("place", "audience", "condition", "reason", "note")),
    ]
    return ", ".join(filter(None, told)) or said(slot.get("as_printed"), languages)


def weekday_names(number: int) -> set[str]:
    """A day of the week, whole and short, in every language with words."""
    found = set()
    for language in ("fr", "en", "de", "it", "es", "pt", "pl", "uk"):
        days = datewords.locale(language).days["format"]
        found |= {days[width][number].rstrip(".") for width in ("wide", "abbreviated", "short") if width in days}
    return found
