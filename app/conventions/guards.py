"""What rooms above say of a text: whether it may be signed on a day, how far it has come there, that it is signed.

One truth for the clearance: every page and every verb that makes an original, gives it out or notes a signature asks
:func:`hindrance`. A room above registers a guard: ``register(guard)`` with ``guard(session, question) -> Hindrance |
None``; a teller of where texts stand (``tells``); a witness that writes a signature down on its side (``witnesses``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.conventions.models import ConventionVersion
    from app.shared.actor import Actor

    GoPast: TypeAlias = "Callable[[Session, str, Actor, datetime], None]"


@dataclass(frozen=True)
class Question:
    """Whether the words of a version may be signed on a day; ``by_all``: every party is said to have signed."""

    version: ConventionVersion
    on: date
    by_all: bool = False


@dataclass(frozen=True)
class Hindrance:
    """Why a text may not be signed, and the page where it is decided.

    ``go_past`` writes down the reason, author and date with which somebody goes past it; None: nobody may, here.
    """

    sentence: object
    label: object
    url: str
    note: str = ""
    go_past: GoPast | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a text stands with those who decide on it: a word for lists, a sentence, what to do next and for whom.

    An empty ``state`` leaves the word of the text itself; ``holds_back``: what was cleared may not be signed today;
    ``is_signed``: it is noted there that these words were signed.
    """

    sentence: object
    label: object
    url: str
    body_id: int
    state: object = ""
    tone: str = ""
    todo: object = ""
    is_ready: bool = False
    holds_back: bool = False
    is_signed: bool = False


Guard: TypeAlias = "Callable[[Session, Question], Hindrance | None]"
Teller: TypeAlias = "Callable[[Session, Collection[int]], Mapping[int, Standing]]"
Witness: TypeAlias = "Callable[[Session, ConventionVersion, date | None, Actor, datetime], None]"
_guards: list[Guard] = []
_tellers: list[Teller] = []
_witnesses: list[Witness] = []


def register(guard: Guard) -> None:
    """Ask this guard before an original is made, given out or signed."""
    if guard not in _guards:
        _guards.append(guard)


def tells(teller: Teller) -> None:
    """Let this room say where texts stand with it."""
    if teller not in _tellers:
        _tellers.append(teller)


def witnesses(witness: Witness) -> None:
    """Tell this room when a text is signed, and on which day."""
    if witness not in _witnesses:
        _witnesses.append(witness)


def hindrance(session: Session, question: Question) -> Hindrance | None:
    """What the first guard says against it."""
    return next((found for guard in _guards if (found := guard(session, question)) is not None), None)


def standings(session: Session, convention_ids: Collection[int]) -> dict[int, Standing]:
    """Where these texts stand, as far as a room above has something to say; a few queries, whatever their number."""
    found: dict[int, Standing] = {}
    for teller in _tellers:
        found = {**teller(session, convention_ids), **found}
    return found


def bear_witness(session: Session, version: ConventionVersion, day: date | None, *, by: Actor, at: datetime) -> None:
    """Have the rooms above write down that these words were signed."""
    for witness in _witnesses:
        witness(session, version, day, by, at)
