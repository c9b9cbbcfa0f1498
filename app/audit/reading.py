"""The journal as it is shown: filters read from the address, entries in words, grouped by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from babel.dates import format_date
from flask_babel import gettext as _

from app.audit.queries import Cursor, Search
from app.audit.sentences import reading_language, sentence
from app.shared.clock import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from app.audit.queries import Entry, JournalPage


class Line(NamedTuple):
    """One entry as it is read."""

    moment: datetime
    hour: str
    actor_id: int | None
    actor: str
    words: str
    body: str
    only_url: str | None


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see, as the address says it."""

    person: int | None
    since: date | None
    until: date | None
    before: Cursor | None
    after: Cursor | None
    typed: Mapping[str, str]
    errors: Mapping[str, str]

    @property
    def is_set(self) -> bool:
        """Whether part of the journal is left out."""
        return self.person is not None or self.since is not None or self.until is not None

    def search(self, *, body_id: int | None = None, twinning_id: int | None = None) -> Search:
        """The search that these filters mean in one journal."""
        return Search(
            body_id=body_id,
            twinning_id=twinning_id,
            actor_id=self.person,
            since=self.since,
            until=self.until,
            before=self.before,
            after=self.after,
        )

    def address(self, path: str, **more: object) -> str:
        """The same page with the same filters and something else."""
        kept = {"du": self.since, "au": self.until, "personne": self.person} | more
        told = urlencode({name: str(value) for name, value in kept.items() if value is not None})
        return f"{path}?{told}" if told else path


@dataclass(frozen=True)
class Shown:
    """A page of the journal, ready to be drawn."""

    days: Sequence[tuple[str, Sequence[Line]]]
    filters: Filters
    path: str
    previous_url: str | None
    next_url: str | None


def filters(arguments: Mapping[str, str]) -> Filters:
    """Read the filters of an address; what cannot be read is said, not guessed."""
    errors: dict[str, str] = {}
    person = arguments.get("personne", "")
    return Filters(
        person=int(person) if person.isascii() and person.isdecimal() and len(person) < 10 else None,  # noqa: PLR2004
        since=_day(arguments, "du", errors),
        until=_day(arguments, "au", errors),
        before=Cursor.read(arguments.get("avant", "")),
        after=Cursor.read(arguments.get("apres", "")),
        typed={name: arguments.get(name, "")[:40] for name in ("du", "au")},
        errors=errors,
    )


def _day(arguments: Mapping[str, str], name: str, errors: dict[str, str]) -> date | None:
    typed = arguments.get(name, "").strip()
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = None
    if day is None or not 1900 < day.year < 9000:  # noqa: PLR2004  # no journal is older, none reaches further
        errors[name] = _("« %(typed)s » n’est pas une date. Écrivez-la comme 2027-04-06.", typed=typed[:40])
        return None
    return day


def shown(page: JournalPage, chosen: Filters, path: str, bodies: Mapping[int, str] | None = None) -> Shown:
    """Draw up a page."""
    return Shown(
        days=list(_by_day(page.entries, bodies or {}, _addresses(page.entries, chosen, path))),
        filters=chosen,
        path=path,
        previous_url=chosen.address(path, apres=page.newer) if page.newer else None,
        next_url=chosen.address(path, avant=page.older) if page.older else None,
    )


def lines(
    entries: Iterable[Entry], bodies: Mapping[int, str], addresses: Mapping[int | None, str] | None = None
) -> list[Line]:
    """Entries in words; ``addresses`` lead to the entries of one actor alone."""
    found, only, language = [], addresses or {}, reading_language()
    for _id, at, actor_id, actor, action, details, body_id in entries:
        moment = at.astimezone(PARIS)
        words = sentence(action, details, language)
        hour = moment.strftime("%H:%M")
        found.append(Line(moment, hour, actor_id, actor, words, bodies.get(body_id or 0, ""), only.get(actor_id)))
    return found


def _addresses(entries: Iterable[Entry], chosen: Filters, path: str) -> dict[int | None, str]:
    actors = {entry.actor_id for entry in entries} - {None, chosen.person}
    return {actor: chosen.address(path, personne=actor) for actor in actors}


def _by_day(
    entries: Iterable[Entry], bodies: Mapping[int, str], addresses: Mapping[int | None, str]
) -> Iterable[tuple[str, Sequence[Line]]]:
    locale = reading_language()
    for day, of_day in groupby(lines(entries, bodies, addresses), key=lambda line: line.moment.date()):
        yield _said(day, locale), list(of_day)


@lru_cache(maxsize=2000)
def _said(day: date, locale: str) -> str:
    return format_date(day, "full", locale={"en": "en_GB"}.get(locale, locale))
