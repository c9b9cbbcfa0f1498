"""The rule files in use: those shipped and those that this installation switched on. Read once, kept in memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING

from app.funding import queries
from app.rules import loader
from app.rules.errors import RuleError
from app.rules.loader import RULES, load_texts, read_edition

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from app.rules.loader import Catalogue
    from app.rules.model import Edition

OWN = "local-"
"""Own rule files begin so; no shipped programme does."""
NAMES = "programmes.json"
"""Beside the files of a kept answer: what every programme was called, which all the other files tell together."""


@dataclass(frozen=True)
class Rules:
    """A catalogue and the texts it was made from, by their place in the folder.

    ``turns``: when each own file came into use, and how often files of its name were switched so far.
    """

    catalogue: Catalogue
    texts: Mapping[str, str]
    problems: tuple[str, ...] = ()
    turns: Mapping[str, tuple[datetime, int]] = field(default_factory=dict)

    def edition(self, programme: str, edition: str) -> Edition | None:
        """One edition."""
        return self.catalogue.by_id.get(f"{programme}/{edition}")

    def files_of(self, edition: Edition) -> dict[str, str]:
        """Every text that the engine read to judge by this edition: its file, the lists, the words, the names."""
        shared = {
            name: text for name, text in self.texts.items() if "/" not in name or name.split("/")[0] in loader.RESERVED
        }
        names = self.catalogue.words.programmes
        named = {} if names is None else {NAMES: names.text()}
        return {**shared, **named, f"{edition.id}.toml": self.texts[f"{edition.id}.toml"]}

    def fingerprint(self, edition: Edition) -> str:
        """The fingerprint of an edition's file."""
        return fingerprint(self.texts[f"{edition.id}.toml"])


def fingerprint(text: str) -> str:
    """The fingerprint of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


class _Shelf:
    """What was read last, and from which files."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._folder_state: object = None
        self._shipped: Rules | None = None
        self._own_state: object = None
        self._current: Rules | None = None

    def shipped(self, folder: Path = RULES) -> Rules:
        """The rule files of the product; read again when one of them changed on the disk."""
        state = (folder, _state(folder))
        with self._lock:
            if self._shipped is None or state != self._folder_state:
                texts = loader.read_folder(folder)
                catalogue = load_texts(texts, tolerant=True)
                self._shipped = Rules(catalogue, texts, tuple(str(one) for one in catalogue.problems))
                self._folder_state, self._own_state = state, None
            return self._shipped

    def current(self, session: Session) -> Rules:
        """The rule files of the product and those switched on here."""
        shipped = self.shipped()
        own = queries.rule_files_on(session)
        state = tuple((one.id, one.revision, one.switched_at, one.text) for one in own)  # a restore reuses numbers
        with self._lock:
            if self._current is None or state != self._own_state:
                told = with_own(shipped, {one.name: one.text for one in own})
                switched = queries.rule_file_switches(session)
                turns = {one.name: (one.switched_at or one.uploaded_at, switched[one.name]) for one in own}
                self._current = replace(told, turns=turns)
                self._own_state = state
            return self._current


_shelf = _Shelf()
shipped = _shelf.shipped
current = _shelf.current


def with_own(shipped: Rules, own: Mapping[str, str]) -> Rules:
    """The catalogue with further files; one that cannot be read any more is left out and named."""
    words, lists = shipped.catalogue.words, shipped.catalogue.lists
    editions, texts, problems = [], dict(shipped.texts), list(shipped.problems)
    for name, text in own.items():
        try:
            editions.append(read_edition(f"{name}.toml", text, words=words, lists=lists))
            texts[f"{name}.toml"] = text
        except RuleError as error:
            problems.append(str(error))
    every = (*shipped.catalogue.editions, *editions)
    by_id = {one.id: one for one in every}
    catalogue = replace(shipped.catalogue, editions=every, by_id=by_id, words=replace(words, editions=every))
    return Rules(catalogue, texts, tuple(problems))


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    found = []
    for path in sorted(folder.rglob("*.toml")):
        told = path.stat()
        found.append((str(path), told.st_mtime_ns, told.st_size))
    return tuple(found)
