"""Each test has an application of its own; what is the same in all of them is compiled once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache
from werkzeug.routing import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from jinja2.bccache import Bucket


class TemplateMemory(BytecodeCache):
    """Compiled templates, as long as their source stays the same."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = (bucket.checksum, bucket.code)


TEMPLATES = TemplateMemory()
_ROUTES: dict[tuple[Any, ...], Callable[..., tuple[str, str]]] = {}


def remember_routes() -> None:
    """Let Werkzeug write the address builder of a route once; it depends on the route's text alone."""
    compiled = Rule._compile_builder

    def remembered(self: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002  # as it is
        key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in _ROUTES:
            _ROUTES[key] = compiled(self, append_unknown)
        return _ROUTES[key]

    Rule._compile_builder = remembered  # type: ignore[method-assign]  # that is the point
