"""Reading the journal, a page at a time, however long it has grown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, bindparam, select, tuple_

from app.audit.models import JournalEntry
from app.database.base import Moment
from app.shared.clock import PARIS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

    Entry = Row[int, datetime, int | None, str, str, dict[str, Any], int | None]

PAGE = 25
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ENTRY = JournalEntry.__table__.c
_COLUMNS = (_ENTRY.id, _ENTRY.at, _ENTRY.actor_id, _ENTRY.actor_name, _ENTRY.action, _ENTRY.details, _ENTRY.body_id)
_KEY = tuple_(_ENTRY.at, _ENTRY.id)


class Cursor(NamedTuple):
    """A place in the journal: the moment and number of an entry."""

    at: datetime
    id: int

    def __str__(self) -> str:
        """Write it as an address carries it: microseconds since 1970, a hyphen, the number."""
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}-{self.id}"

    @staticmethod
    def read(text: str) -> Cursor | None:
        """Read one; None when it is none."""
        moment, _, number = text.partition("-")
        if not (moment.isascii() and moment.isdecimal() and number.isascii() and number.isdecimal()):
            return None
        if len(moment) > 17 or len(number) > 9:  # noqa: PLR2004  # beyond the year 9999 and the largest key
            return None
        try:
            return Cursor(_EPOCH + timedelta(microseconds=int(moment)), int(number))
        except OverflowError:
            return None


@dataclass(frozen=True, kw_only=True)
class Search:
    """Which entries: of a body or a twinning, of one person, from a day to a day, from which place on."""

    body_id: int | None = None
    twinning_id: int | None = None
    actor_id: int | None = None
    since: date | None = None
    until: date | None = None
    before: Cursor | None = None
    after: Cursor | None = None


@dataclass(frozen=True)
class JournalPage:
    """Entries, newest first, and where the pages beside this one begin."""

    entries: Sequence[Entry]
    newer: Cursor | None
    older: Cursor | None


def journal_page(session: Session, search: Search) -> JournalPage:
    """A page of the journal, by keyset: its cost does not depend on where in the journal it stands."""
    upwards = search.after is not None
    given = _given(search)
    rows = list(session.connection().execute(_statement(frozenset(given)), given))
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    if upwards:
        rows.reverse()
    if not rows and upwards:
        return journal_page(session, replace(search, after=None))
    first, last = (Cursor(rows[0].at, rows[0].id), Cursor(rows[-1].at, rows[-1].id)) if rows else (None, None)
    return JournalPage(
        rows,
        first if (more if upwards else search.before is not None) else None,
        last if (more or upwards) else None,
    )


def _given(search: Search) -> dict[str, object]:
    """What the search names, as the statement's parameters are called."""
    place = search.after or search.before
    given = {
        "body": search.body_id,
        "twinning": search.twinning_id,
        "actor": search.actor_id,
        "since": search.since and _begin(search.since),
        "until": search.until and _begin(search.until + timedelta(days=1)),
        ("after_at" if search.after else "before_at"): place and place.at,
        "place_id": place and place.id,
    }
    return {name: value for name, value in given.items() if value is not None}


_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "body": _ENTRY.body_id == bindparam("body"),
    "twinning": _ENTRY.twinning_id == bindparam("twinning"),
    "actor": _ENTRY.actor_id == bindparam("actor"),
    "since": _ENTRY.at >= bindparam("since"),
    "until": _ENTRY.at < bindparam("until"),
    "after_at": tuple_(bindparam("after_at", type_=Moment()), bindparam("place_id", type_=Integer())) < _KEY,
    "before_at": tuple_(bindparam("before_at", type_=Moment()), bindparam("place_id", type_=Integer())) > _KEY,
}


@lru_cache(maxsize=256)
def _statement(given: frozenset[str]) -> Select[Any]:
    """The statement for one combination of filters, built once."""
    order = (_ENTRY.at, _ENTRY.id) if "after_at" in given else (_ENTRY.at.desc(), _ENTRY.id.desc())
    conditions = [condition for name, condition in _CONDITIONS.items() if name in given]
    return select(*_COLUMNS).where(*conditions).order_by(*order).limit(PAGE + 1)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def latest(session: Session, *, twinning_id: int, limit: int = 5) -> Sequence[Entry]:
    """The newest entries of a twinning, for its dossier."""
    return session.connection().execute(_statement(frozenset({"twinning"})), {"twinning": twinning_id}).all()[:limit]
