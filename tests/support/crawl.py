"""Walks through the pages that a person can reach by links, one of each kind."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

FILES = re.compile(r"\.(?:ics|pdf|docx|odt|json|csv|zip|xlsx|svg|html)$|/static/")
NUMBERS = re.compile(r"\d+")
EDITIONS = re.compile(r"/(aides|financements)/(?!agendas|regles)[a-z0-9-]+/[^/]+")
ARTICLES = re.compile(r"/(articles|modeles/\d+/[a-z_]+)/[a-z_]+")
LONG_WORDS = re.compile(r"[A-Za-z0-9_-]{20,}")


def kind_of(path: str) -> str:
    """The address without the numbers, names and secrets that tell one thing from another of the same kind.

    Articles of a text and the house's wording of them are of one kind: the same form around another sentence.
    """
    named = ARTICLES.sub(r"/\1/A", EDITIONS.sub(r"/\1/E", urlsplit(path).path))
    return LONG_WORDS.sub("…", NUMBERS.sub("N", named))


def pages(page: Page, address: str, *, start: str = "/", known: set[str] | None = None) -> Iterator[str]:
    """Open one page of each kind, breadth first; what leads to a file is left alone. Gives each path once open.

    ``known`` holds the kinds that need no further visit, and grows; ``start`` is always opened.
    """
    waiting = deque([start])
    known = set() if known is None else known
    known.add(kind_of(start))
    while waiting:
        path = waiting.popleft()
        if not _open(page, address + path):
            continue
        found = page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))")
        yield path
        for link in found:
            target = urlsplit(urljoin(address + path, link))
            onward = target.path + (f"?{target.query}" if target.query else "")
            if f"{target.scheme}://{target.netloc}" != address or FILES.search(target.path):
                continue
            if kind_of(onward) not in known:
                known.add(kind_of(onward))
                waiting.append(onward)


def _open(page: Page, url: str) -> bool:
    """Whether the address is a page, which must not have failed; a download is none."""
    try:
        answer = page.goto(url)
    except Error as error:
        if "Download is starting" in error.message or "ERR_ABORTED" in error.message:
            return False
        raise
    assert answer is not None, url
    assert answer.status < 500, f"{url} answers {answer.status}"
    return "text/html" in answer.headers.get("content-type", "")
