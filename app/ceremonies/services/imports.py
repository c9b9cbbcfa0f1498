"""Taking ceremonies in from files: the product's own format whole, other calendars as far as they go."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.audit.services import record
from app.bodies.models import Body
from app.ceremonies import agenda, times
from app.ceremonies.models import Ceremony, ProgrammeItem
from app.ceremonies.queries import bodies_of
from app.ceremonies.wording import said
from app.documents.ics import Status
from app.shared.errors import DomainError
from app.shared.fuzzydate import FuzzyDate
from app.texts import codes
from app.twinnings.models import Twinning

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.documents.ics import Found, Reading
    from app.shared.actor import Actor

_CEREMONY_COLUMNS = frozenset(
    {"uid", "title", "kind", "status", "date", "timezone", "languages", "sequence", "modified", "items"}
)
_ITEM_COLUMNS = frozenset(
    {"uid", "title", "kind", "status", "date", "day", "start", "end", "public", "sequence", "modified"}
)
_NOT_IN_UIDS = re.compile(r"[\s/?#]+")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_REGION = 2
_OURS = uuid.UUID("6f1f9f66-8a53-4f0e-9d0c-6d1c1d1f6a10")


class TakenElsewhere(DomainError):
    """A moment's identifier belongs to another ceremony."""


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """In whose name, for which twinning; both may be missing, then only the file's own words are kept.

    ``within`` are the bodies that the person writes for: what others share is neither replaced nor joined. None, on
    the command line of the installation, knows no such limit.
    """

    owner_body_id: int | None = None
    twinning_id: int | None = None
    within: frozenset[int] | None = None


@dataclass(frozen=True)
class Imported:
    """What became of one ceremony of the file: ``added``, ``replaced`` or ``same``."""

    ceremony: Ceremony
    outcome: str


def import_ceremonies(
    session: Session, plain: list[dict[str, Any]], options: ImportOptions, *, by: Actor, at: datetime
) -> list[Imported]:
    """Take in ceremonies read from the product's format; importing the same file twice adds nothing."""
    return [_import(session, one, options, by=by, at=at) for one in plain]


def import_calendar(  # what a calendar cannot say comes in beside it
    session: Session,
    reading: Reading,
    options: ImportOptions,
    *,
    title: str,
    timezone: str,
    by: Actor,
    at: datetime,
) -> Imported:
    """Take in a calendar as one ceremony, an entry a moment, in the time zone of the place."""
    return _import(session, from_calendar(reading, title=title, timezone=timezone), options, by=by, at=at)


def from_calendar(reading: Reading, *, title: str, timezone: str) -> dict[str, Any]:
    """Tell a calendar that was read as a ceremony of the format; only what the calendar says."""
    name = title or reading.name or ""
    entries = sorted(reading.entries, key=_order)
    seed = "\n".join([name, timezone, *(f"{entry.uid}|{entry.start}" for entry in entries)])
    ceremony: dict[str, Any] = {
        "uid": str(uuid.uuid5(_OURS, seed)),
        "title": {"und": name or str(_l("Agenda importé"))},
        "timezone": timezone,
        "languages": list(dict.fromkeys(tag for entry in entries for tag in _spoken(entry).values())),
        "items": [_item_of(entry, timezone, rank, seed) for rank, entry in enumerate(entries)],
    }
    return ceremony


def _order(entry: Found) -> tuple[date, bool, str]:
    day = entry.start.date() if isinstance(entry.start, datetime) else entry.start
    return day, isinstance(entry.start, datetime), entry.start.isoformat()


def language_of(tag: str) -> str:
    """A language as the format writes it, « en-GB » for « EN-gb »; empty where no language bears the tag."""
    first, *rest = tag.strip().split("-")
    told = "-".join([first.lower(), *(part.upper() if len(part) == _REGION else part for part in rest)])
    return told if _TAG.fullmatch(told) and codes.exists("language", told) else ""


def _spoken(entry: Found) -> dict[str, str]:
    """The language of each text of an entry that says which it is in."""
    return {name: tag for name, said in entry.languages if (tag := language_of(said))}


def _item_of(entry: Found, timezone: str, rank: int, seed: str) -> dict[str, Any]:
    spoken = _spoken(entry)

    def worded(name: str, text: str) -> Any:  # noqa: ANN401  # « words » of the format
        return {spoken[name]: text} if text and name in spoken else text

    item: dict[str, Any] = {
        "uid": str(uuid.uuid5(_OURS, f"{seed}\n{rank}\n{entry.uid}")),
        "title": {spoken.get("SUMMARY", "und"): entry.summary} if entry.summary else {"und": str(_l("Sans titre"))},
        "description": worded("DESCRIPTION", entry.description),
        "kind": entry.categories[0][:60] if len(entry.categories) == 1 else "",
        "status": _STATUS.get(entry.status, "") if entry.status else "",
        "place": worded("LOCATION", entry.location),
        "links": [{"url": entry.url}] if entry.url else [],
        "repeats": entry.repeats,
        "coordinates": dict(zip(("latitude", "longitude"), entry.position, strict=True)) if entry.position else {},
        "online": {"url": entry.conference} if entry.conference else {},
        "sequence": entry.sequence,
        "as_printed": {"UID": entry.uid} if entry.uid else {},
    }
    if len(entry.categories) > 1:
        item["as_printed"]["CATEGORIES"] = ", ".join(entry.categories)
    item.update(_times(entry, timezone))
    return {name: value for name, value in item.items() if value not in ("", [], {}, None)}


_STATUS = {Status.CANCELLED: "cancelled", Status.CONFIRMED: "confirmed", Status.TENTATIVE: "planned"}


def _times(entry: Found, timezone: str) -> dict[str, Any]:
    """The days and hours of an entry: those in a zone of their own keep it, those in UTC are told at the place."""
    start, end = entry.start, entry.end
    if not isinstance(start, datetime):
        return {
            "date": start.isoformat(),
            "all_day": True,
            "end_date": end.isoformat() if end is not None and end != start else None,
        }
    begins = own_zone(start) or _clock_that_tells(start, timezone)
    start = _by_the_clock_of(start, begins)
    told: dict[str, Any] = {
        "date": start.date().isoformat(),
        "start": f"{start:%H:%M}",
        "start_occurrence": times.occurrence_of(start),
        "timezone": begins if begins != timezone else None,
    }
    if isinstance(end, datetime):
        ends = own_zone(end) or _clock_that_tells(end, begins)
        end = _by_the_clock_of(end, ends)
        told["end"] = f"{end:%H:%M}"
        told["end_occurrence"] = times.occurrence_of(end)
        told["end_date"] = end.date().isoformat() if end.date() != start.date() else None
        told["end_timezone"] = ends if ends != begins else None
    return told


def own_zone(moment: datetime) -> str:
    """The zone that an entry names for this moment; empty for UTC, which names no place."""
    name = getattr(moment.tzinfo, "key", "") or ""
    return "" if name in {"UTC", "Etc/UTC", "Etc/GMT", "GMT"} else str(name)


def _clock_that_tells(moment: datetime, timezone: str) -> str:
    """The zone of the place; UTC for a moment at an end of the calendar, which the clock there has no day for."""
    try:
        _by_the_clock_of(moment, timezone)
    except OverflowError:
        return "UTC"
    return timezone


def _by_the_clock_of(moment: datetime, timezone: str) -> datetime:
    place = times.place_zone(timezone)
    return moment.astimezone(place) if moment.tzinfo is not None and place is not None else moment


def _import(session: Session, plain: dict[str, Any], options: ImportOptions, *, by: Actor, at: datetime) -> Imported:
    uid = plain.get("uid") or _uid_of(plain)
    ceremony = session.scalar(
        select(Ceremony)
        .where(Ceremony.uid == uid)
        .options(selectinload(Ceremony.items), selectinload(Ceremony.twinnings).selectinload(Twinning.parties))
    )
    if ceremony is not None and options.within is not None and not options.within & bodies_of(ceremony):
        raise TakenElsewhere(
            _l("L’identifiant « %(uid)s » est celui d’une cérémonie d’autres organismes : changez-le.", uid=uid)
        )
    fingerprint = _fingerprint(ceremony)
    is_new = ceremony is None
    if ceremony is None:
        ceremony = Ceremony(uid=uid, created_at=at, calendar_changed_at=at, owner_body_id=options.owner_body_id)
        ceremony.revision, ceremony.calendar_version = 1, 0
        session.add(ceremony)
    _fill(ceremony, plain, at, is_new=is_new)
    _find_host(session, ceremony, options)
    _fill_items(session, ceremony, plain.get("items", []), at)
    _tie(session, ceremony, options)
    agenda.refresh(ceremony, at=at)
    session.flush()
    outcome = "added" if is_new else "same" if _fingerprint(ceremony) == fingerprint else "replaced"
    if outcome != "same":
        ceremony.revision += 0 if is_new else 1
        _record(session, "ceremonies.imported" if is_new else "ceremonies.reimported", ceremony, by=by, at=at)
    return Imported(ceremony, outcome)


def _fill(ceremony: Ceremony, plain: dict[str, Any], at: datetime, *, is_new: bool) -> None:
    ceremony.title = plain["title"]
    ceremony.kind, ceremony.status = plain.get("kind", ""), plain.get("status", "")
    ceremony.timezone, ceremony.languages = plain.get("timezone", ""), plain.get("languages", [])
    ceremony.details = {name: value for name, value in plain.items() if name not in _CEREMONY_COLUMNS}
    ceremony.set_when(FuzzyDate(plain["date"]) if plain.get("date") else None)
    ceremony.sequence = max(plain.get("sequence", 0), ceremony.sequence or 0)
    ceremony.modified = _moment(plain.get("modified")) or (at if is_new else ceremony.modified)
    ceremony.trashed_at = None


def _find_host(session: Session, ceremony: Ceremony, options: ImportOptions) -> None:
    named = [party["body"] for party in ceremony.details.get("hosts", []) if party.get("body")]
    found = session.scalar(select(Body.id).where(Body.uid == named[0])) if named else None
    if found is not None and (options.within is None or found in options.within):
        ceremony.host_body_id = found


def _fill_items(session: Session, ceremony: Ceremony, plain: list[dict[str, Any]], at: datetime) -> None:
    known = {item.uid: item for item in ceremony.items}
    uids = _distinct(
        [one.get("uid") or _item_uid(ceremony, str(one.get("number", rank + 1))) for rank, one in enumerate(plain)]
    )
    _refuse_taken(session, ceremony, [uid for uid in uids if uid not in known])
    for rank, (uid, one) in enumerate(zip(uids, plain, strict=True)):
        item = known.pop(uid, None)
        if item is None:
            item = ProgrammeItem(uid=uid, modified=at, sequence=0)
            ceremony.items.append(item)
        item.position, item.trashed_at = rank, None
        _fill_item(item, one)
    for gone in known.values():
        gone.trashed_at = gone.trashed_at or at
    ceremony.items.sort(key=lambda item: (item.position, item.trashed_at is not None))


def _fill_item(item: ProgrammeItem, plain: dict[str, Any]) -> None:
    item.title, item.kind, item.status = plain["title"], plain.get("kind", ""), plain.get("status", "")
    item.own_date = FuzzyDate(plain["date"]) if plain.get("date") else None
    item.day, item.public = plain.get("day"), plain.get("public")
    item.start, item.end = plain.get("start", ""), plain.get("end", "")
    item.details = {name: value for name, value in plain.items() if name not in _ITEM_COLUMNS}
    item.sequence = max(plain.get("sequence", 0), item.sequence or 0)
    item.modified = _moment(plain.get("modified")) or item.modified


def _refuse_taken(session: Session, ceremony: Ceremony, uids: list[str]) -> None:
    if not uids:
        return
    taken = session.scalar(
        select(ProgrammeItem.uid)
        .where(ProgrammeItem.uid.in_(uids), ProgrammeItem.ceremony_id != (ceremony.id or 0))
        .limit(1)
    )
    if taken:
        raise TakenElsewhere(
            _l(
                "L’identifiant de moment « %(uid)s » appartient déjà à une autre cérémonie. "
                "Changez-le dans le fichier, ou retirez-le : il en sera fait un autre.",
                uid=taken,
            )
        )


def _item_uid(ceremony: Ceremony, number: str) -> str:
    """Make an identifier of the number in the source, « 8 bis » or « 3/a », in signs that the format permits."""
    return f"{ceremony.uid[:70]}-{_NOT_IN_UIDS.sub('-', number)[:40]}"


def _distinct(uids: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    told = []
    for uid in uids:
        seen[uid] = seen.get(uid, 0) + 1
        told.append(uid if seen[uid] == 1 else f"{uid}-{seen[uid]}")
    return told


def _tie(session: Session, ceremony: Ceremony, options: ImportOptions) -> None:
    wanted = [one["uid"] for one in ceremony.details.get("twinnings", []) if one.get("uid")]
    found = list(session.scalars(select(Twinning).where(Twinning.uid.in_(wanted)))) if wanted else []
    if options.within is not None:
        found = [twinning for twinning in found if options.within & bodies_of(twinning)]
    if options.twinning_id is not None:
        found.append(session.get_one(Twinning, options.twinning_id))
    for twinning in found:
        if twinning not in ceremony.twinnings:
            ceremony.twinnings.append(twinning)


def _uid_of(plain: dict[str, Any]) -> str:
    """Make the same identifier of the same beginnings, so that a file without any can be imported twice."""
    seed = [plain.get(name) for name in ("title", "hosts", "date", "published_range", "sources")]
    first = (plain.get("items") or [{}])[0].get("date")
    return str(uuid.uuid5(_OURS, json.dumps([seed, first], sort_keys=True)))


def _fingerprint(ceremony: Ceremony | None) -> str:
    if ceremony is None:
        return ""
    told = [
        [ceremony.title, ceremony.kind, ceremony.status, ceremony.timezone, ceremony.languages, ceremony.details],
        [str(ceremony.when), ceremony.trashed_at is None, sorted(twinning.id for twinning in ceremony.twinnings)],
        [
            (
                *(item.uid, item.title, item.kind, item.status, str(item.own_date), item.day),
                *(item.start, item.end, item.public, item.details),
            )
            for item in ceremony.programme
        ],
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def _record(session: Session, action: str, ceremony: Ceremony, *, by: Actor, at: datetime) -> None:
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=ceremony.owner_body_id,
        twinning_id=ceremony.twinnings[0].id if ceremony.twinnings else None,
        subject=("ceremony", ceremony.id),
        title=said(ceremony.title, ceremony.languages),
    )
