"""What a deliberation did to the twinning itself: suspended, ended, renewed it; whether the dossier says so yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.council.meter import meter_of
from app.council.models import Act, ActModel, ActStatus
from app.council.told import told_day
from app.shared.clock import day_of
from app.twinnings.models import EventKind, Stage, Twinning, TwinningEvent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

_STAGES = {"suspension": Stage.SUSPENDED, "end": Stage.ENDED}
_TITLES = {
    "suspension": _l("noter que le jumelage est suspendu"),
    "end": _l("noter que le jumelage est terminé"),
    "renewal": _l("noter que le jumelage est renouvelé"),
}


@dataclass(frozen=True)
class Effect:
    """What an act in force decided of its twinning and the dossier does not say; ``stage`` is empty for a renewal.

    A renewal that is noted wakes a twinning that slept: its stage is then the next thing to note.
    """

    act: Act
    twinning_id: int
    title: object
    stage: str

    @property
    def day(self) -> date | None:
        """The day from which it holds; without one that can be read, the day of the vote."""
        return told_day(self.act.answers, "effet") or self.act.voted_on

    @property
    def reason(self) -> str:
        """Why the council decided so, in its own words."""
        return str(self.act.answers.get("motif") or "").strip()


def acts_on_a_twinning_itself(session: Session, bodies: Collection[int], *, limit: int = 8) -> list[Act]:
    """The acts adopted by these communes that suspend, end or renew a twinning, the latest first."""
    statement = (
        select(Act)
        .join(Twinning, Twinning.id == Act.twinning_id)
        .where(Act.body_id.in_(bodies), Act.trashed_at.is_(None), Twinning.trashed_at.is_(None))
        .where(Act.model == ActModel.ENDING, Act.status == ActStatus.ADOPTED)
        .order_by(Act.voted_on.desc(), Act.id.desc())
        .limit(limit)
    )
    return list(session.scalars(statement))


def effects_to_note(session: Session, acts: Iterable[Act], on: date) -> list[Effect]:
    """What acts in force have changed and nobody noted in the dossier since their vote; one query at most."""
    asked = [act for act in acts if act.model == ActModel.ENDING and act.twinning_id is not None]
    asked = [act for act in asked if _decision(act) and _has_begun(act, on) and meter_of(act, on).is_enforceable]
    if not asked:
        return []
    noted = session.scalars(
        select(TwinningEvent).where(
            TwinningEvent.twinning_id.in_([act.twinning_id for act in asked]),
            TwinningEvent.trashed_at.is_(None),
            TwinningEvent.kind.in_((EventKind.STAGE, EventKind.RENEWAL)),
        )
    ).all()
    found = (_left_to_note(act, noted) for act in asked)
    return [effect for effect in found if effect is not None]


def _left_to_note(act: Act, noted: Sequence[TwinningEvent]) -> Effect | None:
    stage, number = _STAGES.get(_decision(act), ""), act.twinning_id or 0
    if not any(_is_noted(event, act, stage) for event in noted):
        return Effect(act, number, _TITLES[_decision(act)], stage)
    sleeps = act.twinning is not None and act.twinning.stage in {Stage.DORMANT, Stage.SUSPENDED, Stage.ENDED}
    is_since = any(event.stage and _is_since(event, act) for event in noted)
    if not stage and sleeps and not is_since:
        return Effect(act, number, _l("noter que le jumelage a repris"), Stage.ACTIVE)
    return None


def _decision(act: Act) -> str:
    told = str(act.answers.get("decision") or "")
    return told if told in _TITLES else ""


def _has_begun(act: Act, on: date) -> bool:
    """Whether the day from which the act tells its effect has come; a day that cannot be read is left to people."""
    day = told_day(act.answers, "effet")
    return day is None or day <= on


def _is_noted(event: TwinningEvent, act: Act, stage: str) -> bool:
    """Whether an event of the dossier tells this effect: one of its kind, of a day or written since the vote."""
    is_it = event.stage == stage if stage else event.kind == EventKind.RENEWAL
    return is_it and _is_since(event, act)


def _is_since(event: TwinningEvent, act: Act) -> bool:
    since = act.voted_on
    if event.twinning_id != act.twinning_id or since is None:
        return False
    return day_of(event.created_at) >= since or (event.when_sort is not None and event.when_sort >= since)
