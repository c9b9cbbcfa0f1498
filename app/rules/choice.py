"""Which edition a project is checked against: the one valid on its submission date, not today's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.rules.loader import Catalogue
    from app.rules.model import Edition


def edition_on(editions: Iterable[Edition], on: date) -> Edition | None:
    """The last edition opened on or before a day; None when none was yet."""
    opened = [one for one in editions if one.automatic and one.since <= on and (one.until is None or on <= one.until)]
    begun = opened or [one for one in editions if one.automatic and one.since <= on]
    return max(begun, key=lambda one: (one.since, one.edition), default=None)


def editions_on(catalogue: Catalogue, on: date) -> list[Edition]:
    """For each programme, the edition of the day; where none had opened, the first one."""
    found = []
    for editions in catalogue.programmes().values():
        automatic = [one for one in editions if one.automatic]
        if automatic:
            found.append(edition_on(automatic, on) or automatic[0])
    return found
