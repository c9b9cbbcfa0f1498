"""Values into text: the document in one language, with every blank visible and known by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.texts import formats
from app.texts.document import (
    BudgetValue,
    CodesValue,
    DateValue,
    EurValue,
    IntValue,
    ListValue,
    MoneyValue,
    Numbering,
    TextValue,
)
from app.texts.numbering import Counter
from app.texts.phrases import Speaker
from app.texts.pieces import Piece
from app.texts.wording import PLACEHOLDER, load_model, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.texts.document import (
        Article,
        BoolValue,
        Document,
        Value,
    )

    Lines = list[tuple[Piece, ...]]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a list when ``items`` is true: then each line is one item."""

    lines: tuple[tuple[Piece, ...], ...]
    items: bool = False


@dataclass(frozen=True)
class Part:
    """One article in one language, ready to be shown."""

    id: str
    level: str
    number: str
    heading: tuple[Piece, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def blanks(self) -> list[str]:
        """The names of what is missing in it."""
        pieces = [*self.heading, *(piece for part in self.paragraphs for line in part.lines for piece in line)]
        return [piece.field for piece in pieces if piece.blank]

    @property
    def text(self) -> str:
        """The part as plain text."""
        head = " – ".join(word for word in (self.number, plain(self.heading)) if word)
        body = [("- " if part.items else "") + plain(line) for part in self.paragraphs for line in part.lines]
        return "\n".join(word for word in (head, *body) if word)


@dataclass(frozen=True)
class Text:
    """The document in one language."""

    language: str
    title: str
    subtitle: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Missing:
    """Something still to be filled in: what, in which articles and languages, and by whom."""

    name: str
    label: dict[str, str] = field(default_factory=dict)
    who: str = "mairie"
    articles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def merge(document: Document, language: str, *, carried: bool = False) -> Text:
    """Return the document in one language.

    ``carried``: it is one of the past, carried over. What a language does not say there is no blank to be filled in.
    """
    speaker = Speaker(document, language)
    values = _Values(document, speaker)
    counter = Counter(document.numbering or Numbering.NONE, speaker.words.numbering)
    shown = [article for article in document.articles if _is_shown(article, document)]
    parts = [_part(article, language, values, counter, carried=carried) for article in shown]
    title = document.title.get(language, "")
    return Text(language, title, document.subtitle.get(language, ""), tuple(parts))


def merge_all(document: Document, *, carried: bool = False) -> tuple[Text, ...]:
    """Return the document in each of its languages, in their order; ``carried`` as in :func:`merge`."""
    return tuple(merge(document, language, carried=carried) for language in document.languages)


def missing(document: Document) -> list[Missing]:
    """Return what is still to be filled in, in the order of the text."""
    seen: dict[str, tuple[list[str], list[str]]] = {}
    for text in merge_all(document):
        if not text.title:
            seen.setdefault("title", ([], []))[1].append(text.language)
        for part in text.parts:
            for name in part.blanks:
                articles, languages = seen.setdefault(name, ([], []))
                articles.append(part.id)
                languages.append(text.language)
    return [_told(document, name, *where) for name, where in seen.items()]


def plain(pieces: tuple[Piece, ...]) -> str:
    """Return pieces as plain text."""
    return "".join(piece.text for piece in pieces)


def _is_shown(article: Article, document: Document) -> bool:
    """Titles group the articles where the numbering says so; a text that was not written here keeps its own."""
    grouping = article.level in {"title", "chapter"}
    return not grouping or document.model is None or document.numbering is Numbering.TITLE_ARTICLE


def _told(document: Document, name: str, articles: list[str], languages: list[str]) -> Missing:
    known = None
    if document.model is not None and document.model.kind:
        known = load_model(document.model.kind).field(name)
    who = known.who if known else "partenaire" if name.startswith("translation") else "mairie"
    return Missing(
        name=name,
        label=dict(known.label) if known else {},
        who=who,
        articles=tuple(dict.fromkeys(articles)),
        languages=tuple(dict.fromkeys(languages)),
    )


def _part(article: Article, language: str, values: _Values, counter: Counter, *, carried: bool) -> Part:
    heading = article.heading.get(language, "")
    body = article.body.get(language, "")
    shown: list[Paragraph] = []
    number = counter.next(article.level, article.numbers.get(language) or article.number_as_written, _figure(article))
    if carried and not body.strip():
        number = number if heading or not any(article.body.values()) else ""
        return Part(article.id, article.level, number, values.inline(heading), ())
    if not body.strip() and not (article.level in {"title", "chapter"} and heading):
        shown = [Paragraph((values.speaker.blank(f"translation.{article.id}"),))]
    for paragraph in paragraphs(body):
        shown.extend(_paragraph(paragraph, values))
    return Part(article.id, article.level, number, values.inline(heading), tuple(shown))


def _figure(article: Article) -> str:
    """The number that an article bears in figures, in whichever language: they all count on from it."""
    return next((one for one in (article.number_as_written, *article.numbers.values()) if re.search(r"\d", one)), "")


def _paragraph(text: str, values: _Values) -> list[Paragraph]:
    """One paragraph of the source may become a list, or several paragraphs."""
    alone = PLACEHOLDER.fullmatch(text.strip())
    if alone and alone["name"]:
        block = values.block(alone["name"], soft=bool(alone["soft"]))
        if block is not None:
            lines, is_list = block
            if is_list:
                return [Paragraph(tuple(lines), items=True)] if lines else []
            return [Paragraph((line,)) for line in lines]
    made: list[Paragraph] = []
    items: list[tuple[Piece, ...]] = []
    for line in text.split("\n"):
        if line.startswith("- "):
            items.append(values.inline(line[2:]))
            continue
        if items:
            made.append(Paragraph(tuple(items), items=True))
            items = []
        made.append(Paragraph((values.inline(line),)))
    if items:
        made.append(Paragraph(tuple(items), items=True))
    return _joined(made)


def _joined(made: list[Paragraph]) -> list[Paragraph]:
    """Lines of prose that follow each other are one paragraph with line breaks."""
    result: list[Paragraph] = []
    for one in made:
        if result and not one.items and not result[-1].items:
            lines = (*result[-1].lines[0], Piece("\n"), *one.lines[0])
            result[-1] = Paragraph((lines,))
        else:
            result.append(one)
    return [one for one in result if one.items or plain(one.lines[0]).strip()]


class _Values:
    """Finds the value of a placeholder: computed from the document, or one of its fields."""

    def __init__(self, document: Document, speaker: Speaker) -> None:
        self.document = document
        self.speaker = speaker

    def inline(self, text: str) -> tuple[Piece, ...]:
        """Return a line with its placeholders filled in, or left visibly blank. Values are never expanded again."""
        pieces: list[Piece] = []
        end = 0
        for match in PLACEHOLDER.finditer(text):
            pieces.append(Piece(text[end : match.start()]))
            end = match.end()
            if match["name"] is None:
                pieces.append(Piece(match.group()))
            else:
                pieces.extend(self._one(match["name"], match["form"], soft=bool(match["soft"])))
        pieces.append(Piece(text[end:]))
        return tuple(piece for piece in pieces if piece.text)

    def block(self, name: str, *, soft: bool) -> tuple[Lines, bool] | None:
        """Return what stands alone in its paragraph as lines, and whether they are items; None: say it inline."""
        computed: dict[str, Callable[[], tuple[Lines, bool]]] = {
            "presentation": lambda: (self.speaker.presentation(), False),
            "decisions": lambda: (self.speaker.decisions(), True),
            "jumelages": lambda: (self.speaker.relations(), True),
        }
        if name in computed:
            return computed[name]()
        value = self.document.fields.get(name)
        if value is None or self._is_empty(value):
            return ([], False) if soft else None
        lines = self._lines(name, value)
        if isinstance(value, TextValue) and (value.prose or len(lines) == 1):
            return lines, False
        return lines, True

    def _one(self, name: str, form: str | None, *, soft: bool) -> tuple[Piece, ...]:
        inline = {
            "parties": self.speaker.parties,
            "nous": self.speaker.we,
            "fait_a": self.speaker.done,
            "exemplaires": self.speaker.copies,
            "langues": self.speaker.languages,
            "foi": self.speaker.authority,
        }
        if name in inline:
            return inline[name]()
        for lines in (self.block(name, soft=True),) if name in {"presentation", "decisions", "jumelages"} else ():
            if lines is not None:
                return self.speaker.joined(lines[0])
        value = self.document.fields.get(name)
        if value is None or self._is_empty(value):
            return () if soft else self.speaker.blank(name)
        lines_of = self._lines(name, value)
        words = self.speaker.joined(lines_of)
        if isinstance(value, TextValue) and value.prose:
            words = (Piece(" ".join(plain(line) for line in lines_of)),)
        if form and self.speaker.language == "fr" and len(words) == 1 and not words[0].blank:
            return (Piece((formats.of if form == "of" else formats.at)(words[0].text)),)
        return words

    @staticmethod
    def _is_empty(value: Value) -> bool:
        if isinstance(value, TextValue):
            return not value.value.strip() and not any(text.strip() for text in value.by_language.values())
        if isinstance(value, ListValue | CodesValue):
            return not value.items
        return False

    def _lines(self, name: str, value: Value) -> Lines:
        language = self.speaker.language
        if isinstance(value, TextValue):
            text = value.by_language.get(language, "").strip() or value.value.strip()
            if not text:
                return [self.speaker.blank(name)]
            return [(Piece(line.strip().removeprefix("- ")),) for line in text.split("\n") if line.strip()]
        if isinstance(value, ListValue):
            return [line for item in value.items for line in self._lines(name, item)]
        if isinstance(value, CodesValue):
            return [(Piece(self.speaker.code(code)),) for code in value.items]
        if isinstance(value, BudgetValue):
            return self.speaker.budget(name, value)
        return [(Piece(_scalar(value, language)),)]


def _scalar(value: DateValue | EurValue | MoneyValue | IntValue | BoolValue, language: str) -> str:
    if isinstance(value, DateValue):
        return formats.day(value.value, language)
    if isinstance(value, EurValue):
        return formats.euros(value.value, language)
    if isinstance(value, MoneyValue):
        return formats.money(value.value, value.currency, language)
    if isinstance(value, IntValue):
        return formats.whole(value.value, language)
    return formats.yes_or_no(value.value, language)
