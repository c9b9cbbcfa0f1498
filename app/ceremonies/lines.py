"""Lists as people type them, one a line, without losing what a line does not show.

A line that comes back as it was shown keeps everything that lay behind it; only a changed or new line is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import get_locale

from app.ceremonies import phrases
from app.ceremonies.wording import LANGUAGES, said, vocabulary, words

if TYPE_CHECKING:
    from collections.abc import Callable

_AMOUNT = re.compile(r"^(\d{1,9})(?:[.,](\d{1,2}))?\s*(?:€|euros?|EUR)?$", re.IGNORECASE)
_PHONE = re.compile(r"[+(]?\d[\d .()/-]{5,30}")
_FREE = {"gratuit", "gratuite", "libre", "free", "frei", "kostenlos"}

_ON_A_LINE = frozenset(
    {"name", "title", "function", "body", "subject", "role", "phone", "email", "url", "read_by", "as_printed"}
)
_READERS = "|".join(re.escape(vocabulary(one).words["read_by"].format("").strip()) for one in LANGUAGES)
_READ_BY = re.compile(rf"\s*\((?:{_READERS}|lue par)\s+([^()]+)\)$", re.IGNORECASE)
_SUM = ("amount", "amount_max", "currency", "free", "as_printed")

Thing = dict[str, Any]


def shown(things: list[Thing], tell: Callable[[Thing], str]) -> str:
    """Show a list, one a line; what has nothing to show is left out of sight, not lost."""
    return "\n".join(line for thing in things if (line := tell(thing)))


def read(things: list[Thing], text: str, tell: Callable[[Thing], str], take: Callable[[str], Thing]) -> list[Thing]:
    """Read a list back: lines that did not change keep what they stood for, unseen things stay in place."""
    known: dict[str, list[Thing]] = {}
    for thing in things:
        known.setdefault(tell(thing), []).append(thing)
    known.pop("", None)
    typed = [line for raw in text.splitlines() if (line := " ".join(raw.split()))]
    claimed = {rank: known[line].pop(0) for rank, line in enumerate(typed) if known.get(line)}
    left = [one for many in known.values() for one in many]
    found = [claimed[rank] if rank in claimed else _changed(take(line), left) for rank, line in enumerate(typed)]
    before: Thing | None = None
    for thing in things:
        if not tell(thing):
            place = next((rank for rank, one in enumerate(found, 1) if one is before), 0)
            found.insert(place, thing)
        before = thing
    return found


def _changed(new: Any, left: list[Thing]) -> Any:  # noqa: ANN401  # a thing, or words alone
    """A line that says something else of somebody who was named before keeps what no line says of them."""
    name = new.get("name") if isinstance(new, dict) else None
    old = next((one for one in left if name and said(one.get("name"), ["fr"]) == name), None)
    if old is None:
        return new
    left.remove(old)
    behind = {key: value for key, value in old.items() if key not in _ON_A_LINE}
    return behind | {key: old[key] if said(old.get(key), ["fr"]) == value else value for key, value in new.items()}


def kept(value: Any, typed: str, language: str) -> Any:  # noqa: ANN401  # a « words » of the interchange format
    """Keep a text as it was unless it changed; a text by language changes in that language only."""
    clean = typed.strip().replace("\r\n", "\n")
    if clean == said(value, [language]).strip():
        return value
    if isinstance(value, dict) and language in value and clean:
        return {**value, language: clean}
    return clean


def price_line(price: Thing) -> str:
    """« enfant -12 ans : 5 € »."""
    told = phrases.prices_line([{name: price[name] for name in _SUM if name in price}], ["fr"])
    category = said(price.get("category"), ["fr"])
    return " ".join((f"{category} : {told}" if category else told).split())


def read_price(line: str) -> Thing:
    """Read « category : amount »; an amount that is no number stays as it was written."""
    category, _, amount = line.rpartition(":")
    category, amount = category.strip(), amount.strip()
    told: Thing = {"category": category} if category else {}
    if match := _AMOUNT.match(amount):
        told |= {"amount": match[1] + (f".{match[2]}" if match[2] else ""), "currency": "EUR"}
    elif amount.lower() in _FREE:
        told["free"] = True
    else:
        told["as_printed"] = amount
    return told


def speaker_line(speaker: Thing) -> str:
    """« Nom, fonction : sujet (lu par Nom) »."""
    reader, tongue = said(speaker.get("read_by"), ["fr"]), str(get_locale() or "fr")
    told = f"({words([tongue])['read_by'].format(reader)})" if reader else ""
    return " ".join(f"{phrases.speaker_line(speaker, ['fr'])} {told}".split())


def read_speaker(line: str) -> Thing:
    """Read « name, function : subject (read by name) », the last words in any of our languages."""
    reader = _READ_BY.search(line)
    who, _, subject = (line[: reader.start()] if reader else line).partition(":")
    name, _, function = who.partition(",")
    told = {"name": name.strip(), "function": function.strip(), "subject": subject.strip()}
    told["read_by"] = reader[1].strip() if reader else ""
    return {key: value for key, value in told.items() if value}


def interpreter_line(interpreter: Thing) -> str:
    """The interpreter's name."""
    return " ".join(said(interpreter.get("name"), ["fr"]).split())


def read_interpreter(line: str) -> Thing:
    """A name."""
    return {"name": line}


def performer_line(performer: Thing) -> str:
    """« Nom, rôle »."""
    return " ".join(", ".join(filter(None, (said(performer.get(key), ["fr"]) for key in ("name", "role")))).split())


def read_performer(line: str) -> Thing:
    """Read « name, role »."""
    name, _, role = (part.strip() for part in line.partition(","))
    return {"name": name, "role": role} if role else {"name": name}


def contact_line(contact: Thing) -> str:
    """« Nom, rôle, téléphone, adresse »."""
    parts = (said(contact.get(key), ["fr"]) for key in ("name", "role", "phone", "email", "url"))
    return " ".join(", ".join(filter(None, parts)).split())


def read_contact(line: str) -> Thing:
    """Read « name, role, telephone, address »; what looks like a telephone or an address is known by its signs."""
    told: Thing = {}
    for part in filter(None, (one.strip() for one in line.split(","))):
        if _PHONE.fullmatch(part):
            told.setdefault("phone", part)
        elif "@" in part:
            told.setdefault("email", part)
        elif part.startswith(("http://", "https://", "www.")):
            told.setdefault("url", part)
        else:
            key = "role" if "name" in told else "name"
            told[key] = f"{told[key]}, {part}" if key in told else part
    return told


def booking_text(booking: Any, language: str) -> str:  # noqa: ANN401  # a text or a « booking » of the format
    """The words of a booking, whichever way it is kept."""
    return said(booking.get("text"), [language]) if isinstance(booking, dict) else said(booking)


def kept_booking(booking: Any, typed: str, language: str) -> Any:  # noqa: ANN401  # as above
    """Change the words of a booking only; an emptied one goes."""
    if isinstance(booking, dict) and booking.get("text") is not None:
        text = kept(booking["text"], typed, language)
        return {**booking, "text": text} if text else None
    if isinstance(booking, dict):
        return {**booking, "text": typed.strip()} if typed.strip() else booking
    return kept(booking, typed, language)
