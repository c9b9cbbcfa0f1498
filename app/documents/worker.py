"""The process behind ``PdfWorkshop``: reads pages, writes PDF, ends when its pipe does."""

from __future__ import annotations

import contextlib
import os
import sys

import msgspec

from app.documents.errors import DocumentError
from app.documents.page import PrintPage
from app.documents.pdf import write_pdf
from app.documents.workshop import Outcome, receive, send

_MEMORY = 2 * 1024**3


def main() -> None:
    """Serve until the other side closes."""
    pages = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    _limit_memory()
    while (message := receive(pages)) is not None:
        send(answers, msgspec.msgpack.encode(_made(message)))


def _made(message: bytes) -> Outcome:
    try:
        return Outcome(content=write_pdf(msgspec.msgpack.decode(message, type=PrintPage)))
    except DocumentError as error:
        values = {name: value if isinstance(value, int) else str(value) for name, value in error.values.items()}
        return Outcome(code=error.code, values=values)
    except MemoryError:
        return Outcome(code="pdf-failed", values={"reason": "worker-died"})
    except Exception as error:  # noqa: BLE001  (whatever it is, the caller must hear of it and the worker live on)
        sys.excepthook(type(error), error, error.__traceback__)
        return Outcome(code="pdf-failed", values={"reason": type(error).__name__})


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (not on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
