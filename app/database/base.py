"""The declarative base with its naming convention and the column types of the house."""

from __future__ import annotations

from datetime import UTC, date, datetime  # noqa: TC003 (read at run time by the mapper)
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Date, DateTime, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry  # noqa: TC002 (read at run time by the mapper)
from sqlalchemy.types import TypeDecorator

from app.shared.fuzzydate import LONGEST, FuzzyDate

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both databases. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into what the database keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must carry its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every mapped class descends from here."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: Moment(),
            dict[str, Any]: JSON(),
            dict[str, str]: JSON(),
            list[str]: JSON(),
            list[dict[str, Any]]: JSON(),
        },
    )


class FuzzyText(TypeDecorator[FuzzyDate]):
    """A fuzzy date kept as its EDTF text."""

    impl = String(LONGEST)
    cache_ok = True

    def process_bind_param(self, value: FuzzyDate | None, dialect: Dialect) -> str | None:
        """Keep the text."""
        del dialect
        return None if value is None else value.text

    def process_result_value(self, value: str | None, dialect: Dialect) -> FuzzyDate | None:
        """Give back the date."""
        del dialect
        return None if value is None else FuzzyDate(value)


class WhenMixin:
    """A thing that happened at a date of any precision: set with :meth:`set_when`."""

    when: Mapped[FuzzyDate | None] = mapped_column("when_text", FuzzyText())
    when_sort: Mapped[date | None] = mapped_column(Date(), index=True)

    def set_when(self, when: FuzzyDate | None) -> None:
        """Keep the date together with the day it sorts under."""
        self.when = when
        self.when_sort = None if when is None else when.earliest
