"""The words of a text as they were when it was frozen: nothing that a later release says otherwise changes them."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from typing import Any

import msgspec

from app.conventions.facts import Group  # noqa: TC001  # read at run time by msgspec
from app.documents.textdoc import Emblem, Signature  # noqa: TC001  # read at run time by msgspec
from app.texts.merge import Text  # noqa: TC001  # read at run time by msgspec


@dataclass(frozen=True, kw_only=True)
class FixedWords:
    """Everything that the print of a text says, in its last words, each in its part; how it is set is the printer's.

    ``texts``: the articles by identifier, one language after the other; they are what the fingerprint is taken of.
    ``own_names``: what each of these languages calls itself. ``language``: that of the facts. ``emblems``: the towns
    of the letterhead; ``arms`` of an emblem is its party, whose picture is the file that :attr:`arms` names.
    ``recorded``: the facts that the words do not say, on a page ``apart`` or not. ``side_by_side``, ``is_short``: how
    the text asks to be set.
    """

    title: str
    lang: str
    language: str
    author: str = ""
    texts: tuple[Text, ...] = ()
    own_names: tuple[str, ...] = ()
    emblems: tuple[Emblem, ...] = ()
    arms: dict[str, str] = field(default_factory=dict)
    running: str = ""
    footer: str = ""
    state: str = ""
    watermark: str = ""
    signatures: tuple[Signature, ...] = ()
    witnesses_heading: str = ""
    witnesses: tuple[Signature, ...] = ()
    has_articles: bool = True
    facts: tuple[Group, ...] = ()
    recorded_heading: str = ""
    recorded: tuple[Group, ...] = ()
    apart: bool = False
    side_by_side: bool = False
    is_short: bool = False


def kept(words: FixedWords) -> dict[str, Any]:
    """Return words as plain values for a JSON column; what is meant when nothing is said is left out."""
    made: dict[str, Any] = _lean(words)
    return made


def read(values: dict[str, Any]) -> FixedWords:
    """Return the words that a JSON column holds."""
    return msgspec.convert(values, FixedWords)


def _lean(value: Any) -> Any:  # noqa: ANN401  # any part of the words
    if is_dataclass(value):
        return {one.name: _lean(said) for one in fields(value) if (said := getattr(value, one.name)) != _default(one)}
    if isinstance(value, tuple):
        return [_lean(one) for one in value]
    return value


def _default(one: Any) -> Any:  # noqa: ANN401  # a field of any type
    if one.default_factory is not MISSING:
        return one.default_factory()
    return one.default
