"""What the facts of an oath, charter or convention come to: its true nature, its languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.law.vocabulary.acts import SignedText

_CONVENTIONS = {"convention", "cooperation"}


def is_convention(text: SignedText) -> bool | None:
    """Say whether a text is a convention of L1115-1: by its name, or because it binds to money, premises, staff, dates.

    One with a French association is none: that article is about foreign authorities.
    """
    if is_with_association(text):
        return False
    if text.kind in _CONVENTIONS or text.contains:
        return True
    return None if text.kind is None else False


def is_with_association(text: SignedText) -> bool:
    """Whether the other side is a French association, which L1115-1 does not know."""
    return text.kind == "association"


def languages_of(text: SignedText) -> tuple[str, ...] | None:
    """Return the languages told, or those of the versions."""
    if text.languages is not None:
        return tuple(main_language(language) for language in text.languages)
    if text.versions is not None:
        return tuple(main_language(one.language) for one in text.versions if one.language)
    return None


def main_language(tag: str) -> str:
    """Return the language of a tag without its country: ``fr-FR`` is French."""
    return tag.lower().replace("_", "-").split("-", maxsplit=1)[0]
