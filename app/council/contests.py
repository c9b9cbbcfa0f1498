"""Who contests an act, and what has been answered: a refusal of the commune ends no case before the judge.

Two roads run beside each other. A *recours gracieux* and the prefect's letter are addressed to the commune, which
answers each of them, or lets its silence answer (CJA, R421-2); a *déféré*, an appeal and a suspension are the judge's,
who alone dismisses them (CJA, L521-1). One answer ends one of them, never all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.council.models import ActEventKind
from app.law.acts import last_in_time
from app.law.vocabulary.acts import Act as DatedAct
from app.law.vocabulary.acts import Appeal, PrefectLetter

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
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

    @property
    def is_open(self) -> bool:
        """Whether judge or council may have the last word; a silence of the commune has a day of its own."""
        return bool(self.before_the_judge or self.stopped_by)


def contest_of(act: Act, on: date | None = None) -> Contest:
    """Read the facts in their order, up to a day."""
    judged, stopped = _at_court([event for event in act.facts if on is None or event.happened_on <= on])
    return Contest(stopped_by=stopped, before_the_judge=judged)


def happened(act: Act, kind: ActEventKind) -> date | None:
    """The last day on which something happened to an act; None when it did not."""
    return max((one.happened_on for one in act.facts if one.kind == kind), default=None)


def dated_facts(act: Act, *, is_local: bool) -> DatedAct:
    """The days of an act in the vocabulary of :mod:`app.law`: the page, the checks and the command count from these.

    An appeal or a letter that nobody answered is told as such, for silence refuses it. Of several letters the first
    counts, of several appeals the last that came in time.
    """
    stopped = contest_of(act).stopped_by
    return DatedAct(
        stopped_on=stopped.happened_on if stopped else None,
        transmitted_on=act.transmitted_on or False,
        published_on=act.published_on or False,
        prefect_request_on=happened(act, ActEventKind.PAPERS_ASKED),
        completed_on=happened(act, ActEventKind.PAPERS_GIVEN),
        prefect_letter=_letter(act),
        appeal=_appeal(act, is_local=is_local),
        contested=contest_of(act).is_open or None,
    )


def _letter(act: Act) -> PrefectLetter | None:
    letter = next((event for event in act.facts if event.kind == ActEventKind.PREFECT_LETTER), None)
    if letter is None:
        return None
    kinds = {ActEventKind.LETTER_REFUSED}
    if happened(act, ActEventKind.GRACIOUS_APPEAL) is None:
        kinds.add(ActEventKind.GRACIOUS_REFUSED)
    return PrefectLetter(letter.sent_on, letter.happened_on, _answer(act, letter.happened_on, kinds))


def _appeal(act: Act, *, is_local: bool) -> Appeal | None:
    days = [event.happened_on for event in act.facts if event.kind == ActEventKind.GRACIOUS_APPEAL]
    lodged = min(days, default=None)
    if act.published_on:
        lodged = last_in_time(act.published_on, days, alsace_moselle=is_local)
    return Appeal(lodged, _answer(act, lodged, {ActEventKind.GRACIOUS_REFUSED})) if lodged else None


def _answer(act: Act, asked_on: date, kinds: AbstractSet[ActEventKind]) -> date | Literal[False]:
    """The first refusal from that day on; False: none yet."""
    days = [event.happened_on for event in act.facts if event.kind in kinds and event.happened_on >= asked_on]
    return min(days, default=False)


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
