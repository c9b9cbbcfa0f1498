"""From the model of the statutes and the answers to their articles, numbered, with what is still blank.

Statutes of a French association are in French whatever the language of the screen: their words stand in
``data/wording/statutes``, in the format of :mod:`app.texts.wording`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.law.words import french
from app.texts.wording import PLACEHOLDER, ArticleText, holds, paragraphs, read_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.texts.wording import Field, Model, Question

_FOLDER = Path(__file__).with_name("data") / "wording"
LANGUAGE = "fr"
LAW = "droit"
"""The question that the département of the commune answers."""
_COUNTED = re.compile(r"(?P<of>de )?\{(?P<name>[a-z_]+)\}(?(of)(?! %)| ans\b)")
_NONE_OR_ONE = (
    (
        "procurations_max",
        "0",
        "Un membre absent peut donner pouvoir écrit à un autre membre ; nul n’en porte plus de {procurations_max}.",
        "Chaque membre vote en personne : aucun pouvoir n’est admis.",
    ),
    ("procurations_max", "0", " présents ou représentés", " présents"),
    (
        "quorum_pourcent",
        "0",
        "L’assemblée délibère si {quorum_pourcent} % au moins des membres sont présents",
        "L’assemblée délibère quel que soit le nombre des membres présents",
    ),
    (
        "quorum_pourcent",
        "0",
        " Faute de quorum, elle est convoquée à nouveau dans le mois et délibère alors quel que soit leur nombre.",
        "",
    ),
    ("convocation_jours", "1", "{convocation_jours} jours", "un jour"),
)
"""What the model says of several, and what stands there for none or one: (value, number, its words, these words)."""


@dataclass(frozen=True)
class StatuteArticle:
    """One article as it stands: ``pieces`` are (text, is blank) by paragraph; an item list where ``is_list``."""

    id: str
    number: int
    heading: str
    body: tuple[StatuteParagraph, ...]
    is_rewritten: bool = False


@dataclass(frozen=True)
class StatuteParagraph:
    """A paragraph, or the lines of a list."""

    lines: tuple[tuple[tuple[str, bool], ...], ...]
    is_list: bool = False


@cache
def model() -> Model:
    """The model of the statutes."""
    return read_model("statutes", _FOLDER)


def asked_questions() -> list[Question]:
    """The short questions that people answer."""
    return [question for question in model().questions if question.id != LAW]


def clauses_of(answers: Mapping[str, str], *, is_local: bool) -> dict[str, str]:
    """Every answer, those that were not given as proposed, the law as the commune's département says."""
    known = {question.id: question.answers for question in model().questions}
    given = {name: value for name, value in answers.items() if value in known.get(name, ())}
    return {**model().defaults, **given, LAW: "local" if is_local else "general"}


def asked_fields(clauses: Mapping[str, str]) -> list[Field]:
    """The values that the text needs with these answers."""
    return model().asked_fields(clauses)


def values_of(fields: Mapping[str, str]) -> dict[str, str]:
    """Every value, those that were not given as proposed."""
    proposed = {field.id: str(field.default) for field in model().fields if field.default is not None}
    return {**proposed, **{name: value for name, value in fields.items() if value.strip()}}


def articles(
    clauses: Mapping[str, str], fields: Mapping[str, str], own_words: Mapping[str, Mapping[str, str]]
) -> list[StatuteArticle]:
    """The articles that these answers bring in, in order."""
    made: list[StatuteArticle] = []
    values = values_of(fields)
    for slot in model().slots:
        if not holds(slot.clause, clauses):
            continue
        own = own_words.get(slot.id)
        words = ArticleText(**own) if own else model().words[LANGUAGE].articles[slot.id]
        body = tuple(_paragraph(text, values) for text in paragraphs(words.body))
        made.append(StatuteArticle(slot.id, len(made) + 1, french(words.heading), body, own is not None))
    return made


def words_of(article: str, own_words: Mapping[str, Mapping[str, str]]) -> ArticleText | None:
    """The words of an article with its placeholders, as they are edited; None when there is no such article."""
    own = own_words.get(article)
    if own:
        return ArticleText(**own)
    return model().words[LANGUAGE].articles.get(article)


def blanks(clauses: Mapping[str, str], fields: Mapping[str, str], own: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The names of the values that are still missing, in the order of the text."""
    found: list[str] = []
    for article in articles(clauses, fields, own):
        for paragraph in article.body:
            for line in paragraph.lines:
                found += [text for text, is_blank in line if is_blank and text not in found]
    return found


def label_of(name: str, language: str) -> str:
    """The label of a value for people."""
    field = model().field(name)
    return name if field is None else field.label.get(language) or field.label[LANGUAGE]


def _paragraph(text: str, values: Mapping[str, str]) -> StatuteParagraph:
    lines = text.split("\n")
    if all(line.startswith("- ") for line in lines):
        return StatuteParagraph(tuple(_pieces(line.removeprefix("- "), values) for line in lines), is_list=True)
    return StatuteParagraph((_pieces(" ".join(lines), values),))


def _as_counted(text: str, values: Mapping[str, str]) -> str:
    """« Un an » and « plus d’un », where the words of the model stand for several; whole sentences where for none."""
    for name, value, several, said in _NONE_OR_ONE:
        if values.get(name, "").strip() == value:
            text = text.replace(several, said)
    for match in _COUNTED.finditer(text):
        if values.get(match["name"], "").strip() == "1":
            text = text.replace(match[0], "d’un" if match["of"] else "un an")
    return text


def _pieces(text: str, values: Mapping[str, str]) -> tuple[tuple[str, bool], ...]:
    made: list[tuple[str, bool]] = []
    last = 0
    for match in PLACEHOLDER.finditer(text := _as_counted(text, values)):
        if not match["name"]:
            continue
        if before := text[last : match.start()]:
            made.append((french(before), False))
        value = values.get(match["name"], "").strip()
        made.append((french(value), False) if value else (match["name"], True))
        last = match.end()
    if rest := text[last:]:
        made.append((french(rest), False))
    return tuple(made)
