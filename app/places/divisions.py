"""Départements and régions by code (INSEE, Code officiel géographique), read once from the package data."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def departements() -> dict[str, str]:
    """Name of each département or overseas collectivity by its number."""
    return _names("departements.csv")


@cache
def regions() -> dict[str, str]:
    """Name of each région by its code."""
    return _names("regions.csv")


def _names(file: str) -> dict[str, str]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["nom"] for row in csv.DictReader(lines, delimiter=";")}
