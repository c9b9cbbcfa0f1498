"""How many people a commune has, and since when: a meeting and an act are judged by the numbers of their own day.

What is noted of a later day never judges an older one anew. Before the first day that is noted the earliest numbers
hold, for no others are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.council.dated import Dated, holding, in_order, kept_day, read_day

if TYPE_CHECKING:
    from datetime import date

    from app.council.models import Council


@dataclass(frozen=True)
class Populations(Dated):
    """The two numbers that the law looks at: that of the last general renewal, and the one in force."""

    reference: int | None = None
    current: int | None = None

    def filled(self, listed: int | None) -> Populations:
        """The same, what nobody told taken from the list of communes."""
        reference = listed if self.reference is None else self.reference
        current = listed if self.current is None else self.current
        return Populations(reference, current, since=self.since)


def populations_of(council: Council | None, listed: int | None) -> tuple[Populations, ...]:
    """The numbers of a commune in the order of their days; at least those of the list, as long as nobody told any."""
    if council is None:
        return (Populations(listed, listed),)
    former = [
        Populations(row.get("reference"), row.get("current"), since=read_day(row.get("since")))
        for row in council.former_populations or []
    ]
    last = Populations(council.reference_population, council.current_population, since=council.population_since)
    return tuple(one.filled(listed) for one in in_order((*former, last)))


def populations_on(rows: tuple[Populations, ...], on: date) -> Populations:
    """Those that hold on a day; before the first one, the earliest."""
    return holding(rows, on) or rows[0]


def kept_beside(rows: tuple[Populations, ...]) -> list[dict[str, Any]]:
    """All but the last, as they are kept."""
    return [{"reference": one.reference, "current": one.current, "since": kept_day(one.since)} for one in rows[:-1]]
