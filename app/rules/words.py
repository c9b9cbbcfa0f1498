"""The vocabulary of an installation: the fields of the facts, and what its rule files add to them.

A rule may need a fact that only one programme asks for. It is declared once, as an answer, in ``words/*.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from app.rules.vocabulary import codes, programmes
from app.rules.vocabulary.fields import ALONE, COLLECTIONS, SECTIONS, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.rules.model import Edition


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, as a hint in French; empty when none is near."""
    import difflib  # noqa: PLC0415  # only a wrong file asks for it

    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return f" Vouliez-vous dire « {near[0]} » ?" if near else ""


def _called(known: Mapping[str, str]) -> dict[str, str]:
    """Codes by what they are called: the words, those before a bracket, those in it."""
    said = {code: (code, words, *words.rstrip(")").split(" (")) for code, words in known.items()}
    return {programmes.bare(name): code for code, several in said.items() for name in several}


def _scalars() -> dict[str, Field]:
    paths = {f"{section}.{one.name}": one for section, several in SECTIONS.items() for one in several}
    paths |= {f"applicant.{one.name}": one for one in COLLECTIONS["organisations"]}
    for name in ALONE["participants"]:
        asks = "nombre total de participants" if name == "total" else "nombre de participants invités"
        paths[f"participants.{name}"] = Field(f"participants.{name}", "number", asks, "personnes")
    return paths


@dataclass(frozen=True)
class Words:
    """Every fact that can be told here.

    ``editions``: the rule files, whose programmes and marks have names. ``kept_names``: the names of the programmes as
    they were when an answer was kept.
    """

    answers: Mapping[str, Field] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=lambda: codes.DOCUMENTS)
    scalars: Mapping[str, Field] = field(default_factory=_scalars)
    editions: tuple[Edition, ...] = field(default=(), compare=False, repr=False)
    kept_names: programmes.Names | None = field(default=None, compare=False, repr=False)

    def scalar(self, path: str) -> Field | None:
        """The fact at a path that names one value."""
        if path.startswith("answers."):
            return self.answers.get(path[8:])
        if path.startswith("score.parts."):
            name = path[12:]
            asks = f"note du critère « {codes.MARKS.get(name, name)} »"
            return Field(name, "number", asks, "points") if name.isidentifier() else None
        return self.scalars.get(path)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The marks that some programme looks at, besides their total."""
        read = {path for one in self.editions for rule in one.criteria for path in rule.reads}
        known = {path[12:] for path in read if path.startswith("score.parts.")}
        return tuple(sorted(known, key=lambda name: [*codes.MARKS, name].index(name)))

    @cached_property
    def programmes(self) -> programmes.Names | None:
        """What each programme is called; None where no rule file is known."""
        return self.kept_names or (programmes.Names.among(self.editions) if self.editions else None)

    def known_as(self, field: Field, told: str) -> str | None:
        """The code of what somebody calls so; None when nobody knows it here."""
        if field.name == "programme" and self.programmes is None:
            return told
        known, names = self._names(field)
        return told if told in known else names.get(programmes.bare(told))

    def _names(self, field: Field) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """What the codes of a fact mean, and the code of each of their names."""
        if field.name == "programme" and self.programmes is not None:
            return self.programmes.titles, self.programmes.called
        return field.codes or {}, _called(field.codes or {})

    def nearest_name(self, field: Field, told: str) -> str:
        """What somebody may have meant by a name that nobody knows here, as a hint in French."""
        known, names = self._names(field)
        import difflib  # noqa: PLC0415  # only a wrong name asks for it

        near = difflib.get_close_matches(programmes.bare(told), sorted(names), n=1)
        meant = known.get(names[near[0]]) if near else None
        return f" Vouliez-vous dire « {meant} » ?" if meant else ""

    def element(self, collection: str, name: str) -> Field | None:
        """A field of the elements of a list."""
        found = next((one for one in COLLECTIONS[collection] if one.name == name), None)
        named = self.programmes if name == "programme" and found is not None else None
        return found if named is None or found is None else replace(found, codes=named.titles)

    def paths(self) -> list[str]:
        """Every path of one value, to suggest from."""
        answers = (f"answers.{name}" for name in self.answers)
        return [*self.scalars, *answers, *(f"score.parts.{name}" for name in self.marks)]
