"""What a text promises: for how long, who gives what, what each version is worth, what it rests on."""

# ruff: noqa: RUF012  # msgspec gives each structure its own copy of a default
from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from app.texts.parties import Duration, Form, When
from app.texts.words import Amount, ByLanguage, Count, Currency, Language, Line, ProseByLanguage, Slug, Year


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


class Copy(Form, frozen=True, kw_only=True):
    """One of the copies: who keeps it, in what language, what has become of it."""

    kind: Annotated[
        Literal[
            "original",
            "counterpart",
            "duplicate",
            "certified_copy",
            "transcript",
            "photocopy",
            "photograph",
            "scan",
            "draft",
            "other",
        ]
        | None,
        Meta(description="counterpart: the copy that one party signed alone."),
    ] = None
    party: Annotated[Slug | None, Meta(description="Of which party it is.")] = None
    holder: Annotated[Line, Meta(description="Who keeps it, when it is no party.")] = ""
    place: Annotated[Line, Meta(description="Where it is kept: archives, town hall, frame in the council room.")] = ""
    reference: Line = ""
    languages: list[Language] = []
    date: Annotated[When | None, Meta(description="The date that it bears, or when it was made.")] = None
    pages: Annotated[Count | None, Meta(description="Its own number of pages, where copies differ.")] = None
    signed_by: Annotated[list[Line], Meta(description="Who signed this copy, when not everybody.")] = []
    status: Annotated[
        Literal["kept", "lost", "destroyed", "stolen", "damaged", "restored", "not_found"] | None,
        Meta(description="What has become of it."),
    ] = None
    status_date: Annotated[When | None, Meta(description="Since when: lost, destroyed, restored.")] = None
    reason: Annotated[Line, Meta(description="How it was lost or damaged: war, fire, move.")] = ""
    url: Line = ""
    certified_by: Line = ""
    certified_on: When | None = None
    note: Line = ""


class Copies(Form, frozen=True, kw_only=True):
    """How many originals there are, and who keeps them."""

    number: Annotated[int, Meta(ge=1, le=1000)] | None = None
    by_language: Annotated[dict[Language, Count], Meta(description="Number of originals in each language.")] = {}
    holders: list[Line] = []
    pages: Annotated[Count | None, Meta(description="How many pages the original has.")] = None
    size: Annotated[Line, Meta(description="Its size, as written: 50 × 70 cm.")] = ""
    medium: Annotated[Line, Meta(description="Paper, parchment, electronic…")] = ""
    each: Annotated[list[Copy], Meta(description="The copies one by one, where something is known of each.")] = []
    note: Line = ""


class Term(Form, frozen=True, kw_only=True):
    """From when and for how long the text holds."""

    since: When | None = None
    until: When | None = None
    length: Annotated[Duration | None, Meta(description="For how long.")] = None
    unlimited: bool | None = None
    starts_with: Annotated[Line, Meta(description="An event with which it begins: the vote of both councils…")] = ""
    condition: Annotated[Line, Meta(description="An event that ends it: the end of the council's mandate…")] = ""
    renewal: Annotated[Literal["none", "express", "tacit"] | None, Meta(description="What happens at the end.")] = None
    renewal_length: Annotated[Duration | None, Meta(description="For how long it is then renewed.")] = None
    renewals_at_most: Count | None = None
    notice: Annotated[Duration | None, Meta(description="How long before a party must say that it leaves.")] = None
    renewal_notice: Annotated[
        Duration | None, Meta(description="How long before the end a party must say that it does not renew.")
    ] = None
    formal_notice: Annotated[
        Duration | None, Meta(description="How long a party that fails has to put it right before the text ends.")
    ] = None
    grounds: Annotated[list[Line], Meta(description="For what reasons it may be ended or suspended.")] = []
    review: When | None = None
    review_every: Annotated[Duration | None, Meta(description="How often it is looked at again: every five years.")] = (
        None
    )
    note: Line = ""


class Commitment(Form, frozen=True, kw_only=True):
    """An amount, or something in kind, that a party commits."""

    what: Line
    party: Slug | None = None
    jointly_with: Annotated[list[Slug], Meta(description="Other parties that give it together with that one.")] = []
    party_as_written: Annotated[
        Line, Meta(description="Who gives, when it is no party: the region, the European Union.")
    ] = ""
    to: Annotated[Slug | None, Meta(description="The party that receives it.")] = None
    to_as_written: Annotated[Line, Meta(description="Who receives, when it is no party: pupils, host families.")] = ""
    amount: Amount | None = None
    amount_to: Annotated[Amount | None, Meta(description="The upper bound, where the text gives a range.")] = None
    currency: Annotated[Currency | None, Meta(description="Left out: the source does not say.")] = None
    share: Annotated[Line, Meta(description="A part instead of an amount: half, one third, 50 %.")] = ""
    quantity: Annotated[Line, Meta(description="How much in kind: twelve bicycles.")] = ""
    in_kind: bool = False
    year: Year | None = None
    period: Line = ""
    due: Annotated[When | None, Meta(description="When it is to be paid or given.")] = None
    condition: Annotated[Line, Meta(description="On what condition.")] = ""
    budget_line: Annotated[Line, Meta(description="Where it stands in the budget.")] = ""
    act: Annotated[Slug | None, Meta(description="The act that decided it.")] = None
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
    parties: Annotated[list[Slug], Meta(description="Whom it binds, when not all.")] = []
    note: Line = ""


class Disputes(Form, frozen=True, kw_only=True):
    """How disagreements are settled."""

    amicable: Annotated[bool | None, Meta(description="First between the parties.")] = None
    conciliation: Annotated[Line, Meta(description="Who is asked to conciliate or arbitrate.")] = ""
    court: Annotated[Line, Meta(description="Which court then decides.")] = ""
    law: Annotated[Line, Meta(description="By which law.")] = ""
    language: Annotated[Language | None, Meta(description="In which language.")] = None
    note: Line = ""


class JointBody(Form, frozen=True, kw_only=True):
    """A committee or working group that the text sets up between the parties."""

    name: ByLanguage = {}
    kind: Annotated[Line, Meta(description="steering committee, working group, secretariat…")] = ""
    members: Annotated[Count | None, Meta(description="How many members in all.")] = None
    by_party: Annotated[dict[Slug, Count], Meta(description="How many members each party names.")] = {}
    composition: Annotated[Line, Meta(description="Who sits in it, as written.")] = ""
    chaired_by: Line = ""
    meets: Annotated[Line, Meta(description="How often, and where: once a year, in each town in turn.")] = ""
    first_meeting: When | None = None
    tasks: list[Line] = []
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


class Reservation(Form, frozen=True, kw_only=True):
    """What a party declared when it signed: a reservation, a condition, how it understands an article."""

    kind: Literal["reservation", "condition", "declaration", "objection"] | None = None
    text: ByLanguage = {}
    party: Annotated[Slug | None, Meta(description="Which party.")] = None
    by: Annotated[Line, Meta(description="Who declared it, as written.")] = ""
    article: Slug | None = None
    date: When | None = None
    withdrawn: Annotated[When | None, Meta(description="When it was withdrawn, or the condition was met.")] = None
    note: Line = ""


class Correction(Form, frozen=True, kw_only=True):
    """What was changed by hand on the original: struck out, added, written over."""

    kind: Literal["struck_out", "added", "replaced", "marginal_note", "erased", "other"] | None = None
    article: Slug | None = None
    where: Annotated[Line, Meta(description="Where it stands, as written: third line, in the margin.")] = ""
    language: Annotated[Language | None, Meta(description="In which version.")] = None
    before: Annotated[Line, Meta(description="What stood there.")] = ""
    after: Annotated[Line, Meta(description="What stands there now.")] = ""
    by: Annotated[Line, Meta(description="In whose hand.")] = ""
    date: When | None = None
    initialled: Annotated[bool | None, Meta(description="Whether the signatories approved it by initials.")] = None
    note: Line = ""
