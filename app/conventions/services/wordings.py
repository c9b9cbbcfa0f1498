"""A body's own wording of the models: kept beside the shipped one, never in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.conventions.insertable import article_label
from app.conventions.models import OwnWording
from app.conventions.queries import own_wording
from app.database.unit import alone_on
from app.shared.errors import DomainError, EditConflict
from app.texts.wording import MOST_BODY, ArticleText, load_model

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor


class WordingTooLong(DomainError):
    """An article of a model longer than the format carries."""


@dataclass(frozen=True)
class ReviseWording:
    """An article of a model as a body wants it, by language."""

    body_id: int
    model: str
    article: str
    words: Mapping[str, ArticleText]
    revision: int


def own_words(session: Session, body_id: int | None, model: str) -> dict[str, dict[str, ArticleText]]:
    """What a body writes in place of a model: article, language, words."""
    kept = own_wording(session, body_id, model)
    if kept is None:
        return {}
    return {
        article: {code: ArticleText(heading=text["heading"], body=text["body"]) for code, text in words.items()}
        for article, words in kept.articles.items()
    }


def revise_wording(session: Session, command: ReviseWording, *, by: Actor, at: datetime) -> OwnWording:
    """Keep a body's words for an article; a language left as shipped stays the model's.

    :raises WordingTooLong: when an article is longer than allowed.
    :raises EditConflict: when somebody of the body saved the model in the meantime.
    """
    if any(len(text.body) > MOST_BODY for text in command.words.values()):
        raise WordingTooLong(_l("Cet article de modèle est trop long : 20 000 signes au plus par langue."))
    kept = own_wording(session, command.body_id, command.model)
    if kept is None:
        kept = OwnWording(body_id=command.body_id, model=command.model, articles={}, changed_at=at, revision=0)
        session.add(kept)
    alone_on(session, kept)
    shipped = load_model(command.model).words
    words = {
        code: {"heading": text.heading, "body": text.body}
        for code, text in command.words.items()
        if code not in shipped or text != _clean(shipped[code].articles[command.article])
    }
    if kept.revision != command.revision:
        theirs = {code: text["body"] for code, text in kept.articles.get(command.article, {}).items()}
        raise EditConflict(theirs=theirs, yours={code: text.body for code, text in command.words.items()})
    others = {name: value for name, value in kept.articles.items() if name != command.article}
    kept.articles = others | ({command.article: words} if words else {})
    _stamp(kept, by, at)
    session.flush()
    _tell(session, "wording.changed", kept, command.article, by=by, at=at)
    return kept


def reset_wording(session: Session, body_id: int, model: str, article: str, *, by: Actor, at: datetime) -> None:
    """Go back to the shipped words of an article."""
    kept = own_wording(session, body_id, model)
    if kept is None or article not in kept.articles:
        return
    kept.articles = {name: value for name, value in kept.articles.items() if name != article}
    _stamp(kept, by, at)
    _tell(session, "wording.reset", kept, article, by=by, at=at)


def _tell(session: Session, action: str, kept: OwnWording, article: str, *, by: Actor, at: datetime) -> None:
    model = load_model(kept.model)
    label = article_label(model, model.words["fr"].articles, article, "fr")
    record(session, action, by=by, at=at, body_id=kept.body_id, model=kept.model, article=label)


def _clean(text: ArticleText) -> ArticleText:
    return ArticleText(heading=text.heading, body=text.body.strip("\n"))


def _stamp(kept: OwnWording, by: Actor, at: datetime) -> None:
    kept.revision += 1
    kept.changed_at, kept.changed_by = at, by.name
