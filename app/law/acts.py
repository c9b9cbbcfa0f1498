"""From the vote to the day nobody can contest it: enforceability, publication, recourse (CGCT L2131-1, L2131-6)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from app.law import tables
from app.law.days import add_months, last_day_of_months

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.law.council import Side
    from app.law.days import LastDay

Mode = Literal["electronic", "posting", "paper"]


def enforceable_on(transmitted_on: date, published_on: date) -> date:
    """Return the day from which an act binds: transmitted **and** published."""
    return max(transmitted_on, published_on)


def third_party_end(published_on: date, *, alsace_moselle: bool = False) -> LastDay:
    """Return the last day of a third party: two clear months from publication (CJA R421-1)."""
    return last_day_of_months(
        published_on, tables.number("delai_recours_mois", published_on), alsace_moselle=alsace_moselle
    )


def prefect_end(
    transmitted_on: date,
    *,
    asked_on: date | None = None,
    completed_on: date | None = None,
    alsace_moselle: bool = False,
) -> LastDay | None:
    """Return the prefect's last day; a request for the missing parts in time starts the delay again.

    None while an incomplete file has been asked for and not yet completed.
    """
    months = tables.number("delai_defere_mois", transmitted_on)
    first = last_day_of_months(transmitted_on, months, alsace_moselle=alsace_moselle)
    if asked_on is None or asked_on > first.day:
        return first
    if completed_on is None:
        return None
    return last_day_of_months(completed_on, months, alsace_moselle=alsace_moselle)


def silence_ends(lodged_on: date) -> date:
    """Return the day on which silence on a *recours gracieux* amounts to a refusal (CJA R421-2)."""
    return add_months(lodged_on, tables.number("silence_recours_gracieux_mois", lodged_on))


def appeal_end(
    published_on: date,
    lodged_on: date,
    answered_on: date | Literal[False] | None,
    *,
    alsace_moselle: bool = False,
) -> LastDay | None:
    """Return the end of a third party's delay after a *recours gracieux*; None: whether it was answered is not known.

    Lodged too late, it changes nothing. Silence (False) refuses it, and the delay starts again; so does an answer,
    unless that delay was already over. It never ends earlier than without the appeal.
    """
    first = third_party_end(published_on, alsace_moselle=alsace_moselle)
    if lodged_on > first.day:
        return first
    if answered_on is None:
        return None
    refused_on = silence_ends(lodged_on)
    after_silence = third_party_end(refused_on, alsace_moselle=alsace_moselle)
    if answered_on is False or answered_on > after_silence.day:
        again = after_silence
    else:
        again = third_party_end(answered_on, alsace_moselle=alsace_moselle)
    return max(first, again, key=lambda last: last.day)


def last_in_time(published_on: date, lodged: Sequence[date], *, alsace_moselle: bool = False) -> date | None:
    """Return the appeal that keeps the delay open longest among several: the last in time, else the first of all."""
    first = third_party_end(published_on, alsace_moselle=alsace_moselle).day
    return max((day for day in lodged if day <= first), default=min(lodged, default=None))


def binds_from(signed_on: date | None, transmitted_on: date | None) -> date | None:
    """Return the day from which a signed convention binds: that of its transmission (CGCT L1115-1)."""
    return transmitted_on if signed_on and transmitted_on and transmitted_on >= signed_on else None


def list_due(held_on: date) -> date:
    """Return the last day on which the list of deliberations is put up (CGCT L2121-25)."""
    return held_on + timedelta(days=tables.number("delai_liste_jours", held_on))


def online_until(online_on: date) -> date:
    """Return the day until which an act stays online at least (CGCT R2131-1)."""
    return add_months(online_on, tables.number("duree_publication_mois", online_on))


def lawful_mode(side: Side | None, chosen: Mode | Literal["none"] | None) -> Mode | None:
    """Return how a commune must publish: electronic from the threshold on, or for want of a choice; else its choice.

    None when a fact is missing or the populations disagree.
    """
    if side == "at_least" or chosen in {"none", "electronic"}:
        return "electronic"
    if side == "under" and chosen in {"posting", "paper"}:
        return chosen
    return None
