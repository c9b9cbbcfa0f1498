"""How a place in a list that is ordered by moments stands in an address."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from app.shared.errors import DomainError

_LONGEST = 9
"""Digits of an identifier."""


class BadPage(DomainError):
    """A page mark that the list did not give."""

    status = 400


def moment_mark(moment: datetime, number: int) -> str:
    """Write it."""
    return f"{moment.isoformat()}~{number}"


def read_mark(raw: str) -> tuple[datetime, int] | None:
    """Read it back; None when the address has none.

    :raises BadPage: when the list did not give it.
    """
    if not raw:
        return None
    moment, _tilde, number = raw.partition("~")
    try:
        read = datetime.fromisoformat(moment)
    except ValueError as error:
        raise _lost() from error
    if read.tzinfo is None or not (number.isascii() and number.isdecimal()) or len(number) > _LONGEST:
        raise _lost()
    return read, int(number)


def _lost() -> BadPage:
    return BadPage(_("Cette page de la liste n’existe pas. Revenez au début de la liste."))
