"""A workshop where PDF are made by other hands: one or two processes that a deadline may stop.

Nothing is forked: each worker is a fresh interpreter that reads framed messages and writes them back, so it starts
well under any server, and the first document starts it. A worker is replaced after some hundred documents, when it
dies, and when it is too slow. ``workers=0`` writes in the calling process, which is what tests want.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import weakref
from typing import IO, TYPE_CHECKING, Any

import msgspec

from app.documents.errors import DocumentError, PdfUnavailable
from app.documents.pdf import write_pdf

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from app.documents.page import PrintPage

_FRAME = struct.Struct(">Q")
_PACKAGE = __name__.partition(".")[0]
_KEPT_AS = "pdf_workshop"
_LONG = 80_000
"""Characters of a page that are made well within the deadline: some eight hundred rows. A longer one gets more time."""
_MOST = 2.8
"""With the wait for a free worker, below what the server gives a request (``timeout`` of gunicorn)."""


class Outcome(msgspec.Struct):
    """What a worker sends back: a PDF, or the code and the values of an error."""

    content: bytes = b""
    code: str = ""
    values: dict[str, str | int] = {}


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write one framed message."""
    pipe.write(_FRAME.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read one framed message; ``None`` when the other side is gone."""
    head = pipe.read(_FRAME.size)
    if len(head) < _FRAME.size:
        return None
    (length,) = _FRAME.unpack(head)
    message = pipe.read(length)
    return message if len(message) == length else None


class _Worker:
    """One process, the number of documents it has made, and a folder for its fonts that goes when it goes.

    WeasyPrint copies fonts into a temporary folder that a process which is stopped leaves behind.
    """

    def __init__(self) -> None:
        folder = tempfile.mkdtemp(prefix="trait-d-union-")
        self._sweep = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        root = os.path.dirname(sys.modules[_PACKAGE].__path__[0])  # noqa: PTH120  (a path of the import system)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.documents.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=root,
            env=os.environ | {"TMPDIR": folder},
        )
        self.made = 0

    def write(self, message: bytes, deadline: float) -> Outcome:
        """Have a page written; a worker that is late or dies says so and must be replaced."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(deadline, stop)
        timer.daemon = True
        timer.start()
        try:
            answer = self._ask(message)
        finally:
            timer.cancel()
        self.made += 1
        if answer is not None:
            return msgspec.msgpack.decode(answer, type=Outcome)
        if late.is_set():
            return Outcome(code="pdf-too-slow", values={"seconds": round(deadline)})
        return Outcome(code="pdf-failed", values={"reason": "worker-died"})

    def _ask(self, message: bytes) -> bytes | None:
        if self.process.stdin is None or self.process.stdout is None:
            return None
        try:
            send(self.process.stdin, message)
            return receive(self.process.stdout)
        except (BrokenPipeError, ConnectionError, ValueError):
            return None

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def close(self) -> None:
        """Stop the process and wait for its end."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.process.kill()
        self.process.wait()
        self._sweep()


class PdfWorkshop:
    """Writes PDF in processes of its own. One a web process; threads may share it.

    ``deadline`` is in seconds and counts for the wait for a free worker, then for the document; a long one gets more.
    """

    def __init__(self, *, workers: int = 1, deadline: float = 30, recycle_after: int = 200) -> None:
        self._workers, self._deadline, self._recycle_after = workers, deadline, recycle_after
        self._owner = 0
        self._lock = threading.Lock()
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()

    def write(self, page: PrintPage) -> bytes:
        """Return the PDF of a page.

        :raises PdfUnavailable: when this machine cannot make PDF.
        :raises DocumentError: ``pdf-too-slow``, ``pdf-busy``, ``pdf-failed``, or what ``write_pdf`` raises.
        """
        if not self._workers:
            return write_pdf(page)
        self._settle()
        try:
            worker = self._free.get(timeout=self._deadline)
        except queue.Empty:
            raise DocumentError("pdf-busy") from None
        try:
            if worker is None or not worker.alive:
                worker = _replaced(worker)
            outcome = worker.write(msgspec.msgpack.encode(page), self._time_for(page))
            if not worker.alive or worker.made >= self._recycle_after or outcome.code == "pdf-too-slow":
                worker.close()
                worker = None
        finally:
            self._free.put(worker)
        if not outcome.code:
            return outcome.content
        kind = PdfUnavailable if outcome.code == "pdf-unavailable" else DocumentError
        raise kind(outcome.code, **outcome.values)

    def _time_for(self, page: PrintPage) -> float:
        """How long a page may take: the sheet of an association of three thousand is made as well."""
        return self._deadline * min(_MOST, max(1, len(page.html) / _LONG))

    def close(self) -> None:
        """Stop the workers; the next document starts new ones."""
        with self._lock:
            if self._owner == os.getpid():
                while not self._free.empty():
                    worker = self._free.get_nowait()
                    if worker is not None:
                        worker.close()
            self._owner = 0

    def _settle(self) -> None:
        """Make the places for the workers; after a fork, leave those of the parent alone."""
        with self._lock:
            if self._owner != os.getpid():
                self._owner = os.getpid()
                self._free = queue.LifoQueue()
                for _ in range(self._workers):
                    self._free.put(None)


def shared_workshop(kept: MutableMapping[str, Any], *, in_process: bool) -> PdfWorkshop:
    """Return the one workshop among the things that an application keeps; the first call makes it.

    ``in_process``: the calling process writes, as tests want.

    :raises DocumentError: ``pdf-not-ready``; whoever prints turns it into an error of their own.
    """
    made = kept.get(_KEPT_AS)
    if made is None:
        made = kept[_KEPT_AS] = PdfWorkshop(workers=0 if in_process else 1)
    if not isinstance(made, PdfWorkshop):
        raise DocumentError("pdf-not-ready")
    return made


def _replaced(worker: _Worker | None) -> _Worker:
    if worker is not None:
        worker.close()
    return _Worker()
