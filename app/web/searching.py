"""One search over all that a person may see, room by room; it forgives a slip and reads Cyrillic in Latin letters.

Every kind of thing gives its latest five hundred that the person may see, each with the words it is found by. A thing
that holds every word asked comes first; only where none does, those that hold words one or two slips away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from rapidfuzz.distance import OSA
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.access.gate import may
from app.actions import queries as actions
from app.actions.models import Project
from app.assemblies.labels import KINDS
from app.assemblies.models import Assembly, AssemblyItem, AssemblyKind
from app.assemblies.policy import AssemblyAction
from app.bodies import queries as bodies
from app.bodies.models import Body, Mandate
from app.ceremonies import queries as ceremonies
from app.conventions import queries as conventions
from app.conventions.models import Convention
from app.council.models import Act
from app.council.queries import acts
from app.funding import catalogue
from app.people.models import Person
from app.people.queries import is_held_by
from app.shared.clock import day_of
from app.shared.folding import fold
from app.shared.saying import full_day
from app.twinnings import queries as twinnings
from app.twinnings.models import TwinningEvent, TwinningPerson
from app.web.latin import in_latin_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from app.access.table import Identity

MOST_FOUND = 10
_MOST_LOOKED_AT = 500
_SHORT, _LONG = 4, 8
"""Letters of a word from which one slip is forgiven, and from which two are."""


@dataclass(frozen=True)
class Hit:
    """Something that a search may find: what it is called, where it stands, and the words it is found by."""

    label: str
    url: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind; ``is_near``: not what was typed, but close to it."""

    title: str
    hits: Sequence[Hit]
    is_near: bool


def search_all(session: Session, who: Identity, typed: str) -> list[Group]:
    """Search for words, in any order and without accents, in all that the person may see."""
    asked = fold(typed).split()
    if not asked:
        return []
    groups = [_group(str(title), source(session, who), asked) for title, source in _SOURCES]
    exact = [group for group in groups if group.hits and not group.is_near]
    return exact or [group for group in groups if group.hits]


def _group(title: str, hits: Iterable[Hit], asked: Sequence[str]) -> Group:
    known = [(hit, f"{hit.words} {fold(in_latin_letters(hit.label))}") for hit in hits]
    exact = [hit for hit, words in known if all(word in words for word in asked)]
    if exact:
        return Group(title, exact[:MOST_FOUND], is_near=False)
    latin = [fold(in_latin_letters(word)) for word in asked]
    near = [hit for hit, words in known if _is_near(asked, words) or _is_near(latin, words)]
    return Group(title, near[:MOST_FOUND], is_near=True)


def _is_near(asked: Sequence[str], words: str) -> bool:
    there = set(words.split())
    return all(word in words or any(_is_slip(word, other) for other in there) for word in asked)


def _is_slip(word: str, other: str) -> bool:
    """Whether somebody may have meant ``other``, or its beginning, when they wrote ``word``."""
    slips = 0 if len(word) < _SHORT else 1 if len(word) < _LONG else 2
    return bool(slips) and any(
        OSA.distance(word, candidate, score_cutoff=slips) <= slips for candidate in {other, other[: len(word)]}
    )


def _twinnings(session: Session, who: Identity) -> Iterator[Hit]:
    rows = twinnings.page_of_twinnings(
        session, who.readable_body_ids, twinnings.TwinningFilter(), limit=_MOST_LOOKED_AT
    )
    parties = twinnings.parties_of(session, [row.id for row in rows])
    told: dict[int, list[str]] = {}
    lines = select(TwinningEvent.twinning_id, TwinningEvent.title, TwinningEvent.text, TwinningEvent.place)
    for number, *texts in session.execute(
        lines.where(TwinningEvent.trashed_at.is_(None), TwinningEvent.twinning_id.in_([row.id for row in rows]))
        .order_by(TwinningEvent.id.desc())
        .limit(_MOST_LOOKED_AT)
    ):
        told.setdefault(number, []).extend(texts)
    for row in rows:
        own = who.readable_body_ids
        present = sorted(
            (party for party in parties.get(row.id, []) if party.left_on is None),
            key=lambda party: (party.body_id not in own, party.position),
        )
        towns = [party.body.name for party in present if party.is_town]
        words = [name for party in present for name in _names_of(party.body)]
        yield Hit(
            " — ".join(towns),
            url_for("twinnings.dossier", twinning_id=row.id),
            fold(" ".join([*words, *told.get(row.id, [])])),
        )


def _names_of(body: Body) -> list[str]:
    return [body.name, in_latin_letters(body.name), *body.names.values()]


def _bodies(session: Session, who: Identity) -> Iterator[Hit]:
    shown = select(Body).where(bodies.is_visible_to(who.readable_body_ids), Body.trashed_at.is_(None))
    for body in session.scalars(
        shown.options(joinedload(Body.place)).order_by(Body.folded, Body.id).limit(_MOST_LOOKED_AT)
    ):
        place = body.place
        near = [] if place is None else [place.name, place.postcodes, place.code, place.alternates]
        told = [*_names_of(body), body.division, body.siret, body.rna, *near]
        yield Hit(body.name, url_for("bodies.page", body_id=body.id), fold(" ".join(told)))


def _persons(session: Session, who: Identity) -> Iterator[Hit]:
    """Persons whose record is held, and those met in a shared dossier, with what they do there."""
    readable = who.readable_body_ids
    met = twinnings.persons_met_by(readable)
    shown = select(Person).where(
        Person.trashed_at.is_(None), or_(is_held_by(readable, who.written_body_ids), Person.id.in_(met))
    )
    persons = session.scalars(shown.order_by(Person.folded, Person.id).limit(_MOST_LOOKED_AT)).all()
    numbers = [person.id for person in persons]
    doing: dict[int, list[str]] = {}
    duties = select(TwinningPerson.person_id, TwinningPerson.wording).where(
        TwinningPerson.person_id.in_(numbers), TwinningPerson.twinning_id.in_(twinnings.twinning_ids_of(readable))
    )
    offices = select(Mandate.person_id, Mandate.wording).where(
        Mandate.person_id.in_(numbers), Mandate.body_id.in_(readable)
    )
    for number, wording in session.execute(
        duties.where(TwinningPerson.trashed_at.is_(None)).union(offices.where(Mandate.trashed_at.is_(None)))
    ):
        doing.setdefault(number, []).append(wording)
    for person in persons:
        told = [person.name, in_latin_letters(person.name), *doing.get(person.id, [])]
        yield Hit(person.name, url_for("people.page", person_id=person.id), fold(" ".join(told)))


def _conventions(session: Session, who: Identity) -> Iterator[Hit]:
    """Texts, by all their words in all their languages."""
    shown = (
        select(Convention.id, Convention.title, Convention.document)
        .where(conventions.is_visible_to(who.readable_body_ids), Convention.trashed_at.is_(None))
        .order_by(Convention.changed_at.desc(), Convention.id.desc())
        .limit(_MOST_LOOKED_AT)
    )
    for number, title, document in session.execute(shown):
        said = fold(" ".join([title, *_strings(document)]))
        yield Hit(title, url_for("conventions.page", convention_id=number), said)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _acts(session: Session, who: Identity) -> Iterator[Hit]:
    shown = (
        select(Act)
        .where(acts.is_visible_to(who.readable_body_ids), Act.trashed_at.is_(None))
        .order_by(Act.changed_at.desc(), Act.id.desc())
        .limit(_MOST_LOOKED_AT)
    )
    kind = _("délibération")
    for act in session.scalars(shown):
        told = [kind, act.title, act.rapporteur, act.matter_label, *act.recitals, *act.articles]
        yield Hit(act.title, url_for("council.act", act_id=act.id), fold(" ".join(told)))


def _ceremonies(session: Session, who: Identity) -> Iterator[Hit]:
    for one in ceremonies.listed(session, body_ids=who.readable_body_ids, limit=_MOST_LOOKED_AT):
        titles = [str(title) for title in one.title.values()]
        told = fold(" ".join([*titles, *_strings(one.details)]))
        yield Hit(titles[0] if titles else "", url_for("ceremonies.show", ceremony_id=one.id), told)


def _projects(session: Session, who: Identity) -> Iterator[Hit]:
    shown = (
        select(Project.id, Project.title, Project.summary)
        .where(actions.is_visible_to(who.readable_body_ids), Project.trashed_at.is_(None))
        .order_by(Project.changed_at.desc(), Project.id.desc())
        .limit(_MOST_LOOKED_AT)
    )
    for number, title, summary in session.execute(shown):
        yield Hit(title, url_for("actions.page", project_id=number), fold(f"{title} {summary}"))


def _assemblies(session: Session, who: Identity) -> Iterator[Hit]:
    """Meetings of one's own associations, by what stands on their agenda."""
    shown = (
        select(Assembly)
        .where(Assembly.body_id.in_(who.body_ids), Assembly.trashed_at.is_(None))
        .order_by(Assembly.id.desc())
        .limit(_MOST_LOOKED_AT)
    )
    seen = [assembly for assembly in session.scalars(shown) if may(AssemblyAction.VIEW, assembly)]
    told: dict[int, list[str]] = {}
    points = select(AssemblyItem.assembly_id, AssemblyItem.title)
    for number, title in session.execute(points.where(AssemblyItem.assembly_id.in_([one.id for one in seen]))):
        told.setdefault(number, []).append(title)
    for one in seen:
        label = f"{KINDS[AssemblyKind(one.kind)]}, {full_day(day_of(one.starts_at))}"
        words = fold(" ".join([label, one.place, *told.get(one.id, [])]))
        yield Hit(label, url_for("assemblies.page", assembly_id=one.id), words)


def _programmes(session: Session, who: Identity) -> Iterator[Hit]:
    """Programmes of funding, the newest edition of each."""
    del who
    kind = _("aide subvention financement")
    for programme, editions in catalogue.current(session).catalogue.programmes().items():
        newest = editions[-1]
        told = f"{kind} {programme} {newest.title} {newest.funder} {newest.summary}"
        yield Hit(newest.title, url_for("funding.programme", programme=programme), fold(told))


_SOURCES: tuple[tuple[object, Callable[[Session, Identity], Iterable[Hit]]], ...] = (
    (_l("Jumelages"), _twinnings),
    (_l("Organismes"), _bodies),
    (_l("Personnes"), _persons),
    (_l("Conventions"), _conventions),
    (_l("Délibérations"), _acts),
    (_l("Cérémonies"), _ceremonies),
    (_l("Projets"), _projects),
    (_l("Réunions"), _assemblies),
    (_l("Aides"), _programmes),
)
