"""Beginning a text and writing it: questions, articles, order, proof-reading, trash."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.conventions.facts import facts_of
from app.conventions.models import Status
from app.conventions.naming import as_called_today
from app.conventions.queries import document_of
from app.conventions.services.saving import begun, checked, expect, keep, rewrite, tell
from app.conventions.services.wordings import own_words
from app.database.unit import alone_on
from app.shared.errors import DomainError
from app.texts import drafting, labels, recording, tongues
from app.texts.document import ProofRead
from app.texts.drafting import NoSuchArticle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.conventions.models import Convention
    from app.shared.actor import Actor
    from app.texts.document import Article, Document, Layout, Numbering
    from app.texts.drafting import Answers, Beginning
    from app.texts.recording import FurtherFacts
    from app.texts.wording import ArticleText
    from app.twinnings.models import Twinning

MOST_ARTICLE = 30_000
_FIRST_WORDS = 6
_ASKED = ("parties", "signatories", "signings", "acts", "fields", "copies", "term", "kept_at", "order_by_language")


class ArticleGone(DomainError):
    """The article was taken out by somebody else."""


class NotADraft(DomainError):
    """The text is frozen or signed."""


class ArticleTooLong(DomainError):
    """An article longer than anybody would sign."""


@dataclass(frozen=True)
class StartConvention:
    """A text to begin: what it begins with, its answers, the bodies of its parties, its twinnings."""

    beginning: Beginning
    answers: Answers
    bodies: Mapping[str, int]
    twinnings: Sequence[Twinning]
    owner_body_id: int | None


@dataclass(frozen=True)
class EditArticle:
    """An article rewritten, and the revision it was read at."""

    article: str
    words: Mapping[str, ArticleText]
    revision: int
    translations_follow: bool = False


@dataclass(frozen=True)
class ArrangeText:
    """How a text is laid out, and the revision it was read at."""

    numbering: Numbering
    layout: Layout
    order: Sequence[str]
    titles: Mapping[str, str]
    revision: int
    languages: Sequence[str] = ()
    """All its languages, the first one first; empty: those that it has."""


def new_identifier(kind: str) -> str:
    """Return an identifier that no other text bears."""
    return f"{kind.replace('_', '-')}-{uuid.uuid4().hex[:12]}"


def start_convention(session: Session, command: StartConvention, *, by: Actor, at: datetime) -> Convention:
    """Begin a text from its model."""
    model = drafting.model_of(command.beginning.kind)
    own = own_words(session, command.owner_body_id, model.name)
    document = drafting.begin(command.beginning, own)
    document = drafting.answer(document, command.answers, own, revision=1)
    checked(document)
    convention = begun(
        session,
        document,
        bodies=command.bodies,
        twinnings=command.twinnings,
        owner_body_id=command.owner_body_id,
        by=by,
        at=at,
    )
    tell(session, "convention.started", convention, by=by, at=at)
    return convention


def answer_questions(
    session: Session, convention: Convention, answers: Answers, *, revision: int, by: Actor, at: datetime
) -> None:
    """Fill in what the text asks for; clauses come and go, what was edited stays.

    :raises EditConflict: when somebody saved the text in the meantime.
    """
    alone_on(session, convention)
    document = document_of(convention)
    model = document.model.kind if document.model else document.kind.value
    own = own_words(session, convention.owner_body_id, model)
    answered = drafting.answer(document, answers, own, revision=convention.revision + 1)
    expect(convention, revision, theirs=_told(document), yours=_told(answered))
    rewrite(session, convention, answered, by=by, at=at)
    tell(session, "convention.answered", convention, by=by, at=at)


def edit_article(session: Session, convention: Convention, command: EditArticle, *, by: Actor, at: datetime) -> None:
    """Rewrite an article in its languages.

    :raises ArticleGone: when it is not there any more.
    :raises ArticleTooLong: when nobody would sign it.
    :raises EditConflict: when somebody rewrote it in the meantime; changes elsewhere in the text do not matter.
    """
    alone_on(session, convention)
    document = document_of(convention)
    article = _find(convention, command.article)
    if any(len(text.body) > MOST_ARTICLE or len(text.heading) > 500 for text in command.words.values()):  # noqa: PLR2004
        raise ArticleTooLong(_l("Cet article est trop long : 30 000 signes au plus par langue. Coupez-le en deux."))
    last = max(article.revised.values(), default=0)
    if last > command.revision:
        yours = {code: _whole(text.heading, text.body) for code, text in command.words.items()}
        theirs = {code: _whole(article.heading.get(code, ""), article.body.get(code, "")) for code in yours}
        if theirs != yours:
            expect(convention, command.revision, theirs=theirs, yours=yours)
    changed = drafting.edit_article(
        document,
        command.article,
        command.words,
        revision=convention.revision + 1,
        translations_follow=command.translations_follow,
    )
    rewrite(session, convention, changed, by=by, at=at)
    tell(session, "convention.article_edited", convention, by=by, at=at, article=_label(convention, command.article))


def add_article(
    session: Session, convention: Convention, *, level: str, after: str | None, by: Actor, at: datetime
) -> str:
    """Add an empty article after another one; return its identifier.

    :raises ArticleGone: when the one before it is not there any more.
    """
    document = document_of(convention)
    names = {article.id for article in document.articles}
    if after is not None:
        _find(convention, after)
    number = next(number for number in range(1, len(names) + 2) if f"ajout-{number}" not in names)
    name = f"ajout-{number}"
    rewrite(session, convention, drafting.add_article(document, name, level, after=after), by=by, at=at)
    tell(session, "convention.article_added", convention, by=by, at=at, article=str(_("sans titre")))
    return name


def remove_article(session: Session, convention: Convention, article: str, *, by: Actor, at: datetime) -> None:
    """Take an article out; earlier versions still hold it.

    :raises ArticleGone: when it is not there any more.
    """
    _find(convention, article)
    label = _label(convention, article)
    rewrite(session, convention, drafting.remove_article(document_of(convention), article), by=by, at=at)
    tell(session, "convention.article_removed", convention, by=by, at=at, article=label)


def move_article(
    session: Session, convention: Convention, article: str, *, places: int, by: Actor, at: datetime
) -> None:
    """Move an article up or down.

    :raises ArticleGone: when it is not there any more.
    """
    _find(convention, article)
    rewrite(session, convention, drafting.move_article(document_of(convention), article, places), by=by, at=at)
    tell(session, "convention.article_moved", convention, by=by, at=at, article=_label(convention, article))


def proofread(  # who read what
    session: Session, convention: Convention, article: str | None, language: str, *, read: bool, by: Actor, at: datetime
) -> None:
    """Tick one language of an article, or of the whole text, as read again by a named person; or take the tick back.

    :raises ArticleGone: when the article is not there any more.
    """
    document = document_of(convention)
    tick = ProofRead(by=by.name, on=at.date().isoformat()) if read else None
    names = [one.id for one in document.articles] if article is None else [_find(convention, article).id]
    for name in names:
        document = drafting.tick(document, name, language, tick)
    keep(session, convention, document, by=by, at=at)
    if read:
        tell(session, "convention.proofread", convention, by=by, at=at, language=language)


def arrange_text(session: Session, convention: Convention, command: ArrangeText, *, by: Actor, at: datetime) -> None:
    """Choose numbering, layout, order of the parties, title and languages.

    :raises EditConflict: when somebody saved the text in the meantime.
    """
    alone_on(session, convention)
    document = document_of(convention)
    expect(convention, command.revision, theirs=dict(document.title), yours=dict(command.titles))
    changed = drafting.arrange(
        document,
        numbering=command.numbering,
        layout=command.layout,
        order=command.order,
        titles=command.titles,
    )
    if command.languages and list(command.languages) != document.languages:
        own = own_words(session, convention.owner_body_id, drafting.model_of(document.kind).name)
        changed = tongues.in_languages(changed, command.languages, own, revision=convention.revision + 1)
    rewrite(session, convention, changed, by=by, at=at)
    tell(session, "convention.arranged", convention, by=by, at=at)


def note_facts(  # what a fact is about
    session: Session, convention: Convention, facts: FurtherFacts, *, revision: int, by: Actor, at: datetime
) -> None:
    """Keep what is known beside the words: signings, notice, where the original is.

    :raises EditConflict: when somebody saved the text in the meantime.
    """
    alone_on(session, convention)
    document = document_of(convention)
    changed = recording.record(document, facts)
    expect(convention, revision, theirs=_told(document), yours=_told(changed))
    if changed == document:
        return
    rewrite(session, convention, changed, by=by, at=at)
    tell(session, "convention.facts_noted", convention, by=by, at=at)


def take_up_names(session: Session, convention: Convention, *, by: Actor, at: datetime) -> None:
    """Call the parties of a draft by the names they bear today.

    :raises NotADraft: when the text is frozen or signed: it keeps the names it was voted with.
    """
    if convention.status != Status.DRAFT:
        raise NotADraft(
            _l("Ce texte est figé : il garde les noms sous lesquels il a été figé. Modifiez-le d’abord, puis reprenez.")
        )
    changed = as_called_today(convention)
    if changed == document_of(convention):
        return
    keep(session, convention, changed, by=by, at=at)
    tell(session, "convention.renamed", convention, by=by, at=at)


def trash_convention(session: Session, convention: Convention, *, by: Actor, at: datetime) -> None:
    """Put a text in the trash."""
    convention.trashed_at = at
    tell(session, "convention.trashed", convention, by=by, at=at)


def restore_convention(session: Session, convention: Convention, *, by: Actor, at: datetime) -> None:
    """Take a text out of the trash."""
    convention.trashed_at = None
    tell(session, "convention.restored", convention, by=by, at=at)


def _find(convention: Convention, article: str) -> Article:
    try:
        return drafting.find(document_of(convention), article)
    except NoSuchArticle as error:
        raise ArticleGone(
            _l("Cet article a été retiré entre-temps. Retrouvez-le dans les versions, ou ajoutez-le de nouveau.")
        ) from error


def _label(convention: Convention, article: str) -> str:
    """The heading of an article in the first language that has one; without any, its first words."""
    document = document_of(convention)
    held = next((one for one in document.articles if one.id == article), None)
    if held is None:
        return str(_("sans titre"))
    headings = [held.heading.get(code, "").strip() for code in document.languages]
    bodies = [" ".join(held.body.get(code, "").split()) for code in document.languages]
    first = next((body for body in bodies if body), "")
    words = " ".join(first.split()[:_FIRST_WORDS])
    begins = words if words == first else f"{words}…"
    return next((heading for heading in headings if heading), "") or begins or str(_("sans titre"))


def _whole(heading: str, body: str) -> str:
    return "\n\n".join(part for part in (heading, body) if part)


def _told(document: Document) -> dict[str, str]:
    """Who signs, where, when, and the values, as people read them."""
    language = str(get_locale() or "fr")[:2]
    asked = {labels.section(name, language) for name in _ASKED}
    return {group.title: "\n".join(group.lines) for group in facts_of(document, language) if group.title in asked}
