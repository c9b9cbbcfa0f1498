"""Where people sign a text, or how they signed it."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from app.conventions.facts import language_of
from app.conventions.prints import is_past, is_transcription
from app.documents.textdoc import NOBODY, Run, Signature, plain, runs
from app.texts import codes, labels, signed
from app.texts.phrases import Speaker

if TYPE_CHECKING:
    from app.conventions.prints import Print
    from app.documents.textdoc import Words
    from app.texts.document import Document, Party, Signatory
    from app.texts.pieces import Piece

_TONGUES = 3
"""More languages than that stand one after the other, and each block speaks its party's own."""


def runs_of(pieces: tuple[Piece, ...]) -> tuple[Run, ...]:
    """Pieces of a text as runs of a document; blanks stay visible."""
    return tuple(Run(piece.text, blank=piece.blank) for piece in pieces)


def signatures(document: Document, wanted: Print) -> tuple[Signature, ...]:
    """One place a signatory, in the language of its party where the text has it.

    A party that nobody signs for has a place to sign only in a text that is still to be signed.
    """
    unnamed: list[Signatory | None] = [] if _says_who_signs(document, wanted) else [None]
    sides: list[list[Signature]] = []
    for party in Speaker(document, document.languages[0]).in_order:
        signing: list[Signatory | None] = [one for one in document.signatories if party.id in one.parties]
        sides.append([_signature(document, party.id, one, wanted) for one in signing or unnamed])
    made = _beside(sides)
    rest = [one for one in document.signatories if not set(one.parties) & {party.id for party in document.parties}]
    made.extend(_signature(document, "", one, wanted) for one in rest)
    return tuple(made)


def _beside(sides: list[list[Signature]]) -> list[Signature]:
    """Two parties sign in two columns, one each, however many sign for them; more parties one after the other."""
    if len(sides) == 2 and all(sides):  # noqa: PLR2004  # a page has two columns
        made = [one for row in zip_longest(*sides, fillvalue=NOBODY) for one in row]
        return made[:-1] if made[-1] is NOBODY else made
    return [one for side in sides for one in side]


def _says_who_signs(document: Document, wanted: Print) -> bool:
    """Whether the parties without a signatory do not sign: the text names those who do, or is one of the past."""
    if document.model is not None:
        return False
    return bool(document.signatories) or is_transcription(document, wanted.created.date())


def _signature(document: Document, name: str, one: Signatory | None, wanted: Print) -> Signature:
    party = next((party for party in document.parties if party.id == name), None)
    own = _own_tongue(party, document) if party else None
    spoken = own if own in labels.languages() else None
    speaker = Speaker(document, spoken or wanted.language or language_of(document))
    others = _others(document, speaker)
    said: Words = ""
    if party is not None:
        said = _lined([(each, _for_party(each, party)) for each in (speaker, *others)])
    elif one is not None:
        said = one.for_as_written
    return Signature(
        party=said,
        name=_person(one) if one else "",
        function=_lined([(each, _function(each, one, own)) for each in (speaker, *others)]) if one else "",
        caption=speaker.words.phrases["signature"],
        lang=speaker.tongue,
        signed=signed.told(speaker, one) if one is not None and is_past(document, wanted) else None,
    )


def _own_tongue(party: Party, document: Document) -> str | None:
    """The language of the text that is the party's own; of a text from elsewhere, only where it says so."""
    own = codes.spoken_by(party.languages, party.country if document.model else None)
    return next((code for code in own if code in document.languages), None)


def _others(document: Document, first: Speaker) -> list[Speaker]:
    """The other languages that a text written here speaks where it is signed: no side reads the other's alone."""
    if document.model is None or len(document.languages) > _TONGUES:
        return []
    return [Speaker(document, code) for code in document.languages if code != first.language]


def _for_party(speaker: Speaker, party: Party) -> Words:
    return runs_of(speaker.fill("signed_for", party=speaker.signing_party(party)))


def _lined(said: list[tuple[Speaker, Words]]) -> Words:
    """What is said in each language, a line each; what two languages write alike stands once."""
    first = said[0][1]
    made, seen = list(runs(first)), {plain(first)}
    for speaker, words in said[1:]:
        if plain(words) and plain(words) not in seen:
            seen.add(plain(words))
            made.append(Run("\n"))
            made.extend(replace(run, lang=run.lang or speaker.tongue) for run in runs(words))
    return tuple(made) if len(seen) > 1 else first


def _person(one: Signatory) -> str:
    """A name as written; of several who are not named, what the source calls them."""
    return f"{one.title} {one.name or one.initials or (one.for_as_written if one.parties else '')}".strip()


def _function(speaker: Speaker, one: Signatory, own: str | None = None) -> Words:
    """A signatory's function as written, in their own language or in this one; for whom they sign by delegation."""
    known = bool(one.role or one.roles.get(speaker.language))
    function = one.role_as_written or ("".join(piece.text for piece in speaker.role(one, "")) if known else "")
    delegated = speaker.delegation(one.delegation) if one.delegation else ""
    if own and one.roles.get(own) and not one.role_as_written and (own == speaker.language or not function):
        return (Run(one.roles[own], lang=own), *((Run(f", {delegated}"),) if delegated else ()))
    if not function and one.roles:
        code = next((code for code in speaker.document.languages if code in one.roles), next(iter(one.roles)))
        return (Run(one.roles[code], lang=code), *((Run(f", {delegated}"),) if delegated else ()))
    return ", ".join(word for word in (function, delegated) if word)


def witnesses(document: Document, wanted: Print) -> tuple[Signature, ...]:
    """Who countersigns."""
    speaker = Speaker(document, wanted.language or language_of(document))
    caption = speaker.words.phrases["signature"]
    return tuple(
        Signature(
            party=one.for_as_written,
            name=_person(one),
            function=_function(speaker, one),
            caption=caption,
            signed=signed.told(speaker, one) if is_past(document, wanted) else None,
        )
        for one in document.witnesses
    )
