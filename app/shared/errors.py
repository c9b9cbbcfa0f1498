"""The failures that people can cause. One handler turns them into a page or a field's message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from collections.abc import Mapping


class DomainError(Exception):
    """Something a person can put right.

    Each subclass is one way to fail. The sentence says what is wrong, where, and what to do;
    ``field`` names the form field it belongs to, if there is one.
    """

    status = 422

    def __init__(self, sentence: object, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        """Return the sentence in the reader's language."""
        return str(self.sentence)


class EditConflict(DomainError):
    """Somebody else saved the same thing in the meantime; nothing was overwritten.

    ``theirs`` and ``yours`` hold, by field label, the text now kept and the text just sent.
    """

    status = 409

    def __init__(self, *, theirs: Mapping[str, str], yours: Mapping[str, str]) -> None:
        super().__init__(
            _l(
                "Quelqu’un d’autre a enregistré une modification pendant que vous écriviez. "
                "Rien n’est perdu : voici les deux textes, gardez celui qui convient."
            )
        )
        self.theirs = dict(theirs)
        self.yours = dict(yours)


class NotAllowed(DomainError):
    """The person may see this but may not do that; the sentence gives the reason."""

    status = 403
