"""What Python and Jinja compile at every start, kept in ``.cache/`` from one start to the next.

Python keeps modules compiled, but not the methods that ``dataclasses`` writes as text for each class, nor does Jinja
keep templates: together they are a third of a start. Where nothing can be kept, all is compiled again.
"""

from __future__ import annotations

import dataclasses
import marshal
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

    from flask import Flask

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "pages"
METHODS = FOLDER / f"dataclasses-{sys.implementation.cache_tag}-{sys.hexversion:x}"


@contextmanager
def dataclasses_kept() -> Iterator[None]:
    """Within the block, take the methods of dataclasses from the last start, by their very text."""
    known = _read()
    used: dict[str, CodeType] = {}

    def execute(text: str, globals_: dict[str, Any], locals_: dict[str, Any]) -> None:
        code = used[text] = known.get(text) or compile(text, "<string>", "exec")
        exec(code, globals_, locals_)  # noqa: S102  # as the module itself does

    dataclasses.exec = execute  # type: ignore[attr-defined]  # found before the built-in one
    try:
        yield
    finally:
        del dataclasses.exec  # type: ignore[attr-defined]
    if used.keys() - known.keys():
        _write(used)


def keep_templates(app: Flask) -> None:
    """Give the application a place for its compiled templates, which are those of this very Jinja."""
    import jinja2  # noqa: PLC0415  # the application has loaded it by now

    class Kept(jinja2.FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    _make_folder()
    made = Path(jinja2.__file__).stat().st_mtime_ns
    app.jinja_env.bytecode_cache = Kept(str(FOLDER), f"%s-{made:x}")


def _read() -> dict[str, CodeType]:
    with suppress(OSError, ValueError, EOFError, TypeError):
        found = marshal.loads(METHODS.read_bytes())  # noqa: S302  # written below, in a folder of our own
        if isinstance(found, dict):
            return found
    return {}


def _write(used: dict[str, CodeType]) -> None:
    new = METHODS.with_suffix(".new")
    with suppress(OSError):
        _make_folder()
        new.write_bytes(marshal.dumps(used))
        new.replace(METHODS)


def _make_folder() -> None:
    with suppress(OSError):
        FOLDER.mkdir(mode=0o700, exist_ok=True)
