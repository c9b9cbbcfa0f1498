"""Every TOML file reads, ends with one line end, has no tab, no stray blank, no run of blank lines."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FAULTS = (
    (re.compile(r"\t"), "une tabulation"),
    (re.compile(r"[ \xa0]+$", re.MULTILINE), "des blancs en fin de ligne"),
    (re.compile(r"\n{4,}"), "plus de deux lignes vides de suite"),
    (re.compile(r"\r"), "des fins de ligne de Windows"),
    (
        re.compile(r"^[A-Za-z0-9_.\"-]+(=|\s+=\S|=\s)", re.MULTILINE),
        "un blanc manque autour de « = »",
    ),
)


def files() -> list[Path]:
    """The TOML files of the project, ours only."""
    told = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.toml"],  # the git of this machine
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in told.stdout.splitlines() if not line.startswith("vendor/")]


def faults(path: Path) -> list[str]:
    """What is wrong in a file, with the line."""
    try:
        text = path.read_bytes().decode("utf-8")
        tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return [str(error)]
    found = [
        f"ligne {text.count(chr(10), 0, match.start()) + 1} : {what}"
        for pattern, what in FAULTS
        for match in pattern.finditer(text)
    ]
    if text and (not text.endswith("\n") or text.endswith("\n\n")):
        found.append("le fichier finit par une fin de ligne, et une seule")
    return found


def main() -> int:
    """Print the faults; 1 when there are any."""
    told = [f"{path.relative_to(ROOT)} : {fault}" for path in files() if path.exists() for fault in faults(path)]
    print("\n".join(told))
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
