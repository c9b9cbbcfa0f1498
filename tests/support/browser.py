"""A real Chromium and a real server for the journeys."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from app.extensions import db
from tests.support import tools

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask
    from playwright.sync_api import Browser

PATIENCE = 60_000
"""Milliseconds that a step may take: a loaded machine is slow, not wrong. What is right goes on at once."""
ANSWER = "tests.answer"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

expect.set_options(timeout=PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that is closed at the end; make one for a module, a context for each test."""
    path = tools.chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


class _Silent(WSGIRequestHandler):
    timeout = 2  # seconds that a connection may stay silent: Chromium opens some ahead of need

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  # werkzeug's name
        """Say nothing: the test's own output is what counts."""

    def connection_dropped(self, _error: BaseException, environ: WSGIEnvironment | None = None) -> None:
        """Close the answer that the browser no longer wanted.

        werkzeug reads what is left on the connection before it closes the answer; a connection that
        is gone raises there, and the file of a stylesheet would stay open until it is collected.
        """
        close = getattr((environ or {}).get(ANSWER), "close", None)
        if close is not None:
            close()


def _remembering(app: Flask) -> WSGIApplication:
    """The application, which leaves each answer where a dropped connection can still close it."""

    def answering(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[ANSWER] = answer = app(environ, start_response)
        return answer

    return answering


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on a free port of this machine; gives its address."""
    server = make_server("127.0.0.1", 0, _remembering(app), threaded=True, request_handler=_Silent)
    server.daemon_threads = False  # so that closing waits for the last answer, and for its connection
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()
