"""Files put aside between two pages, under the person's own number; those of yesterday go."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

from flask import abort, current_app

from app.access.gate import identity
from app.shared import clock

KEPT = timedelta(days=1)


def keep(content: bytes, name: str) -> str:
    """Put a file aside; return what finds it again."""
    folder, token = _folder(), secrets.token_urlsafe(16)
    oldest = (clock.now() - KEPT).timestamp()
    for old in folder.iterdir():
        if old.stat().st_mtime < oldest:
            old.unlink(missing_ok=True)
    safe = "".join(letter if letter.isalnum() or letter in "-_. " else "_" for letter in name)[-80:]
    (folder / f"{identity().account_id}~{token}~{safe}").write_bytes(content)
    return token


def kept(token: str) -> Path:
    """The file put aside, for the same person only."""
    if not token.replace("-", "").replace("_", "").isalnum():
        abort(404)
    return next(iter(_folder().glob(f"{identity().account_id}~{token}~*")), None) or abort(404)


def name_of(path: Path) -> str:
    """What the file was called."""
    return path.name.split("~", 2)[2]


def _folder() -> Path:
    folder = Path(current_app.config["SETTINGS"].instance) / "imports" / "council"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
