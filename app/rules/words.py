"""The vocabulary of an installation: the fields of the facts, and what its rule files add to them.

A rule may need a fact that only one programme asks for. It is declared once, as an answer, in ``words/*.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.rules.vocabulary import codes
from app.rules.vocabulary.fields import ALONE, COLLECTIONS, SECTIONS, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, as a hint in French; empty when none is near."""
    import difflib  # noqa: PLC0415  # only a wrong file asks for it

    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return f" Vouliez-vous dire « {near[0]} » ?" if near else ""


def _scalars() -> dict[str, Field]:
    paths = {f"{section}.{one.name}": one for section, several in SECTIONS.items() for one in several}
    paths |= {f"applicant.{one.name}": one for one in COLLECTIONS["organisations"]}
    for name in ALONE["participants"]:
        asks = "nombre total de participants" if name == "total" else "nombre de participants invités"
        paths[f"participants.{name}"] = Field(f"participants.{name}", "number", asks, "personnes")
    return paths


@dataclass(frozen=True)
class Words:
    """Every fact that can be told here."""

    answers: Mapping[str, Field] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=lambda: codes.DOCUMENTS)
    scalars: Mapping[str, Field] = field(default_factory=_scalars)

    def scalar(self, path: str) -> Field | None:
        """The fact at a path that names one value."""
        if path.startswith("answers."):
            return self.answers.get(path[8:])
        if path.startswith("score.parts."):
            name = path[12:]
            return Field(name, "number", f"note du critère « {name} »", "points") if name.isidentifier() else None
        return self.scalars.get(path)

    def element(self, collection: str, name: str) -> Field | None:
        """A field of the elements of a list."""
        return next((one for one in COLLECTIONS[collection] if one.name == name), None)

    def paths(self) -> list[str]:
        """Every path of one value, to suggest from."""
        return [*self.scalars, *(f"answers.{name}" for name in self.answers)]
