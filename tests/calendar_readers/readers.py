"""The calendar programs that the tests ask, each as a function from a file to what it read.

``tests/support/tools.py`` finds them: a missing one is a skipped test, with ``CI=true`` a failed one.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support import tools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ADDRESS = "https://jumelage.example/"
"""Where the tests' events have their page. vdirsyncer gives new uids: khal's events are told by this, else by title."""

HERE = Path(__file__).parent
Read = dict[str, dict[str, Any]]


def ical_js(path: Path) -> Read:
    return json.loads(_node("ical_js.cjs", path))


def node_ical(path: Path) -> Read:
    return json.loads(_node("node_ical.cjs", path))


def sabre(path: Path) -> Read:
    tools.sabre_autoload()
    told = json.loads(_run([tools.need("php"), str(HERE / "sabre.php"), str(path)]))
    assert told["messages"] == []
    return told["events"] or {}


def libical(path: Path) -> Read:
    found: Read = {}
    for line in _run([str(_libical()), str(path)]).splitlines():
        uid, start, end = line.split("\t")
        found[uid] = {"start": start, "end": None if end == "-" else end}
    return found


@cache
def _libical() -> Path:
    """The program that asks libical, compiled once a worker."""
    folder = tempfile.mkdtemp(prefix="libical-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return tools.compile_with_libical(HERE / "libical.c", Path(folder) / "libical")


def khal(path: Path) -> Read:
    """Subscribe over HTTP with vdirsyncer, then ask khal what hours it shows in UTC."""
    for tool in ("vdirsyncer", "khal"):
        if not Path(sys.executable).with_name(tool).exists():
            tools.missing(tool, "requirements-dev.txt")
    folder = path.parent / "khal"
    folder.mkdir()
    with serving(path.read_bytes()) as address:
        subscription, settings = _subscription(folder, address), _khal_settings(folder)
        calls = [
            ("vdirsyncer", ["-c", subscription, "discover", "feed"], "y\ny\n"),
            ("vdirsyncer", ["-c", subscription, "sync"], ""),
            ("vdirsyncer", ["-c", subscription, "sync"], ""),
            *(("khal", ["-c", settings, *LIST, f"{year}-01-01", "366d"], "") for year in _years(path)),
        ]
        told = json.loads(_run([sys.executable, str(HERE / "consoles.py")], stdin=json.dumps(calls)))
    _, first, second, *listed = told
    assert "Copying" in first
    assert "Copying" not in second
    return _khal_read("\n".join(listed))


LIST = ["list", "--once", "--day-format", "", "--format", "{url}\t{start-date-long}\t{start-time}\t{title}\t{status}"]


def _subscription(folder: Path, address: str) -> str:
    config = folder / "vdirsyncer"
    config.write_text(
        f'[general]\nstatus_path = "{folder}/status"\n\n'
        '[pair feed]\na = "there"\nb = "here"\ncollections = null\nconflict_resolution = "a wins"\n\n'
        f'[storage there]\ntype = "http"\nurl = "{address}/feed.ics"\n\n'
        f'[storage here]\ntype = "filesystem"\npath = "{folder}/events"\nfileext = ".ics"\n',
        encoding="utf-8",
    )
    return str(config)


def _khal_settings(folder: Path) -> str:
    config = folder / "khal.conf"
    config.write_text(
        f"[calendars]\n[[feed]]\npath = {folder}/events\nreadonly = True\n\n"
        f"[sqlite]\npath = {folder}/khal.db\n\n"
        "[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
        encoding="utf-8",
    )
    return str(config)


def _khal_read(printed: str) -> Read:
    found: Read = {}
    for line in filter(str.strip, printed.splitlines()):
        address, day, time, title, status = line.split("\t")
        uid = address.removeprefix(ADDRESS) or title
        start = f"{day}T{time}:00Z" if time else day
        found[uid] = {"start": start, "summary": title, "status": status.strip() or None}
    return found


@contextmanager
def serving(body: bytes) -> Iterator[str]:
    """Serve one calendar on the loopback, as a feed would be."""

    class Feed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


READERS: dict[str, Callable[[Path], Read]] = {
    "ical.js": ical_js,
    "node-ical": node_ical,
    "libical": libical,
    "sabre/vobject": sabre,
    "vdirsyncer and khal": khal,
}


def _years(path: Path) -> list[str]:
    """The years in which the events of a calendar begin."""
    events = path.read_text("utf-8").split("BEGIN:VEVENT")[1:]
    return sorted({event.split("DTSTART", 1)[1].split(":", 1)[1][:4] for event in events})


def _node(script: str, path: Path) -> str:
    modules = tools.node_readers()
    return _run([tools.need("node"), str(HERE / script), str(modules), str(path)])


def _run(command: list[str], *, stdin: str = "") -> str:
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "TZ": "America/New_York", "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout}\n{done.stderr}"
    return done.stdout
