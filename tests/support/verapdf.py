"""The veraPDF engine judges what was printed, for PDF/UA-1 and PDF/A-3a."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.support import tools

if TYPE_CHECKING:
    from pathlib import Path

CHECKER = tools.ROOT / "tests" / "tools" / "VeraCheck.java"
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java's second compiler and its parallel collector pay off after minutes; they cost half of these seconds."""


def complaints(*paths: Path) -> str:
    """What the engine has to say against these files; empty when they conform."""
    command = [tools.need("java"), *SHORT_LIVED, "-cp", tools.verapdf_jar(), CHECKER, "ua1,3a", *paths]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300, check=False)
    return (done.stdout[-3000:] + done.stderr[-2000:]) if done.returncode else ""
