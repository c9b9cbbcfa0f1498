"""How long before a meeting the convocation must go, in each commune and each case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from app.law import tables
from app.law.days import clear_days

if TYPE_CHECKING:
    from datetime import date

    from app.law.council import Side

Outcome = Literal["met", "short", "disputed", "unknown"]


@dataclass(frozen=True)
class Notice:
    """The days asked between sending and meeting, sending day excluded, meeting day included.

    Under ``firm`` every reading of the law is broken; from ``full`` on every reading is met; between the two the
    sources conflict (or the population is not known: ``is_known``). ``is_clear`` says whether whole days are asked.
    """

    firm: int
    full: int
    is_clear: bool = True
    is_known: bool = True

    @property
    def required(self) -> int:
        """The number people speak of: clear days, or days before the meeting where the law does not say clear."""
        return self.firm - 1 if self.is_clear else self.firm

    def judge(self, sent_on: date, held_on: date) -> Outcome:
        """Say whether a sending day is early enough."""
        gap = (held_on - sent_on).days
        if gap >= self.full:
            return "met"
        if gap < self.firm:
            return "short"
        return "disputed" if self.is_known else "unknown"

    def days_between(self, sent_on: date, held_on: date) -> int:
        """Count the days that a sending leaves, as this notice counts them: clear ones, or from date to date."""
        return clear_days(sent_on, held_on) if self.is_clear else (held_on - sent_on).days

    def latest_sending(self, held_on: date) -> date:
        """Return the last day for sending that no reading forbids."""
        return held_on - timedelta(days=self.full)

    def last_possible_sending(self, held_on: date) -> date:
        """Return the last day for sending that some reading allows."""
        return held_on - timedelta(days=self.firm)

    def earliest_meeting(self, sent_on: date) -> date:
        """Return the first day that no reading forbids for the meeting."""
        return sent_on + timedelta(days=self.full)


def ordinary_notice(
    side: Side | None, *, on: date | None = None, alsace_moselle: bool = False, is_first: bool = False
) -> Notice:
    """Return the delay of an ordinary meeting (CGCT L2121-7, -11, -12; L2541-2 in Alsace-Moselle)."""
    small = tables.number("delai_convocation_moins_3500", on) + 1
    large = tables.number("delai_convocation_3500", on) + 1
    least = tables.number("delai_convocation_local", on) if alsace_moselle else small
    if is_first:
        first = tables.number("delai_premiere_seance", on) + 1
        return Notice(min(least, first), first, is_clear=not alsace_moselle)
    if side == "under":
        return Notice(least, least, is_clear=not alsace_moselle)
    if side == "at_least" and not alsace_moselle:
        return Notice(large, large)
    return Notice(least, large, is_clear=not alsace_moselle, is_known=side is not None)


def urgent_notice(side: Side | None, *, on: date | None = None, alsace_moselle: bool = False) -> Notice:
    """Return the shortest delay in an emergency: one clear day, the day before in Alsace-Moselle."""
    clear = tables.number("delai_urgence", on) + 1
    if not alsace_moselle:
        return Notice(clear, clear)
    local = tables.number("delai_urgence_local", on)
    return Notice(local, local if side == "under" else clear, is_clear=False, is_known=side is not None)


def second_notice(*, on: date | None = None, alsace_moselle: bool = False) -> Notice:
    """Return the delay of a second convocation, which needs no quorum (CGCT L2121-17 al. 2; L2541-4).

    The local text names no delay of its own: three days as for any convocation there, or three clear ones as elsewhere.
    """
    clear = tables.number("delai_seconde_convocation", on) + 1
    if not alsace_moselle:
        return Notice(clear, clear)
    local = tables.number("delai_convocation_local", on)
    return Notice(min(local, clear), clear, is_clear=False)
