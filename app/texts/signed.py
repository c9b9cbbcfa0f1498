"""How a text of the past was signed, in words: « Signé à Nesmy, le 10 septembre 1993 »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.texts import formats
from app.texts.document import Signing

if TYPE_CHECKING:
    from app.texts.document import Document, Signatory
    from app.texts.phrases import Speaker
    from app.texts.pieces import Pieces

_SIGNED_STATES = {"signed", "in_force", "suspended", "ended"}
_NOT_HELD = {"planned", "postponed", "cancelled"}


def told(speaker: Speaker, one: Signatory) -> str:
    """Say how somebody signed, as far as it is known; nothing when it is not."""
    document, said = speaker.document, speaker.words.phrases
    if one.signed is False or document.state == "never_signed":
        return said["not_signed"]
    given = [signing for signing in document.signings if _took_part(one, signing)]
    if one.signed_on and one.signed_on.date:
        alone = replace(given[0], date=one.signed_on) if len(given) == 1 else Signing(date=one.signed_on)
        return _at(speaker, [alone])
    known = _at(speaker, given)
    return known or (said["signed"] if _is_signed(document, one, given) else "")


def _is_signed(document: Document, one: Signatory, given: list[Signing]) -> bool:
    return bool(one.signed or given or document.state in _SIGNED_STATES)


def _took_part(one: Signatory, signing: Signing) -> bool:
    """Whether somebody signed on an occasion: by name, with their party, or where nobody in particular is named."""
    if signing.status in _NOT_HELD:
        return False
    if one.signings:
        return signing.id in one.signings
    return not signing.parties or bool(set(signing.parties) & set(one.parties))


def _at(speaker: Speaker, given: list[Signing]) -> str:
    full = [speaker.occasion(one) for one in given if _places(one) and _has_date(one)]
    if full:
        return _plain(speaker.fill("signed_occasion", occasion=speaker.joined(full)))
    days = [one for one in given if _has_date(one)]
    if days:
        date = speaker.joined([speaker.when(one.date, "") for one in days])
        return _plain(speaker.fill_dated("signed_day", days[0].date, date=date))
    places = formats.join([_where(one, speaker.tongue) for one in given if _places(one)], speaker.tongue)
    return _plain(speaker.fill("signed_place", place=places, at=formats.at(places))) if places else ""


def _has_date(signing: Signing) -> bool:
    return signing.date is not None and signing.date.date is not None


def _places(signing: Signing) -> list[str]:
    return [place.name for place in signing.places if place.name]


def _where(signing: Signing, language: str) -> str:
    names = _places(signing)
    return formats.either(names, language) if signing.place_uncertain else " / ".join(names)


def _plain(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)
