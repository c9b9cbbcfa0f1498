"""A text as a file: PDF, DOCX, ODT, HTML or JSON, and what the file is called."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import render_template
from flask_babel import gettext as _

from app.bodies.inside import inside
from app.conventions.documents.laying import text_document
from app.conventions.labels import PRINT_NAMES, kind_name
from app.conventions.models import PrintKind
from app.conventions.prints import assets, is_past
from app.documents.docx import write_docx
from app.documents.downloads import file_name
from app.documents.errors import DocumentError
from app.documents.odt import write_odt
from app.documents.page import Attachment, PrintPage
from app.printing import CannotPrint, pressed
from app.texts import interchange
from app.texts.phrases import Speaker

if TYPE_CHECKING:
    from app.conventions.fixed import FixedWords
    from app.conventions.prints import Print
    from app.texts.document import Document

_NAMED = 4
_CUT_SINCE = datetime(2026, 11, 23, 6, 15, tzinfo=UTC)
"""Before, a name longer than its line ran over its neighbour; what was frozen then keeps its bytes."""
_UNCUT = "body { overflow-wrap: normal; } .name.long, .whole.long { white-space: nowrap; }"


def page(document: Document, wanted: Print, words: FixedWords | None = None) -> PrintPage:
    """Return the page of a text, ready for the PDF writer. The text itself is attached, as JSON, to what is frozen.

    ``words``: those that it was frozen with; left out, it is said in today's.
    """
    laid = text_document(document, wanted, words)
    attached: tuple[Attachment, ...] = ()
    if wanted.kind is not PrintKind.DRAFT:
        attached = (
            Attachment(
                name=f"{document.id}.json",
                media_type="application/json",
                content=interchange.write(document),
                date=wanted.created,
                description=laid.title,
                relationship="Source",
            ),
        )
    return PrintPage(
        html=render_template("conventions/documents/text.html", document=laid),
        title=laid.title,
        lang=laid.lang,
        created=laid.created,
        author=laid.author,
        watermark=laid.watermark,
        styles=_UNCUT if wanted.number and wanted.created < _CUT_SINCE else "",
        assets=dict(assets(wanted)),
        attachments=attached,
    )


def write(document: Document, wanted: Print, form: str, language: str, words: FixedWords | None = None) -> bytes:
    """Return a text in one of the forms of :data:`MEDIA`; ``words`` as for :func:`page`.

    :raises CannotPrint: when the form needs what this machine does not have.
    """
    if form == "json":
        return interchange.write(document)
    try:
        if form == "pdf":
            return pressed(page(document, wanted, words))
        laid = text_document(document, wanted, words)
        return write_docx(laid) if form == "docx" else write_odt(laid)
    except DocumentError as error:
        raise CannotPrint.because(error, language) from error


def html(document: Document, wanted: Print, words: FixedWords | None = None) -> str:
    """Return a text as one page of HTML."""
    return page(document, wanted, words).html


def print_name(document: Document, wanted: Print, form: str, language: str) -> str:
    """Name a download: what it is, between whom, in which state, which version."""
    speaker = Speaker(document, language)
    names = [name for party in document.parties if (name := speaker.name(party))]
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], str(_("et %(number)s autres", number=len(names) - _NAMED + 1))]
    state = str(_("Transcription") if is_past(document, wanted) else PRINT_NAMES[wanted.kind])
    version = [str(_("version %(number)s", number=wanted.number))] if wanted.number else []
    return file_name([kind_name(document), *names, inside(state), *version], form)
