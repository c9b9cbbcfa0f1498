"""The text on screen: all its languages by article, what is missing, what deserves a look."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template

from app.access.gate import may, requires
from app.conventions import guards, queries
from app.conventions.documents import is_transcription, recorded
from app.conventions.facts import heading
from app.conventions.labels import STATUS_NAMES, STATUS_TONES, WHO_NAMES, kind_name
from app.conventions.models import PrintKind, Status
from app.conventions.naming import renamed
from app.conventions.policy import ConventionAction
from app.conventions.queries.words import texts_now
from app.conventions.sentences import (
    mismatch_sentence,
    missing_sentence,
    remark_sentence,
    unprintable_sentence,
)
from app.conventions.views.blueprint import about, blueprint, language
from app.conventions.views.waiting import departed_signatories
from app.extensions import db
from app.shared import clock
from app.texts import alignment, checks, formats
from app.texts.merge import missing
from app.texts.wording import MODELS

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.conventions.models import Convention, ConventionVersion
    from app.texts.document import Document
    from app.texts.merge import Part

    Page = Response | str | tuple[str, int]


@dataclass(frozen=True)
class Row:
    """One article in every language, with what its languages do not say alike."""

    id: str
    level: str
    label: str
    sides: tuple[tuple[str, Part], ...]
    remarks: tuple[str, ...]
    unread: tuple[str, ...]


@blueprint.get("/<int:convention_id>")
@requires(ConventionAction.VIEW, on=queries.convention_by_id)
def page(convention: Convention) -> str:
    """The whole text, blanks visible, with the list of what is missing."""
    document = queries.document_of(convention)
    screen = language()
    standing = guards.standings(db.session(), [convention.id]).get(convention.id)
    return render_template(
        "conventions/page.html",
        **about(convention),
        rows=rows_of(convention),
        titles=[(code, document.title.get(code, "")) for code in document.languages or ["fr"]],
        lacks=lacks_of(document),
        remarks=[*_remarks(document, screen), *([(False, said)] if (said := unprintable_sentence(document)) else [])],
        scans=queries.scans_of(db.session(), convention.id),
        kind=kind_name(document),
        status=(standing and standing.state) or STATUS_NAMES[Status(convention.status)],
        tone=(standing and standing.tone) or STATUS_TONES[Status(convention.status)],
        standing=standing,
        may_edit=may(ConventionAction.EDIT, convention),
        may_freeze=may(ConventionAction.FREEZE, convention),
        may_scan=may(ConventionAction.SCAN, convention),
        may_trash=may(ConventionAction.TRASH, convention),
        has_model=has_model(document),
        facts=recorded(document, screen, imported=queries.was_imported(db.session(), convention.id)),
        facts_heading=heading(screen),
        language_name=lambda code: formats.language_name(code, screen),
        own_name=formats.own_name,
        departed=departed_signatories(db.session(), convention),
        renamed=renamed(convention),
        signed_original=_signed_original(convention),
        of_the_past=is_transcription(document, clock.today()),
    )


def _signed_original(convention: Convention) -> ConventionVersion | None:
    """The version that was signed, once it is; the project that was voted, where it was signed without an original."""
    if convention.status not in {Status.SIGNED, Status.ENDED}:
        return None
    found = queries.versions_of(db.session(), convention.id)
    kinds = (PrintKind.ORIGINAL, PrintKind.SUBMITTED)
    return next((one for kind in kinds for one in found if one.kind == kind), None)


def _remarks(document: Document, screen: str) -> list[tuple[bool, str]]:
    return [(one.blocks, remark_sentence(document, one, screen)) for one in checks.examine(document)]


def rows_of(convention: Convention) -> list[Row]:
    """The articles with their languages side by side."""
    document, texts = queries.document_of(convention), texts_now(db.session(), convention)
    found = alignment.compare(document)
    held = {article.id: article for article in document.articles}
    made = []
    for sides in zip(*(text.parts for text in texts), strict=True):
        part = next((side for side in sides if side.text), sides[0])
        article = held[part.id]
        heading = "".join(piece.text for piece in part.heading)
        label = " – ".join(word for word in (part.number, heading) if word) or _beginning(part.text) or part.id
        said = tuple(mismatch_sentence(one, language()) for one in found if one.article == part.id)
        unread = tuple(code for code in document.languages[1:] if code not in article.proofread_by)
        pairs = tuple(zip(document.languages, sides, strict=True))
        made.append(Row(part.id, part.level, label, pairs, said, unread))
    return made


def _beginning(text: str) -> str:
    """The first words of a text, none of them cut."""
    return textwrap.shorten(text.partition("\n")[0], 60, placeholder="…")


def lacks_of(document: Document) -> list[dict[str, object]]:
    """What is missing: what, who fills it in, where."""
    screen = language()
    return [
        {
            "what": missing_sentence(document, one, screen),
            "who": _giver(document, one.name) or WHO_NAMES.get(one.who, ""),
            "article": one.articles[0] if one.articles else "",
            "is_article": one.name.startswith("translation."),
            "languages": ", ".join(formats.language_name(code, screen) for code in one.languages)
            if len(one.languages) < len(document.languages)
            else "",
        }
        for one in missing(document)
    ]


def _giver(document: Document, name: str) -> str:
    """The party that what is missing belongs to: it knows who signs for it and what it has decided."""
    start, _dot, rest = name.partition(".")
    found = rest.rpartition(".")[0] if start == "party" else ""
    return next((one.name for one in document.parties if one.id == found and one.name), "")


def has_model(document: Document) -> bool:
    """Whether the text was written from one of the models."""
    return document.model is not None and document.model.kind in MODELS
