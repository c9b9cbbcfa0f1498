"""What was voted from a screen with somebody's proxy: it counts toward what a person may carry at that item."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.assemblies.course import Course
    from app.assemblies.models import AssemblyItem, AssemblySeat


def voted_for(item: AssemblyItem, holder: AssemblySeat) -> set[int]:
    """For whom somebody has voted from a screen at an item, beside themselves."""
    return {voice.seat_id for voice in item.voices if voice.through_id == holder.id}


def carries_beyond(item: AssemblyItem, holder: AssemblySeat, course: Course, *, more: int = 0) -> bool:
    """Whether somebody carries more at an item than the statutes allow, with those for whom they have voted there.

    ``more``: proxies about to be noted.
    """
    if course.limit is None:
        return False
    standing = {one.giver_id for one in course.standing(item) if one.holder_id == holder.id}
    return len(standing | voted_for(item, holder)) + more > course.limit
