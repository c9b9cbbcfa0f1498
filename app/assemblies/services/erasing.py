"""What a person who is erased leaves in assemblies: how they were reached goes at once, names when their time is over.

Convocations, attendance sheets and minutes prove what was decided for five years (members' retention rules); then who
only attended is named no more, and the minutes keep their numbers. Who was elected or held an office stays named.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import joinedload

from app.assemblies.models import (
    Assembly,
    AssemblyCandidate,
    AssemblyItem,
    AssemblyProxy,
    AssemblySeat,
    AssemblyVoice,
    Dispatch,
    Status,
)
from app.assemblies.queries.waiting import proxies_adrift
from app.members.erasing import ERASED, Kept
from app.members.models import Member
from app.members.queries.care import Proposal
from app.members.retention import is_over
from app.people.models import Person
from app.shared.clock import day_of
from app.shared.folding import fold
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.members.erasing import Erasure

_RULE = "assemblies"
_AHEAD = frozenset({Status.DRAFT, Status.CONVENED})


def forget(session: Session, erasure: Erasure) -> None:
    """Forget how somebody was called, and who it was where the time of the proof is over; see :func:`awaited`."""
    for seat in _seats(session, erasure.body_id, erasure.person_id):
        seat.email = seat.address = seat.link_hash = seat.message_id = ""
        if seat.assembly.status in _AHEAD:
            _uncall(session, seat)
        elif not erasure.is_proof and is_over(_RULE, day_of(seat.assembly.starts_at), on=erasure.on):
            seat.name, seat.folded = ERASED, fold(ERASED)
    for candidate, assembly in _candidacies(session, erasure.body_id, erasure.person_id):
        if assembly.status in _AHEAD:
            candidate.item.candidates.remove(candidate)
            session.delete(candidate)
        elif not erasure.is_proof and is_over(_RULE, day_of(assembly.starts_at), on=erasure.on):
            candidate.name = ERASED


def _uncall(session: Session, seat: AssemblySeat) -> None:
    """Call somebody no more to an assembly that is still to be held; a line that was sent tells that, and not who."""
    given = or_(AssemblyProxy.giver_id == seat.id, AssemblyProxy.holder_id == seat.id)
    session.execute(delete(AssemblyProxy).where(given))
    gave = or_(AssemblyVoice.seat_id == seat.id, AssemblyVoice.through_id == seat.id)
    has_voted = session.scalar(select(exists().where(gave)))
    if seat.dispatch == Dispatch.UNSENT and not has_voted:
        session.delete(seat)
        return
    seat.name, seat.folded, seat.quality = ERASED, fold(ERASED), ""
    seat.may_vote, seat.why_not, seat.presence = False, "", ""


def kept(session: Session, body_id: int, person_id: int, on: date) -> Iterator[Kept]:
    """Names in sheets and minutes whose time is not over."""
    if any(
        seat.assembly.status not in _AHEAD and not is_over(_RULE, day_of(seat.assembly.starts_at), on=on)
        for seat in _seats(session, body_id, person_id)
    ):
        yield Kept(
            _l("le nom dans les feuilles de présence et les procès-verbaux de moins de cinq ans"),
            _l("preuve des décisions (code civil, article 2224) ; passé ce temps, l’effacement vous sera proposé"),
        )


def awaited(session: Session, body_id: int, person_id: int) -> Iterator[object]:
    """What goes on with somebody: nobody is taken out of a meeting that is held, nor off papers that are counted."""
    adrift: dict[Assembly, list[str]] = {}
    for proxy in proxies_adrift(session, {body_id}, person_id=person_id):
        adrift.setdefault(proxy.assembly, []).append(proxy.giver.name)
    for assembly, givers in adrift.items():
        yield _l(
            "Pouvoirs donnés à cette personne pour la réunion du %(day)s : %(names)s. Prévenez qui les a donnés, puis "
            "retirez ces pouvoirs sur la feuille de séance, ou notez-les pour une autre personne. L’effacement attend, "
            "pour qu’aucune voix ne se perde sans un mot.",
            day=full_day(day_of(assembly.starts_at)),
            names=", ".join(givers),
        )
    assemblies = {seat.assembly for seat in _seats(session, body_id, person_id) if seat.assembly.status == Status.OPEN}
    for candidate, assembly in _candidacies(session, body_id, person_id):
        if assembly.status == Status.OPEN or (assembly.status in _AHEAD and candidate.item.counts):
            assemblies.add(assembly)
    for assembly in sorted(assemblies, key=attrgetter("starts_at", "id")):
        day = full_day(day_of(assembly.starts_at))
        if assembly.status == Status.OPEN:
            yield _l(
                "La réunion du %(day)s est ouverte, et cette personne est sur sa feuille ou y est candidate : "
                "l’effacement attend la fin de la réunion. Closez-la, puis effacez ; les voix notées restent.",
                day=day,
            )
        else:
            yield _l(
                "Cette personne est candidate à une élection de la réunion du %(day)s, et des voix sont déjà reçues : "
                "l’effacement attend la fin de cette réunion, pour qu’aucune voix ne se perde.",
                day=day,
            )


def overdue(session: Session, body_id: int, on: date) -> list[Proposal]:
    """People erased already whose name still stands in sheets that are old enough."""
    named = (
        select(AssemblySeat, Member.id)
        .join(Assembly, Assembly.id == AssemblySeat.assembly_id)
        .join(Person, Person.id == AssemblySeat.person_id)
        .join(Member, (Member.person_id == Person.id) & (Member.body_id == Assembly.body_id))
        .where(
            Assembly.body_id == body_id,
            Member.erased_at.is_not(None),
            Person.family_name == ERASED,
            AssemblySeat.name != ERASED,
        )
        .options(joinedload(AssemblySeat.assembly))
        .order_by(Assembly.starts_at, AssemblySeat.id)
        .limit(200)
    )
    return [
        Proposal(rule=_RULE, name=seat.name, since=day, member_id=member_id)
        for seat, member_id in session.execute(named)
        if is_over(_RULE, day := day_of(seat.assembly.starts_at), on=on)
    ]


def _seats(session: Session, body_id: int, person_id: int) -> Sequence[AssemblySeat]:
    return session.scalars(
        select(AssemblySeat)
        .join(Assembly, Assembly.id == AssemblySeat.assembly_id)
        .where(Assembly.body_id == body_id, AssemblySeat.person_id == person_id)
        .options(joinedload(AssemblySeat.assembly))
    ).all()


def _candidacies(session: Session, body_id: int, person_id: int) -> list[tuple[AssemblyCandidate, Assembly]]:
    found = (
        select(AssemblyCandidate, Assembly)
        .join(AssemblyItem, AssemblyItem.id == AssemblyCandidate.item_id)
        .join(Assembly, Assembly.id == AssemblyItem.assembly_id)
        .where(Assembly.body_id == body_id, AssemblyCandidate.person_id == person_id)
    )
    return [(candidate, assembly) for candidate, assembly in session.execute(found)]
