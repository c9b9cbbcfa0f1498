"""What stands around a text: other documents, other subjects, symbols, annexes, other facts, its source."""

# ruff: noqa: RUF012  # msgspec gives each structure its own copy of a default
from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from app.texts.happenings import Act
from app.texts.parties import Form, Party, Spot, When
from app.texts.words import ByLanguage, Count, Day, Language, Line, Prose, ProseByLanguage, Slug


class Related(Form, frozen=True, kw_only=True):
    """Another document that belongs with this one."""

    kind: Annotated[Line, Meta(description="agreement, earlier oath, charter, deliberation, annex…")]
    title: Line = ""
    relation: Annotated[Line, Meta(description="replaces, completes, prepares, renews, found on the same page…")] = ""
    date: When | None = None
    reference: Line = ""
    parties: Annotated[list[Slug], Meta(description="Between whom, where they are parties to this text too.")] = []
    places: Annotated[list[Spot], Meta(description="Where it was signed or decided.")] = []
    signed_by: Annotated[list[Line], Meta(description="Who signed it, as written.")] = []
    seen: Annotated[bool | None, Meta(description="False: its content was not seen.")] = None
    url: Line = ""
    note: Line = ""


class Subject(Form, frozen=True, kw_only=True):
    """Another subject treated in the same session of an assembly."""

    subject: Line
    outcome: Line = ""
    kind: Annotated[str, Meta(max_length=60, description="suspension, twinning, subsidy…")] = ""
    towns: list[Party] = []
    age: Annotated[Line, Meta(description="How old the relation was, in the source's words.")] = ""
    act: Act | None = None
    note: Line = ""


class Symbol(Form, frozen=True, kw_only=True):
    """Something other than words: seal, arms, flag, motto, ribbon, gift."""

    kind: Annotated[str, Meta(max_length=60)]
    parties: list[Slug] = []
    text: ByLanguage = {}
    date: When | None = None
    made_by: Annotated[Line, Meta(description="Who made it: embroiderer, sculptor, foundry…")] = ""
    place: Annotated[Line, Meta(description="Where it stands or is kept: town hall, roundabout, museum.")] = ""
    until: Annotated[When | None, Meta(description="When it was taken down, lost or replaced.")] = None
    given_by: Annotated[Slug | None, Meta(description="The party that gives it.")] = None
    given_to: Annotated[Slug | None, Meta(description="The party that receives it.")] = None
    note: Line = ""


class Annex(Form, frozen=True, kw_only=True):
    """A piece that goes with the text."""

    title: ByLanguage
    kind: Annotated[str, Meta(max_length=60)] = ""
    number: Annotated[str, Meta(max_length=40, description="The number or letter it bears: A, 2 bis.")] = ""
    reference: Line = ""
    date: When | None = None
    url: Line = ""
    pages: Count | None = None
    seen: Annotated[bool | None, Meta(description="False: the text names it, but it was not found.")] = None
    text: ProseByLanguage = {}
    note: Line = ""


class Fact(Form, frozen=True, kw_only=True):
    """A fact for which the format has no place of its own. It is kept and shown; see also ``note``."""

    label: Line
    value: Prose = ""
    about: Annotated[Slug | None, Meta(description="The party, act, signing, signatory or article it concerns.")] = None
    date: When | None = None
    language: Language | None = None


class Conflict(Form, frozen=True, kw_only=True):
    """A contradiction or a likely mistake in the source: kept, shown, never put right in silence."""

    statement: Line
    about: list[Slug] = []
    readings: Annotated[list[Line], Meta(description="What the source says in each place.")] = []
    note: Line = ""


class Notes(Form, frozen=True, kw_only=True):
    """What whoever carried the text over wants known."""

    needs: Annotated[list[Line], Meta(description="What a form or a print must be able to show for this text.")] = []
    gaps: Annotated[list[Line], Meta(description="What the source did not show.")] = []
    conflicts: list[Conflict] = []
    remarks: list[Line] = []


class Source(Form, frozen=True, kw_only=True):
    """Where the facts come from."""

    text: Annotated[Line, Meta(description="The source as cited.")] = ""
    title: Line = ""
    author: Line = ""
    pages: Annotated[Line, Meta(description="Which pages or columns, as written.")] = ""
    language: Language | None = None
    url: Line = ""
    consulted: Day | None = None
    published: Day | None = None
    licence: Line = ""
    attribution: Line = ""
    note: Line = ""
