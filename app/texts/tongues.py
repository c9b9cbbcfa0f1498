"""The languages of a text that is begun: another one joins it in the model's words, one that leaves keeps its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.texts.document import Layout
from app.texts.drafting import authority_of, fresh
from app.texts.wording import MODELS, load_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.texts.document import Article, Authority, Document
    from app.texts.drafting import OwnWords


def in_languages(
    document: Document, languages: Sequence[str], own: OwnWords | None = None, *, revision: int
) -> Document:
    """Return the text in other languages: a new one in the model's words, what was written in one that goes is kept.

    Where the first language was rewritten by hand, the model's words of a new one are marked as older than it.
    """
    new = [code for code in languages if code not in document.languages]
    model = load_model(document.model.kind) if document.model else None
    titles = {code: model.words[code].titles.get(document.kind.value, "") for code in new if model}
    articles = [_with_tongues(document, article, new, own or {}, revision) for article in document.articles]
    fits = 1 < len(languages) < 4  # noqa: PLR2004  # two or three columns
    same_width = fits == (1 < len(document.languages) < 4)  # noqa: PLR2004  # as above
    return replace(
        document,
        languages=list(languages),
        title={code: text for code, text in titles.items() if text} | document.title,
        articles=articles,
        layout=document.layout if same_width else Layout.COLUMNS if fits else Layout.SEQUENTIAL,
        authority=_authority_in(document, languages),
    )


def _with_tongues(document: Document, article: Article, new: Sequence[str], own: OwnWords, revision: int) -> Article:
    kind, _slash, name = article.from_model.partition("/")
    model = load_model(kind) if kind in MODELS else None
    if model is None or all(slot.id != name for slot in model.slots):
        return article
    master = document.languages[0]
    made = fresh(model, name, article.level, article.clause, [master, *new], own, revision)
    is_as_shipped = article.body.get(master) == made.body.get(master)
    rendered = article.revised.get(master, 0) if is_as_shipped else 0
    mine = [code for code in new if code not in article.body]
    return replace(
        article,
        heading={code: made.heading[code] for code in mine if code in made.heading} | article.heading,
        body={code: made.body[code] for code in mine if code in made.body} | article.body,
        revised=dict.fromkeys(mine, revision) | article.revised,
        translated_from=dict.fromkeys(mine, rendered) | article.translated_from,
    )


def _authority_in(document: Document, languages: Sequence[str]) -> list[Authority]:
    said = {one.status for one in document.authority}
    if said == {"authentic"}:
        return authority_of(replace(document, languages=list(languages)), "equal")
    if "prevails" in said and "fr" in languages:
        return authority_of(replace(document, languages=list(languages)), "french")
    return [one for one in document.authority if one.language in languages]
