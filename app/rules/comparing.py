"""What changes between two editions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.rules.told import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.rules.model import Criterion, Edition

_VERBS = {"added": "nouvelle règle", "removed": "règle disparue", "changed": "règle changée"}
_TOLD = ("title", "funder", "url", "call", "currency")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``kind`` is added, removed or changed."""

    kind: str
    id: str
    label: str
    old: str = ""
    new: str = ""

    def sentence(self) -> str:
        """The difference in French."""
        said = f"{self.label} ({self.id}) — {_VERBS[self.kind]}"
        if self.kind == "changed":
            return f"{said} : avant, {self.old} ; maintenant, {self.new}"
        return f"{said} : {self.new or self.old}"

    def plain(self) -> dict[str, str]:
        """The difference as plain values."""
        return {"change": self.kind, "id": self.id, "label": self.label, "old": self.old, "new": self.new,
                "sentence": self.sentence()}  # fmt: skip


def changes(old: Edition, new: Edition) -> list[Change]:
    """Everything that differs, in the order of the new edition, then what is gone."""
    before = {one.id: one for one in old.criteria}
    after = {one.id: one for one in new.criteria}
    found = [
        Change("changed", name, name, str(getattr(old, name)), str(getattr(new, name)))
        for name in _TOLD
        if getattr(old, name) != getattr(new, name)
    ]
    for name, one in after.items():
        if name not in before:
            found.append(Change("added", name, one.label, new=one.says))
        elif _meaning(before[name]) != _meaning(one):
            found.append(Change("changed", name, one.label, before[name].says, one.says))
    found.extend(Change("removed", name, one.label, old=one.says) for name, one in before.items() if name not in after)
    return found + _amounts(old, new)


def _amounts(old: Edition, new: Edition) -> list[Change]:
    before = {one.id: one for one in old.lines}
    after = {one.id: one for one in new.lines}
    found = [Change("added", name, "Montant", new=one.says) for name, one in after.items() if name not in before]
    found += [Change("removed", name, "Montant", old=one.says) for name, one in before.items() if name not in after]
    for name in before.keys() & after.keys():
        left, right = before[name], after[name]
        if (left.raw, left.role) != (right.raw, right.role):
            found.append(Change("changed", name, "Montant", f"{left.says} ({left.raw})", f"{right.says} ({right.raw})"))
    return found


_SILENT = ("label", "source", "confidence", "expires", "remedy", "says")


def _meaning(one: Criterion) -> Mapping[str, Any]:
    return {key: plain(value) for key, value in one.raw.items() if key not in _SILENT}
