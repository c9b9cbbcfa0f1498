"""Reads the folder of the rule files: words, lists, editions. The only shelf that opens files."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.rules.editionfile import EditionReader
from app.rules.errors import RuleError
from app.rules.language.syntax import Param
from app.rules.levers import read_levers
from app.rules.listfile import file_context, read_lists
from app.rules.units import UNITS
from app.rules.vocabulary import codes
from app.rules.vocabulary.fields import Field
from app.rules.words import Words, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from app.rules.language.syntax import Context
    from app.rules.levers import Lever
    from app.rules.lists import NamedList
    from app.rules.model import Edition

RULES = Path(__file__).resolve().parents[2] / "funding_rules"
LEVERS = "levers.toml"
RESERVED = ("lists", "words")
ANSWER = (
    Param("asks", "text", "le fait, en quelques mots", required=True),
    Param("type", "text", "yes_no, number, when, text, code ou country", required=True),
    Param("unit", "unit", "unité d’un nombre"),
    Param("values", "words", "valeurs d’un « code », et comment elles se disent"),
)


@dataclass(frozen=True)
class Catalogue:
    """All rule files of an installation."""

    editions: tuple[Edition, ...]
    words: Words
    lists: Mapping[str, NamedList]
    stale_lists: tuple[tuple[str, date], ...] = ()
    problems: tuple[RuleError, ...] = field(default=(), compare=False)
    by_id: Mapping[str, Edition] = field(default_factory=dict, compare=False)
    levers: tuple[Lever, ...] = ()

    def programmes(self) -> dict[str, list[Edition]]:
        """Editions by programme, oldest first."""
        found: dict[str, list[Edition]] = {}
        for edition in sorted(self.editions, key=lambda one: (one.programme, one.since, one.edition)):
            found.setdefault(edition.programme, []).append(edition)
        return found


def load(folder: Path = RULES, *, tolerant: bool = False) -> Catalogue:
    """Read every rule file; ``tolerant``: keep the problems instead of stopping at the first.

    :raises RuleError: a file is wrong.
    """
    return load_texts(read_folder(folder), tolerant=tolerant)


def read_folder(folder: Path) -> dict[str, str]:
    """Every rule file by its place in the folder."""
    return {
        path.relative_to(folder).as_posix(): _text_of(path, f"funding_rules/{path.relative_to(folder).as_posix()}")
        for path in sorted(folder.rglob("*.toml"))
    }


def _text_of(path: Path, file: str) -> str:
    """What stands in a file; a mark that some editors put before the first sign is not part of it."""
    if not path.is_file():  # a folder, a pipe that nobody feeds, a link to nowhere
        raise RuleError("ce n’est pas un fichier qui se laisse lire.", file=file, line=1)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RuleError("le fichier ne se laisse pas lire.", file=file, line=1) from error
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RuleError("le fichier n’est pas en UTF-8 : enregistrez-le ainsi.", file=file, line=line) from error


def load_texts(texts: Mapping[str, str], *, tolerant: bool = False) -> Catalogue:
    """The catalogue that these files make; the same files are read once."""
    key = (tuple(texts.items()), tolerant)
    if key not in _READ:
        while len(_READ) >= _KEPT:
            _READ.pop(next(iter(_READ)))
        is_first = not _READ
        _READ[key] = _undisturbed(texts, tolerant=tolerant)
        if is_first:  # the shipped rules, which stay as long as the process: no collection need walk through them again
            gc.freeze()
    return _READ[key]


_KEPT = 4
_READ: dict[tuple[tuple[tuple[str, str], ...], bool], Catalogue] = {}


def _undisturbed(texts: Mapping[str, str], *, tolerant: bool) -> Catalogue:
    """Read without looking for garbage: nearly all that is made here stays."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return _read_all(texts, tolerant=tolerant)
    finally:
        if collects:
            gc.enable()


def _read_all(texts: Mapping[str, str], *, tolerant: bool) -> Catalogue:
    problems: list[RuleError] = []
    shelves: dict[str, dict[str, str]] = {"words": {}, "lists": {}, "": {}}
    for name, text in texts.items():
        top = name.split("/")[0]
        if name.count("/") == 1:
            shelves[top if top in RESERVED else ""][name] = text
    words = read_words(shelves["words"])
    lists, stale = read_lists(shelves["lists"])
    editions = []
    for name, text in shelves[""].items():
        try:
            editions.append(read_edition(name, text, words=words, lists=lists, whole=tolerant))
        except RuleError as error:
            if not tolerant:
                raise
            problems.append(error)
    by_id = {one.id: one for one in editions}
    words = replace(words, editions=tuple(editions))
    levers = read_levers(*file_context(LEVERS, texts[LEVERS])) if LEVERS in texts else ()
    return Catalogue(tuple(editions), words, lists, tuple(stale), tuple(problems), by_id, levers)


def read_edition(name: str, text: str, *, words: Words, lists: Mapping[str, NamedList], whole: bool = True) -> Edition:
    """One edition from its file ``programme/edition.toml``; ``whole``: its examples too, at once.

    :raises RuleError: at the first thing that is wrong.
    """
    programme, _, stem = name.removesuffix(".toml").partition("/")
    return EditionReader(
        text, file=f"funding_rules/{name}", words=words, lists=lists, names=(programme, stem), whole=whole
    ).read()


def read_words(texts: Mapping[str, str]) -> Words:
    """What rule files add to the vocabulary of the facts."""
    answers: dict[str, Field] = {}
    documents = dict(codes.DOCUMENTS)
    for name, text in texts.items():
        raw, context = file_context(name, text)
        context.table(
            raw, (Param("answers", "answers", "faits propres à un programme"), Param("documents", "words", ""))
        )
        for key, told in _tables(raw.get("answers", {}), context.inside("answers")):
            here = context.inside("answers", key)
            if key in answers or not key.replace("-", "_").isidentifier():
                here.fail(f"« {key} » existe déjà ou n’est pas un identifiant (lettres, chiffres, tirets).")
            answers[key] = _answer(key, told, here)
        for key, told in _tables(raw.get("documents", {}), context.inside("documents")):
            if key in documents or not isinstance(told, str):
                context.inside("documents", key).fail(f"« {key} » existe déjà, ou n’est pas dit en un texte.")
            documents[key] = told
    return Words(answers=answers, documents=documents)


_ANSWERS = ("yes_no", "number", "when", "text", "code", "country")


def _answer(key: str, told: object, here: Context) -> Field:
    raw = here.table(told, ANSWER)
    if raw["type"] not in _ANSWERS:
        here.inside("type").fail(f"« {raw['type']} » n’est pas un type.{nearest(raw['type'], _ANSWERS)}")
    unit = raw.get("unit", "")
    if unit and unit not in UNITS:
        here.inside("unit").fail(f"« {unit} » n’est pas une unité.{nearest(str(unit), UNITS)}")
    if (raw["type"] == "code") != ("values" in raw):
        here.fail("« values » va avec le type « code », et seulement avec lui.")
    return Field(key, raw["type"], raw["asks"], unit, raw.get("values"))


def _tables(raw: object, context: Context) -> Iterable[tuple[str, Any]]:
    if not isinstance(raw, dict):
        context.fail("il faut ici une table.")
    return raw.items()
