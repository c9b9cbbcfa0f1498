"""What gunicorn serves: the application, made ready by the process from which the workers are forked.

Its templates are kept compiled in ``.cache/``, beside what else can be made again: the first page of a start would
wait for them longer than for its database.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import FileSystemBytecodeCache

from app import create_app
from app.cli.start import StartError, ready
from app.config import SettingsError, load

if TYPE_CHECKING:
    from flask import Flask
    from jinja2.bccache import Bucket

KEPT = Path(__file__).resolve().parent.parent / ".cache" / "pages"


class Compiled(FileSystemBytecodeCache):
    """Compiled templates of this very Jinja; where they cannot be kept, they are compiled again."""

    def __init__(self) -> None:
        with suppress(OSError):
            KEPT.mkdir(mode=0o700, exist_ok=True)
        super().__init__(str(KEPT), f"%s-{Path(jinja2.__file__).stat().st_mtime_ns:x}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def application() -> Flask:
    """The application of this installation; a set-up that cannot be served ends with one clear sentence."""
    try:
        app = ready(load(), create_app)
    except (SettingsError, StartError) as error:
        print(f"\n{error}", file=sys.stderr)
        raise SystemExit(3) from None
    app.jinja_env.bytecode_cache = Compiled()
    return app
