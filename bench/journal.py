"""The journal of a body: its throughput against bare Flask, and its time when it grows a thousandfold."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from flask import url_for

from app.extensions import db
from bench.data import fill_journal, installation
from bench.serving import load, served
from bench.table import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.data import Installation

LIMITS = {"sqlite": 0.09, "postgresql": 0.06}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
ROUNDS = 5


def page(place: Installation) -> str:
    """The address of the journal's first page."""
    with place.app.test_request_context():
        return url_for("audit.body_journal", body_id=place.body)


def against_bare(place: Installation, path: str, headers: dict[str, str], *, expected: int = 200) -> tuple[float, str]:
    """The median ratio of the page to bare Flask, each served in turn on the same machine."""
    ratios, told = [], ""
    with served("bench.bare:app", {}) as bare, served("bench.product:app", place.environ) as product:
        for _ in range(ROUNDS):
            hello = load(bare)
            asked = load(product + path, headers=headers, expected=expected)
            ratios.append(asked.per_second / hello.per_second)
            told = f"({asked.per_second:.0f} contre {hello.per_second:.0f} par seconde, p99 {asked.p99_ms:.0f} ms)"
    return statistics.median(ratios), told


def throughput() -> Iterator[Result]:
    """Page of 25 entries out of a million, signed in, whole shell."""
    for engine, limit in LIMITS.items():
        with installation(engine) as place:
            fill_journal(place, 1_000_000)
            ratio, told = against_bare(place, page(place), place.cookie)
        yield Result(f"journal, débit sur {NAMES[engine]} ÷ Flask nu", ratio, limit, at_least=True, detail=told)


def length() -> Iterator[Result]:
    """The same page among a thousand and a million entries."""
    for engine in LIMITS:
        with installation(engine) as short, installation(engine) as long:
            fill_journal(short, 1000)
            fill_journal(long, 1_000_000)
            few, many = _medians([_asker(short), _asker(long)])
        told = f"({many * 1000:.1f} ms contre {few * 1000:.1f} ms)"
        yield Result(f"journal, 1 000 000 lignes ÷ 1 000, {NAMES[engine]}", many / few, 1.3, detail=told)


def _asker(place: Installation) -> Callable[[], None]:
    client = place.app.test_client(use_cookies=False)
    headers = place.cookie
    path = page(place)

    def ask() -> None:
        answer = client.get(path, headers=headers)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")

    with place.app.app_context():
        db.session.remove()
    return ask


def _medians(askers: list[Callable[[], None]], rounds: int = 200) -> list[float]:
    """Median seconds of each, asked in turn so that a busy moment hits all of them."""
    taken: list[list[float]] = [[] for _ in askers]
    for number in range(rounds + 20):
        for ask, times in zip(askers, taken, strict=True):
            start = time.perf_counter()
            ask()
            if number >= 20:
                times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in taken]
