"""Départements and régions by code, and codes without towns, read once from the package data."""

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


@cache
def without_towns() -> frozenset[str]:
    """Codes that calendars and alphabets know as regions, but where nobody can be twinned with."""
    with (DATA / "no_towns.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset(row["code"] for row in csv.DictReader(lines, delimiter=";"))


def _names(file: str) -> dict[str, str]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["nom"] for row in csv.DictReader(lines, delimiter=";")}
