"""One row as JSON and back, by the types of its columns."""

from __future__ import annotations

import base64
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.shared.fuzzydate import FuzzyDate

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Column


def written(value: object) -> object:
    """Turn a column's value into what JSON can hold."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal() | FuzzyDate():
            return str(value)
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case _:
            return value


def read(column: Column[Any], value: Any) -> object:  # noqa: ANN401  # whatever JSON holds
    """Turn JSON back into what the column takes.

    :raises ValueError: when the value is not of the column's kind.
    """
    if value is None:
        return None
    kind = _python_type(column)
    if kind in _FROM_TEXT:
        if not isinstance(value, str):
            raise ValueError(value)
        return _FROM_TEXT[kind](value)
    if kind in {int, bool, float} and not isinstance(value, int | float):
        raise ValueError(value)
    return value


_FROM_TEXT: dict[type, Callable[[str], object]] = {
    str: str,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Decimal: Decimal,
    FuzzyDate: FuzzyDate,
    bytes: lambda value: base64.b64decode(value, validate=True),
}


def _python_type(column: Column[Any]) -> type:
    name = type(column.type).__name__
    if name == "FuzzyText":
        return FuzzyDate
    if name == "Moment":
        return datetime
    return column.type.python_type
