"""Where the arms of bodies are kept: a file named after its content, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.documents.images import Picture

MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


def keep(folder: Path, picture: Picture) -> str:
    """Write the picture in the folder and give its name; the same picture is written once."""
    name = f"arms-{hashlib.sha256(picture.content).hexdigest()[:40]}.{picture.suffix}"
    target = folder / name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=folder, prefix=".arms-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(picture.content)
        Path(draft).replace(target)
    return name


def read(folder: Path, name: str) -> tuple[bytes, str] | None:
    """The bytes and media type of kept arms; None when the file is gone."""
    suffix = name.rpartition(".")[2]
    if suffix not in MEDIA_TYPES or Path(name).name != name:
        return None
    try:
        return (folder / name).read_bytes(), MEDIA_TYPES[suffix]
    except FileNotFoundError:
        return None
