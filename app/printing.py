"""The press of the house: whoever prints hands a page over here, and gets PDF or a sentence that says why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app, render_template
from flask_babel import get_locale

from app.documents.errors import DocumentError
from app.documents.page import PrintPage
from app.documents.textdoc import Emblem, TextDocument
from app.documents.workshop import shared_workshop
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from app.documents.textdoc import Block


class CannotPrint(DomainError):
    """The paper could not be made; the sentence says why and what to do."""

    @classmethod
    def because(cls, error: DocumentError, language: str = "") -> CannotPrint:
        """Say it in a language, or in that of whoever asked."""
        return cls(error.sentence(language or str(get_locale() or "fr")[:2]))


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper in French before it is printed: of which body, what it is called, its blocks.

    ``under`` stands below the name in the letterhead, ``running`` at the head of every page. ``one_sheet``: a little
    more than one sheet is set tighter, to keep to one. ``letters``: instead of ``blocks``, what each of several people
    is sent: each begins with the letterhead and the title, and is numbered by itself.
    """

    title: str
    body: str
    created: datetime
    blocks: tuple[Block, ...] = ()
    letters: tuple[tuple[Block, ...], ...] = ()
    under: str = ""
    subtitle: str = ""
    state: str = ""
    running: str = ""
    footer: str = ""
    one_sheet: bool = False


def document_of(paper: Paper) -> TextDocument:
    """The paper in its letterhead, for any writer."""
    return TextDocument(
        title=paper.title,
        lang="fr",
        created=paper.created,
        blocks=paper.blocks,
        author=paper.body,
        subtitles=(("fr", paper.subtitle),) if paper.subtitle else (),
        emblems=(Emblem(name=paper.body, under=paper.under),),
        running=(paper.running or f"{paper.body} – {paper.title}")[:140],
        footer=paper.footer,
        state=paper.state,
    )


def print_paper(paper: Paper) -> bytes:
    """Print a paper: PDF/A-3a and PDF/UA-1 in one file.

    :raises CannotPrint: when it cannot be made.
    """
    document = document_of(paper)
    page = PrintPage(
        html=render_template(
            "documents/letters.html" if paper.letters else "documents/text.html",
            document=document,
            letters=paper.letters,
        ),
        title=document.title,
        lang=document.lang,
        created=document.created,
        author=document.author,
        one_sheet=paper.one_sheet,
    )
    try:
        return pressed(page)
    except DocumentError as error:
        raise CannotPrint.because(error, "fr") from error


def pressed(page: PrintPage) -> bytes:
    """Have a page written in the workshop of documents, by a deadline.

    :raises DocumentError: when this machine cannot, or not in time.
    """
    return shared_workshop(current_app.extensions, in_process=current_app.testing).write(page)
