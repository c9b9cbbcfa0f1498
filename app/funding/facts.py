"""The only bridge from the house to the engine: what is known of a project, as neutral facts that say their source.

What somebody stated wins over what follows from the bodies, the twinning and the ceremony; what somebody was asked
and does not know stays unknown. Nothing has a default: where the house does not know, the fact is left out.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.actions.models import FactOrigin, ProjectKind
from app.actions.queries import facts_of
from app.bodies.models import BodyKind
from app.ceremonies.wording import said
from app.places.divisions import regions
from app.places.models import PlaceKind
from app.rules.reading import FactsError, read_facts
from app.rules.vocabulary.fields import COLLECTIONS
from app.twinnings.models import Stage
from app.twinnings.queries import present_parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from app.actions.models import Project
    from app.bodies.models import Body
    from app.rules.facts import Facts
    from app.rules.words import Words
    from app.twinnings.models import TwinningParty

LISTS = ("partners", *(name for name in COLLECTIONS if name != "organisations"))
"""Facts that are kept whole, as one list each."""

_KINDS = {
    BodyKind.COMMUNE: "commune",
    BodyKind.EPCI: "intercommunal",
    BodyKind.COMMITTEE: "twinning_committee",
    BodyKind.PARTNER_COMMITTEE: "twinning_committee",
    BodyKind.FEDERATION: "federation",
}
_PUBLIC = frozenset({BodyKind.COMMUNE, BodyKind.EPCI, BodyKind.FOREIGN_AUTHORITY})
_SIGNED = frozenset({Stage.FIRST_OATH, Stage.SECOND_OATH, Stage.ACTIVE, Stage.DORMANT, Stage.SUSPENDED})
_NOT_SIGNED = frozenset({Stage.IDEA, Stage.SEARCH, Stage.CONTACT, Stage.VISIT, Stage.VOTE})
_OVERSEAS = 3  # digits of the number of an overseas département


@dataclass(frozen=True)
class Source:
    """Where a fact comes from: ``kind`` is typed, advice, copied, body, twinning, ceremony or project."""

    kind: str
    name: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class ProjectFacts:
    """What is known of a project: ``plain`` as the engine reads it, with the source of each path."""

    plain: Mapping[str, Any]
    sources: Mapping[str, Source]
    values: Mapping[str, Any]
    unknown: frozenset[str] = field(default=frozenset())

    def read(self, words: Words) -> tuple[Facts, tuple[str, ...]]:
        """The facts for the engine, and in French what could not be read or contradicts itself."""
        try:
            return read_facts(self.plain, words), ()
        except FactsError as error:
            problems = error.problems
        kept: dict[str, Any] = {}
        for path, value in self.values.items():
            if is_readable({**kept, path: value}, words):
                kept[path] = value
        return read_facts(composed(kept), words), problems


def is_readable(values: Mapping[str, Any], words: Words) -> bool:
    """Whether the engine can read these facts together."""
    try:
        read_facts(composed(values), words)
    except FactsError:
        return False
    return True


def project_facts(project: Project) -> ProjectFacts:
    """What is known of a project today."""
    found = {**_of_project(project), **_of_owner(project), **_of_twinning(project), **_of_ceremony(project)}
    values = {path: value for path, (value, _source) in found.items()}
    sources = {path: source for path, (_value, source) in found.items()}
    unknown = set()
    for path, fact in facts_of(project).items():
        sources[path] = Source(_ORIGINS[FactOrigin(fact.origin)], who=fact.said_by, at=fact.said_at)
        if fact.is_known:
            values[path] = fact.plain
        else:
            values.pop(path, None)
            unknown.add(path)
    return ProjectFacts(composed(values), sources, values, frozenset(unknown))


_ORIGINS = {FactOrigin.TYPED: "typed", FactOrigin.ADVICE: "advice", FactOrigin.COPIED: "copied"}


def composed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by path as the nested facts that the engine reads."""
    plain: dict[str, Any] = {}
    for path in sorted(values):
        value = copy.deepcopy(values[path])
        if path in LISTS or "." not in path:
            plain[path] = value
            continue
        section, _, name = path.partition(".")
        node = plain.setdefault(section, {})
        if path.startswith("score.parts."):
            node, name = node.setdefault("parts", {}), path.removeprefix("score.parts.")
        if isinstance(node, dict):
            node[name] = value
    return plain


def taken_apart(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Nested facts as values by the paths that a project keeps; the other way of :func:`composed`."""
    values: dict[str, Any] = {}
    for name, value in plain.items():
        if name == "participants" and isinstance(value, dict):
            values |= _participants(value)
        elif name in LISTS or not isinstance(value, dict):
            values[name] = value
        elif name == "score":
            values |= {f"score.{key}": one for key, one in value.items() if key != "parts"}
            values |= {f"score.parts.{key}": one for key, one in value.get("parts", {}).items()}
        else:
            values |= {f"{name}.{key}": one for key, one in value.items()}
    return values


def _participants(told: Mapping[str, Any]) -> dict[str, Any]:
    alone = {f"participants.{key}": told[key] for key in ("total", "invited") if told.get(key) is not None}
    rest = {key: one for key, one in told.items() if key not in ("total", "invited")}
    return {**alone, **({"participants": rest} if rest else {})}


def store_path(path: str) -> str:
    """Where the fact at a path of the engine is kept: ``organisations.country`` is in ``partners``."""
    if path in ("participants.total", "participants.invited"):
        return path
    head = path.partition(".")[0]
    if head == "organisations":
        return "partners"
    return head if head in LISTS else path


_Found = dict[str, tuple[Any, Source]]


def _of_project(project: Project) -> _Found:
    source = Source("project", name=project.title)
    found: _Found = {"title": (project.title, source)}
    if project.kind == ProjectKind.YOUTH:
        found["project.activities"] = ({"items": ["youth_exchange"], "complete": False}, source)
    return found


def _of_owner(project: Project) -> _Found:
    party = next((one for one in project.twinning.parties if one.body_id == project.owner_body_id), None)
    source = Source("body", name=project.owner_body.name)
    told = organisation(project.owner_body, party)
    return {f"applicant.{name}": (value, source) for name, value in told.items()}


def _of_twinning(project: Project) -> _Found:
    twinning = project.twinning
    source = Source("twinning")
    found: _Found = {}
    if twinning.stage in _SIGNED | _NOT_SIGNED:
        found["project.formal_twinning"] = (twinning.stage in _SIGNED, source)
    partners = [
        {**organisation(party.body, party), "role": "partner"}
        for party in present_parties(twinning)
        if party.body_id != project.owner_body_id
    ]
    if partners:
        found["partners"] = ({"complete": False, "items": partners}, source)
    return found


def organisation(body: Body, party: TwinningParty | None) -> dict[str, Any]:
    """A body as an organisation of the facts; only what its record says."""
    kind = BodyKind(body.kind)
    told: dict[str, Any] = {"id": f"organisme-{body.id}", "name": body.name, "country": body.country}
    if named := _KINDS.get(kind):
        told["kind"] = named
    elif kind is BodyKind.FOREIGN_AUTHORITY and party is not None and party.is_town:
        told["kind"] = "commune"
    if kind in _PUBLIC:
        told |= {"is_public": True, "has_legal_personality": True}
    elif kind is BodyKind.COMMITTEE:
        told |= {"is_public": False, "non_profit": True}
    elif kind is BodyKind.COMMITTEE_SERVICE:
        told |= {"is_public": True, "has_legal_personality": False}
    told |= _where(body)
    return told


def _where(body: Body) -> dict[str, Any]:
    """The département and the région of a French commune."""
    place = body.place or (body.parent.place if body.parent is not None else None)
    if body.country != "FR" or place is None or place.kind == PlaceKind.FOREIGN or not place.admin:
        return {}
    found = {"departement": place.admin, "territory": _territory(place.admin)}
    if name := regions().get(place.region):
        found["region"] = name
    return found


def _territory(departement: str) -> str:
    if departement[:2] in ("2A", "2B", "20"):
        return "corsica"
    return "overseas" if len(departement) >= _OVERSEAS else "mainland"


def _of_ceremony(project: Project) -> _Found:
    ceremony = project.ceremony
    if ceremony is None or ceremony.trashed_at is not None:
        return {}
    title = said(ceremony.title, [*ceremony.languages, "fr"])
    event: dict[str, Any] = {"id": f"ceremonie-{ceremony.id}", "name": title}
    if ceremony.first_day is not None:
        event["start"] = ceremony.first_day.isoformat()
        event["end"] = (ceremony.final_day or ceremony.first_day).isoformat()
    if ceremony.host_body is not None:
        event |= {"country": ceremony.host_body.country, "host": f"organisme-{ceremony.host_body_id}"}
    if place := said(ceremony.details.get("place"), [*ceremony.languages, "fr"]):
        event["place"] = place
    return {"events": ({"complete": False, "items": [event]}, Source("ceremony", name=title))}


def names_of(plain: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    """Identifiers and names of the organisations or events, for a form that refers to them."""
    if name == "organisations":
        return [("applicant", _name(plain.get("applicant"), "applicant")), *_named(plain.get("partners"))]
    return _named(plain.get(name))


def _named(told: Any) -> list[tuple[str, str]]:  # noqa: ANN401  # any JSON value
    items: Iterable[Any] = told.get("items", []) if isinstance(told, dict) else told or []
    return [(one["id"], _name(one, one["id"])) for one in items if isinstance(one, dict) and one.get("id")]


def _name(one: Any, otherwise: str) -> str:  # noqa: ANN401  # any JSON value
    return str(one.get("name") or otherwise) if isinstance(one, dict) else otherwise
