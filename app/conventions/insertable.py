"""What the words between braces stand for, said so that nobody needs to know their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from msgspec.structs import replace

from app.conventions.labels import LEVEL_NAMES
from app.texts.document import Article
from app.texts.merge import merge
from app.texts.wording import COMPUTED, MODELS, load_model, placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.texts.document import Document
    from app.texts.wording import ArticleText, Model

_COMPUTED = {
    "parties": _l("les parties, en une phrase"),
    "presentation": _l("qui est chaque partie et qui la représente"),
    "nous": _l("« Nous, … » : qui signe, et à quel titre"),
    "decisions": _l("les décisions des assemblées"),
    "jumelages": _l("les jumelages dont parle le texte"),
    "fait_a": _l("le lieu et la date de signature"),
    "exemplaires": _l("le nombre d’exemplaires"),
    "langues": _l("les langues du texte"),
    "foi": _l("quelle version fait foi"),
}
_FIRST_WORDS = 6


@dataclass(frozen=True)
class Insertable:
    """A value that a text may name: what it is, what it says now in the first language, how it is typed."""

    name: str
    meaning: str
    shown: str = ""
    is_missing: bool = False


def of_document(document: Document, language: str) -> list[Insertable]:
    """The values that the articles of a text may name, with what each says now."""
    model = load_model(document.model.kind) if document.model and document.model.kind in MODELS else None
    asked = [field.id for field in model.fields] if model else []
    names = list(dict.fromkeys([*COMPUTED, *asked, *document.fields]))
    first = document.languages[0] if document.languages else "fr"
    bodies = [{first: f"{{{name}}}"} for name in names]
    trial = replace(document, articles=[Article(id=f"v{n}", level="text", body=one) for n, one in enumerate(bodies)])
    said = merge(trial, first).parts
    return [
        Insertable(name, meaning_of(name, model, language), " ".join(part.text.split())[:200], bool(part.blanks))
        for name, part in zip(names, said, strict=True)
    ]


def of_model(model: Model, language: str) -> list[Insertable]:
    """The values that the articles of a model may name."""
    names = [*COMPUTED, *(field.id for field in model.fields)]
    return [Insertable(name, meaning_of(name, model, language)) for name in names]


def used(found: Iterable[Insertable], bodies: Iterable[str]) -> list[Insertable]:
    """Those of these values that stand in these texts."""
    named = {name for body in bodies for name in placeholders(body)}
    return [one for one in found if one.name in named]


def meaning_of(name: str, model: Model | None, language: str) -> str:
    """What a value is, in words."""
    if name in _COMPUTED:
        return str(_COMPUTED[name])
    field = model.field(name) if model else None
    if field is not None:
        return field.label.get(language) or field.label["fr"]
    return name.replace("_", " ")


def article_label(model: Model, words: Mapping[str, ArticleText], article: str, language: str) -> str:
    """What an article of a model is called: its heading; without one, what it says or begins with."""
    text = words[article]
    if text.heading:
        return text.heading
    if names := placeholders(text.body[:40]):
        meaning = meaning_of(names[0], model, language)
        return meaning[:1].upper() + meaning[1:]
    first = " ".join(text.body.split()[:_FIRST_WORDS])
    level = next((slot.level for slot in model.slots if slot.id == article), "text")
    return f"{first}…" if first else str(LEVEL_NAMES[level])
