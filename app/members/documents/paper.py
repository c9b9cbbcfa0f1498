"""What every printed paper of the room has: its letterhead, its writer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app, render_template

from app.documents.errors import DocumentError
from app.documents.page import PrintPage
from app.documents.textdoc import Emblem, TextDocument
from app.documents.workshop import shared_workshop
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from app.documents.textdoc import Block


class CannotPrint(DomainError):
    """The paper could not be made; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper before it is printed: of which body, what it is called, its blocks."""

    title: str
    body: str
    created: datetime
    blocks: tuple[Block, ...]
    under: str = ""
    subtitle: str = ""
    state: str = ""
    footer: str = ""


def print_pdf(paper: Paper) -> bytes:
    """Print a paper: PDF/A-3a and PDF/UA-1 in one file.

    :raises CannotPrint: when it cannot be made.
    """
    document = TextDocument(
        title=paper.title,
        lang="fr",
        created=paper.created,
        blocks=paper.blocks,
        author=paper.body,
        subtitles=(("fr", paper.subtitle),) if paper.subtitle else (),
        emblems=(Emblem(name=paper.body, under=paper.under),),
        running=f"{paper.body} – {paper.title}"[:140],
        footer=paper.footer,
        state=paper.state,
    )
    page = PrintPage(
        html=render_template("documents/text.html", document=document),
        title=document.title,
        lang="fr",
        created=paper.created,
        author=paper.body,
    )
    try:
        return shared_workshop(current_app.extensions, in_process=current_app.testing).write(page)
    except DocumentError as error:
        raise CannotPrint(error.sentence("fr")) from error
