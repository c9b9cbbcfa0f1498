"""Places: the national lists, read-only once loaded."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base


class PlaceKind(StrEnum):
    """Which list a place comes from."""

    COMMUNE = "commune"
    DELEGATED = "commune-deleguee"
    ASSOCIATED = "commune-associee"
    ARRONDISSEMENT = "arrondissement"
    FOREIGN = "foreign"


class Place(Base):
    """A commune of France or a town abroad.

    ``code`` is the INSEE code in France and the GeoNames identifier abroad: text, never a number.
    A delegated commune and its present commune may share a code, so the key is (country, code, kind).
    Population and coordinates are None when the source is silent, never guessed.
    """

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("country", "code", "kind"),
        Index("ix_place_folded_population", "folded", "population"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2), index=True)
    code: Mapped[str] = mapped_column(String(12), index=True)
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    admin: Mapped[str] = mapped_column(String(12), default="")
    region: Mapped[str] = mapped_column(String(12), default="")
    present_code: Mapped[str] = mapped_column(String(12), default="")
    siren: Mapped[str] = mapped_column(String(9), default="")
    postcodes: Mapped[str] = mapped_column(String(400), default="")
    population: Mapped[int | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    timezone: Mapped[str] = mapped_column(String(40), default="")
    alternates: Mapped[str] = mapped_column(String(1000), default="")


class PlaceName(Base):
    """A folded name a place is found under: its own, an alternate one, or a word of it."""

    __tablename__ = "place_name"
    __table_args__ = (Index("ix_place_name_folded_place_id", "folded", "place_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(index=True)
    folded: Mapped[str] = mapped_column(String(200))
