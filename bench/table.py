"""The table of results: on the terminal, and between two marks of the README."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"


@dataclass(frozen=True)
class Result:
    """One ratio and its limit; ``at_least`` when more is better."""

    what: str
    measured: float
    limit: float
    at_least: bool = False
    detail: str = ""

    @property
    def reached(self) -> bool:
        """Whether the limit holds."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def number(value: float) -> str:
    """A figure with a decimal comma and no more digits than it deserves."""
    text = f"{value:.0f}" if value == int(value) else f"{value:.4f}" if value < 0.02 else f"{value:.3f}"
    return text.replace(".", ",")


def rendered(results: Sequence[Result]) -> str:
    """The table in Markdown."""
    lines = ["| mesure | limite | mesuré | |", "| --- | --: | --: | --- |"]
    for result in results:
        sign = "≥" if result.at_least else "≤"
        mark = "✓" if result.reached else "✗"
        detail = f" {result.detail}" if result.detail else ""
        lines.append(f"| {result.what} | {sign} {number(result.limit)} | {number(result.measured)} | {mark}{detail} |")
    return "\n".join(lines)


def write(readme: Path, results: Sequence[Result]) -> bool:
    """Put the table between the marks of the README; False when it has none."""
    text = readme.read_text("utf-8") if readme.exists() else ""
    if BEGIN not in text or END not in text:
        return False
    before, rest = text.split(BEGIN, 1)
    _old, after = rest.split(END, 1)
    readme.write_text(f"{before}{BEGIN}\n{rendered(results)}\n{END}{after}", "utf-8")
    return True
