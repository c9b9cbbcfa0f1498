"""Facts about a text that its articles do not say: where and when it is signed, how it ends, where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.texts.document import Duration, Signing, Spot, Term, When

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.texts.document import Document

UNITS = ("days", "working_days", "weeks", "months", "years")


@dataclass(frozen=True)
class Occasion:
    """One signing as a form tells it. All empty: there is none."""

    places: tuple[str, ...] = ()
    date: str = ""
    order: str = ""
    status: str = ""
    occasion: str = ""


@dataclass(frozen=True)
class FurtherFacts:
    """What a form may say beside the words. ``first``: by language, the party that it names first."""

    signings: tuple[Occasion, ...]
    first: Mapping[str, str]
    reference: str = ""
    kept_at: tuple[str, ...] = ()
    notice: tuple[int, str] | None = None
    until: str = ""
    renewal: str = ""
    has_term: bool = True


def told(document: Document) -> FurtherFacts:
    """What a text says of this now."""
    term = document.term or Term()
    return FurtherFacts(
        signings=tuple(_occasion(one) for one in document.signings),
        first={code: order[0] for code, order in document.order_by_language.items() if order},
        reference=document.reference,
        kept_at=tuple(document.kept_at),
        notice=_simple(term.notice),
        until=term.until.date or "" if term.until else "",
        renewal=term.renewal or "",
    )


def record(document: Document, facts: FurtherFacts) -> Document:
    """The text with these facts; what a form cannot say of them (an hour, a hall, who was there) stays."""
    made = []
    for number, one in enumerate(facts.signings):
        base = document.signings[number] if number < len(document.signings) else Signing()
        if one != Occasion():
            made.append(base if one == _occasion(base) else _signing(base, one))
    names = [party.id for party in document.parties]
    orders = dict(document.order_by_language)
    for code, first in facts.first.items():
        if not first or (first == names[0] and code not in orders):
            orders.pop(code, None)
        elif orders.get(code, [""])[0] != first:
            orders[code] = [first, *(name for name in names if name != first)]
    changed = replace(
        document, signings=made, order_by_language=orders, reference=facts.reference, kept_at=list(facts.kept_at)
    )
    return replace(changed, term=_term(document.term, facts)) if facts.has_term else changed


def is_plain(duration: Duration | None) -> bool:
    """Whether a form can say a length of time: one unit, or nothing."""
    return duration is None or _simple(duration) is not None


def _occasion(one: Signing) -> Occasion:
    return Occasion(
        places=tuple(spot.name for spot in one.places),
        date=one.date.date or "" if one.date else "",
        order=one.order or "",
        status=one.status or "",
        occasion=one.occasion,
    )


def _signing(base: Signing, one: Occasion) -> Signing:
    known = {spot.name: spot for spot in base.places}
    date = base.date
    if one.date != (date.date or "" if date else ""):
        date = replace(date or When(), date=one.date or None, as_written={}, gregorian=None)
        date = None if date == When() else replace(date, state="given") if one.date else date
    return replace(
        base,
        places=[known.get(name) or Spot(name=name) for name in one.places],
        date=date,
        order=one.order or None,
        status=one.status or None,
        occasion=one.occasion,
    )


def _term(term: Term | None, facts: FurtherFacts) -> Term | None:
    base = term or Term()
    until = base.until
    if facts.until != (until.date or "" if until else ""):
        until = When(date=facts.until) if facts.until else None
    notice = base.notice
    if is_plain(notice) and facts.notice != _simple(notice):
        notice = replace(Duration(), **{facts.notice[1]: facts.notice[0]}) if facts.notice else None
    made = replace(base, until=until, notice=notice, renewal=facts.renewal or None)
    return None if made == Term() else made


def _simple(duration: Duration | None) -> tuple[int, str] | None:
    """A length in one unit; nothing when there is none, or when it takes several."""
    if duration is None:
        return None
    said = [(number, unit) for unit in UNITS if (number := getattr(duration, unit)) is not None]
    return said[0] if len(said) == 1 and not duration.as_written and not duration.note else None
