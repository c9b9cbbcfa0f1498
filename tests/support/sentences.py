"""Today's sentences of the product, read once for all tests: to read them takes ten seconds."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle  # our own
from functools import cache
from importlib.metadata import version
from pathlib import Path

from script import catalogues
from tests.support import tools

ROOT = Path(__file__).parents[2]


@cache
def _read_once() -> bytes:
    """Today's sentences, kept until a file that may say one changes: to read all of them takes ten seconds."""
    if not os.access(tools.CACHE, os.W_OK):
        return pickle.dumps(catalogues.extract())
    read = hashlib.sha256(" ".join(version(name) for name in ("babel", "jinja2")).encode())
    said = sorted(path for kind in ("app/**/*.py", "templates/**/*.*") for path in ROOT.glob(kind))
    for path in (ROOT / "babel.cfg", ROOT / "script" / "catalogues.py", *said):
        read.update(f" {path.relative_to(ROOT)} {path.stat().st_size} ".encode() + path.read_bytes())
    kept = tools.CACHE / f"sentences-{read.hexdigest()[:16]}"
    with (tools.CACHE / "sentences.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for old in tools.CACHE.glob("sentences-*"):
                old.unlink()
            kept.write_bytes(pickle.dumps(catalogues.extract()))
    return kept.read_bytes()


def extracted() -> catalogues.Catalog:
    """Today's sentences: every file is read once, each test has a copy of its own."""
    return pickle.loads(_read_once())  # noqa: S301  # our own
