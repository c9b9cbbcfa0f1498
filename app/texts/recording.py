"""Facts about a text that its articles do not say: where and when it is signed, how it ends, where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from app.texts import signers
from app.texts.document import Annex, Duration, Signatory, Signing, Spot, Term, When

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.texts.document import Document
    from app.texts.signers import PartyAnswer

T = TypeVar("T")

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
    """What a form may say beside the words. ``first``: by language, the party that it names first.

    Witnesses and annexes are a line each; a line that nobody touched keeps all that lies behind it.
    """

    signings: tuple[Occasion, ...]
    first: Mapping[str, str]
    reference: str = ""
    kept_at: tuple[str, ...] = ()
    notice: tuple[int, str] | None = None
    until: str = ""
    renewal: str = ""
    has_term: bool = True
    witnesses: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    parties: tuple[PartyAnswer, ...] = ()


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
        witnesses=tuple(_witness(one) for one in document.witnesses),
        annexes=tuple(_annex(one, document) for one in document.annexes),
    )


def record(document: Document, facts: FurtherFacts) -> Document:
    """The text with these facts; what a form cannot say of them (an hour, a hall, who was there) stays."""
    made = []
    for number, one in enumerate(facts.signings):
        is_known = number < len(document.signings)
        base = document.signings[number] if is_known else Signing()
        if is_known and one == _occasion(base):
            made.append(base)
        elif one != Occasion():
            made.append(_signing(base, one))
    names = [party.id for party in document.parties]
    orders = dict(document.order_by_language)
    for code, first in facts.first.items():
        if not first or (first == names[0] and code not in orders):
            orders.pop(code, None)
        elif orders.get(code, [""])[0] != first:
            orders[code] = [first, *(name for name in names if name != first)]
    changed = replace(
        document,
        signings=made,
        order_by_language=orders,
        reference=facts.reference,
        kept_at=list(facts.kept_at),
        signatories=signers.answered(document.signatories, facts.parties),
        witnesses=_kept(document.witnesses, facts.witnesses, _witness, _new_witness),
        annexes=_kept(document.annexes, facts.annexes, lambda one: _annex(one, document), _new_annex(document)),
    )
    return replace(changed, term=_term(document.term, facts)) if facts.has_term else changed


def is_plain(duration: Duration | None) -> bool:
    """Whether a form can say a length of time: one unit, or nothing."""
    return duration is None or _simple(duration) is not None


def _kept(before: list[T], typed: tuple[str, ...], tell: Callable[[T], str], take: Callable[[str], T]) -> list[T]:
    """The list as typed; a line that comes back as it was shown stands for what it stood for."""
    known: dict[str, list[T]] = {}
    for one in before:
        known.setdefault(tell(one), []).append(one)
    return [known[line].pop(0) if known.get(line) else take(line) for line in typed]


def _witness(one: Signatory) -> str:
    said = ", ".join(filter(None, (f"{one.title} {one.name or one.initials}".strip(), one.role_as_written or one.role)))
    return " ".join((said or one.for_as_written or one.note or "…").split())


def _new_witness(line: str) -> Signatory:
    name, _comma, role = (part.strip() for part in line.partition(","))
    return Signatory(name=name, role=role)


def _annex(one: Annex, document: Document) -> str:
    first = next((one.title[code] for code in document.languages if code in one.title), "")
    return " ".join((first or next(iter(one.title.values()), "") or "…").split())


def _new_annex(document: Document) -> Callable[[str], Annex]:
    language = next(iter(document.languages), "fr")
    return lambda line: Annex(title={language: line})


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
