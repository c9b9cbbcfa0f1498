"""Proxies: who is represented, and which proxies the law refuses (CGCT L2121-20)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.law import tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

Fault = Literal["too_many", "holder_absent", "giver_present", "given_twice", "to_oneself", "not_written", "too_long"]


IMPOSSIBLE: frozenset[Fault] = frozenset({"to_oneself", "given_twice", "giver_present", "holder_absent"})
"""What no reason makes a proxy: it would be no second voice."""


@dataclass(frozen=True)
class Proxy:
    """A proxy given to a colleague. None: not known."""

    giver: str
    holder: str
    is_written: bool | None = None
    meetings: int | None = None
    is_ill: bool | None = None


@dataclass(frozen=True)
class Refusal:
    """A proxy that cannot be used, and why."""

    proxy: Proxy
    fault: Fault


def refusals(
    proxies: Iterable[Proxy], present: Collection[str] | None = None, *, on: date | None = None
) -> list[Refusal]:
    """Return the proxies that the law refuses, in the order received; the first one of a holder stands.

    Without the names of those present, only what the proxies say among themselves is judged.
    """
    found: list[Refusal] = []
    carried: Counter[str] = Counter()
    givers: set[str] = set()
    for proxy in proxies:
        fault = _own_fault(proxy, present, on) or _fault_beside(proxy, carried, givers, on)
        if fault:
            found.append(Refusal(proxy, fault))
        else:
            carried[proxy.holder] += 1
            givers.add(proxy.giver)
    return found


def _own_fault(proxy: Proxy, present: Collection[str] | None, on: date | None) -> Fault | None:
    if proxy.giver == proxy.holder:
        return "to_oneself"
    if proxy.is_written is False:
        return "not_written"
    if (
        proxy.meetings is not None
        and proxy.is_ill is False
        and proxy.meetings > tables.number("procuration_seances", on)
    ):
        return "too_long"
    if present is None:
        return None
    if proxy.holder not in present:
        return "holder_absent"
    return "giver_present" if proxy.giver in present else None


def _fault_beside(proxy: Proxy, carried: Counter[str], givers: set[str], on: date | None) -> Fault | None:
    if proxy.giver in givers:
        return "given_twice"
    return "too_many" if carried[proxy.holder] >= tables.number("procurations_par_conseiller", on) else None


def represented(proxies: Iterable[Proxy], present: Collection[str], *, away: Collection[str] = ()) -> list[Proxy]:
    """Return the proxies that count for an item: holder there and taking part, giver neither there nor withdrawn."""
    usable = [proxy for proxy in proxies if proxy.giver not in away and proxy.holder not in away]
    refused = [refusal.proxy for refusal in refusals(usable, present)]
    return [proxy for proxy in usable if proxy not in refused]
