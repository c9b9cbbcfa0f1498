"""The parties of a text by the names they bear today: what is not signed may follow, the past keeps its names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from app.conventions import prefill
from app.conventions.models import Status
from app.conventions.queries import document_of

if TYPE_CHECKING:
    from app.bodies.models import Body
    from app.conventions.models import Convention
    from app.texts.document import Document, Name, Party, Signing


class Renamed(NamedTuple):
    """A party whose record bears another name than the text; the names of both, in every language."""

    party: str
    old: str
    new: str


def renamed(convention: Convention) -> list[Renamed]:
    """The parties of a text of ours whose record was renamed since; none once it is signed."""
    document = document_of(convention)
    if document.model is None or convention.status in {Status.SIGNED, Status.ENDED}:
        return []
    held = {one.party: one.body for one in convention.bodies}
    pairs = [(party, _present(party, held[party.id])) for party in document.parties if party.id in held]
    return [Renamed(old.id, *_differing(old, new)) for old, new in pairs if new != old]


def as_called_today(convention: Convention) -> Document:
    """The text with the present names of its parties, and of the places of signing called like them."""
    document = document_of(convention)
    held = {one.party: one.body for one in convention.bodies}
    parties = [_present(party, held[party.id]) if party.id in held else party for party in document.parties]
    changed = dict(_differing(old, new) for old, new in zip(document.parties, parties, strict=True) if old != new)
    return replace(document, parties=parties, signings=[_signing(one, changed) for one in document.signings])


def still_said(document: Document, names: list[str]) -> list[str]:
    """The articles whose own words still say one of these names, by identifier."""
    return [
        article.id
        for article in document.articles
        if any(name in text for name in names for text in [*article.body.values(), *article.heading.values()])
    ]


def _present(party: Party, body: Body) -> Party:
    """A party with the names of its record; forms of the name that a record does not hold stay."""
    fresh = prefill.party(body, party.id)
    own = {one.language for one in fresh.names}
    kept = [one for one in party.names if one.kind != "translated" or one.language not in own]
    return replace(party, name=fresh.name, names=_in_order(party, [*kept, *fresh.names]))


def _in_order(party: Party, names: list[Name]) -> list[Name]:
    """The same names as before stay the same list."""
    return party.names if sorted(map(repr, names)) == sorted(map(repr, party.names)) else names


def _differing(old: Party, new: Party) -> tuple[str, str]:
    if old.name != new.name:
        return old.name, new.name
    before = {one.language: one.text for one in old.names if one.kind == "translated"}
    after = next(one for one in new.names if one.kind == "translated" and before.get(one.language) != one.text)
    return before.get(after.language, ""), after.text


def _signing(one: Signing, changed: dict[str, str]) -> Signing:
    places = [replace(spot, name=changed.get(spot.name, spot.name)) for spot in one.places]
    return replace(one, places=places)
