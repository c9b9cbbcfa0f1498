"""Days that have not come when a text is put to a vote: the decision that will be taken on it, its signature.

Such a day may be left open: the print then holds a place in which it is written by hand, and the words that were
voted are those that are signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.shared.fuzzydate import understand
from app.texts import formats
from app.texts.document import Act, When
from app.texts.merge import merge, missing
from app.texts.phrases import Speaker

if TYPE_CHECKING:
    from datetime import date

    from app.texts.document import Document
    from app.texts.merge import Missing

_OPEN = When(state="to_be_set")
_COMMITTEES = {"committee", "association"}


def is_open(when: When | None) -> bool:
    """Whether a day is to be written by hand."""
    return when is not None and when.date is None and when.state == "to_be_set"


def days_lacking(document: Document) -> list[Missing]:
    """What is still to be filled in and may be left open; a signature needs its place first."""
    return [one for one in missing(document) if _is_day(one.name, document)]


def leave_open(document: Document) -> Document:
    """Return the text with a place for each day it lacks."""
    lacking = {one.name for one in days_lacking(document)}
    acts, speaker = list(document.acts), Speaker(document, "fr")
    for party in document.parties:
        if f"party.{party.id}.decision" in lacking:
            before = speaker.decision(party.id)
            fresh = Act(kind="board_mandate" if party.body in _COMMITTEES else "council_decision", by=party.id)
            made = replace(before or fresh, date=_OPEN)
            acts = [made if one is before else one for one in acts] if before else [*acts, made]
    signings = document.signings
    if "signing.date" in lacking:
        signings = [one if one.date and one.date.date else replace(one, date=_OPEN) for one in signings]
    return replace(document, acts=acts, signings=signings)


def days_open(document: Document) -> int:
    """How many days are to be written by hand."""
    dates = [*(act.date for act in document.acts), *(signing.date for signing in document.signings)]
    return sum(map(is_open, dates))


def decisions_to_come(document: Document, today: date) -> list[tuple[str, When]]:
    """The decisions that the words of a text tell as taken on a day that has not come: whose, and when."""
    if not document.languages:
        return []
    speaker, found = Speaker(document, document.languages[0]), []
    said = " ".join(part.text for part in merge(document, document.languages[0]).parts)
    for party in document.parties:
        act = speaker.decision(party.id)
        when = understand(act.date.date or "") if act is not None and act.date is not None else None
        if act is not None and act.date is not None and when is not None and when.earliest > today:
            if formats.dated(act.date, document.languages[0]) not in said:
                continue
            found.append((party.name, act.date))
    return found


def _is_day(name: str, document: Document) -> bool:
    if name == "signing.date":
        return bool(document.signings)
    return name.startswith("party.") and name.endswith(".decision")
