"""Scales: amounts by band or by word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.rules.numbers import Number


@dataclass(frozen=True, slots=True)
class Row:
    """One band of a table, both ends included; None: without end."""

    low: Number
    high: Number | None
    value: Number


@dataclass(frozen=True, slots=True)
class Table:
    """A scale; one without rows is known to exist and has still to be found."""

    id: str
    title: str
    unit: str
    rows: tuple[Row, ...] = ()
    by_word: Mapping[str, Number] = field(default_factory=dict)
