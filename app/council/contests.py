"""Who contests an act, and what has been answered: a refusal of the commune ends no case before the judge.

Two roads run beside each other. A *recours gracieux* and the prefect's letter are addressed to the commune, which
answers them; a *déféré*, an appeal and a suspension are the judge's, who alone dismisses them (CJA, L521-1).
One answer ends one of them, never all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.council.models import ActEventKind

if TYPE_CHECKING:
    from datetime import date

    from app.council.models import Act, ActEvent

FOR_GOOD = (ActEventKind.ANNULMENT, ActEventKind.REVOCATION, ActEventKind.REPEAL)
"""What ends an act, the strongest first: an act that was annulled or withdrawn never was, whatever follows."""
ASKED_OF_THE_COMMUNE = frozenset({ActEventKind.PREFECT_LETTER, ActEventKind.GRACIOUS_APPEAL})
BEFORE_THE_JUDGE = frozenset({ActEventKind.PREFECT_REFERRAL, ActEventKind.COURT_APPEAL})


@dataclass(frozen=True)
class Contest:
    """What stands against an act on a day."""

    stopped_by: ActEvent | None = None
    before_the_judge: int = 0
    is_letter_open: bool = False
    answered_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether judge, prefect or council may have the last word; a third party's silence has a day of its own."""
        return bool(self.before_the_judge or self.is_letter_open or self.stopped_by)


def contest_of(act: Act, on: date | None = None) -> Contest:
    """Read the facts in their order, up to a day."""
    told = [event for event in act.facts if on is None or event.happened_on <= on]
    asked = [event for event in told if event.kind in ASKED_OF_THE_COMMUNE]
    answers = [event.happened_on for event in told if event.kind == ActEventKind.GRACIOUS_REFUSED]
    waits = len(answers) < len(asked)
    judged, stopped = _at_court(told)
    return Contest(
        stopped_by=stopped,
        before_the_judge=judged,
        is_letter_open=waits and any(event.kind == ActEventKind.PREFECT_LETTER for event in asked),
        answered_on=answers[-1] if answers and not waits else None,
    )


def _at_court(told: list[ActEvent]) -> tuple[int, ActEvent | None]:
    """How many cases the judge still has, and what took the act's force away."""
    judged, stopped = 0, None
    for event in told:
        kind = ActEventKind(event.kind)
        if kind in FOR_GOOD:
            stopped = _stronger(stopped, event)
        elif kind in BEFORE_THE_JUDGE:
            judged += 1
        elif kind == ActEventKind.SUSPENSION:
            judged, stopped = max(judged, 1), stopped or event
        elif kind == ActEventKind.APPEAL_DISMISSED:
            judged = max(judged - 1, 0)
            if not judged and stopped and stopped.kind == ActEventKind.SUSPENSION:
                stopped = None
    return judged, stopped


def _stronger(stopped: ActEvent | None, event: ActEvent) -> ActEvent:
    """Which of two ends is told: nobody repeals what a judge has annulled."""
    if stopped is None or stopped.kind not in FOR_GOOD:
        return event
    return min(event, stopped, key=lambda one: FOR_GOOD.index(ActEventKind(one.kind)))
