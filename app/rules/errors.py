"""What stops a rule file from being loaded."""

from __future__ import annotations


class RuleError(ValueError):
    """A rule file is wrong: which, where, and what to write instead."""

    def __init__(self, problem: str, *, file: str = "", line: int = 0) -> None:
        self.problem, self.file, self.line = problem, file, line
        super().__init__(f"{file}:{line} : {problem}" if file else problem)
