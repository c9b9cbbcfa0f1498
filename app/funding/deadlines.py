"""The deadlines of programmes and the dates of a project, as calendar entries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.documents.ics import CalendarEntry, calendar, vevent, zones_named
from app.funding.overview import overview
from app.funding.sheet import closes_at, opens_at
from app.rules.due import due_dates
from app.rules.result import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.funding.catalogue import Rules
    from app.funding.facts import ProjectFacts
    from app.rules.model import Edition

_WANTED = frozenset({Verdict.ELIGIBLE, Verdict.TO_CHECK})


def calendar_of(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """These entries as a calendar; the same entries give the same text."""
    texts = [vevent(entry) for entry in entries]
    return calendar(name, texts, zones_named(texts), refresh_minutes=720)


def of_programmes(rules: Rules, programmes: Iterable[str]) -> list[CalendarEntry]:
    """The openings and closings of every edition of these programmes; of all when none is named."""
    wanted = frozenset(programmes)
    found = []
    for edition in rules.catalogue.editions:
        if not wanted or edition.programme in wanted:
            found += _of_edition(edition)
    return sorted(found, key=lambda one: one.uid)


def _of_edition(edition: Edition) -> list[CalendarEntry]:
    stamp = datetime(edition.consulted.year, edition.consulted.month, edition.consulted.day, tzinfo=UTC)
    uid = edition.id.replace("/", "-")
    found = []
    if (opens := opens_at(edition)) is not None:
        found.append(
            CalendarEntry(
                uid=f"{uid}-opens@funding.trait-d-union",
                summary=_("Ouverture\N{NO-BREAK SPACE}: %(title)s", title=edition.title),
                stamp=stamp,
                start=opens.date(),
                end=opens.date(),
                description=edition.summary,
                url=edition.url,
            )
        )
    if (closes := closes_at(edition)) is not None:
        found.append(
            CalendarEntry(
                uid=f"{uid}-closes@funding.trait-d-union",
                summary=_("Date limite\N{NO-BREAK SPACE}: %(title)s", title=edition.title),
                stamp=stamp,
                start=closes,
                end=closes,
                description=edition.summary,
                url=edition.url,
            )
        )
    return found


def of_project(rules: Rules, known: ProjectFacts, number: int, *, today: date) -> list[CalendarEntry]:
    """The closings and due dates of the programmes that a project may still have."""
    facts, _problems = known.read(rules.catalogue.words)
    found: list[CalendarEntry] = []
    for line in overview(rules, known, today=today).lines:
        if line.told["verdict"] not in _WANTED:
            continue
        edition = line.edition
        found += _of_edition(edition)
        stamp = datetime(edition.consulted.year, edition.consulted.month, edition.consulted.day, tzinfo=UTC)
        for rank, (day, due) in enumerate(due_dates(edition, facts), 1):
            if day is not None:
                found.append(
                    CalendarEntry(
                        uid=f"project-{number}-{edition.id.replace('/', '-')}-{rank}@funding.trait-d-union",
                        summary=f"{due.says} – {edition.title}",
                        stamp=stamp,
                        start=day,
                        end=day,
                        url=edition.url,
                    )
                )
    return found
