"""The facts that are tried in search of advice: each set is read once and counted once, whoever asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.rules.evaluate import assess
from app.rules.reading import FactsError, read_facts
from app.rules.told import NoSuchPlace, changed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.rules.evaluate import Assessment
    from app.rules.facts import Facts
    from app.rules.model import Edition
    from app.rules.words import Words


class Trials:
    """What was tried so far for one project against one edition; nothing new is tried beyond ``most``."""

    def __init__(self, words: Words, before: Assessment, most: int) -> None:
        self.words = words
        self.edition: Edition = before.edition
        self.count, self.most = 0, most
        self.is_dry = False
        self._facts: dict[str, Facts | None] = {repr(changed(before.facts.told or {}, {}, [])): before.facts}
        self._assessments: dict[int, Assessment] = {}

    def facts(self, told: Mapping[str, Any], put: Mapping[str, Any]) -> Facts | None:
        """The facts after a change; None when they would contradict each other, or may no longer be tried."""
        try:
            after = changed(told, put, [])
        except NoSuchPlace:
            return None
        key = repr(after)
        if key not in self._facts:
            if self.count >= self.most:
                self.is_dry = True
                return None
            try:
                self._facts[key] = read_facts(after, self.words)
                self.count += 1
            except FactsError:
                self._facts[key] = None
        return self._facts[key]

    def after(self, told: Mapping[str, Any], put: Mapping[str, Any]) -> Assessment | None:
        """The whole assessment after a change."""
        facts = self.facts(told, put)
        if facts is None:
            return None
        if id(facts) not in self._assessments:
            self._assessments[id(facts)] = assess(self.edition, facts)
        return self._assessments[id(facts)]
