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

from app.texts.happenings import (
    Act,
    Delegation,
    Mandate,
    Manner,
    Present,
    Proxy,
    Relation,
    Signatory,
    Signing,
    Sitting,
    Vote,
)
from app.texts.parties import Address, Code, Division, Duration, Form, Name, Party, Spot, When
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
from app.texts.words import Amount, ByLanguage, Count, Currency, Day, Language, Line, Prose, ProseByLanguage, Slug, Year

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
    "Copies",
    "DateValue",
    "Delegation",
    "Division",
    "Document",
    "Duration",
    "EurValue",
    "Fact",
    "Form",
    "IntValue",
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
    "Party",
    "Present",
    "ProofRead",
    "Proxy",
    "Related",
    "Relation",
    "Signatory",
    "Signing",
    "Sitting",
    "Source",
    "Spot",
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


class Authority(Form, frozen=True, kw_only=True):
    """What one language version is worth."""

    language: Language
    status: Annotated[
        Literal["authentic", "prevails", "original", "translation", "certified_translation", "bridge", "information"],
        Meta(description="authentic; prevails over others; a translation; a bridge version that is not authentic…"),
    ]
    where: Annotated[Line, Meta(description="In which country or before which judge, if only there.")] = ""
    of: Annotated[Language | None, Meta(description="The version of which it is a translation.")] = None
    by: Annotated[Line, Meta(description="Who translated or certified it.")] = ""
    date: Annotated[When | None, Meta(description="When it was translated or certified.")] = None
    note: Line = ""


class Copies(Form, frozen=True, kw_only=True):
    """How many originals there are, and who keeps them."""

    number: Annotated[int, Meta(ge=1, le=1000)] | None = None
    by_language: Annotated[dict[Language, Count], Meta(description="Number of originals in each language.")] = {}
    holders: list[Line] = []
    medium: Annotated[Line, Meta(description="Paper, parchment, electronic…")] = ""
    note: Line = ""


class Related(Form, frozen=True, kw_only=True):
    """Another document that belongs with this one."""

    kind: Annotated[Line, Meta(description="agreement, earlier oath, charter, deliberation, annex…")]
    title: Line = ""
    relation: Annotated[Line, Meta(description="replaces, completes, prepares, renews, found on the same page…")] = ""
    date: When | None = None
    reference: Line = ""
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
    note: Line = ""


class Annex(Form, frozen=True, kw_only=True):
    """A piece that goes with the text."""

    title: ByLanguage
    kind: Annotated[str, Meta(max_length=60)] = ""
    pages: Count | None = None
    text: ProseByLanguage = {}
    note: Line = ""


class Term(Form, frozen=True, kw_only=True):
    """From when and for how long the text holds."""

    since: When | None = None
    until: When | None = None
    length: Annotated[Duration | None, Meta(description="For how long.")] = None
    unlimited: bool | None = None
    condition: Annotated[Line, Meta(description="An event that ends it: the end of the council's mandate…")] = ""
    renewal: Annotated[Literal["none", "express", "tacit"] | None, Meta(description="What happens at the end.")] = None
    renewal_length: Annotated[Duration | None, Meta(description="For how long it is then renewed.")] = None
    renewals_at_most: Count | None = None
    notice: Annotated[Duration | None, Meta(description="How long before a party must say that it leaves.")] = None
    review: When | None = None
    note: Line = ""


class Commitment(Form, frozen=True, kw_only=True):
    """An amount, or something in kind, that a party commits."""

    what: Line
    party: Slug | None = None
    to: Annotated[Slug | None, Meta(description="The party that receives it.")] = None
    amount: Amount | None = None
    amount_to: Annotated[Amount | None, Meta(description="The upper bound, where the text gives a range.")] = None
    currency: Annotated[Currency | None, Meta(description="Left out: the source does not say.")] = None
    share: Annotated[Line, Meta(description="A part instead of an amount: half, one third, 50 %.")] = ""
    quantity: Annotated[Line, Meta(description="How much in kind: twelve bicycles.")] = ""
    in_kind: bool = False
    year: Year | None = None
    period: Line = ""
    estimated: bool | None = None
    note: Line = ""


class Clause(Form, frozen=True, kw_only=True):
    """What an existing text says, in a few words, when its own words are not carried over."""

    summary: Line
    topic: Annotated[str, Meta(max_length=60, description="aims, youth, exchanges, ratification, costs…")] = ""
    number: Annotated[str, Meta(max_length=40, description="The number it bears in the source.")] = ""
    article: Slug | None = None
    language: Language | None = None
    text: Annotated[ProseByLanguage, Meta(description="Its own words, where they are carried over.")] = {}
    note: Line = ""


class Basis(Form, frozen=True, kw_only=True):
    """A law, an earlier decision or a reason that the text gives at its head: « Vu… », « Considérant… »."""

    text: Line
    kind: Annotated[
        Literal["law", "decision", "reason", "opinion", "other"] | None, Meta(description="What it is.")
    ] = None
    party: Annotated[Slug | None, Meta(description="For which party it holds, when not for all.")] = None
    reference: Line = ""
    date: When | None = None
    language: Language | None = None


class Fact(Form, frozen=True, kw_only=True):
    """A fact for which the format has no place of its own. It is kept and shown; see also ``note``."""

    label: Line
    value: Prose = ""
    about: Annotated[Slug | None, Meta(description="The party, act, signing, signatory or article it concerns.")] = None
    date: When | None = None
    language: Language | None = None


class ProofRead(Form, frozen=True, kw_only=True):
    """Who re-read one language of an article, and when."""

    by: Line
    on: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="Day.")]


class Article(Form, frozen=True, kw_only=True):
    """A part of the text, held by its identifier so that its languages stay together."""

    id: Slug
    level: Annotated[
        Literal["title", "article", "text", "closing"],
        Meta(description="title: groups what follows; article: numbered; text: not numbered; closing: place and date."),
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
    note: Line = ""


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
    url: Line = ""
    consulted: Day | None = None
    published: Day | None = None
    licence: Line = ""
    attribution: Line = ""
    note: Line = ""


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
    signings: list[Signing] = []
    acts: list[Act] = []
    term: Term | None = None
    commitments: list[Commitment] = []
    bases: Annotated[list[Basis], Meta(description="What the text rests on: « Vu », « Considérant ».")] = []
    structure: Annotated[list[Line], Meta(description="The blocks of the text in order.")] = []
    clauses: list[Clause] = []
    articles: list[Article] = []
    fields: Annotated[dict[Slug, Value], Meta(description="Values shared by all languages.")] = {}
    authority: Annotated[list[Authority], Meta(description="What each language version is worth.")] = []
    copies: Copies | None = None
    kept_at: Annotated[list[Line], Meta(description="Where the original is kept: archives, town hall, reference.")] = []
    symbols: list[Symbol] = []
    annexes: list[Annex] = []
    related: list[Related] = []
    same_session: list[Subject] = []
    facts: list[Fact] = []
    notes: Notes | None = None
    source: Source | None = None
    model: Model | None = None
