"""Members of one name that stand in one list are told apart by their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.people.apart import Named, told_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.members.models import Member


def member_choices(members: Iterable[Member]) -> list[tuple[str, str]]:
    """Members to choose from in a form."""
    named = (Named(one.id, one.name, (_("membre no %(number)s", number=one.number),)) for one in members)
    return [(str(number), name) for number, name in told_apart(named).items()]
