"""The copies of signed papers, in the folder of files of this installation."""

from __future__ import annotations

from flask import current_app

LARGEST = 20 * 1024 * 1024


def store(name: str, content: bytes) -> None:
    """Keep a copy under a name of ours, whole or not at all."""
    folder = current_app.config["SETTINGS"].files
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        half = path.with_suffix(".part")
        half.write_bytes(content)
        half.replace(path)


def read(name: str) -> bytes | None:
    """A copy as it came; None when it is not here."""
    path = current_app.config["SETTINGS"].files / name
    return bytes(path.read_bytes()) if path.is_file() else None


def throw_away(name: str) -> None:
    """Erase a copy that no handover holds any more."""
    (current_app.config["SETTINGS"].files / name).unlink(missing_ok=True)
