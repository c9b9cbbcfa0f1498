"""The veraPDF engine judges what was printed, for PDF/UA-1 and PDF/A-3a."""

from __future__ import annotations

import atexit
import fcntl
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from tests.support import tools

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHECKER = tools.ROOT / "tests" / "tools" / "VeraCheck.java"
COMPILED = tools.CACHE / "verapdf" / "compiled"
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java's second compiler and its parallel collector pay off after minutes; they cost half of these seconds."""


def complaints(*paths: Path) -> str:
    """What the engine has to say against these files; empty when they conform."""
    engine = _engine()
    assert engine.stdin is not None
    engine.stdin.write("\t".join(["ua1,3a", *map(str, paths)]) + "\n")
    engine.stdin.flush()
    *told, verdict = _answer(engine)
    return "" if verdict == "DONE 0\n" else "".join(told)[-5000:] or verdict


def _answer(engine: subprocess.Popen[str]) -> Iterator[str]:
    """What the engine says of one call, to the line that ends it."""
    assert engine.stdout is not None
    for line in engine.stdout:
        yield line
        if line.startswith("DONE "):
            return
    yield f"veraPDF ended with the code {engine.wait()}"


@cache
def _engine() -> subprocess.Popen[str]:
    """The engine of this worker, open to its end: starting one costs more than judging a paper."""
    jar = tools.verapdf_jar()
    command = [tools.need("java"), *SHORT_LIVED, "-Dfile.encoding=UTF-8", "-cp", f"{jar}:{_compiled(jar)}", "VeraCheck"]
    engine = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    atexit.register(engine.communicate)  # its input ends, and so does it
    return engine


def _compiled(jar: Path) -> Path:
    """The folder of the compiled checker, which every start would compile again from its source."""
    COMPILED.mkdir(exist_ok=True)
    made = COMPILED / "VeraCheck.class"
    with (COMPILED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists() or made.stat().st_mtime < max(CHECKER.stat().st_mtime, jar.stat().st_mtime):
            command = [tools.need("javac"), "-encoding", "UTF-8", "-cp", jar, "-d", COMPILED, CHECKER]
            subprocess.run(command, check=True, capture_output=True)
    return COMPILED
