"""Dates, names, places and parties, as the interchange document tells them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from app.texts.words import ByLanguage, Count, Country, Day, EndHour, Hour, Language, Line, Slug


class Form(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every part: an unknown key is refused, a default is not written."""


class When(Form, frozen=True, kw_only=True):
    """A date with its precision, and how the document gives it."""

    date: Day | None = None
    time: Annotated[Hour | None, Meta(description="Time of day at the place, if given.")] = None
    time_end: Annotated[EndHour | None, Meta(description="Time of day at which it ended, if given.")] = None
    timezone: Annotated[Line | None, Meta(description="Time zone, IANA: Europe/Kyiv.")] = None
    calendar: Annotated[
        Literal[
            "gregorian",
            "julian",
            "republican",
            "hebrew",
            "islamic",
            "persian",
            "coptic",
            "ethiopian",
            "buddhist",
            "chinese",
            "japanese",
            "other",
        ],
        Meta(description="Calendar in which the source counts; `date` is then that calendar's reckoning."),
    ] = "gregorian"
    gregorian: Annotated[
        Day | None, Meta(description="The same date in our calendar, if the source counts otherwise.")
    ] = None
    state: Annotated[
        Literal["given", "undated", "unknown", "illegible", "planned", "to_be_set"],
        Meta(description="given; no date on the document; not known to the carrier; illegible; foreseen; to be fixed."),
    ] = "given"
    as_written: Annotated[ByLanguage, Meta(description="The date in the words of the document.")] = {}
    by_language: Annotated[
        dict[Language, Day], Meta(description="The date that each language version gives, where they differ.")
    ] = {}
    note: Line = ""


class Duration(Form, frozen=True, kw_only=True):
    """A length of time, in the units that the text uses: a notice of fifteen days is not half a month."""

    years: Count | None = None
    months: Count | None = None
    weeks: Count | None = None
    days: Count | None = None
    working_days: Annotated[Count | None, Meta(description="Days on which offices are open.")] = None
    as_written: Annotated[ByLanguage, Meta(description="In the words of the document.")] = {}
    note: Line = ""


class Name(Form, frozen=True, kw_only=True):
    """One more form of a name."""

    text: Line
    language: Language | None = None
    kind: Annotated[
        Literal[
            "official",
            "other",
            "abbreviation",
            "short",
            "former",
            "native",
            "translated",
            "transliterated",
            "misspelt",
            "nickname",
            "birth",
        ],
        Meta(description="What this form is."),
    ] = "other"
    note: Line = ""


class Division(Form, frozen=True, kw_only=True):
    """Where a place stands inside its country: district, Land, county, oblast, nation."""

    kind: Annotated[
        str,
        Meta(
            max_length=40,
            description="district, region, state, nation, admin, county, department, oblast… Left out: not said.",
        ),
    ] = ""
    name: Line
    names: ByLanguage = {}
    code: Annotated[str, Meta(max_length=40)] = ""


class Code(Form, frozen=True, kw_only=True):
    """A code of a body or place in a register. Codes are texts: 01001, 2A004."""

    system: Annotated[str, Meta(max_length=40, description="insee, siret, siren, rna, lau, nuts, ags, katottg…")]
    value: Annotated[str, Meta(max_length=60)]
    kind: Annotated[
        str, Meta(max_length=60, description="What the code names: commune, commune-deleguee, commune-associee…")
    ] = ""
    current: Annotated[str, Meta(max_length=60, description="The code that holds today, after a merger.")] = ""
    current_name: Annotated[Line, Meta(description="The name of the body that took it over.")] = ""
    note: Line = ""


class Address(Form, frozen=True, kw_only=True):
    """A seat: where a body is at home."""

    text: Line = ""
    place: Line = ""
    at: Annotated[Line, Meta(description="With whom: town hall, school…")] = ""
    note: Line = ""


class Spot(Form, frozen=True, kw_only=True):
    """A place of signing or of something that happened."""

    name: Line
    names: ByLanguage = {}
    country: Country | None = None
    venue: Annotated[Line, Meta(description="Room or building: salle des fêtes, Rathaus…")] = ""
    address: Line = ""
    divisions: Annotated[list[Division], Meta(description="Where it stands inside its country, smallest first.")] = []
    party: Annotated[Slug | None, Meta(description="The party at whose place it is.")] = None
    today: Annotated[Line, Meta(description="What the place is called today: Chemnitz.")] = ""
    note: Line = ""


class Party(Form, frozen=True, kw_only=True):
    """A body: a party to the text, or one that the text is about."""

    id: Slug
    name: Annotated[Line, Meta(description="The name as the document writes it.")] = ""
    official_name: Annotated[Line, Meta(description="The full official name, where the document's form differs.")] = ""
    names: Annotated[
        list[Name], Meta(description="Every other form: languages, abbreviations, spellings, former names.")
    ] = []
    country: Country | None = None
    country_today: Annotated[
        Country | None, Meta(description="The country in which it lies today, where `country` has ceased to be.")
    ] = None
    country_names: Annotated[ByLanguage, Meta(description="The country as the document writes it.")] = {}
    country_in_full: Annotated[
        bool, Meta(description="The country is written in its full official form (République fédérale d’Allemagne).")
    ] = False
    body: Annotated[
        Literal[
            "commune",
            "intercommunal",
            "foreign_authority",
            "committee",
            "association",
            "county",
            "region",
            "school",
            "university",
            "parish",
            "company",
            "state_service",
            "federation",
            "department",
            "borough",
            "hospital",
            "embassy",
            "international_body",
            "other",
        ]
        | None,
        Meta(description="Kind of body, if known."),
    ] = None
    body_as_written: Annotated[Line, Meta(description="Kind of body in the source's words: association loi 1901.")] = ""
    role: Annotated[Line, Meta(description="The part it plays: comité de jumelage.")] = ""
    designation: Annotated[ByLanguage, Meta(description="How the text calls it, whole: la Ville de Lille.")] = {}
    divisions: Annotated[list[Division], Meta(description="Where it stands inside its country, smallest first.")] = []
    show_division: Annotated[bool, Meta(description="The division is written after the name.")] = False
    codes: list[Code] = []
    seat: Address | None = None
    languages: Annotated[list[Language], Meta(description="Its own languages.")] = []
    council: Annotated[ByLanguage, Meta(description="What its assembly is called: Stadtrat, міська рада.")] = {}
    side: Annotated[str, Meta(max_length=40, description="Parties of one side carry the same word.")] = ""
    member_of: Annotated[Line, Meta(description="A larger body it belongs to or is now part of.")] = ""
    founded: Annotated[
        When | None, Meta(description="When the body came into being: its charter, its declaration.")
    ] = None
    successor: Annotated[Line, Meta(description="The body that took its place: a new commune or committee.")] = ""
    dissolved: Annotated[When | None, Meta(description="When it ceased to be, or became part of another.")] = None
    population: Count | None = None
    population_date: Annotated[When | None, Meta(description="When so many people lived there.")] = None
    website: Line = ""
    email: Line = ""
    phone: Line = ""
    note: Line = ""
