"""What Python and Jinja compile at every start, kept in ``.cache/`` from one start to the next.

Python keeps modules compiled, but neither the methods that ``dataclasses`` writes as text for each class nor regular
expressions, and Jinja keeps no templates: together they are a third of a start. Where nothing can be kept, all is
compiled again.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import builtins
import dataclasses
import marshal
import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from re import _compiler  # type: ignore[attr-defined]
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re
    from collections.abc import Hashable, Iterator
    from types import CodeType

    from flask import Flask

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "pages"
TEXTS = FOLDER / f"texts-{sys.implementation.cache_tag}-{sys.hexversion:x}"


class Texts:
    """What was compiled of which text, in the last start and in this one; in place of what compiles in Python."""

    def __init__(self) -> None:
        self._known = _read()
        self._used: dict[Hashable, Any] = {}
        self._compile, self._pattern = builtins.compile, _compiler.compile
        self._maker = SimpleNamespace(**vars(_sre))

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Within the block, compile nothing that was compiled in the last start; after it, keep what is new."""
        with ExitStack() as undo:
            for module, name, by in (
                (builtins, "compile", self.compile),
                (dataclasses, "exec", self.execute),  # found before the built-in one
                (_compiler, "compile", self.pattern),
                (_compiler, "_sre", self._maker),
            ):
                undo.enter_context(_replaced(module, name, by))
            from sqlalchemy.event.base import slots_dispatcher  # noqa: PLC0415  # itself quicker within the block
            from sqlalchemy.util import typing  # noqa: PLC0415

            undo.enter_context(_replaced(typing, "eval", self.evaluate))
            undo.enter_context(_replaced(slots_dispatcher, "__get__", _listeners))
            yield
        if self._used.keys() - self._known.keys():
            _write(self._used)

    def compile(self, text: object, file: str, mode: str, *more: object, **named: object) -> object:
        """As the built-in one: what the caller has from the future holds for the text."""
        if more or named or not isinstance(text, str):
            return self._compile(text, file, mode, *more, **named)  # type: ignore[call-overload]
        return self._code(text, file, mode, sys._getframe(1).f_code.co_flags & annotations.compiler_flag)  # noqa: SLF001

    def execute(self, text: str, globals_: dict[str, Any], locals_: dict[str, Any]) -> None:
        """The methods of a dataclass, made as its module makes them."""
        exec(self._code(text, "<string>", "exec", 0), globals_, locals_)  # noqa: S102  # as the module itself does

    def evaluate(self, text: str, globals_: dict[str, Any], locals_: dict[str, Any] | None) -> object:
        """The type in a column of a model, found as SQLAlchemy finds it."""
        return eval(self._code(text, "<string>", "eval", 0), globals_, locals_)  # noqa: S307  # as the module itself does

    def pattern(self, text: str | bytes, flags: int) -> re.Pattern[Any]:
        """A regular expression."""
        named = (text, int(flags))
        if named in self._known:
            parts = self._used[named] = self._known[named]
            return _sre.compile(*parts)

        def make(text: str | bytes, flags: int, code: list[int], *groups: object) -> re.Pattern[Any]:
            parts = self._used[named] = (text, int(flags), [int(one) for one in code], *groups)  # some have names
            return _sre.compile(*parts)

        self._maker.compile = make
        return self._pattern(text, flags)

    def _code(self, text: str, file: str, mode: str, flags: int) -> CodeType:
        named = (text, file, mode, flags)
        code = self._used.get(named) or self._known.get(named)
        if code is None:
            code = self._compile(text, file, mode, flags, dont_inherit=True)
        self._used[named] = code
        return code


def _listeners(self: Any, obj: Any, cls: type) -> object:  # noqa: ANN401  # SQLAlchemy's own
    """Where the listeners of a column stand: looked for in its slot alone, and not in its type as well."""
    del cls
    if obj is None:
        return self.dispatch
    try:
        return object.__getattribute__(obj, "_slots_dispatch")
    except AttributeError:
        obj._slots_dispatch = found = self.dispatch._for_instance(obj)  # noqa: SLF001
        return found


@contextmanager
def _replaced(module: object, name: str, by: object) -> Iterator[None]:
    held = vars(module).get(name)
    setattr(module, name, by)
    try:
        yield
    finally:
        delattr(module, name) if held is None else setattr(module, name, held)


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


def _read() -> dict[Hashable, Any]:
    with suppress(OSError, ValueError, EOFError, TypeError):
        found = marshal.loads(TEXTS.read_bytes())  # noqa: S302  # written below, in a folder of our own
        if isinstance(found, dict):
            return found
    return {}


def _write(used: dict[Hashable, Any]) -> None:
    new = TEXTS.with_suffix(".new")
    with suppress(OSError):
        _make_folder()
        new.write_bytes(marshal.dumps(used))
        new.replace(TEXTS)


def _make_folder() -> None:
    with suppress(OSError):
        FOLDER.mkdir(mode=0o700, exist_ok=True)
