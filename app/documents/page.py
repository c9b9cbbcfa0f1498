"""What the PDF writer takes: a finished page of HTML and everything it may show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003  (msgspec reads the annotation at run time)

PDF_A_UA = "pdf/a-3a"
"""PDF/A-3a; the writer adds the PDF/UA-1 identifier, so that one file is both."""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file carried inside the PDF. ``date`` is that of the version it shows, never today's."""

    name: str
    media_type: str
    content: bytes
    date: datetime
    description: str = ""
    relationship: str = "Supplement"


@dataclass(frozen=True, kw_only=True)
class PrintPage:
    """One document to print. The same page gives the same bytes, whenever and wherever it is written.

    ``html`` is a whole document made from ``templates/documents/base.html``. It may name only ``data:`` addresses
    and the ``assets``, as ``asset:NAME`` (``<img src="asset:arms.png">``). ``created`` goes into the metadata and
    must be aware: take the date of the version printed. ``watermark`` is one or two words drawn across each page;
    they are not text, so say the state in the page as well. ``styles`` are added after ``print.css``. With
    ``one_sheet``, what would take two sheets is set tighter, if it then keeps to one.
    """

    html: str
    title: str
    lang: str
    created: datetime
    author: str = ""
    subject: str = ""
    watermark: str = ""
    styles: str = ""
    assets: dict[str, bytes] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    variant: str = PDF_A_UA
    max_pages: int = 400
    one_sheet: bool = False

    def __post_init__(self) -> None:
        """Refuse what would make a document that no archive or screen reader accepts."""
        if not self.title.strip() or not self.lang.strip():
            raise ValueError("a printed page needs a title and a language")
        for date in (self.created, *(attachment.date for attachment in self.attachments)):
            if date.tzinfo is None:
                raise ValueError("the dates of a printed page must be aware")
