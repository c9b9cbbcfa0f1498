"""The files that people attach – scans, copies of signed papers – in the folder of this installation."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import Response, abort, current_app

from app.documents.downloads import disposition

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 20 * 1024 * 1024
"""In bytes: what a photo or a scan of some pages takes."""


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].files
    return folder


def keep(name: str, content: bytes) -> None:
    """Keep a file under a name of ours, whole or not at all; two at once are one."""
    path = _folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        half = path.with_name(f"{name}.{secrets.token_hex(4)}.part")
        half.write_bytes(content)
        half.replace(path)


def read(name: str) -> bytes | None:
    """A file as it came; None when it is not here."""
    path = _folder() / name
    return path.read_bytes() if path.is_file() else None


def throw_away(name: str) -> None:
    """Erase a file that nothing holds any more."""
    (_folder() / name).unlink(missing_ok=True)


def handed_out(name: str, filename: str, media_type: str) -> Response:
    """The file as it came, always as a download; 404 when it is not here."""
    content = read(name)
    if content is None:
        abort(404)
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = disposition(filename)
    return answer
