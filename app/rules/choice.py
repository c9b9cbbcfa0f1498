"""Which edition a project is checked against: the one valid on its submission date, not today's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.rules.language.timing import window_condition
from app.rules.model import Criterion, Origin, Reading, Severity
from app.rules.when import When

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.rules.facts import Facts
    from app.rules.loader import Catalogue
    from app.rules.model import Edition


def edition_on(editions: Iterable[Edition], on: date) -> Edition | None:
    """The last edition opened on or before a day; None when none was yet."""
    opened = [one for one in editions if one.automatic and one.since <= on and (one.until is None or on <= one.until)]
    begun = opened or [one for one in editions if one.automatic and one.since <= on]
    return max(begun, key=lambda one: (one.since, one.edition), default=None)


def edition_or_first(editions: Iterable[Edition], on: date) -> Edition | None:
    """The edition of a day; where none had opened, the first one, which then says from when it takes requests."""
    automatic = sorted((one for one in editions if one.automatic), key=lambda one: (one.since, one.edition))
    found = edition_on(automatic, on)
    return found or (_not_open_yet(automatic[0]) if automatic else None)


def _not_open_yet(edition: Edition) -> Edition:
    """The edition with the day it begins as a rule, where its own window does not say so already."""
    day, opens = edition.since, edition.window.opens
    if opens is not None and (opens.date() if isinstance(opens, datetime) else opens) >= day:
        return edition
    says = f"Aucun appel de ce programme n’était ouvert avant le {day.day:02}/{day.month:02}/{day.year}."
    condition = window_condition(_submitted, day, None, edition.window.zone)
    origin = Origin(tuple(edition.sources.values())[:1], "C", edition.expires)
    rule = Criterion("opening", "Date de dépôt", says, Severity.BLOCKING, (Reading(condition, origin, says),))
    return replace(edition, criteria=(rule, *edition.criteria))


def _submitted(facts: Facts) -> When | None:
    known = facts.read("submission.date")
    return known if isinstance(known, When) else None


def editions_on(catalogue: Catalogue, on: date) -> list[Edition]:
    """For each programme, the edition of the day; where none had opened, the first one."""
    found = [edition_or_first(editions, on) for editions in catalogue.programmes().values()]
    return [one for one in found if one is not None]
