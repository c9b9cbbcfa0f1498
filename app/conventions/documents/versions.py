"""The prints of a version, of the words that it was frozen with, and those of a text as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from app.conventions.documents.files import write
from app.conventions.models import PrintKind
from app.conventions.prints import Print, drawn_arms
from app.conventions.queries import document_of, was_imported
from app.conventions.queries.words import arms_named, standing_version, words_of
from app.conventions.settling import said_again, settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from app.conventions.fixed import FixedWords
    from app.conventions.models import Convention, ConventionVersion


def version_print(version: ConventionVersion, words: FixedWords) -> Print:
    """What a version is printed as, with the arms that the towns bore when it was frozen."""
    arms = _pictures(words.arms)
    return Print(PrintKind(version.kind), version.made_at, version.number, version.sha256, arms)


def write_version(session: Session, version: ConventionVersion, form: str, language: str) -> bytes:
    """Return a version in one of the forms of :data:`MEDIA`: the same bytes every time.

    :raises CannotPrint: when the form needs what this machine does not have.
    """
    words = words_of(session, version)
    return write(document_of(version), version_print(version, words), form, language, words)


def draft_print(session: Session, convention: Convention, language: str = "") -> tuple[Print, FixedWords]:
    """What a text is printed as while it may still change, and its words: those frozen, where it still says them."""
    imported = was_imported(session, convention.id)
    arms = _pictures(arms_named(convention))
    wanted = Print(PrintKind.DRAFT, convention.changed_at, arms=arms, language=language, imported=imported)
    words = settle(document_of(convention), wanted)
    standing = standing_version(session, convention)
    if standing is not None:
        whole = not language and standing.document == convention.document
        words = said_again(words, words_of(session, standing), whole=whole)
    return wanted, words


def _pictures(names: Mapping[str, str]) -> dict[str, bytes]:
    """The arms of the parties, by their identifier in the text."""
    found: dict[str, bytes] = {}
    folder = current_app.config["SETTINGS"].files
    for party, name in names.items():
        path = folder / name
        if path.parent == folder and path.is_file():
            drawn = drawn_arms(path.read_bytes())
            if drawn is not None:
                found[party] = drawn
    return found
