"""What people told of an act in the form of its model, as facts: the days and the sums that the law looks at.

``Act.answers`` holds the words that the model took; under ``facts`` what was understood of them (a day as
« 2027-06-11 », a sum as « 1500.00 »); under ``online`` how the act stands on the website once it is published. A day
holds until somebody tells another one. A sum holds as long as the text of the act still says it: whoever writes another
one there has told another fact.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from app.forms.dates import parse
from app.law.words import full_day
from app.shared.fuzzydate import BadDate, Precision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.council.models import Act

DAYS = ("contrat", "effet", "depart", "retour")
"""The answers that are days of the act."""

SUMS = ("montant", "montant_chiffres", "nature")
"""The answers that are sums of money."""


def online_told(act: Act) -> dict[str, Any] | None:
    """How the act stands on the website, as far as somebody said; None where nobody did."""
    kept = act.answers.get("online") or {}
    told = {name: value for name, value in kept.items() if name != "address"}
    return told or None


def told_day(answers: Mapping[str, Any], name: str) -> date | None:
    """A day that was told; of an act written before days were kept, what its words say."""
    facts = answers.get("facts")
    if facts is not None:
        return date.fromisoformat(facts[name]) if facts.get(name) else None
    try:
        found = parse(str(answers.get(name) or "").replace("\N{NO-BREAK SPACE}", " "))
    except BadDate:
        return None
    return found.earliest if found.precision is Precision.DAY else None


def told_sum(act: Act, name: str) -> Decimal | None:
    """A sum that was told, as long as the act still says it."""
    fact, words = (act.answers.get("facts") or {}).get(name), str(act.answers.get(name) or "")
    if not fact or not is_said(act, words):
        return None
    try:
        return Decimal(fact)
    except InvalidOperation:
        return None


def is_said(act: Act, words: str) -> bool:
    """Whether the text of an act says these words, whatever the spaces between them."""
    bare = _bare(words).strip()
    return bool(bare) and re.search(rf"(?<!\d)(?<!\d ){re.escape(bare)}", _bare(text_of(act))) is not None


def text_of(act: Act) -> str:
    """All that an act says, a line each."""
    return "\n".join([act.title, *(one.get("text", "") for one in act.visas), *act.recitals, *act.articles])


_APOSTROPHES = {0x2019: "'"}


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_APOSTROPHES)).casefold()


def facts_of(days: Mapping[str, date | None], sums: Mapping[str, Decimal | None]) -> dict[str, str]:
    """What is kept of an act beside its words."""
    kept = {name: day.isoformat() for name, day in days.items() if day is not None}
    return kept | {name: f"{amount:.2f}" for name, amount in sums.items() if amount is not None}


def said_days(days: Mapping[str, date | None]) -> dict[str, str]:
    """The words that days take in an act, by the blank that they fill: « du 11 au 14 juin 2027 » for a journey."""
    said = {name: _day(day) for name, day in days.items() if name in {"contrat", "effet"} and day is not None}
    departs, returns = days.get("depart"), days.get("retour")
    if departs is not None:
        said["dates"] = journey(departs, returns or departs)
    return said


def journey(departs: date, returns: date) -> str:
    """« le 11 juin 2027 », « du 11 au 14 juin 2027 », « du 30 mai au 2 juin 2027 »."""
    if departs == returns:
        return f"le {_day(departs)}"
    number, month, year = _day(departs).split(" ")
    if departs.year != returns.year:
        begins = f"{number} {month} {year}"
    else:
        begins = number if departs.month == returns.month else f"{number} {month}"
    return f"du {begins} au {_day(returns)}"


def _day(day: date) -> str:
    return full_day(day).partition(" ")[2]
