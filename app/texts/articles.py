"""The parts of a text, held by their identifiers so that its languages stay together."""

# ruff: noqa: RUF012  # msgspec gives each structure its own copy of a default
from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from app.texts.parties import Form
from app.texts.words import ByLanguage, Language, Line, ProseByLanguage, Slug


class ProofRead(Form, frozen=True, kw_only=True):
    """Who re-read one language of an article, and when."""

    by: Line
    on: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="Day.")]


class Article(Form, frozen=True, kw_only=True):
    """A part of the text, held by its identifier so that its languages stay together."""

    id: Slug
    level: Annotated[
        Literal["title", "chapter", "article", "text", "closing"],
        Meta(
            description=(
                "title: groups what follows; chapter: the same inside a title; article: numbered; text: not numbered; "
                "closing: place and date."
            )
        ),
    ] = "article"
    heading: ByLanguage = {}
    body: Annotated[
        ProseByLanguage,
        Meta(description="Blank line: paragraph; `- `: item; `{field}`: a value of `fields`; `{{` stands as it is."),
    ] = {}
    clause: Annotated[str, Meta(max_length=80, description="The question and answer that brought it in.")] = ""
    from_model: Annotated[str, Meta(max_length=80, description="Model and article it came from.")] = ""
    revised: Annotated[dict[Language, int], Meta(description="Revision at which each language was last changed.")] = {}
    translated_from: Annotated[
        dict[Language, int], Meta(description="Revision of the first language that each translation renders.")
    ] = {}
    proofread_by: dict[Language, ProofRead] = {}
    number_as_written: Annotated[str, Meta(max_length=40, description="§ 3, Art. 2 bis… when it does not follow.")] = ""
    numbers: Annotated[
        dict[Language, Annotated[str, Meta(max_length=40)]],
        Meta(description="Its number in each language, where they differ: § 1 in German, Article 1er in French."),
    ] = {}
    note: Line = ""
