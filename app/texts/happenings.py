"""What happened to a text: votes, decisions, signings; and who signs."""

# ruff: noqa: RUF012  # msgspec gives each structure its own copy of a default
from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from app.texts.parties import Form, Name, Party, Spot, When
from app.texts.words import ByLanguage, Count, Language, Line, Slug


class GroupVote(Form, frozen=True, kw_only=True):
    """How one political group, college or bench of an assembly voted."""

    name: Line
    votes_for: Count | None = None
    votes_against: Count | None = None
    abstentions: Count | None = None
    not_voting: Count | None = None
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
    quorum: Annotated[Count | None, Meta(description="How many members had to be there.")] = None
    casting_vote: Annotated[Line, Meta(description="Whose vote settled a tie.")] = ""
    groups: Annotated[list[GroupVote], Meta(description="How each group voted, where that is told.")] = []
    withdrew: Annotated[list[Line], Meta(description="Who did not take part because of an interest.")] = []
    note: Line = ""


class Proxy(Form, frozen=True, kw_only=True):
    """An absent member who lets another one vote."""

    giver: Line
    holder: Line


class Statement(Form, frozen=True, kw_only=True):
    """What somebody said in the debate, in a few words."""

    by: Line
    text: Line
    language: Language | None = None


class Sitting(Form, frozen=True, kw_only=True):
    """The meeting of the assembly in which something was decided."""

    date: When | None = None
    places: list[Spot] = []
    kind: Annotated[Line, Meta(description="ordinary, extraordinary, joint sitting of both councils…")] = ""
    convened: Annotated[When | None, Meta(description="When the members were called.")] = None
    without_quorum: Annotated[
        When | None, Meta(description="The day on which too few had come, so that they were called again.")
    ] = None
    posted: Annotated[When | None, Meta(description="When the notice of the meeting was put up or published.")] = None
    chaired_by: Line = ""
    secretary: Line = ""
    reporter: Annotated[Line, Meta(description="Who presented the subject.")] = ""
    item: Annotated[Line, Meta(description="Number on the agenda.")] = ""
    present: Annotated[list[Line], Meta(description="Members present, as written.")] = []
    absent: list[Line] = []
    excused: list[Line] = []
    proxies: list[Proxy] = []
    public: Annotated[bool | None, Meta(description="Whether the public was admitted.")] = None
    statements: Annotated[list[Statement], Meta(description="What was said before the vote.")] = []
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
            "opinion",
            "objection",
            "appeal",
            "creation",
            "dissolution",
            "merger",
            "renaming",
            "election",
            "proclamation",
            "grant",
            "evaluation",
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


Manner: TypeAlias = Literal["in_person", "video", "electronic", "correspondence", "counterparts", "proxy", "other"]
"""How somebody signs; ``counterparts``: each party signs its own copy."""


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
    reason: Annotated[Line, Meta(description="Why it was put off, called off or moved.")] = ""
    instead_of: Annotated[Slug | None, Meta(description="The occasion that was put off and that it replaces.")] = None
    place_uncertain: Annotated[
        bool | None, Meta(description="True: it was in one of these places, it is not known in which.")
    ] = None
    manner: Annotated[Manner | None, Meta(description="How it was signed: in person, by video…")] = None
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
    until: Annotated[When | None, Meta(description="When it ended.")] = None
    note: Line = ""


class Mandate(Form, frozen=True, kw_only=True):
    """From when, and by what, somebody may sign."""

    since: When | None = None
    until: When | None = None
    given_by: Annotated[Line, Meta(description="council, board, general assembly…")] = ""
    reference: Line = ""
    note: Line = ""


class Office(Form, frozen=True, kw_only=True):
    """One of several functions of the same person, with its own mandate."""

    role: Annotated[Line, Meta(description="Function, in the source's words or a code.")] = ""
    roles: Annotated[ByLanguage, Meta(description="Function in each language.")] = {}
    party: Annotated[Slug | None, Meta(description="In which party, when in one.")] = None
    body_as_written: Annotated[Line, Meta(description="In which body, when in no party: senate, département.")] = ""
    mandate: Mandate | None = None
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
    manner: Annotated[Manner | None, Meta(description="How this person signed, when not as the others.")] = None
    manner_as_written: Line = ""
    signed_on: Annotated[When | None, Meta(description="When this person signed, when not with the others.")] = None
    mandate: Mandate | None = None
    delegation: Delegation | None = None
    languages: list[Language] = []
    seal: Annotated[bool | None, Meta(description="Signed with a seal.")] = None
    mark: Annotated[
        Line,
        Meta(description="What stands in the place of the signature: « p.o. », « gez. », « L.S. », a cross, a stamp."),
    ] = ""
    legible: Annotated[bool | None, Meta(description="False: the signature cannot be read.")] = None
    name_uncertain: Annotated[bool | None, Meta(description="True: the name was read or guessed with doubt.")] = None
    signed: bool | None = None
    offices: Annotated[
        list[Office], Meta(description="All functions, when there are several; `role` is that in which they sign.")
    ] = []
    note: Line = ""


class Contributor(Form, frozen=True, kw_only=True):
    """Somebody who had a part in the text without signing it."""

    name: Annotated[Line, Meta(description="As written; left out when only the function is known.")] = ""
    title: Annotated[Line, Meta(description="M., Mme, Dr, Sir…")] = ""
    role: Annotated[Line, Meta(description="Function, in the source's words.")] = ""
    part: Annotated[
        Literal[
            "patron",
            "initiator",
            "author",
            "negotiator",
            "translator",
            "interpreter",
            "calligrapher",
            "illuminator",
            "printer",
            "notary",
            "reader",
            "presenter",
            "coordinator",
            "contact",
            "host",
            "other",
        ]
        | None,
        Meta(description="In what part; patron: under whose patronage."),
    ] = None
    part_as_written: Line = ""
    of: Annotated[
        Line, Meta(description="The body they belong to, when it is no party: ministry, embassy, school.")
    ] = ""
    parties: Annotated[list[Slug], Meta(description="Of which party.")] = []
    languages: list[Language] = []
    date: When | None = None
    email: Line = ""
    phone: Line = ""
    note: Line = ""
