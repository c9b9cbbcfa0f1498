"""The interchange document « traitdunion/convention », version 1.

One structure says everything: what is refused, the JSON Schema that is published and the order in which it is
written. It holds texts written here (articles with blanks, values, revisions) and texts of the past of which only
facts are known. A fact that a source does not give is left out, never guessed; a contradiction in a source is kept in
``notes.conflicts``. To add a fact: a field with a default here, its words in ``description``, a line in the tests.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from app.texts.words import (
    Amount,
    ByLanguage,
    Count,
    Country,
    Currency,
    Day,
    Hour,
    Language,
    Line,
    Prose,
    ProseByLanguage,
    Slug,
    Year,
)

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


class Form(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every part: an unknown key is refused, a default is not written."""


class When(Form, frozen=True, kw_only=True):
    """A date with its precision, and how the document gives it."""

    date: Day | None = None
    time: Annotated[Hour | None, Meta(description="Time of day at the place, if given.")] = None
    time_end: Annotated[Hour | None, Meta(description="Time of day at which it ended, if given.")] = None
    timezone: Annotated[Line | None, Meta(description="Time zone, IANA: Europe/Kyiv.")] = None
    calendar: Annotated[
        Literal["gregorian", "julian", "republican", "hebrew", "islamic", "other"],
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
        str, Meta(max_length=40, description="district, region, state, nation, admin, county, department, oblast…")
    ]
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
    population: Count | None = None
    population_date: Annotated[When | None, Meta(description="When so many people lived there.")] = None
    website: Line = ""
    email: Line = ""
    phone: Line = ""
    note: Line = ""


class Vote(Form, frozen=True, kw_only=True):
    """How an assembly voted; what is not known is left out."""

    result: Annotated[
        Literal["adopted", "unanimous", "majority", "rejected", "adjourned", "withdrawn"] | None,
        Meta(description="Outcome."),
    ] = None
    as_written: Line = ""
    votes_for: Count | None = None
    votes_against: Count | None = None
    abstentions: Count | None = None
    not_voting: Count | None = None
    blank: Count | None = None
    void: Count | None = None
    present: Count | None = None
    represented: Count | None = None
    in_office: Count | None = None
    quorum_met: bool | None = None
    ballot: Annotated[
        Literal["ordinary", "public", "secret", "show_of_hands", "acclamation"] | None,
        Meta(description="Manner of voting."),
    ] = None
    names_for: Annotated[list[Line], Meta(description="Who voted for, where names are given.")] = []
    names_against: list[Line] = []
    names_abstaining: list[Line] = []
    withdrew: Annotated[list[Line], Meta(description="Who did not take part because of an interest.")] = []
    note: Line = ""


class Proxy(Form, frozen=True, kw_only=True):
    """An absent member who lets another one vote."""

    giver: Line
    holder: Line


class Sitting(Form, frozen=True, kw_only=True):
    """The meeting of the assembly in which something was decided."""

    date: When | None = None
    places: list[Spot] = []
    kind: Annotated[Line, Meta(description="ordinary, extraordinary, joint sitting of both councils…")] = ""
    convened: Annotated[When | None, Meta(description="When the members were called.")] = None
    chaired_by: Line = ""
    secretary: Line = ""
    reporter: Annotated[Line, Meta(description="Who presented the subject.")] = ""
    item: Annotated[Line, Meta(description="Number on the agenda.")] = ""
    present: Annotated[list[Line], Meta(description="Members present, as written.")] = []
    absent: list[Line] = []
    excused: list[Line] = []
    proxies: list[Proxy] = []
    public: Annotated[bool | None, Meta(description="Whether the public was admitted.")] = None
    note: Line = ""


class Act(Form, frozen=True, kw_only=True):
    """Something decided or done that the text refers to, or that happened to the text, with its date."""

    id: Slug | None = None
    kind: Annotated[
        Literal[
            "original",
            "renewal",
            "confirmation",
            "earlier_protocol",
            "council_decision",
            "council_mandate",
            "board_mandate",
            "mayor_mandate",
            "president_mandate",
            "ratification",
            "amendment",
            "suspension",
            "resumption",
            "end",
            "transmission",
            "publication",
            "enforceable",
            "effect",
            "expiry",
            "notification",
            "ceremony",
            "contact",
            "visit",
            "proposal",
            "signature",
            "approval",
            "registration",
            "accession",
            "withdrawal",
            "delegation",
            "inauguration",
            "anniversary",
            "judgment",
            "other",
        ],
        Meta(description="What it is."),
    ]
    kind_as_written: Line = ""
    date: When | None = None
    by: Annotated[Slug | None, Meta(description="The party that decided or did it.")] = None
    jointly_with: Annotated[list[Slug], Meta(description="Other parties that decided or did it with them.")] = []
    by_as_written: Annotated[Line, Meta(description="Who, in the source's words: conseil municipal, bureau.")] = ""
    about: Annotated[Slug | None, Meta(description="Another act, party or relation that it concerns.")] = None
    title: Line = ""
    reference: Annotated[Line, Meta(description="Number or reference of the act.")] = ""
    unanimous: bool | None = None
    vote: Vote | None = None
    sitting: Sitting | None = None
    outcome: Line = ""
    official: Annotated[bool | None, Meta(description="False: it was never made official.")] = None
    places: list[Spot] = []
    articles: Annotated[list[Slug], Meta(description="The articles that it changes.")] = []
    until: Annotated[When | None, Meta(description="To when it holds: a suspension, a mandate.")] = None
    reason: Line = ""
    note: Line = ""


MANNERS = Literal["in_person", "video", "electronic", "correspondence", "proxy", "other"]
"""How somebody signs."""


class Present(Form, frozen=True, kw_only=True):
    """Somebody, or a group, who was there without signing."""

    name: Annotated[Line, Meta(description="As written; left out for a group that is not named.")] = ""
    role: Line = ""
    part: Annotated[
        Literal["witness", "interpreter", "speaker", "host", "guest", "delegation", "musicians", "school", "other"]
        | None,
        Meta(description="In what part they were there."),
    ] = None
    parties: Annotated[list[Slug], Meta(description="Of which party.")] = []
    number: Annotated[Count | None, Meta(description="How many, for a group.")] = None
    note: Line = ""


class Signing(Form, frozen=True, kw_only=True):
    """One occasion of signing. A text may be signed in several places and on several dates."""

    id: Slug | None = None
    places: list[Spot] = []
    date: When | None = None
    act: Annotated[Slug | None, Meta(description="The act that is signed, if the document tells several.")] = None
    order: Annotated[
        Literal["first", "return", "same_day", "renewal", "confirmation", "anniversary", "other"] | None,
        Meta(description="Its place in the sequence: first ceremony, return ceremony…"),
    ] = None
    status: Annotated[
        Literal["held", "planned", "postponed", "cancelled"] | None, Meta(description="Whether it took place.")
    ] = None
    manner: Annotated[MANNERS | None, Meta(description="How it was signed: in person, by video…")] = None
    manner_as_written: Line = ""
    identical: Annotated[bool | None, Meta(description="True: the same ceremony and text as the first.")] = None
    wording: Annotated[ByLanguage, Meta(description="The whole line: « Nesmy / Burggen, le 10 septembre 1993 ».")] = {}
    occasion: Annotated[Line, Meta(description="Festival, anniversary… at which it took place.")] = ""
    parties: Annotated[list[Slug], Meta(description="Who signs on this occasion, when not everybody.")] = []
    present: Annotated[list[Present], Meta(description="Who was there without signing.")] = []
    languages: Annotated[list[Language], Meta(description="Language versions signed there, when not all.")] = []
    note: Line = ""


class Relation(Form, frozen=True, kw_only=True):
    """A twinning that the text is about: town–committee conventions, deliberations, renewals."""

    id: Slug | None = None
    towns: Annotated[list[Party], Meta(description="The partner town or towns, who are not parties to this text.")] = []
    kind: Annotated[str, Meta(max_length=60, description="twinning, friendship, cooperation…")] = ""
    since: When | None = None
    status: Annotated[str, Meta(max_length=60, description="active, suspended, ended…")] = ""
    acts: Annotated[list[Act], Meta(description="Decisions about this relation.")] = []
    signings: Annotated[list[Signing], Meta(description="When and where its charter or oath was signed.")] = []
    note: Line = ""


class Mandate(Form, frozen=True, kw_only=True):
    """From when, and by what, somebody may sign."""

    since: When | None = None
    until: When | None = None
    given_by: Annotated[Line, Meta(description="council, board, general assembly…")] = ""
    reference: Line = ""
    note: Line = ""


class Delegation(Form, frozen=True, kw_only=True):
    """Somebody signs for another by delegation."""

    of: Annotated[Line, Meta(description="The person in whose place.")] = ""
    of_role: Line = ""
    act: Annotated[Line, Meta(description="The order or decree of delegation.")] = ""
    date: When | None = None
    note: Line = ""


class Signatory(Form, frozen=True, kw_only=True):
    """A person (or several unnamed ones) who signs, or witnesses."""

    id: Slug | None = None
    name: Annotated[Line, Meta(description="As written: « ORBÁN Sándor » keeps its order and its capitals.")] = ""
    initials: Annotated[Line, Meta(description="When the name is withheld.")] = ""
    name_order: Annotated[
        Literal["given_first", "family_first"] | None, Meta(description="How the name is written.")
    ] = None
    name_forms: Annotated[list[Name], Meta(description="The name in another script or language.")] = []
    title: Annotated[Line, Meta(description="M., Mme, Dr, Sir…")] = ""
    many: Annotated[bool, Meta(description="Stands for several people who are not named.")] = False
    role: Annotated[Line, Meta(description="Function, in the source's words or a code: mayor, president…")] = ""
    roles: Annotated[ByLanguage, Meta(description="Function in each language: « Bürgermeister ».")] = {}
    role_as_written: Annotated[Line, Meta(description="Title of the signature block: « Le Bürgermeister ».")] = ""
    parties: Annotated[list[Slug], Meta(description="For whom.")] = []
    for_as_written: Annotated[Line, Meta(description="For whom, in the source's words: « all five ».")] = ""
    acts: Annotated[list[Slug], Meta(description="Which acts were signed, when there are several.")] = []
    signings: Annotated[list[Slug], Meta(description="On which occasions; one person may sign on several.")] = []
    manner: Annotated[MANNERS | None, Meta(description="How this person signed, when not as the others.")] = None
    manner_as_written: Line = ""
    signed_on: Annotated[When | None, Meta(description="When this person signed, when not with the others.")] = None
    mandate: Mandate | None = None
    delegation: Delegation | None = None
    languages: list[Language] = []
    seal: Annotated[bool | None, Meta(description="Signed with a seal.")] = None
    signed: bool | None = None
    note: Line = ""


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


class TextValue(Form, tag_field="type", tag="text", frozen=True, kw_only=True):
    """A text; ``value`` holds for every language that ``by_language`` does not name."""

    value: Prose = ""
    by_language: ProseByLanguage = {}


class DateValue(Form, tag_field="type", tag="date", frozen=True, kw_only=True):
    """A date."""

    value: Day


class EurValue(Form, tag_field="type", tag="eur", frozen=True, kw_only=True):
    """An amount in euros."""

    value: Amount


class MoneyValue(Form, tag_field="type", tag="money", frozen=True, kw_only=True):
    """An amount in any currency."""

    value: Amount
    currency: Annotated[Currency | None, Meta(description="Left out: not known.")] = None


class IntValue(Form, tag_field="type", tag="int", frozen=True, kw_only=True):
    """A whole number."""

    value: int


class BoolValue(Form, tag_field="type", tag="bool", frozen=True, kw_only=True):
    """Yes or no."""

    value: bool


class ListValue(Form, tag_field="type", tag="list", frozen=True, kw_only=True):
    """Lines, each in one or several languages."""

    items: list[TextValue]


class CodesValue(Form, tag_field="type", tag="codes", frozen=True, kw_only=True):
    """Words of a closed list (themes, frequency…), translated by the product."""

    items: list[Annotated[str, Meta(max_length=40)]]


class BudgetLine(Form, frozen=True, kw_only=True):
    """One line of a budget; ``shares`` holds the amount of each party, by its identifier."""

    label: TextValue
    year: Year | None = None
    shares: dict[Slug, Amount] = {}
    currency: Annotated[Currency | None, Meta(description="Of this line, when not that of the budget.")] = None


class BudgetValue(Form, tag_field="type", tag="budget", frozen=True, kw_only=True):
    """Estimated amounts. No line at all means that the amount is stated as zero."""

    lines: list[BudgetLine]
    currency: Annotated[Currency | None, Meta(description="Of all lines; null: not known.")] = "EUR"


Value = TextValue | DateValue | EurValue | MoneyValue | IntValue | BoolValue | ListValue | CodesValue | BudgetValue


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
