"""The models of texts: their questions, their fields, their words in each language; loaded strictly, then checked."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOLDER = Path(__file__).parent / "wording"
MODELS = ("oath", "pact", "convention", "town_committee")
MOST_BODY = 20_000
"""No article of a model may be longer, in characters, in one language."""
COMPUTED = ("parties", "presentation", "nous", "decisions", "jumelages", "fait_a", "exemplaires", "langues", "foi")
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(?P<name>[a-z][a-z0-9_]*)(?::(?P<form>of|at))?(?P<soft>\?)?\}")
_Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class BadWording(ValueError):  # named for what it is
    """A model file that cannot be used; ``file`` says which one, ``code`` and ``values`` what is wrong."""

    def __init__(self, code: str, file: str, **values: str) -> None:
        super().__init__(f"{file}: {code} {values}")
        self.code = code
        self.file = file
        self.values = values


class _Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what model files may say."""


class Option(_Strict, frozen=True):
    """One answer to a choice."""

    id: _Slug
    label: dict[str, str]


class Question(_Strict, frozen=True, kw_only=True):
    """A short question whose answer brings clauses in."""

    id: _Slug
    kind: Literal["yes_no", "choice"]
    default: _Slug
    label: dict[str, str]
    help: dict[str, str] = {}
    option: list[Option] = []

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that can be given."""
        return ("yes", "no") if self.kind == "yes_no" else tuple(option.id for option in self.option)


class Field(_Strict, frozen=True, kw_only=True):
    """A value that the text needs; shared by all languages."""

    id: _Slug
    type: Literal["text", "prose", "date", "eur", "int", "code", "codes", "budget"]
    label: dict[str, str]
    required: bool = True
    who: Literal["mairie", "comite", "partenaire"] = "mairie"
    hint: dict[str, str] = {}
    choices: str = ""
    question: str = ""
    default: str | int | None = None
    source: str = ""


class Slot(_Strict, frozen=True, kw_only=True):
    """The place of an article in the skeleton."""

    id: _Slug
    level: Literal["title", "article", "text", "closing"]
    clause: str = ""
    required: str = ""


class _Skeleton(_Strict, frozen=True, kw_only=True):
    format: Literal[1]
    kinds: list[str]
    question: list[Question] = []
    field: list[Field] = []
    article: list[Slot]


class ArticleText(_Strict, frozen=True, kw_only=True):
    """The words of one article in one language."""

    heading: str = ""
    body: str = ""


class Phrases(_Strict, frozen=True, kw_only=True):
    """The phrases of one language that every model shares."""

    language: str
    numbering: dict[str, str]
    phrases: dict[str, str]
    roles: dict[str, str]
    languages: dict[str, str]
    themes: dict[str, str]
    frequency: dict[str, str]
    renewal: dict[str, str]


@dataclass(frozen=True)
class Words:
    """One kind in one language."""

    language: str
    titles: Mapping[str, str]
    articles: Mapping[str, ArticleText]


@dataclass(frozen=True)
class Model:
    """A whole model. ``words`` holds the languages it is written in."""

    name: str
    kinds: tuple[str, ...]
    questions: tuple[Question, ...]
    fields: tuple[Field, ...]
    slots: tuple[Slot, ...]
    words: Mapping[str, Words]

    @property
    def defaults(self) -> dict[str, str]:
        """The answers as proposed."""
        return {question.id: question.default for question in self.questions}

    def asked_fields(self, answers: Mapping[str, str]) -> list[Field]:
        """The fields that these answers leave."""
        return [field for field in self.fields if holds(field.question, answers)]

    def field(self, name: str) -> Field | None:
        """The field of this name."""
        return next((field for field in self.fields if field.id == name), None)


@dataclass(frozen=True)
class Flaw:
    """Something wrong in the words of a model: where, to the paragraph, and the nearest right word."""

    code: str
    language: str
    article: str
    paragraph: int = 0
    word: str = ""
    nearest: str = ""


def holds(clause: str, answers: Mapping[str, str]) -> bool:
    """Whether a clause is wanted: always, on « yes », or on one option."""
    if not clause:
        return True
    name, _, wanted = clause.partition("=")
    return answers.get(name) == (wanted or "yes")


@cache
def load_model(name: str) -> Model:
    """Return a model with every language that it has.

    :raises BadWording: when a file is missing or says something the format does not know.
    """
    return read_model(name, FOLDER)


def read_model(name: str, folder: Path) -> Model:
    """Return the model in ``folder/name``."""
    skeleton = _convert(_toml(folder / name / "model.toml"), _Skeleton, f"{name}/model.toml")
    words = {
        path.stem: _words(skeleton, path, f"{name}/{path.name}")
        for path in sorted((folder / name).glob("*.toml"))
        if path.stem != "model"
    }
    return Model(
        name=name,
        kinds=tuple(skeleton.kinds),
        questions=tuple(skeleton.question),
        fields=tuple(skeleton.field),
        slots=tuple(skeleton.article),
        words=words,
    )


@cache
def load_phrases(language: str) -> Phrases:
    """Return the shared phrases of a language, of whatever country; those of French where it has none.

    A language without phrases numbers its articles with bare figures: « Article » is no word of it.
    """
    path = FOLDER / "common" / f"{language.partition('-')[0]}.toml"
    if not path.exists():
        french = load_phrases("fr")
        bare = {name: said if name == "paragraph" else "{n}" for name, said in french.numbering.items()}
        return msgspec.structs.replace(french, numbering=bare)
    phrases: Phrases = _convert(_toml(path), Phrases, f"common/{path.name}")
    if language != "fr":
        master = load_phrases("fr")
        for table in ("numbering", "phrases", "roles", "languages", "themes", "frequency", "renewal"):
            wanted, given = set(getattr(master, table)), set(getattr(phrases, table))
            for word in sorted(wanted ^ given):
                raise BadWording("missing_key" if word in wanted else "unknown_key", f"common/{path.name}", name=word)
    return phrases


@cache
def written_languages() -> tuple[str, ...]:
    """The languages that every model is written in, French first."""
    common = {path.stem for path in (FOLDER / "common").glob("*.toml")}
    for name in MODELS:
        common &= {path.stem for path in (FOLDER / name).glob("*.toml")}
    return ("fr", *sorted(common - {"fr"}))


def check_words(model: Model, words: Mapping[str, Words] | None = None) -> list[Flaw]:
    """Return every flaw of a model's words (its own, or those a body wrote in their place)."""
    written = model.words if words is None else words
    flaws: list[Flaw] = []
    for language, one in written.items():
        for slot in model.slots:
            flaws.extend(_flaws(model, language, slot, one.articles.get(slot.id)))
    flaws.extend(_unlike(model, written))
    return flaws


def placeholders(text: str) -> list[str]:
    """Return the names of the placeholders of a text, in order."""
    return [match["name"] for match in PLACEHOLDER.finditer(text) if match["name"]]


def paragraphs(body: str) -> list[str]:
    """Return the paragraphs of a body."""
    return [part.strip("\n") for part in re.split(r"\n[ \t]*\n", body.strip("\n")) if part.strip()]


def _flaws(model: Model, language: str, slot: Slot, text: ArticleText | None) -> Iterator[Flaw]:
    if text is None or not (text.body.strip() or text.heading.strip()):
        yield Flaw("missing_article", language, slot.id)
        return
    if slot.level != "title" and not text.body.strip():
        yield Flaw("empty_body", language, slot.id)
    if len(text.body) > MOST_BODY:
        yield Flaw("too_long", language, slot.id, word=str(MOST_BODY))
        return
    yield from check_braces(text, [*COMPUTED, *(field.id for field in model.fields)], language, slot.id)


def check_braces(text: ArticleText, known: Sequence[str], language: str, article: str) -> Iterator[Flaw]:
    """Return what is wrong between the braces of an article: a word that names no value, a brace that stands alone."""
    for number, part in enumerate([text.heading, *paragraphs(text.body)]):
        for name in placeholders(part):
            if name not in known:
                nearest = difflib.get_close_matches(name, known, 1, 0.4)
                yield Flaw("unknown_placeholder", language, article, number, name, nearest[0] if nearest else "")
        stray = re.search(r"[{}][^{}\s]{0,20}", PLACEHOLDER.sub("", part))
        if stray:
            yield Flaw("stray_brace", language, article, number, stray.group())


def _unlike(model: Model, written: Mapping[str, Words]) -> Iterator[Flaw]:
    languages = list(written)
    for slot in model.slots:
        texts = {lang: written[lang].articles.get(slot.id) for lang in languages}
        master = texts.get(languages[0]) if languages else None
        for language, text in texts.items():
            if master is None or text is None:
                continue
            if bool(master.heading.strip()) != bool(text.heading.strip()):
                yield Flaw("heading_unlike", language, slot.id)
            if missing := set(placeholders(master.body)) - set(placeholders(text.body)):
                yield Flaw("placeholder_unlike", language, slot.id, word=min(missing))


def _words(skeleton: _Skeleton, path: Path, name: str) -> Words:
    raw = _toml(path)
    language, titles = raw.pop("language", ""), raw.pop("titles", {})
    if language != path.stem:
        raise BadWording("wrong_language", name, name=str(language))
    _same_keys(set(skeleton.kinds), set(titles), name)
    _same_keys({slot.id for slot in skeleton.article}, set(raw), name)
    return Words(language, titles, {key: _convert(value, ArticleText, f"{name} [{key}]") for key, value in raw.items()})


def _same_keys(wanted: set[str], given: set[str], name: str) -> None:
    for word in sorted(given - wanted):
        nearest = difflib.get_close_matches(word, wanted, 1, 0.4)
        raise BadWording("unknown_key", name, name=word, nearest=nearest[0] if nearest else "")
    for word in sorted(wanted - given):
        raise BadWording("missing_key", name, name=word)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadWording("unreadable", f"{path.parent.name}/{path.name}", reason=str(error)) from error


def _convert(raw: object, kind: type[Any], name: str) -> Any:  # noqa: ANN401  # as the kind says
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise BadWording("unreadable", name, reason=str(error)) from error


def open_roles(language: str) -> dict[str, str]:
    """The functions that a language writes in two forms until somebody chooses: « Bürgermeister/-in »."""
    return {role: word for role, word in load_phrases(language).roles.items() if any(sign in word for sign in "/(·")}
