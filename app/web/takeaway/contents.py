"""What the archive's page lists: each thing in a line that people read, with the files that hold it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from app.actions.models import Project
from app.assemblies.labels import KINDS as ASSEMBLY_KINDS
from app.assemblies.labels import OUTCOMES
from app.assemblies.models import Assembly, AssemblyItem, AssemblyKind, Outcome
from app.bodies.labels import function_name, kind_name
from app.bodies.models import Body, Mandate
from app.ceremonies.labels import STATUSES as CEREMONY_STATUSES
from app.ceremonies.models import Ceremony, CeremonyStatus, ProgrammeItem
from app.ceremonies.wording import joined
from app.conventions.labels import PRINT_NAMES, STATUS_NAMES
from app.conventions.models import Convention, ConventionScan, ConventionVersion, PrintKind, Status
from app.council.labels import ACT_STATUSES
from app.council.models import Act, ActStatus, AgendaPoint, Meeting, Subsidy
from app.founding.models import Founding, FoundingProof
from app.handover.models import Handover, HandoverPerson
from app.mailing.models import Mailing
from app.members.models import Member, MemberGroup, Stay
from app.shared.clock import day_of
from app.shared.saying import full_day, said
from app.web.takeaway.parts import PARTS
from app.yearly.models import YearBook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from app.database.base import Base
    from app.web.takeaway.scope import Scope

Thing = TypeVar("Thing", bound="Base")
_PARTS = {part.table.name: part for part in PARTS}


@dataclass(frozen=True)
class Line:
    """One thing: what it is called, what is to be known of it, what it holds, its files in the archive, its words."""

    title: str
    note: str = ""
    parts: Sequence[str] = ()
    files: Sequence[tuple[str, str]] = ()
    text: str = ""


@dataclass(frozen=True)
class Section:
    """Things of one kind, and the table of the archive that holds them whole."""

    title: str
    table: str
    lines: Sequence[Line]


def sections(session: Session, scope: Scope) -> list[Section]:
    """Everything that the archive holds and people look for, in the order in which they do."""
    found = (Section(title, table, list(tell(session, scope))) for title, table, tell in _SECTIONS)
    return [section for section in found if section.lines]


def _held(session: Session, scope: Scope, model: type[Thing]) -> Sequence[Thing]:
    """The rows of a table that go along, those in the trash left out."""
    shown = select(model).where(_PARTS[model.__tablename__].rows(scope))
    if "trashed_at" in model.__table__.c:
        shown = shown.where(model.__table__.c.trashed_at.is_(None))
    return session.scalars(shown.order_by(model.__table__.c.id)).all()


def _by(things: Iterable[Thing], key: str) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for thing in things:
        found[getattr(thing, key)].append(thing)
    return found


def _bodies(session: Session, scope: Scope) -> Iterator[Line]:
    mandates = _by(_held(session, scope, Mandate), "body_id")
    for body in _held(session, scope, Body):
        files = [(f"fichiers/{body.arms_file}", "armoiries")] if body.arms_file else []
        yield Line(body.name, str(kind_name(body.kind)), [_mandate(one) for one in mandates[body.id]], files)


def _mandate(one: Mandate) -> str:
    dates = " – ".join(filter(None, (said(one.since) if one.since else "", said(one.until) if one.until else "")))
    return ", ".join(filter(None, (one.person.name, str(function_name(one)), dates)))


def _texts(session: Session, scope: Scope) -> Iterator[Line]:
    versions = _by(_held(session, scope, ConventionVersion), "convention_id")
    scans = _by(_held(session, scope, ConventionScan), "convention_id")
    for one in _held(session, scope, Convention):
        kept: list[ConventionVersion] = versions[one.id]
        yield Line(
            one.title,
            str(STATUS_NAMES[Status(one.status)]),
            [
                f"version {each.number}, {PRINT_NAMES[PrintKind(each.kind)]}, {full_day(day_of(each.made_at))}"
                for each in kept
            ],
            [(f"fichiers/{scan.file}", scan.filename) for scan in scans[one.id]],
            kept[-1].text if kept else "",
        )


def _ceremonies(session: Session, scope: Scope) -> Iterator[Line]:
    moments = _by(_held(session, scope, ProgrammeItem), "ceremony_id")
    for one in _held(session, scope, Ceremony):
        when = full_day(one.first_day) if one.first_day else "sans date"
        programme = sorted(moments[one.id], key=lambda moment: (moment.position, moment.id))
        told = [" ".join(filter(None, (moment.start, joined(moment.title)))) for moment in programme]
        yield Line(joined(one.title), f"{when}, {CEREMONY_STATUSES[CeremonyStatus(one.status)]}", told)


def _acts(session: Session, scope: Scope) -> Iterator[Line]:
    for one in _held(session, scope, Act):
        voted = full_day(one.voted_on) if one.voted_on else ""
        yield Line(one.title, ", ".join(filter(None, (str(ACT_STATUSES[ActStatus(one.status)]), voted))), one.articles)


def _meetings(session: Session, scope: Scope) -> Iterator[Line]:
    points = _by(_held(session, scope, AgendaPoint), "meeting_id")
    for one in _held(session, scope, Meeting):
        agenda = sorted(points[one.id], key=lambda point: (point.position, point.id))
        yield Line(full_day(day_of(one.starts_at)), one.place, [point.title for point in agenda])


def _assemblies(session: Session, scope: Scope) -> Iterator[Line]:
    items = _by(_held(session, scope, AssemblyItem), "assembly_id")
    for one in _held(session, scope, Assembly):
        told = [", ".join(filter(None, (item.title, str(OUTCOMES[Outcome(item.outcome)])))) for item in items[one.id]]
        yield Line(f"{ASSEMBLY_KINDS[AssemblyKind(one.kind)]}, {full_day(day_of(one.starts_at))}", one.place, told)


def _members(session: Session, scope: Scope) -> Iterator[Line]:
    for one in _held(session, scope, Member):
        if one.erased_at is None:
            dates = " – ".join(said(day) for day in (one.since, one.until) if day)
            yield Line(one.name, ", ".join(filter(None, (one.category.name, dates))))


def _foundings(session: Session, scope: Scope) -> Iterator[Line]:
    proofs = _by(_held(session, scope, FoundingProof), "founding_id")
    for one in _held(session, scope, Founding):
        yield Line(one.committee.name, "", [], [(f"fichiers/{each.file}", each.filename) for each in proofs[one.id]])


def _handovers(session: Session, scope: Scope) -> Iterator[Line]:
    people = _by(_held(session, scope, HandoverPerson), "handover_id")
    for one in _held(session, scope, Handover):
        papers = {each.proof_file: each.proof_name for each in people[one.id] if each.proof_file}
        files = [(f"fichiers/{file}", name or file) for file, name in papers.items()]
        yield Line(f"Bureau du {full_day(one.takes_over_on)}", one.message, [], files)


def _plain(model: type[Thing], tell: Callable[[Any], tuple[str, str]]) -> Callable[[Session, Scope], Iterator[Line]]:
    def lines(session: Session, scope: Scope) -> Iterator[Line]:
        for one in _held(session, scope, model):
            yield Line(*tell(one))

    return lines


_SECTIONS: tuple[tuple[str, str, Callable[[Session, Scope], Iterator[Line]]], ...] = (
    ("Textes", "convention", _texts),
    ("Cérémonies", "ceremony", _ceremonies),
    ("Délibérations", "council_act", _acts),
    ("Séances du conseil", "council_meeting", _meetings),
    ("Subventions", "subsidy", _plain(Subsidy, lambda one: (one.purpose, f"{one.cash} €"))),
    ("Projets", "project", _plain(Project, lambda one: (one.title, one.summary))),
    ("Comités en création", "founding", _foundings),
    ("Membres", "member", _members),
    ("Groupes", "member_group", _plain(MemberGroup, lambda one: (one.name, one.purpose))),
    ("Séjours", "stay", _plain(Stay, lambda one: (one.title, one.place))),
    ("Réunions", "assembly", _assemblies),
    ("Lettres aux membres", "mailing", _plain(Mailing, lambda one: (one.subject, one.text))),
    ("Passations", "handover", _handovers),
    ("Années", "year_book", _plain(YearBook, lambda one: (str(one.year), ""))),
    ("Organismes et mandats", "body", _bodies),
)
