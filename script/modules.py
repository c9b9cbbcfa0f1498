"""The modules of a start, kept together in one file of ``.cache/`` from one start to the next.

Python looks for each module in every folder, opens its compiled file and reads it, 1 400 times; read from one file,
where what they share stands once, they take half of that time. Each is still compared with its source, by place,
date and size: what was edited, moved or installed anew is loaded as ever, and the file is then written again.
"""

# pathlib takes as long to load as twenty of the modules that this saves:
# ruff: noqa: PTH100, PTH103, PTH105, PTH116, PTH120, PTH123

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = f"{os.path.dirname(os.path.dirname(os.path.abspath(__file__)))}/.cache/pages"
PACK = f"{FOLDER}/modules-{sys.implementation.cache_tag}-{sys.hexversion:x}"


class Kept(SourceFileLoader):
    """A module whose code is at hand; whatever else is asked, and a second time, it reads its source."""

    def __init__(self, name: str, file: str, code: object) -> None:
        super().__init__(name, file)
        self._code = code

    def get_code(self, fullname):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201  # as its parent has it
        """The code, compiled."""
        code, self._code = self._code, None
        return super().get_code(fullname) if code is None else code


class Modules:
    """Finds the modules that were kept, where they still are what they were."""

    def __init__(self) -> None:
        self._known = _read()
        self._noted: set[str] = set()

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        """The module of this name, if it is known and where it is looked for."""
        del target
        known = self._known.pop(name, None)
        if known is None:
            return None
        where, file, cached, is_package, stamp, code = known
        if where not in (sys.path if path is None else path) or stamp != _stamp(file):
            return None
        spec = ModuleSpec(name, Kept(name, file, code), origin=file, is_package=is_package)
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(file)]
        spec.has_location = True
        spec.cached = cached
        return spec

    def note(self) -> None:
        """What is loaded by now belongs to every start; what comes later may be a first one's alone."""
        self._noted.update(sys.modules)

    def keep(self) -> None:
        """Write what was noted for the next start, if this one had to look for any of it, and where it may."""
        self._known = {}
        found = {name: spec for name in self._noted if (spec := getattr(sys.modules.get(name), "__spec__", None))}
        if not any(type(spec.loader) is SourceFileLoader and spec.name == name for name, spec in found.items()):
            return
        new = f"{PACK}.{os.getpid()}"
        with suppress(OSError):
            os.makedirs(FOLDER, mode=0o700, exist_ok=True)
            with open(new, "xb") as file:
                marshal.dump({name: entry for name, spec in found.items() if (entry := _entry(name, spec))}, file)
            os.replace(new, PACK)


def _entry(name: str, spec: ModuleSpec) -> tuple[object, ...] | None:
    """How a module is kept; None when Python itself keeps it in no file, or in one that is not its source's."""
    if not isinstance(spec.loader, SourceFileLoader) or spec.name != name or not spec.origin or not spec.cached:
        return None
    try:
        with open(spec.cached, "rb") as file:
            compiled = file.read()
    except OSError:
        return None
    stamp = _stamp(spec.origin)
    seconds, size = (int.from_bytes(compiled[at : at + 4], "little") for at in (8, 12))
    if stamp is None or any(compiled[4:8]) or (seconds, size) != (stamp[0] // 10**9 & 0xFFFFFFFF, stamp[1]):
        return None
    is_package = spec.submodule_search_locations is not None
    where = os.path.dirname(spec.origin)
    if is_package:
        where = os.path.dirname(where)
    return where, spec.origin, spec.cached, is_package, stamp, marshal.loads(compiled[16:])  # noqa: S302  # Python's own


def _stamp(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _read() -> dict[str, tuple]:  # type: ignore[type-arg]
    try:
        with open(PACK, "rb") as file:
            found = marshal.loads(file.read())  # noqa: S302  # written above, in a folder of our own
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


kept = Modules()
