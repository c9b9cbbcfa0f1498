"""How the law room writes French: full dates, sums of money, typography, the nearest word."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905  # shorter to read
)
_DAY_AND_MONTH = re.compile(rf"(?<=\d) (?=(?:{'|'.join(MONTHS)})\b)|(?<=\b1er) (?=(?:{'|'.join(MONTHS)})\b)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_NARROW = "\u202f"
_FIXED = "\u00a0"


def full_day(day: date) -> str:
    """Write a day in full: ``mardi 1er septembre 2026``."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{_DAYS[day.weekday()]} {number} {MONTHS[day.month - 1]} {day.year}"


def euros(amount: Decimal | int) -> str:
    """Write a sum: ``23 000 €``, with cents only where there are some."""
    text = f"{amount:,.2f}" if amount % 1 else f"{int(amount):,}"
    return text.replace(",", _NARROW).replace(".", ",") + f"{_FIXED}€"


def counted(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun; the plural adds an ``s`` to each word unless given."""
    plural = many or " ".join(f"{word}s" for word in one.split())
    return f"{number:,}".replace(",", _NARROW) + _FIXED + (one if abs(number) < 2 else plural)  # noqa: PLR2004  # French plural starts at two


def french(text: str) -> str:
    """Set the no-break spaces and the apostrophes of a French sentence."""
    text = re.sub(r" (?=[;:!?»€%])", _FIXED, text.replace("« ", f"«{_FIXED}"))
    return re.sub(r"(?<=\w)'(?=\w|«)", "’", text)


def printed(text: str) -> str:
    """A sentence set for paper: a day stays on the line of its month, and a sum such as « 1 500 » in one piece."""
    return _THOUSANDS.sub(_FIXED, _DAY_AND_MONTH.sub(_FIXED, french(text)))


def article(code: str) -> str:
    """Write an article of the code as lawyers do: ``L. 2121-17``, ``L. 2121-17, al. 2``."""
    match = re.match(r"([LRDA])\.?\s*\*?(\d[\d-]*)(.*)$", code)
    if match is None:
        return code
    return f"{match[1]}.{_FIXED}{match[2]}" + re.sub(r"^ al\. ?", f", al.{_FIXED}", match[3])


def cited(text: str) -> str:
    """« CGCT L2121-11, L2121-12 » as « CGCT, art. L. 2121-11 et L. 2121-12 »."""
    code, space, rest = text.partition(" ")
    if code != "CGCT" or not space or ";" in rest:
        return text
    return f"CGCT, art. {listed(article(one.strip()) for one in rest.split(','))}"


def listed(words: Iterable[str]) -> str:
    """Join words: ``a, b et c``."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} et {last}" if most else last


def nearest(word: str, words: Iterable[str]) -> str:
    """Return the known word that is most like this one, or nothing."""
    found = get_close_matches(word.lower(), list(words), n=1, cutoff=0.7)
    return found[0] if found else ""
