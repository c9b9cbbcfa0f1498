"""The plain types that the interchange document is built of, with the words that explain them in its schema."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta

MOST_TEXT = 60_000
"""No body of an article, note or value may be longer, in characters."""

Slug: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9](?:[a-z0-9_.\-]{0,78}[a-z0-9])?$",
        description="Identifier inside the document: a to z, digits, hyphen, underscore, full stop.",
    ),
]
Line: TypeAlias = Annotated[str, Meta(max_length=1000, description="A short text, as written.")]
Prose: TypeAlias = Annotated[str, Meta(max_length=MOST_TEXT, description="A text of one or more paragraphs.")]
Language: TypeAlias = Annotated[
    str,
    Meta(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$", description="Language tag, BCP 47: fr, de, uk, sr-Latn…"),
]
Country: TypeAlias = Annotated[str, Meta(pattern=r"^[A-Z]{2}$", description="Country, ISO 3166-1 alpha-2: FR, UA…")]
Currency: TypeAlias = Annotated[
    str, Meta(pattern=r"^[A-Z]{3}$", description="Currency, ISO 4217, of today or of the past: EUR, PLN, FRF, DEM…")
]
Amount: TypeAlias = Annotated[
    str,
    Meta(pattern=r"^\d{1,13}(?:\.\d{1,4})?$", description="Amount in digits with a decimal point: 1250.00."),
]
Day: TypeAlias = Annotated[
    str,
    Meta(
        max_length=120,
        description=(
            "Date in EDTF (ISO 8601-2), never more precise than the source: 2016-09-17, 2016-09, 2016, 0836, "
            "-0599 (600 BC; such a year alone), 1950~ "
            "(about), 2016-06? (uncertain), 1950% (both), 195X (decade), 19XX (century), 2016-21 (spring; 22 summer, "
            "23 autumn, 24 winter; 33 to 36 quarters; 40, 41 half-years), XXXX-07-14 (year not known), 2016-09-XX (day "
            "not known), 2016-09-17/2016-09-18 (range), ../2016 (at the latest), 2016/.. (from), 2016/ (end not "
            "known), [1968,1969] (one of them), [1968-05..1968-07] (one of those between), [..1968] (then or before), "
            "{1968,1972} (each of them)."
        ),
    ),
]
Count: TypeAlias = Annotated[int, Meta(ge=0, le=50_000_000, description="How many; a whole number, never negative.")]
Year: TypeAlias = Annotated[int, Meta(ge=1, le=9999, description="Year.")]
Hour: TypeAlias = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="Time of day: 11:30.")]
EndHour: TypeAlias = Annotated[
    str, Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$", description="Time of day; 24:00 is midnight at its end.")
]
ByLanguage: TypeAlias = Annotated[dict[Language, Line], Meta(description="A short text in each language.")]
ProseByLanguage: TypeAlias = Annotated[dict[Language, Prose], Meta(description="A longer text in each language.")]
