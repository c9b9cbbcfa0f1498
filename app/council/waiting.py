"""What a meeting of the council waits for: one answer, told on its page, at home and in the dossier of a twinning."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from app.council.models import MeetingStatus
from app.council.reckoning import last_dispatch
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import date

    from app.council.models import Meeting


class Step(StrEnum):
    """The next step of a meeting, in the order in which they come.

    ``MOVE``: its day came and no convocation went. ``SETTLE``: it went to everybody, and nobody closed it. ``POST``: it
    is noted nowhere that it was put up. ``HOLD``: nothing but its day is missing. ``RECORD``: its day came.
    """

    AGENDA = "agenda"
    MOVE = "move"
    SEND = "send"
    SETTLE = "settle"
    POST = "post"
    HOLD = "hold"
    RECORD = "record"
    GO_ON = "go_on"
    RECALL = "recall"
    PUBLISH = "publish"


def step_of(meeting: Meeting, on: date) -> Step | None:
    """What is to be done next for a meeting; None where nothing is."""
    if meeting.trashed_at is not None:
        return None
    has_come = day_of(meeting.starts_at) <= on
    if meeting.status == MeetingStatus.DRAFT:
        return _of_draft(meeting, has_come=has_come)
    if meeting.status == MeetingStatus.CONVENED:
        return Step.RECORD if has_come else Step.HOLD if meeting.posted_on else Step.POST
    if meeting.status == MeetingStatus.CLOSED:
        return None if meeting.list_posted_on else Step.PUBLISH
    return {MeetingStatus.OPEN: Step.GO_ON, MeetingStatus.NO_QUORUM: Step.RECALL}.get(MeetingStatus(meeting.status))


def _of_draft(meeting: Meeting, *, has_come: bool) -> Step:
    if last_dispatch(meeting) is not None:
        return Step.SETTLE
    if has_come:
        return Step.MOVE
    return Step.SEND if meeting.agenda else Step.AGENDA
