"""Looks for words in a rule as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def documents_in(raw: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # any TOML value
    """The documents that a condition asks for, however deep."""
    if isinstance(raw, dict):
        if raw.get("condition") == "document":
            yield raw
        for one in raw.values():
            yield from documents_in(one)
    elif isinstance(raw, list):
        for one in raw:
            yield from documents_in(one)


def texts_in(raw: Any) -> Iterator[str]:  # noqa: ANN401  # any TOML value
    """The texts of a condition, however deep."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for one in raw.values():
            yield from texts_in(one)
    elif isinstance(raw, list):
        for one in raw:
            yield from texts_in(one)
