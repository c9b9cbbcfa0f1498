"""The interchange document « traitdunion/convention », version 1.

One structure says everything: what is refused, the JSON Schema that is published and the order in which it is
written. It holds texts written here (articles with blanks, values, revisions) and texts of the past of which only
facts are known. A fact that a source does not give is left out, never guessed; a contradiction in a source is kept in
``notes.conflicts``. To add a fact: a field with a default here, its words in ``description``, a line in the tests.
"""

# ruff: noqa: RUF012  # msgspec gives each structure its own copy of a default
from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta

from app.texts.articles import Article, ProofRead
from app.texts.happenings import (
    Act,
    Contributor,
    Delegation,
    GroupVote,
    Mandate,
    Manner,
    Office,
    Present,
    Proxy,
    Relation,
    Signatory,
    Signing,
    Sitting,
    Statement,
    Vote,
)
from app.texts.parties import Address, Code, Division, Duration, Form, Name, Party, Spot, When
from app.texts.promises import (
    Authority,
    Basis,
    Clause,
    Commitment,
    Copies,
    Copy,
    Correction,
    Disputes,
    JointBody,
    Reservation,
    Term,
)
from app.texts.surroundings import Annex, Conflict, Fact, Notes, Related, Source, Subject, Symbol
from app.texts.values import (
    BoolValue,
    BudgetLine,
    BudgetValue,
    CodesValue,
    DateValue,
    EurValue,
    IntValue,
    ListValue,
    MoneyValue,
    TextValue,
    Value,
)
from app.texts.words import ByLanguage, Language, Line, Slug

__all__ = [
    "FORMAT",
    "VERSION",
    "Act",
    "Address",
    "Annex",
    "Article",
    "Authority",
    "Basis",
    "BoolValue",
    "BudgetLine",
    "BudgetValue",
    "Clause",
    "Code",
    "CodesValue",
    "Commitment",
    "Conflict",
    "Contributor",
    "Copies",
    "Copy",
    "Correction",
    "DateValue",
    "Delegation",
    "Disputes",
    "Division",
    "Document",
    "Duration",
    "EurValue",
    "Fact",
    "Form",
    "GroupVote",
    "IntValue",
    "JointBody",
    "Kind",
    "Layout",
    "ListValue",
    "Mandate",
    "Manner",
    "Model",
    "MoneyValue",
    "Name",
    "Notes",
    "Numbering",
    "Office",
    "Party",
    "Present",
    "ProofRead",
    "Proxy",
    "Related",
    "Relation",
    "Reservation",
    "Signatory",
    "Signing",
    "Sitting",
    "Source",
    "Spot",
    "Statement",
    "Subject",
    "Symbol",
    "Term",
    "TextValue",
    "Value",
    "Vote",
    "When",
]

FORMAT = "traitdunion/convention"
VERSION = 1


class Kind(StrEnum):
    """What a text is."""

    OATH = "oath"
    CHARTER = "charter"
    PACT = "pact"
    CONVENTION = "convention"
    TOWN_COMMITTEE = "town_committee"
    DEED = "deed"
    RENEWAL = "renewal"
    DELIBERATION = "deliberation"
    PROTOCOL = "protocol"
    DECLARATION = "declaration"
    LETTER_OF_INTENT = "letter_of_intent"
    MEMORANDUM = "memorandum"
    AMENDMENT = "amendment"
    OTHER = "other"


class Layout(StrEnum):
    """How the languages stand on the page: side by side, or one after the other."""

    COLUMNS = "columns"
    SEQUENTIAL = "sequential"


class Numbering(StrEnum):
    """How the parts are numbered: Article 1; § 1; Titre 1 > Article 1; not at all."""

    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    TITLE_ARTICLE = "title_article"
    NONE = "none"


class Model(Form, frozen=True, kw_only=True):
    """The model from which the text was written."""

    kind: str
    version: int = 1
    own: Annotated[Line, Meta(description="The body whose own wording was used.")] = ""
    answers: Annotated[
        dict[Slug, str], Meta(description="Answers to the model's questions: yes, no or an option.")
    ] = {}


class Document(Form, frozen=True, kw_only=True):
    """A twinning text: oath, charter, pact, convention, town–committee convention, deed, renewal, deliberation."""

    format: Literal["traitdunion/convention"]
    version: Literal[1]
    id: Slug
    kind: Kind
    kind_as_written: Annotated[Line, Meta(description="Kind in the source's words: urkunde_acte_officiel.")] = ""
    reference: Annotated[Line, Meta(description="Number or reference that the text bears.")] = ""
    state: Annotated[
        Literal["draft", "signed", "in_force", "suspended", "ended", "annulled", "never_signed"] | None,
        Meta(description="What has become of it, where the source says."),
    ] = None
    title: ByLanguage = {}
    subtitle: ByLanguage = {}
    languages: Annotated[list[Language], Meta(description="Languages in order; the first is the master.")] = []
    layout: Layout | None = None
    layout_as_written: Annotated[Line, Meta(description="The layout in the source's words: German on the back.")] = ""
    numbering: Annotated[Numbering | None, Meta(description="Left out: not known.")] = None
    numbering_as_written: Line = ""
    parties: Annotated[list[Party], Meta(description="The parties in the order of the text.")] = []
    order_by_language: Annotated[
        dict[Language, list[Slug]],
        Meta(description="The parties in another order in this language: each version may name its own town first."),
    ] = {}
    about: Annotated[
        list[Relation], Meta(description="Twinnings that the text concerns without their being parties.")
    ] = []
    signatories: Annotated[list[Signatory], Meta(description="In the order of the signature blocks.")] = []
    witnesses: Annotated[
        list[Signatory], Meta(description="Prefect, consul, presidents of committees who countersign…")
    ] = []
    people: Annotated[
        list[Contributor],
        Meta(description="Who else had a part: patron, author, translator, calligrapher, notary, reader…"),
    ] = []
    signings: list[Signing] = []
    acts: list[Act] = []
    term: Term | None = None
    commitments: list[Commitment] = []
    joint_bodies: Annotated[list[JointBody], Meta(description="Committees that the text sets up.")] = []
    disputes: Disputes | None = None
    bases: Annotated[list[Basis], Meta(description="What the text rests on: « Vu », « Considérant ».")] = []
    structure: Annotated[list[Line], Meta(description="The blocks of the text in order.")] = []
    clauses: list[Clause] = []
    articles: list[Article] = []
    fields: Annotated[dict[Slug, Value], Meta(description="Values shared by all languages.")] = {}
    authority: Annotated[list[Authority], Meta(description="What each language version is worth.")] = []
    reservations: Annotated[list[Reservation], Meta(description="What parties declared when they signed.")] = []
    corrections: Annotated[list[Correction], Meta(description="What was changed by hand on the original.")] = []
    copies: Copies | None = None
    kept_at: Annotated[list[Line], Meta(description="Where the original is kept: archives, town hall, reference.")] = []
    symbols: list[Symbol] = []
    annexes: list[Annex] = []
    related: list[Related] = []
    same_session: list[Subject] = []
    facts: list[Fact] = []
    notes: Notes | None = None
    source: Source | None = None
    sources: Annotated[list[Source], Meta(description="Further sources, when there are several.")] = []
    model: Model | None = None
