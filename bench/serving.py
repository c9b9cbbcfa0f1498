"""Serves an application as ``script/server`` does and loads it with wrk."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
SECONDS = int(os.environ.get("BENCH_SECONDS", "3"))


@dataclass(frozen=True)
class Load:
    """What wrk saw."""

    per_second: float
    median_ms: float
    p99_ms: float


@contextmanager
def served(application: str, environ: Mapping[str, str]) -> Iterator[str]:
    """Serve an application on a free port of the loopback with two workers; yield its address."""
    port = _free_port()
    ours = {"PORT": str(port), "BIND": "127.0.0.1", "LOG_LEVEL": "error", "WORKERS": "2"}
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", ROOT / "script" / "gunicorn.conf.py", application],
        cwd=ROOT,
        env=os.environ | ours | dict(environ),
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(port, process)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def load(url: str, *, headers: Mapping[str, str] | None = None, expected: int = 200) -> Load:
    """Ask one page from eight connections for some seconds; every answer must be the expected one."""
    told = dict(headers or {})
    status = _status(url, told)
    if status != expected:
        raise RuntimeError(f"{url} answers {status} instead of {expected}")
    words = [word for name, value in told.items() for word in ("-H", f"{name}: {value}")]
    output = subprocess.run(
        ["wrk", "-t2", "-c8", f"-d{SECONDS}s", "--latency", *words, url], capture_output=True, text=True, check=True
    ).stdout
    if expected < 400 and "Non-2xx or 3xx" in output:
        raise RuntimeError(f"{url} failed under load:\n{output}")
    per_second = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    return Load(per_second, _ms(output, "50%"), _ms(output, "99%"))


def _ms(output: str, mark: str) -> float:
    value, unit = re.search(rf"{mark}\s+([\d.]+)(us|ms|s)", output).groups()
    return float(value) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


class _Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: a redirection to the sign-in page would be measured instead of the page."""


def _status(url: str, headers: Mapping[str, str]) -> int:
    opener = urllib.request.build_opener(_Still)
    try:
        return opener.open(urllib.request.Request(url, headers=dict(headers)), timeout=60).status  # noqa: S310  # our own
    except urllib.error.HTTPError as error:
        return error.code


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with code {process.returncode}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not answer within a minute")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
