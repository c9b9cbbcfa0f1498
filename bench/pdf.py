"""A convention as its PDF, by the product's own address, against WeasyPrint alone on the same page."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

import weasyprint  # noqa: TID251  # what the product is compared with
from flask import url_for

from app.accounts.models import Account
from app.documents import pdf
from app.documents.fonts import font_faces
from app.documents.workshop import PdfWorkshop
from app.extensions import db
from bench.data import installation
from bench.table import Result
from tests.factories.conventions import make_convention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from app.documents.page import PrintPage

ROUNDS = 15


def convention() -> Iterator[Result]:
    """A whole bilingual draft, warm."""
    with installation("sqlite") as place:
        with place.app.app_context():
            text, account = make_convention(db.session())
            with place.app.test_request_context():
                path = url_for("conventions.draft", convention_id=text.id, form="pdf")
            number, epoch = account.id, db.session.get_one(Account, account.id).session_epoch
            db.session.remove()
        client = place.app.test_client()
        with client.session_transaction() as kept:
            kept.update({"_user_id": f"{number}:{epoch}", "_fresh": True})
        pages = _pages(place.app, path, client)
        ours, alone = [], []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            answer = client.get(path)
            ours.append(time.perf_counter() - start)
            if answer.status_code != 200 or not answer.data.startswith(b"%PDF"):
                raise RuntimeError(f"{path} answers {answer.status_code}")
            start = time.perf_counter()
            _alone(pages[0])
            alone.append(time.perf_counter() - start)
    told = f"({median(ours) * 1000:.0f} ms contre {median(alone) * 1000:.0f} ms)"
    ratio = median(mine / theirs for mine, theirs in zip(ours, alone, strict=True))  # a machine has faster moments
    yield Result("convention en PDF, à chaud ÷ WeasyPrint seul", ratio, 1.3, detail=told)


def _pages(app: Flask, path: str, client: FlaskClient) -> list[PrintPage]:
    """The page that the address prints, taken on its way to the writer."""
    taken: list[PrintPage] = []

    class Noting(PdfWorkshop):
        def write(self, page: PrintPage) -> bytes:
            taken.append(page)
            return super().write(page)

    app.extensions["pdf_workshop"] = Noting(workers=1)
    client.get(path)
    return taken


def _alone(page: PrintPage) -> bytes:
    """What anybody would write who has WeasyPrint, this page, its style sheet and its fonts."""
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = pdf._make_fetcher(weasyprint, page)  # noqa: SLF001  # the fonts are files of ours
    sheets = [
        weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=fonts, base_url="asset:")
        for css in (font_faces(page.html), pdf._sheet("print.css"), pdf._watermark_rule(page), page.styles)  # noqa: SLF001
        if css
    ]
    document = weasyprint.HTML(string=page.html, url_fetcher=fetcher, base_url="asset:")
    return document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant=page.variant, dpi=150)
