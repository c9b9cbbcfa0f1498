"""The deadlines of programmes and the dates of a project, as calendar entries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.documents.ics import CalendarEntry, calendar, vevent, zones_named
from app.funding.overview import overview
from app.funding.rounds import rounds_of
from app.funding.sheet import closes_at, opens_at
from app.rules.due import due_dates
from app.rules.result import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.actions.models import Project
    from app.funding.catalogue import Rules
    from app.funding.facts import ProjectFacts
    from app.rules.model import Edition

_WANTED = frozenset({Verdict.ELIGIBLE, Verdict.TO_CHECK})


def calendar_of(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """These entries as a calendar; the same entries give the same text."""
    texts = [vevent(entry) for entry in entries]
    return calendar(name, texts, zones_named(texts), refresh_minutes=720)


def of_programmes(rules: Rules, programmes: Iterable[str], *, today: date) -> list[CalendarEntry]:
    """The openings and closings of every edition of these programmes; of all when none is named."""
    wanted = frozenset(programmes)
    found = []
    for edition in rules.catalogue.editions:
        if not wanted or edition.programme in wanted:
            found += _of_edition(rules, edition, today)
    return sorted(found, key=lambda one: one.uid)


def _of_edition(rules: Rules, edition: Edition, today: date) -> list[CalendarEntry]:
    found = []
    if (opens := opens_at(edition)) is not None:
        summary = _("Ouverture\N{NO-BREAK SPACE}: %(title)s", title=edition.title)
        found.append(_entry(rules, edition, "opens", summary, opens.date()))
    summary = _("Date limite\N{NO-BREAK SPACE}: %(title)s", title=edition.title)
    if (closes := closes_at(edition)) is not None:
        found.append(_entry(rules, edition, "closes", summary, closes))
    yearly = rounds_of(edition, today)
    return [*found, *(_entry(rules, edition, f"round-{one.date().isoformat()}", summary, one) for one in yearly)]


def _entry(rules: Rules, edition: Edition, mark: str, summary: str, at: date | datetime) -> CalendarEntry:
    stamp, sequence = _changed(rules, edition)
    return CalendarEntry(
        uid=f"{edition.id.replace('/', '-')}-{mark}@funding.trait-d-union",
        summary=summary,
        stamp=stamp,
        sequence=sequence,
        start=at,
        end=at,
        description=edition.summary,
        url=edition.url,
    )


def of_project(rules: Rules, known: ProjectFacts, project: Project, *, today: date) -> list[CalendarEntry]:
    """The closings and due dates of the programmes that a project may still have.

    What is counted from the project changes with its answers: readers keep an old date whose stamp and number stay.
    """
    facts, _problems = known.read(rules.catalogue.words)
    found: list[CalendarEntry] = []
    for line in overview(rules, known, today=today).lines:
        if line.told["verdict"] not in _WANTED:
            continue
        edition = line.edition
        found += _of_edition(rules, edition, today)
        stamp, sequence = _changed(rules, edition)
        for rank, (day, due) in enumerate(due_dates(edition, facts), 1):
            if day is not None:
                found.append(
                    CalendarEntry(
                        uid=f"project-{project.id}-{edition.id.replace('/', '-')}-{rank}@funding.trait-d-union",
                        summary=f"{due.says} – {edition.title}",
                        stamp=max(stamp, project.changed_at),
                        sequence=sequence + project.facts_version,
                        start=day,
                        end=day,
                        url=edition.url,
                    )
                )
    return found


def _changed(rules: Rules, edition: Edition) -> tuple[datetime, int]:
    """When an edition last changed, and how often: its sources were read, or a version of it came into use here."""
    read = datetime(edition.consulted.year, edition.consulted.month, edition.consulted.day, tzinfo=UTC)
    switched, times = rules.turns.get(edition.id, (read, 0))
    return max(read, switched), times
