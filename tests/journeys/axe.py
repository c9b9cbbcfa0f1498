"""Runs axe-core on an open page and tells what it found, in lines that say where."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

SOURCE = Path(__file__).resolve().parents[2] / "vendor" / "axe-core" / "axe.min.js"
OPTIONS = {
    "resultTypes": ["violations", "incomplete"],
    "preload": False,
    "rules": {"target-size": {"enabled": True}},
}
_RUN = """async options => {
  const told = await axe.run(document, options);
  return [...told.violations, ...told.incomplete.filter(rule => rule.id === "color-contrast")];
}"""


@cache
def _script() -> str:
    return SOURCE.read_text("utf-8")


def findings(page: Page) -> list[str]:
    """Every violation, and every contrast that axe could not decide; empty when all is well.

    The script goes through the debugger, so that the page's own security policy stays in force.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    told: list[dict[str, Any]] = page.evaluate(_RUN, OPTIONS)
    return [_line(rule, node) for rule in told for node in rule["nodes"]]


def bring_along(context: BrowserContext) -> None:
    """Let every page of a context come with axe: a walk then need not carry it to each."""
    context.add_init_script(path=SOURCE)


def _line(rule: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{rule['id']}: {rule['help']}: {' '.join(map(str, node['target']))}: {node['html'][:160]}"
