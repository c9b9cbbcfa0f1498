"""Making, changing, moving and calling off a ceremony."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.ceremonies import agenda, standing
from app.ceremonies.model_programme import FIVE_MOMENTS
from app.ceremonies.models import Ceremony, CeremonyStatus, ProgrammeItem
from app.ceremonies.naming import OVER, as_called_today
from app.ceremonies.queries import clock_of
from app.ceremonies.wording import said
from app.database.unit import alone_on
from app.documents.zones import is_zone
from app.places import clocks
from app.shared.errors import DomainError, EditConflict
from app.twinnings.models import Twinning

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.shared.actor import Actor
    from app.shared.fuzzydate import FuzzyDate

FIVE = "five_moments"
BLANK = "blank"


class NotOfThisTwinning(DomainError):
    """The host is no party of the twinning."""


class ZoneUnknown(DomainError):
    """The time zone has a name that nobody knows."""


class NoDayToCountFrom(DomainError):
    """A programme cannot be moved without a day to count from."""


@dataclass(frozen=True, kw_only=True)
class CreateCeremony:
    """What one must say to begin: a title and a twinning; the rest may come later."""

    title: dict[str, str]
    twinning_id: int
    host_body_id: int | None = None
    owner_body_id: int | None = None
    kind: str = "oath"
    when: FuzzyDate | None = None
    start: str = ""
    is_about: bool = False
    about_words: str = ""
    """What was said of an hour that is not exact, where it is not « vers »: « à partir de »."""
    timezone: str = ""
    """Only where the clock of the host is not known already."""
    place: str = ""
    languages: tuple[str, ...] = ("fr",)
    model: str = FIVE


@dataclass(frozen=True, kw_only=True)
class EditCeremony:
    """The ceremony's own page of questions; ``facts`` replaces the named details, empty ones fall away."""

    revision: int
    title: dict[str, str]
    kind: str
    when: FuzzyDate | None
    timezone: str
    languages: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ChangeStatus:
    """Confirm, call off, postpone, or note that it took place; a reason is shown in calendars."""

    revision: int
    status: CeremonyStatus
    reason: str | dict[str, str] = ""
    postponed_to: FuzzyDate | None = None


@dataclass(frozen=True, kw_only=True)
class DuplicateCeremony:
    """Take a programme up again from another first day, or without one."""

    title: dict[str, str]
    when: FuzzyDate | None


def create_ceremony(session: Session, command: CreateCeremony, *, by: Actor, at: datetime) -> Ceremony:
    """Begin a ceremony for a twinning, with the five moments or without any."""
    twinning = session.get_one(Twinning, command.twinning_id)
    host = _host(twinning, command.host_body_id)
    towns = [party.body for party in twinning.parties if party.is_town]
    hosts = [host] if host else []
    ceremony = Ceremony(
        uid=str(uuid.uuid4()),
        owner_body_id=command.owner_body_id,
        host_body_id=host.id if host else None,
        title=command.title,
        kind=command.kind,
        status=CeremonyStatus.PLANNED,
        timezone=_clock(host, command.timezone) if host else "Europe/Paris",
        languages=list(command.languages),
        details=_without_blanks(
            {
                "place": command.place,
                "hosts": [_party(body) for body in hosts],
                "guests": [_party(body) for body in towns if body not in hosts],
            }
        ),
        modified=at,
        calendar_changed_at=at,
        created_at=at,
        twinnings=[twinning],
    )
    ceremony.set_when(command.when)
    if command.model == FIVE:
        ceremony.items = _five_moments(command, at)
    session.add(ceremony)
    session.flush()
    agenda.refresh(ceremony, at=at)
    session.flush()
    _record(session, "ceremonies.created", ceremony, by=by, at=at)
    return ceremony


def edit_ceremony(session: Session, ceremony: Ceremony, command: EditCeremony, *, by: Actor, at: datetime) -> None:
    """Change what a ceremony says of itself; moments without a day of their own move along with its day."""
    alone_on(session, ceremony)
    if command.timezone and not is_zone(command.timezone):
        raise ZoneUnknown(
            _l("Le fuseau « %(name)s » n’existe pas. Exemple : Europe/Paris.", name=command.timezone),
            field="timezone",
        )
    _no_conflict(ceremony, command)
    if command.title != ceremony.title:  # agendas of several ceremonies say it with every moment
        for item in ceremony.items:
            item.modified = at
    ceremony.title, ceremony.kind = command.title, command.kind
    ceremony.timezone, ceremony.languages = command.timezone, list(command.languages)
    present = {**ceremony.details, **command.facts}
    present = present if ceremony.status in OVER else as_called_today(present, ceremony)
    ceremony.details = _without_blanks(present)
    ceremony.set_when(command.when)
    _changed(ceremony, at)
    _record(session, "ceremonies.edited", ceremony, by=by, at=at)


def change_status(session: Session, ceremony: Ceremony, command: ChangeStatus, *, by: Actor, at: datetime) -> None:
    """Say how sure the ceremony is; calendars are told, a cancellation in words too."""
    alone_on(session, ceremony)
    if command.revision != ceremony.revision:
        raise EditConflict(theirs={}, yours={})  # the page compares every field of its form
    may_be_later = command.status in {CeremonyStatus.POSTPONED, ceremony.status}
    told = standing.told_of(ceremony, command.status, command.reason)
    ceremony.status = command.status
    later = {**ceremony.details.get("postponed_to", {}), "date": str(command.postponed_to or "")}
    later = _without_blanks(later) if may_be_later else {}
    ceremony.details = _without_blanks({**ceremony.details, **told, "postponed_to": later})
    _changed(ceremony, at)
    _record(session, "ceremonies.status_changed", ceremony, by=by, at=at, status=command.status.value)


def duplicate_ceremony(
    session: Session, source: Ceremony, command: DuplicateCeremony, *, by: Actor, at: datetime
) -> Ceremony:
    """Make a new ceremony of an old programme, every day moved by the same number of days.

    :raises NoDayToCountFrom: when the old programme has days of its own but no first day.
    """
    first, _last = agenda.span_of(source)
    details = {name: value for name, value in source.details.items() if name not in _OF_ONE_TIME}
    details = as_called_today(details, source)
    copy = Ceremony(
        uid=str(uuid.uuid4()),
        owner_body_id=source.owner_body_id,
        host_body_id=source.host_body_id,
        title=command.title,
        kind=source.kind,
        status=CeremonyStatus.PLANNED,
        timezone=source.timezone,
        languages=list(source.languages),
        details=details,
        modified=at,
        calendar_changed_at=at,
        created_at=at,
        twinnings=list(source.twinnings),
    )
    copy.set_when(command.when)
    for item in source.programme:
        copy.items.append(_copied(item, source, copy, first, at))
    session.add(copy)
    session.flush()
    agenda.refresh(copy, at=at)
    session.flush()
    _record(session, "ceremonies.duplicated", copy, by=by, at=at)
    return copy


def trash_ceremony(session: Session, ceremony: Ceremony, *, by: Actor, at: datetime) -> None:
    """Put a ceremony in the trash: it leaves the calendars, and can be put back."""
    ceremony.trashed_at = at
    _changed(ceremony, at)
    _record(session, "ceremonies.trashed", ceremony, by=by, at=at)


def restore_ceremony(session: Session, ceremony: Ceremony, *, by: Actor, at: datetime) -> None:
    """Take a ceremony out of the trash."""
    ceremony.trashed_at = None
    _changed(ceremony, at)
    _record(session, "ceremonies.restored", ceremony, by=by, at=at)


_OF_ONE_MOMENT = frozenset(
    {
        *("sources", "conflicts", "gaps", "weekday", "as_printed", "status_reason", "status_date", "postponed_to"),
        *("postponed_from", "alternatives", "attendance", "report", "start_occurrence", "end_occurrence"),
        *("fallback_date", "end_date", "end_day"),
    }
)
_OF_ONE_TIME = _OF_ONE_MOMENT | {"published_range", "edition"}


def _copied(item: ProgrammeItem, source: Ceremony, copy: Ceremony, first: date | None, at: datetime) -> ProgrammeItem:
    day = item.actual_day(source.first_day)
    number = (day - first).days + 1 if day and first else item.day
    details = {name: value for name, value in item.details.items() if name not in _OF_ONE_MOMENT}
    last = item.last_day(source.first_day)
    if last and day and number is not None and not copy.first_day and not details.get("end_next_day"):
        details["end_day"] = number + (last - day).days
    elif last and day and copy.first_day and number is not None and not details.get("end_next_day"):
        details["end_date"] = (copy.first_day + timedelta(days=number - 1) + (last - day)).isoformat()
    return ProgrammeItem(
        uid=str(uuid.uuid4()),
        position=item.position,
        title=dict(item.title),
        kind=item.kind,
        day=number,
        start=item.start,
        end=item.end,
        public=item.public,
        details=details,
        modified=at,
    )


def _five_moments(command: CreateCeremony, at: datetime) -> list[ProgrammeItem]:
    items = []
    for position, line in enumerate(FIVE_MOMENTS):
        details: dict[str, Any] = {
            "moment": line.moment,
            "minutes": line.minutes,
            "materials": line.needed(command.languages),
        }
        start = _shifted(command.start, line.offset)
        if start and command.is_about:
            details |= {"approximate": True, "approximate_words": command.about_words}
        if line.interpreted:
            details["speakers"] = [{"minutes": line.minutes // 2, "interpreted": True}]
        items.append(
            ProgrammeItem(
                uid=str(uuid.uuid4()),
                position=position,
                title=line.title(command.languages),
                kind=line.kind,
                day=1,
                start=start,
                public=line.public,
                details=_without_blanks(details),
                modified=at,
            )
        )
    return items


def _shifted(start: str, minutes: int) -> str:
    """Move an hour within its day; without an hour there is none to move."""
    if not start:
        return ""
    hours, rest = start.split(":")
    total = int(hours) * 60 + int(rest) + minutes
    return f"{total // 60:02d}:{total % 60:02d}" if 0 <= total < 24 * 60 else ""  # hours of a day


def _host(twinning: Twinning, body_id: int | None) -> Body | None:
    if body_id is None:
        return None
    for party in twinning.parties:
        if party.body_id == body_id:
            return party.body
    raise NotOfThisTwinning(
        _l("L’organisme qui accueille doit faire partie du jumelage : choisissez-le dans la liste."), field="host"
    )


def _clock(host: Body, asked: str) -> str:
    """The host's own clock, else what was answered if it is one of that country's; never another town's."""
    return clock_of(host) or (asked if asked in clocks.zones_of(host.country) else "")


def _party(body: Body) -> dict[str, Any]:
    return {"name": body.name, "country": body.country, "body": body.uid}


def _without_blanks(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, "", [], {}, ())}


def _no_conflict(ceremony: Ceremony, command: EditCeremony) -> None:
    if command.revision == ceremony.revision:
        return
    raise EditConflict(theirs={}, yours={})  # the page compares every field of its form


def _changed(ceremony: Ceremony, at: datetime) -> None:
    ceremony.revision += 1
    agenda.refresh(ceremony, at=at)
    ceremony.calendar_version += 1
    ceremony.calendar_changed_at = at


def _record(  # a journal entry has many sides
    session: Session, action: str, ceremony: Ceremony, *, by: Actor, at: datetime, **details: str
) -> None:
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=ceremony.owner_body_id,
        twinning_id=ceremony.twinnings[0].id if ceremony.twinnings else None,
        subject=("ceremony", ceremony.id),
        title=said(ceremony.title, ceremony.languages),
        **details,
    )
