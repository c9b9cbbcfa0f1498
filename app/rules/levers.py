"""The levers: what the people of a project can still change, how, and at what effort. They are data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.rules.language.syntax import Param

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rules.language.syntax import Context

KINDS = ("number", "shift", "choice", "add", "drop")
LEVER = (
    Param("id", "text", "identifiant court", required=True),
    Param("kind", "text", "number, shift, choice, add ou drop", required=True),
    Param("path", "text", "le fait qui change, par chemin ; * pour chaque élément"),
    Param("paths", "texts", "shift : les dates qui bougent ensemble"),
    Param("each", "yes_no", "shift : chaque élément bouge seul"),
    Param("also", "texts", "number : les faits qui changent d’autant, s’ils sont dits"),
    Param("change", "text", "up, down ou any"),
    Param("choices", "values_or_list", "choice, add : les valeurs, ou « countries »"),
    Param("value", "facts", "add : ce qu’est le nouvel élément ; choice : ce qui en suit, s’il est dit, par chemin"),
    Param("effort", "number", "l’effort de toute façon", required=True),
    Param("per", "number", "l’effort par unité"),
    Param("planned", "yes_no", "true : seulement si le projet n’a pas commencé"),
    Param("says", "text", "la phrase", required=True),
    Param("says_all", "text", "choice : la phrase pour plusieurs éléments à la fois ; {count} : combien"),
)
_SECTIONS = {"partners": "organisations"}


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing that can still be changed."""

    id: str
    kind: str
    paths: tuple[str, ...]
    says: str
    effort: float
    per: float = 0.0
    directions: tuple[int, ...] = (1, -1)
    choices: tuple[Any, ...] | str = ()
    value: tuple[tuple[str, Any], ...] = ()
    also: tuple[str, ...] = ()
    each: bool = False
    planned: bool = False
    says_all: str = ""

    def touches(self, reads: Iterable[str]) -> bool:
        """Whether a rule that reads these facts may notice."""
        read = set(reads)
        return any(_touched(path) & read for path in self.paths) or ("participants" in read and self._counts())

    def _counts(self) -> bool:
        return any(path in ("participants.total", "participants.invited") for path in self.paths)


def _touched(path: str) -> set[str]:
    """The facts, as rules name them, that a path of told facts changes."""
    parts = [one for one in path.split(".") if one not in ("items", "groups", "persons", "*")]
    section, name = _SECTIONS.get(parts[0], parts[0]), parts[-1]
    touched = {f"{section}.{one}" for one in _TOGETHER.get(name, (name,))}
    if (parts[0], name) in (("events", "mode"), ("project", "activities")):
        touched.add("project.has_online_activities")
    if section == "applicant":
        touched.add(f"organisations.{name}")
    if section == "documents" or name == "count" or len(parts) == 1:
        touched |= {section, f"{section}.country", f"{section}.invited"}
    return touched


_TOGETHER = {
    "own_cash": ("own_cash", "own_contribution"),
    "own_in_kind": ("own_in_kind", "own_contribution"),
    "age_min": ("age",),
    "age_max": ("age",),
    "start": ("start", "end"),
    "end": ("start", "end"),
    "days": ("days", "start", "end"),
    "months": ("months", "start", "end"),
}


def read_levers(raw: dict[str, Any], context: Context) -> tuple[Lever, ...]:
    """The levers of a file."""
    context.table(raw, (Param("levers", "levers", "les leviers", required=True),))
    found = []
    for rank, told in enumerate(raw["levers"]):
        here = context.inside("levers", rank)
        one = here.table(told, LEVER)
        if one["kind"] not in KINDS or one.get("change", "any") not in ("up", "down", "any"):
            here.fail("« kind » ou « change » n’a pas une valeur connue.")
        paths = tuple(one.get("paths", [one["path"]] if "path" in one else []))
        if not paths:
            here.fail("il faut « path » ou « paths ».")
        choices = one.get("choices", ())
        found.append(
            Lever(
                one["id"],
                one["kind"],
                paths,
                one["says"],
                float(one["effort"]),
                float(one.get("per", 0)),
                {"up": (1,), "down": (-1,), "any": (1, -1)}[one.get("change", "any")],
                choices if isinstance(choices, str) else tuple(choices),
                tuple(one.get("value", {}).items()),
                tuple(one.get("also", ())),
                each=one.get("each", False),
                planned=one.get("planned", False),
                says_all=one.get("says_all", ""),
            )
        )
    return tuple(found)
