"""Routes that learn to write their addresses when they are first asked to.

Werkzeug compiles two functions a route as soon as it is added, which for some hundreds of routes is a tenth of
the time in which the application starts; most of them are never used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.routing import Rule

if TYPE_CHECKING:
    from collections.abc import Callable


class LateRule(Rule):
    """A route whose address builders are compiled at their first use."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002  # Werkzeug's own
        compiled = super()._compile_builder
        builder: Callable[..., tuple[str, str]] | None = None

        def build(rule: Rule, **values: Any) -> tuple[str, str]:  # noqa: ANN401  # what an address may hold
            nonlocal builder
            if builder is None:
                builder = compiled(append_unknown)
            return builder(rule, **values)

        return build
