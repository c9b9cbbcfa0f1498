"""Stages and events: noted, corrected, taken back; a stage out of order is warned about, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.database.unit import alone_on
from app.people.naming import clean, clean_text
from app.shared.errors import EditConflict
from app.shared.saying import said
from app.twinnings.labels import EVENT_NAMES, OATHS, PATH, STAGE_NAMES, event_title, stage_name
from app.twinnings.models import EventKind, Stage, TwinningEvent
from app.twinnings.queries import day_number, landmarks
from app.twinnings.services.dossiers import BadTwinning, tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor
    from app.shared.fuzzydate import FuzzyDate
    from app.twinnings.models import Twinning

LENGTHS = {"title": 200, "place": 200, "source": 300, "text": 8000, "reason": 4000}


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """What is noted of a point of the timeline."""

    kind: EventKind
    stage: Stage | None = None
    when: FuzzyDate | None = None
    title: str = ""
    text: str = ""
    place: str = ""
    reason: str = ""
    source: str = ""
    review_on: date | None = None

    def cleaned(self) -> EventFacts:
        """The same without control characters.

        :raises BadTwinning: naming what is missing or too long.
        """
        lines = {name: clean(getattr(self, name)) for name in ("title", "place", "source")}
        texts = {name: clean_text(getattr(self, name)) for name in ("text", "reason")}
        tidy = EventFacts(kind=self.kind, stage=self.stage, when=self.when, review_on=self.review_on, **lines, **texts)
        for name, most in LENGTHS.items():
            if (length := len(getattr(tidy, name))) > most:
                raise BadTwinning(
                    _l(
                        "C’est trop long : %(length)s caractères, gardez-en %(most)s au plus.",
                        length=length,
                        most=most,
                    ),
                    field=name,
                )
        if (self.kind == EventKind.STAGE) != (self.stage is not None):
            raise BadTwinning(_l("Choisissez l’étape."), field="stage")
        if self.kind == EventKind.NOTE and not (tidy.title or tidy.text):
            raise BadTwinning(_l("Donnez un titre à ce souvenir."), field="title")
        return tidy


def note_event(
    session: Session, twinning: Twinning, facts: EventFacts, *, by: Actor, at: datetime, acting: int | None
) -> TwinningEvent:
    """Add a point to the timeline; the latest stage becomes the present one."""
    tidy = facts.cleaned()
    event = TwinningEvent(twinning_id=twinning.id, entered_by=by.name, created_at=at)
    _write(event, tidy)
    session.add(event)
    session.flush()
    if tidy.stage is None:
        tell(session, "twinning.event_noted", twinning, by, at, acting, title=event_title(event))
    else:
        if _is_latest(session, event):
            twinning.stage = tidy.stage
        twinning.revision += 1
        tell(session, "twinning.stage_changed", twinning, by, at, acting, stage=tidy.stage.value)
    return event


def correct_event(
    session: Session,
    event: TwinningEvent,
    facts: EventFacts,
    *,
    revision: int,
    by: Actor,
    at: datetime,
    acting: int | None,
) -> None:
    """Correct a point of the timeline.

    :raises EditConflict: when somebody else did since the form was opened.
    """
    alone_on(session, event)
    tidy = facts.cleaned()
    if event.revision != revision:
        raise EditConflict(theirs=told(facts_of(event)), yours=told(tidy))
    before = event.stage
    _write(event, tidy)
    event.revision += 1
    session.flush()
    _settle_stage(session, event.twinning, touched={before, event.stage})
    tell(session, "twinning.event_corrected", event.twinning, by, at, acting, title=event_title(event))


def trash_event(session: Session, event: TwinningEvent, *, by: Actor, at: datetime, acting: int | None) -> None:
    """Take a point out of the timeline; nothing of it is lost."""
    if event.trashed_at is None:
        event.trashed_at = at
        event.revision += 1
        session.flush()
        _settle_stage(session, event.twinning, touched={event.stage})
        tell(session, "twinning.event_trashed", event.twinning, by, at, acting, title=event_title(event))


def restore_event(session: Session, event: TwinningEvent, *, by: Actor, at: datetime, acting: int | None) -> None:
    """Put a point back."""
    if event.trashed_at is not None:
        event.trashed_at = None
        event.revision += 1
        session.flush()
        if event.stage and _is_latest(session, event):
            event.twinning.stage = event.stage
        tell(session, "twinning.event_restored", event.twinning, by, at, acting, title=event_title(event))


def warnings_of(history: Sequence[TwinningEvent], facts: EventFacts, *, today: date) -> list[str]:
    """What looks odd about a change of stage; the person decides, nothing is refused.

    ``history`` are the landmarks of the twinning, the oldest first.
    """
    if facts.stage is None:
        return []
    stages = [event for event in history if event.kind == EventKind.STAGE]
    return [
        str(sentence) for sentence in (*_of_order(stages, facts), *_of_dates(stages, facts, today), *_missing(facts))
    ]


def noted_already(history: Sequence[TwinningEvent], facts: EventFacts) -> TwinningEvent | None:
    """The same stage that somebody has noted: of the same time, of a time not said, or the present one.

    ``history`` are the landmarks of the twinning, the oldest first. A stage that another has followed since may come
    again at another date: a twinning is suspended twice.
    """
    stages = [event for event in history if event.kind == EventKind.STAGE]
    same = [event for event in stages if event.stage == facts.stage]
    return next((event for event in reversed(same) if event is stages[-1] or _may_be_at_once(event, facts)), None)


def _may_be_at_once(event: TwinningEvent, facts: EventFacts) -> bool:
    if event.when is None or facts.when is None:
        return True
    return event.when.earliest <= facts.when.latest and facts.when.earliest <= event.when.latest


def _of_order(stages: Sequence[TwinningEvent], facts: EventFacts) -> list[object]:
    stage = facts.stage
    passed = {event.stage for event in stages if not _is_after(event, facts)}
    told: list[object] = []
    if stage == Stage.SECOND_OATH and Stage.FIRST_OATH not in passed:
        told.append(_l("Le second serment vient d’ordinaire après un premier, qui n’est pas noté avant cette date."))
    if stage == Stage.FIRST_OATH and Stage.VOTE not in passed:
        told.append(
            _l(
                "Aucun vote n’est noté avant ce serment. Le conseil municipal délibère d’abord, "
                "le maire signe ensuite (CGCT, art. L. 2121-29)."
            )
        )
    if stage in OATHS and stage in passed:
        told.append(_l("Ce serment est déjà noté. Si c’est un renouvellement, ajoutez-le au fil comme tel."))
    if stage in PATH and (last := next((event for event in reversed(stages) if not _is_after(event, facts)), None)):
        if last.stage == Stage.ENDED:
            told.append(_l("Ce jumelage était terminé : notez la raison qui le fait revivre."))
        elif last.stage in PATH and PATH.index(Stage(last.stage)) > PATH.index(stage):
            told.append(
                _l("C’est un retour en arrière : l’étape notée avant est « %(stage)s ».", stage=stage_name(last.stage))
            )
    return told


def _of_dates(stages: Sequence[TwinningEvent], facts: EventFacts, today: date) -> list[object]:
    if facts.when is None:
        return [_l("Sans date, cette étape se placera à la fin du fil.")]
    told: list[object] = []
    if facts.when.earliest > today:
        told.append(_l("Cette date est à venir : l’étape sera notée comme déjà atteinte."))
    if later := [event for event in stages if _is_after(event, facts)]:
        told.append(
            _l(
                "Une étape plus récente est déjà notée (%(stage)s, %(when)s) : celle-ci entrera dans l’histoire, "
                "l’étape actuelle ne changera pas.",
                stage=stage_name(later[-1].stage),
                when=said(later[-1].when),
            )
        )
    return told


def _missing(facts: EventFacts) -> list[object]:
    told: list[object] = []
    if facts.stage in OATHS and not facts.place.strip():
        told.append(_l("Le lieu du serment n’est pas dit."))
    if facts.stage in {Stage.SUSPENDED, Stage.ENDED} and not facts.reason.strip():
        told.append(_l("La raison n’est pas dite : vos successeurs la chercheront."))
    if facts.stage == Stage.SUSPENDED and facts.review_on is None:
        told.append(_l("Aucune date n’est fixée pour revoir cette suspension."))
    if facts.stage == Stage.SUSPENDED and facts.review_on and facts.when and facts.review_on < facts.when.earliest:
        told.append(_l("La date fixée pour revoir cette suspension est passée avant qu’elle commence."))
    return told


def _is_after(event: TwinningEvent, facts: EventFacts) -> bool:
    if event.when is None or facts.when is None:
        return False
    return event.when.earliest > facts.when.latest


def facts_of(event: TwinningEvent) -> EventFacts:
    """What is kept of an event."""
    return EventFacts(
        kind=EventKind(event.kind),
        stage=Stage(event.stage) if event.stage else None,
        when=event.when,
        title=event.title,
        text=event.text,
        place=event.place,
        reason=event.reason,
        source=event.source,
        review_on=event.review_on,
    )


def told(facts: EventFacts) -> dict[str, str]:
    """The facts by label, for people who compare two texts."""
    return {
        str(_l("Genre")): str(STAGE_NAMES[facts.stage] if facts.stage else EVENT_NAMES[facts.kind]),
        str(_l("Date")): said(facts.when) if facts.when else "",
        str(_l("Titre")): facts.title,
        str(_l("Récit")): facts.text,
        str(_l("Lieu")): facts.place,
        str(_l("Raison")): facts.reason,
        str(_l("Source")): facts.source,
        str(_l("À revoir le")): said(facts.review_on) if facts.review_on else "",
    }


def _write(event: TwinningEvent, facts: EventFacts) -> None:
    event.kind, event.stage = facts.kind.value, facts.stage.value if facts.stage else ""
    for name in LENGTHS:
        setattr(event, name, getattr(facts, name))
    event.review_on = facts.review_on if facts.stage == Stage.SUSPENDED else None
    event.set_when(facts.when)


def _stages(session: Session, twinning_id: int) -> list[TwinningEvent]:
    return [event for event in landmarks(session, twinning_id) if event.kind == EventKind.STAGE]


def _is_latest(session: Session, event: TwinningEvent) -> bool:
    """Whether no other stage is dated later; among equals the one noted last wins, and one without a date is now."""
    if event.when_sort is None:
        return True
    mine = day_number(event.when_sort)
    return all(day_number(one.when_sort) <= mine for one in _stages(session, event.twinning_id))


def _settle_stage(session: Session, twinning: Twinning, *, touched: set[str]) -> None:
    """After a stage was corrected or taken back, the latest one left is the present one.

    A present stage that no event tells (it came from a list) stays, unless it was touched.
    """
    stages = _stages(session, twinning.id)
    told_by_none = twinning.stage not in {event.stage for event in stages} and twinning.stage not in touched
    if any(touched) and stages and not told_by_none:
        twinning.stage = stages[-1].stage
