"""What stands still on the evening: a meeting that is closed, an item that is voted, the voters of a vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.models import MeetingStatus
from app.council.reckoning import standing_at
from app.council.services.meetings import NotPossibleNow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.council.models import AgendaPoint, Meeting


def require_evening(meeting: Meeting) -> None:
    """Only a convened meeting that is not closed takes what happens on the evening."""
    if meeting.status not in {MeetingStatus.CONVENED, MeetingStatus.OPEN}:
        raise NotPossibleNow(
            _l(
                "Cette séance n’est pas convoquée, ou elle est "
                "close\N{NO-BREAK SPACE}: la feuille de séance ne change plus."
            )
        )


def require_unvoted(point: AgendaPoint) -> None:
    """What concerns an item is not changed once it is voted."""
    if point.voted_at is not None:
        raise NotPossibleNow(
            _l(
                "Le point « %(title)s » est voté\N{NO-BREAK SPACE}: ce qui le concerne ne change plus.",
                title=point.title,
            )
        )


def votes_so_far(meeting: Meeting) -> dict[int, tuple[object, ...]]:
    """Who made each vote that is recorded: those there, those represented, who presided."""
    found: dict[int, tuple[object, ...]] = {}
    for point in meeting.agenda:
        if point.voted_at is None:
            continue
        standing = standing_at(meeting, point)
        found[point.id] = (
            {seat.id for seat in standing.present},
            {proxy.giver_id for proxy in standing.represented},
            standing.chair.id if standing.chair else None,
        )
    return found


def require_same_votes(meeting: Meeting, before: Mapping[int, tuple[object, ...]]) -> None:
    """What is noted later may not take voters from a vote, nor add any: the counts would be false, silently."""
    after = votes_so_far(meeting)
    changed = next((point for point in meeting.agenda if before.get(point.id) != after.get(point.id)), None)
    if changed is not None:
        raise NotPossibleNow(
            _l(
                "Le vote de « %(title)s » est consigné avec ses présents et ses représentés\N{NO-BREAK SPACE}: "
                "ils ne changent plus (CGCT, art. L. 2121-17). Notez une arrivée ou un départ avant le point suivant.",
                title=changed.title,
            )
        )
