"""Places: the national lists, read-only once loaded."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum

from sqlalchemy import Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base

FOLDED = String(200).with_variant(String(200, collation="C"), "postgresql")
"""A folded name; compared byte by byte on both databases, so that a prefix is a range of the index."""


class PlaceKind(StrEnum):
    """Which list a place comes from."""

    COMMUNE = "commune"
    DELEGATED = "commune-deleguee"
    ASSOCIATED = "commune-associee"
    ARRONDISSEMENT = "arrondissement"
    FOREIGN = "foreign"


class NameRole(IntEnum):
    """What a folded name is to its place; a lower one is a better reason to be found."""

    OWN = 0
    ALTERNATE = 1
    WORDS = 2
    POSTCODE = 3
    CODE = 4


class Place(Base):
    """A commune of France or a town abroad.

    ``code`` is the INSEE code in France and the GeoNames identifier abroad: text, never a number.
    A delegated commune and its present commune may share a code, so the key is (country, code, kind).
    Population and coordinates are None when the source is silent, never guessed. ``near`` is the most
    populated town of the same region abroad: the source names regions by codes that nobody knows.
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
    near: Mapped[str] = mapped_column(String(200), default="", server_default="")
    present_code: Mapped[str] = mapped_column(String(12), default="")
    siren: Mapped[str] = mapped_column(String(9), default="")
    postcodes: Mapped[str] = mapped_column(String(400), default="")
    population: Mapped[int | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    timezone: Mapped[str] = mapped_column(String(40), default="")
    alternates: Mapped[str] = mapped_column(String(1000), default="")


class PlaceName(Base):
    """A folded name, or end of a name, that a place is found under.

    ``tail`` is the name read backwards: a slip in the first half leaves the second half intact; ``sound``
    is what is left without vowels and doubled letters, where most slips are.
    ``country`` and ``population`` repeat the place's, so that one index answers a search.
    """

    __tablename__ = "place_name"
    __table_args__ = (
        Index("ix_place_name_folded_role_population_place_id", "folded", "role", "population", "place_id"),
        Index("ix_place_name_tail", "tail"),
        Index("ix_place_name_sound", "sound"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(index=True)
    role: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    population: Mapped[int] = mapped_column(default=0, server_default="0")
    folded: Mapped[str] = mapped_column(FOLDED)
    tail: Mapped[str | None] = mapped_column(FOLDED)
    sound: Mapped[str | None] = mapped_column(FOLDED)


class PlaceList(Base):
    """Which list was loaded, from which content: loading the same again does nothing."""

    __tablename__ = "place_list"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    loaded_at: Mapped[datetime]
