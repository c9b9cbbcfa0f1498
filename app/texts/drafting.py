"""Writing a document: begun from a model, answered, edited by article, arranged. Each step gives a new value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from app.texts import signers
from app.texts.document import (
    Act,
    Article,
    Authority,
    Copies,
    Document,
    Layout,
    Model,
    Numbering,
    Signing,
    Spot,
    When,
)
from app.texts.pending import is_open
from app.texts.wording import ArticleText, holds, load_model

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.texts.document import (
        Kind,
        Party,
        ProofRead,
        Relation,
        Signatory,
        Value,
    )
    from app.texts.signers import PartyAnswer
    from app.texts.wording import Model as Wording

    OwnWords = Mapping[str, Mapping[str, ArticleText]]
"""What a body writes in place of a model: article, language, words."""

_NUMBERING = {"oath": Numbering.NONE, "pact": Numbering.ARTICLE}
_DECISIONS = ("council_decision", "board_mandate")


class NoSuchArticle(LookupError):
    """The document holds no article of that identifier."""


@dataclass(frozen=True)
class Beginning:
    """What a text begins with."""

    id: str
    kind: Kind
    languages: tuple[str, ...]
    parties: tuple[Party, ...]
    about: tuple[Relation, ...] = ()
    signatories: tuple[Signatory, ...] = ()


@dataclass(frozen=True)
class Answers:
    """What people answered to the questions of a model."""

    clauses: Mapping[str, str]
    fields: Mapping[str, Value | None]
    parties: tuple[PartyAnswer, ...] = ()
    signings: tuple[tuple[str, str], ...] = ()
    copies: int | None = None
    authority: str = "equal"


def model_of(kind: Kind) -> Wording:
    """Return the model that a kind of text is written from."""
    return load_model({"charter": "oath"}.get(kind.value, kind.value))


def begin(beginning: Beginning, own: OwnWords | None = None) -> Document:
    """Return a new text with the model's proposed answers."""
    model = model_of(beginning.kind)
    languages = tuple(code for code in beginning.languages if code in model.words) or ("fr",)
    document = Document(
        format="traitdunion/convention",
        version=1,
        id=beginning.id,
        kind=beginning.kind,
        title={code: model.words[code].titles[beginning.kind.value] for code in languages},
        languages=list(beginning.languages) or ["fr"],
        layout=Layout.COLUMNS if 1 < len(beginning.languages) < 4 else Layout.SEQUENTIAL,  # noqa: PLR2004  # two or three columns fit
        numbering=_NUMBERING.get(model.name, Numbering.ARTICLE),
        parties=list(beginning.parties),
        about=list(beginning.about),
        signatories=list(beginning.signatories),
        copies=Copies(number=max(2 * len(beginning.parties), 2)),
        model=Model(kind=model.name, answers=model.defaults),
    )
    return _with_clauses(document, model.defaults, own, revision=1)


def answer(document: Document, answers: Answers, own: OwnWords | None = None, *, revision: int) -> Document:
    """Return the text with these answers: clauses come and go, what was edited by hand stays as it was written."""
    kind = document.model.kind if document.model else document.kind.value
    model = load_model(kind)
    clauses = model.defaults | {key: value for key, value in answers.clauses.items() if key in model.defaults}
    kept = {name: value for name, value in document.fields.items() if name not in answers.fields}
    given = {name: value for name, value in answers.fields.items() if value is not None}
    document = replace(
        document,
        fields=kept | given,
        signatories=signers.answered(document.signatories, answers.parties),
        acts=_acts(document, answers.parties),
        signings=_signings(document, answers.signings),
        copies=_copies(document, answers.copies),
        authority=authority_of(document, answers.authority),
        model=Model(kind=kind, answers=clauses, own=document.model.own if document.model else ""),
    )
    return _with_clauses(document, clauses, own, revision=revision)


def edit_article(
    document: Document, name: str, words: Mapping[str, ArticleText], *, revision: int, translations_follow: bool = False
) -> Document:
    """Return the text with an article rewritten. A language that changed must be read again.

    ``translations_follow``: whoever edits says that the translations render the first language as it now stands.

    :raises NoSuchArticle: when there is none of that name.
    """
    article = find(document, name)
    changed = [
        code
        for code, text in words.items()
        if text.body != article.body.get(code, "") or text.heading != article.heading.get(code, "")
    ]
    master = document.languages[0]
    heading = article.heading | {code: text.heading for code, text in words.items()}
    body = article.body | {code: text.body for code, text in words.items()}
    revised = article.revised | dict.fromkeys(changed, revision)
    rendered = dict(article.translated_from)
    for code in document.languages[1:]:
        if translations_follow or code in changed:
            rendered[code] = revised.get(master, 0)
    read = {code: tick for code, tick in article.proofread_by.items() if code not in changed}
    return _put(
        document,
        replace(
            article,
            heading={code: text for code, text in heading.items() if text},
            body={code: text for code, text in body.items() if text},
            revised=revised,
            translated_from=rendered,
            proofread_by=read,
        ),
    )


def add_article(document: Document, name: str, level: str, *, after: str | None) -> Document:
    """Return the text with a new, empty article after another one (or first)."""
    place = 0 if after is None else 1 + [article.id for article in document.articles].index(after)
    made = Article(id=name, level=level)  # type: ignore[arg-type]  # a level of the format, checked on reading
    return replace(document, articles=[*document.articles[:place], made, *document.articles[place:]])


def remove_article(document: Document, name: str) -> Document:
    """Return the text without an article."""
    find(document, name)
    return replace(document, articles=[article for article in document.articles if article.id != name])


def move_article(document: Document, name: str, by: int) -> Document:
    """Return the text with an article moved up (-1) or down (1)."""
    article = find(document, name)
    articles = list(document.articles)
    place = articles.index(article)
    articles.pop(place)
    articles.insert(min(max(place + by, 0), len(articles)), article)
    return replace(document, articles=articles)


def tick(document: Document, name: str, language: str, proofread: ProofRead | None) -> Document:
    """Return the text with one language of an article marked as read again by somebody, or no longer."""
    article = find(document, name)
    read = {code: one for code, one in article.proofread_by.items() if code != language}
    if proofread is not None:
        read[language] = proofread
    return _put(document, replace(article, proofread_by=read))


def tick_all(document: Document, language: str, proofread: ProofRead) -> Document:
    """Return the text with a whole language marked as read again."""
    for article in document.articles:
        document = tick(document, article.id, language, proofread)
    return document


def arrange(
    document: Document,
    *,
    numbering: Numbering,
    layout: Layout,
    order: Sequence[str],
    titles: Mapping[str, str],
) -> Document:
    """Return the text with another numbering, layout, order of its parties or title."""
    known = {party.id: party for party in document.parties}
    parties = [known[name] for name in order if name in known]
    parties += [party for party in document.parties if party not in parties]
    given = {code: title for code, title in titles.items() if title}
    return replace(document, numbering=numbering, layout=layout, parties=parties, title=given)


def find(document: Document, name: str) -> Article:
    """Return an article.

    :raises NoSuchArticle: when there is none of that name.
    """
    for article in document.articles:
        if article.id == name:
            return article
    raise NoSuchArticle(name)


def _put(document: Document, article: Article) -> Document:
    return replace(document, articles=[article if one.id == article.id else one for one in document.articles])


def _with_clauses(document: Document, clauses: Mapping[str, str], own: OwnWords | None, *, revision: int) -> Document:
    """Bring in the articles that the answers want, take out those they do not; keep every one already written."""
    model = load_model(document.model.kind) if document.model else None
    if model is None:
        return document
    present = {article.id: article for article in document.articles}
    ordered: list[Article] = []
    for slot in model.slots:
        kept = present.pop(slot.id, None)
        if not holds(slot.clause, clauses):
            continue
        if kept is None:
            kept = fresh(model, slot.id, slot.level, slot.clause, document.languages, own or {}, revision)
        ordered.append(kept)
    for article in document.articles:
        if article.id in present and not _is_model_clause(model, article.id):
            ordered.insert(_place(document, article.id, ordered), article)
    wanted = {article.id: article for article in ordered}
    same = [article.id for article in document.articles if article.id in wanted]
    if set(same) == set(wanted):
        ordered = [wanted[name] for name in same]
    return replace(document, articles=ordered)


def _is_model_clause(model: Wording, name: str) -> bool:
    return any(slot.id == name for slot in model.slots)


def _place(document: Document, name: str, ordered: list[Article]) -> int:
    """Where an article of one's own goes back: behind the one it stood behind."""
    names = [article.id for article in document.articles]
    for before in reversed(names[: names.index(name)]):
        for place, article in enumerate(ordered):
            if article.id == before:
                return place + 1
    return 0


def fresh(  # the parts of a slot
    model: Wording, name: str, level: str, clause: str, languages: Sequence[str], own: OwnWords, revision: int
) -> Article:
    """Return an article in the words of its model, or in those that a body writes in their place."""
    words: dict[str, ArticleText] = {}
    for code in languages:
        mine = own.get(name, {}).get(code)
        shipped = model.words[code].articles[name] if code in model.words else None
        if mine is not None or shipped is not None:
            words[code] = mine or shipped or ArticleText()
    return Article(
        id=name,
        level=level,  # type: ignore[arg-type]  # the levels of a model are those of the format
        heading={code: text.heading for code, text in words.items() if text.heading},
        body={code: text.body.strip("\n") for code, text in words.items() if text.body.strip()},
        clause=clause,
        from_model=f"{model.name}/{name}",
        revised=dict.fromkeys(words, revision),
        translated_from=dict.fromkeys([code for code in words if code != languages[0]], revision),
    )


def _acts(document: Document, answers: Sequence[PartyAnswer]) -> list[Act]:
    acts = list(document.acts)
    for one in answers:
        before = next((act for act in acts if act.kind in _DECISIONS and act.by == one.party), None)
        if not one.decision and not one.reference and not (before and is_open(before.date)):
            acts = [act for act in acts if act is not before]
            continue
        party = next((party for party in document.parties if party.id == one.party), None)
        kind: Literal["board_mandate", "council_decision"] = (
            "board_mandate" if party and party.body in {"committee", "association"} else "council_decision"
        )
        made = replace(
            before or Act(kind=kind, by=one.party),
            date=_day(before.date if before else None, one.decision),
            reference=one.reference,
        )
        acts = [made if act is before else act for act in acts] if before else [*acts, made]
    return acts


def _signings(document: Document, answers: Sequence[tuple[str, str]]) -> list[Signing]:
    made = []
    for number, (place, day) in enumerate(answers):
        before = document.signings[number] if number < len(document.signings) else Signing()
        if not place and not day:
            continue
        known = {spot.name: spot for spot in before.places}
        names = [name.strip() for name in place.split(" / ") if name.strip()]
        made.append(
            replace(
                before,
                places=[known.get(name, Spot(name=name)) for name in names],
                date=_day(before.date, day),
                order="first" if number == 0 and len(answers) > 1 else "return" if number == 1 else before.order,
            )
        )
    return made + document.signings[len(answers) :]


def _day(before: When | None, day: str) -> When | None:
    """A date that did not change keeps all that was known of it."""
    if before is not None and (before.date or "") == day:
        return before
    return When(date=day) if day else None


def _copies(document: Document, number: int | None) -> Copies | None:
    if number is None:
        return None
    return replace(document.copies or Copies(), number=number)


def authority_of(document: Document, choice: str) -> list[Authority]:
    """Return which languages bind: all alike, French, or as it was."""
    if choice == "french" and "fr" in document.languages:
        others = [
            Authority(language=code, status="translation", of="fr") for code in document.languages if code != "fr"
        ]
        return [Authority(language="fr", status="prevails", where="France"), *others]
    if choice == "equal":
        return [Authority(language=code, status="authentic") for code in document.languages]
    return list(document.authority)
