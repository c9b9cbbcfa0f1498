"""What changes between two editions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.rules.evaluate import assess
from app.rules.saying import Speaker
from app.rules.sentences import amount_sentence
from app.rules.told import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.rules.facts import Facts
    from app.rules.model import Criterion, Edition, Line
    from app.rules.scales import Table

_VERBS = {"added": "nouvelle règle", "removed": "règle disparue", "changed": "règle changée"}
_TOLD = {"title": "Titre", "funder": "Financeur", "url": "Adresse", "call": "Appel", "currency": "Monnaie"}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``kind`` is added, removed or changed."""

    kind: str
    id: str
    label: str
    old: str = ""
    new: str = ""

    def sentence(self, *, by_id: bool = False) -> str:
        """The difference in French; ``by_id``: with the rule's identifier, for who writes the file."""
        named = f"{self.label} ({self.id})" if by_id else self.label
        said = self.label if self.id in _TOLD else f"{named} — {_VERBS[self.kind]}"
        if self.kind == "changed":
            return f"{said} : avant, {self.old.removesuffix('.')} ; maintenant, {self.new}"
        return f"{said} : {self.new or self.old}"

    def plain(self) -> dict[str, str]:
        """The difference as plain values."""
        return {"change": self.kind, "id": self.id, "label": self.label, "old": self.old, "new": self.new,
                "sentence": self.sentence(by_id=True)}  # fmt: skip


def changes(old: Edition, new: Edition) -> list[Change]:
    """Everything that differs, in the order of the new edition, then what is gone."""
    before = {one.id: one for one in old.criteria}
    after = {one.id: one for one in new.criteria}
    found = [
        Change("changed", name, label, str(getattr(old, name)), str(getattr(new, name)))
        for name, label in _TOLD.items()
        if getattr(old, name) != getattr(new, name)
    ]
    for name, one in after.items():
        if name not in before:
            found.append(Change("added", name, one.label, new=one.says))
        elif _meaning(before[name]) != _meaning(one):
            found.append(Change("changed", name, one.label, *_wordings(before[name], one)))
    found.extend(Change("removed", name, one.label, old=one.says) for name, one in before.items() if name not in after)
    return found + _amounts(old, new) + _scales(old, new)


def _wordings(old: Criterion, new: Criterion) -> tuple[str, str]:
    """A rule as it was and as it is; with what differs behind the words, when they are the same."""
    if old.says != new.says:
        return old.says, new.says
    pairs = [
        (f"{said} {left}", f"{said} {right}")
        for said, left, right in (
            ("gravité", old.severity, new.severity),
            ("confiance", old.origin.confidence, new.origin.confidence),
        )
        if left != right
    ]
    if not pairs:
        return old.says, f"{new.says} (écrite autrement)"
    return (f"{old.says} ({', '.join(one for one, _ in pairs)})", f"{new.says} ({', '.join(two for _, two in pairs)})")


def _scales(old: Edition, new: Edition) -> list[Change]:
    """Scales of which a band, a word or a value is not the same."""
    speaker = Speaker()
    found = []
    for name in dict.fromkeys((*old.tables, *new.tables)):
        left, right = old.tables.get(name), new.tables.get(name)
        if left is None and right is not None:
            found.append(Change("added", name, _SCALE, new=right.title))
        elif right is None and left is not None:
            found.append(Change("removed", name, _SCALE, old=left.title))
        elif left is not None and right is not None:
            found += [Change("changed", name, _SCALE, *pair) for pair in _values(left, right, speaker)]
    return found


_SCALE = "Barème"


def _values(left: Table, right: Table, speaker: Speaker) -> list[tuple[str, str]]:
    """Each line of two scales that differs, as it was and as it is."""
    before, after = ({**_rows(one, speaker), **_words(one, speaker)} for one in (left, right))
    keys = dict.fromkeys((*before, *after))
    return [
        (f"{key} : {before.get(key, '—')}", f"{key} : {after.get(key, '—')}")
        for key in keys
        if before.get(key) != after.get(key)
    ]


def _rows(table: Table, speaker: Speaker) -> dict[str, str]:
    return {
        f"{speaker.number(row.low, '')}–{'' if row.high is None else speaker.number(row.high, '')}": speaker.number(
            row.value, table.unit
        )
        for row in table.rows
    }


def _words(table: Table, speaker: Speaker) -> dict[str, str]:
    return {word: speaker.number(value, table.unit) for word, value in table.by_word.items()}


def changes_for(old: Edition, new: Edition, facts: Facts) -> dict[str, Any]:
    """What the new edition changes for one project: the verdicts, and each rule that answers otherwise."""
    before, after = assess(old, facts), assess(new, facts)
    was = {one.criterion.id: str(one.status) for one in before.states}
    now = {one.criterion.id: str(one.status) for one in after.states}
    told = [
        {**one.plain(), "was": was.get(one.id), "is": now.get(one.id)}
        for one in changes(old, new)
        if was.get(one.id) != now.get(one.id) or one.id not in {**was, **now}
    ]
    moved = was.keys() & now.keys() - {one["id"] for one in told}
    labels = {one.criterion.id: one.criterion for one in after.states}
    told += [
        {"change": "status", "id": name, "label": labels[name].label, "sentence": labels[name].says,
         "was": was[name], "is": now[name]}
        for name in sorted(moved)
        if was[name] != now[name]
    ]  # fmt: skip
    speaker = Speaker()
    return {
        "old": {"id": old.id, "verdict": str(before.verdict), "amount": amount_sentence(before.amount, speaker)},
        "new": {"id": new.id, "verdict": str(after.verdict), "amount": amount_sentence(after.amount, speaker)},
        "changes": told,
    }


def _amounts(old: Edition, new: Edition) -> list[Change]:
    before = {one.id: one for one in old.lines}
    after = {one.id: one for one in new.lines}
    found = [Change("added", name, "Montant", new=one.says) for name, one in after.items() if name not in before]
    found += [Change("removed", name, "Montant", old=one.says) for name, one in before.items() if name not in after]
    for name in before.keys() & after.keys():
        left, right = before[name], after[name]
        if (left.raw, left.role, left.origin.confidence) != (right.raw, right.role, right.origin.confidence):
            found.append(Change("changed", name, "Montant", _told(left), _told(right)))
    return found


def _told(line: Line) -> str:
    figure = "" if line.raw.startswith(("{", "[")) else f", {line.raw}"
    return f"{line.says}{figure} (confiance {line.origin.confidence})"


_SILENT = ("label", "source", "expires", "remedy", "says")


def _meaning(one: Criterion) -> Mapping[str, Any]:
    return {key: plain(value) for key, value in one.raw.items() if key not in _SILENT}
