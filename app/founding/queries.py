"""Reading creations of committees and delegations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.assemblies.models import Assembly
from app.bodies.models import Body, BodyKind
from app.bodies.queries import is_in_office, mandates_in_office, mandates_of_bodies
from app.council.models import Act, ActModel
from app.council.queries import commune_by_id
from app.founding.models import Delegation, Founder, Founding, FoundingProof, Stage
from app.law import tables
from app.law.situation import department_of
from app.members.models import Member
from app.shared.folding import fold
from app.twinnings.models import Twinning, TwinningParty

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate

Bodies = frozenset[int]
PAGE = 25


@dataclass(frozen=True)
class StatuteWords:
    """One article of the statutes of a founding."""

    founding: Founding
    article: str


@dataclass(frozen=True)
class StageOf:
    """One step of a founding."""

    founding: Founding
    stage: Stage


def is_local(body: Body) -> bool:
    """Whether the local law of Alsace-Moselle applies, by the département of the commune."""
    return department_of(body.code) in tables.local_departments()


def founding_by_id(session: Session, founding_id: int) -> Founding | None:
    """A founding with its bodies, its founders and its proofs."""
    return session.scalar(
        select(Founding)
        .where(Founding.id == founding_id)
        .options(
            joinedload(Founding.body).joinedload(Body.place),
            joinedload(Founding.committee),
            joinedload(Founding.act).selectinload(Act.events),
            joinedload(Founding.convention),
            joinedload(Founding.declarant),
            joinedload(Founding.meeting).selectinload(Assembly.seats),
            selectinload(Founding.founders).joinedload(Founder.person),
            selectinload(Founding.proofs),
        )
    )


def association_by_id(session: Session, founding_id: int) -> Founding | None:
    """A founding that has statutes, an assembly and a declaration."""
    found = founding_by_id(session, founding_id)
    return found if found is not None and found.is_association else None


NOMINATIVE = frozenset({"feuille-de-presence", "proces-verbal", "dirigeants", "mandat", "inscription"})
"""Papers that name the founders or where they live."""
PAPERS = NOMINATIVE | {"statuts", "convocation", "pieces"}

WORD_FORMS = frozenset({"docx", "odt"})


def association_to_print(session: Session, founding_id: int, document: str) -> Founding | None:
    """A founding, for one of its papers."""
    return association_by_id(session, founding_id) if document in PAPERS else None


def statutes_to_write(session: Session, founding_id: int, form: str) -> Founding | None:
    """A founding, for its statutes in the format of a word processor."""
    return association_by_id(session, founding_id) if form in WORD_FORMS else None


def commune_to_found_for(session: Session, body_id: int) -> Body | None:
    """The commune that a committee may be created for."""
    body = commune_by_id(session, body_id)
    return body if body is not None and body.trashed_at is None and body.country == "FR" else None


def founder_by_id(session: Session, founding_id: int, founder_id: int) -> Founder | None:
    """A founder, with the founding."""
    return session.scalar(
        select(Founder)
        .where(Founder.id == founder_id, Founder.founding_id == founding_id)
        .options(joinedload(Founder.person), joinedload(Founder.founding))
    )


def stage_of(session: Session, founding_id: int, stage: str) -> StageOf | None:
    """One step of a founding."""
    founding = founding_by_id(session, founding_id)
    return StageOf(founding, Stage(stage)) if founding is not None and stage in set(Stage) else None


def proof_by_id(session: Session, founding_id: int, proof_id: int) -> FoundingProof | None:
    """A proof, with its founding."""
    return session.scalar(
        select(FoundingProof)
        .where(FoundingProof.id == proof_id, FoundingProof.founding_id == founding_id)
        .options(joinedload(FoundingProof.founding))
    )


def is_visible_to(bodies: Bodies) -> ColumnElement[bool]:
    """Foundings that these bodies may know: the town hall's and the founders'."""
    return or_(Founding.body_id.in_(bodies), Founding.committee_id.in_(bodies))


def page_of_foundings(
    session: Session, bodies: Bodies, *, before: tuple[datetime, int] | None = None, trashed: bool = False
) -> list[Founding]:
    """A page of foundings and one more, the last changed first."""
    statement = (
        select(Founding)
        .where(is_visible_to(bodies), Founding.trashed_at.is_not(None) if trashed else Founding.trashed_at.is_(None))
        .options(
            joinedload(Founding.body),
            joinedload(Founding.committee),
            joinedload(Founding.act).selectinload(Act.events),
            joinedload(Founding.convention),
            selectinload(Founding.founders),
        )
        .order_by(Founding.changed_at.desc(), Founding.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(tuple_(Founding.changed_at, Founding.id) < tuple_(*before))
    return list(session.scalars(statement))


def founded_without_members(session: Session, bodies: Bodies) -> Sequence[Founding]:
    """Associations of these bodies' own that are founded and whose list of members is empty."""
    statement = (
        select(Founding)
        .where(
            Founding.committee_id.in_(bodies),
            Founding.held_on.is_not(None),
            Founding.trashed_at.is_(None),
            ~exists().where(Member.body_id == Founding.committee_id),
        )
        .options(joinedload(Founding.committee))
        .order_by(Founding.id)
        .limit(PAGE)
    )
    return session.scalars(statement).all()


def foundings_of_body(session: Session, body_id: int) -> Sequence[Founding]:
    """The foundings by a commune, or of a committee, the last changed first."""
    statement = (
        select(Founding)
        .where(or_(Founding.body_id == body_id, Founding.committee_id == body_id), Founding.trashed_at.is_(None))
        .options(
            joinedload(Founding.committee),
            joinedload(Founding.body),
            joinedload(Founding.act).selectinload(Act.events),
            joinedload(Founding.convention),
            selectinload(Founding.founders),
        )
        .order_by(Founding.changed_at.desc(), Founding.id.desc())
        .limit(10)
    )
    return session.scalars(statement).all()


def twinnings_of(session: Session, body_id: int) -> list[Twinning]:
    """The twinnings of a commune that are not in the trash."""
    statement = (
        select(Twinning)
        .join(TwinningParty, TwinningParty.twinning_id == Twinning.id)
        .where(TwinningParty.body_id == body_id, TwinningParty.left_on.is_(None), Twinning.trashed_at.is_(None))
        .options(selectinload(Twinning.parties).joinedload(TwinningParty.body))
        .order_by(Twinning.id)
        .limit(50)
    )
    return list(session.scalars(statement).unique())


def acts_to_link(session: Session, body_id: int) -> Sequence[Act]:
    """The commune's deliberations that may be the one that creates the committee."""
    statement = (
        select(Act)
        .where(Act.body_id == body_id, Act.trashed_at.is_(None), Act.model.in_([ActModel.COMMITTEE, ActModel.FREE]))
        .order_by(Act.changed_at.desc(), Act.id.desc())
        .limit(50)
    )
    return session.scalars(statement).all()


def acts_of_commune(session: Session, body_id: int) -> Sequence[Act]:
    """The adopted deliberations of a commune, the latest first; to say under which one a committee acts."""
    statement = (
        select(Act)
        .where(Act.body_id == body_id, Act.trashed_at.is_(None), Act.voted_on.is_not(None), Act.status == "adopted")
        .order_by(Act.voted_on.desc(), Act.id.desc())
        .limit(50)
    )
    return session.scalars(statement).all()


def delegation_by_id(session: Session, delegation_id: int) -> Delegation | None:
    """A delegation with those it is between."""
    return session.get(
        Delegation,
        delegation_id,
        options=[joinedload(Delegation.commune), joinedload(Delegation.delegate), joinedload(Delegation.act)],
    )


def delegations_of(session: Session, body_id: int) -> Sequence[Delegation]:
    """The delegations that a commune gave, or that a committee holds, the newest first."""
    statement = (
        select(Delegation)
        .where(or_(Delegation.commune_id == body_id, Delegation.delegate_id == body_id))
        .where(Delegation.trashed_at.is_(None))
        .options(joinedload(Delegation.commune), joinedload(Delegation.delegate), joinedload(Delegation.act))
        .order_by(Delegation.since.desc(), Delegation.id.desc())
        .limit(50)
    )
    return session.scalars(statement).all()


def delegation_in_force(session: Session, delegate_id: int, on: date) -> Delegation | None:
    """What lets a committee act for its commune on a day."""
    return next(
        (one for one in delegations_of(session, delegate_id) if one.delegate_id == delegate_id and one.holds(on)), None
    )


def is_there_already(session: Session, commune_id: int, name: str) -> bool:
    """Whether a commune has a committee of this name."""
    same = select(Body.id).where(Body.parent_id == commune_id, Body.folded == fold(name)[:500])
    return session.scalar(same.where(Body.trashed_at.is_(None)).limit(1)) is not None


def committees_to_delegate_to(session: Session, body_id: int) -> Sequence[Body]:
    """The associations that work for a commune."""
    statement = (
        select(Body)
        .where(Body.parent_id == body_id, Body.kind == BodyKind.COMMITTEE, Body.trashed_at.is_(None))
        .order_by(Body.folded, Body.id)
    )
    return session.scalars(statement).all()


def unrun_services(session: Session, foundings: Iterable[Founding], *, on: date) -> frozenset[int]:
    """The committees of these foundings, régies all of them, in which nobody holds an office on a day. One query."""
    committees = {one.committee_id for one in foundings}
    held = mandates_of_bodies(session, committees) if committees else []
    return frozenset(committees - {one.body_id for one in held if is_in_office(one, on)})


def waiting_for(session: Session, body_id: int, person_ids: Collection[int]) -> Sequence[Founding]:
    """Associations that these people were to declare, and that do not exist yet."""
    statement = (
        select(Founding)
        .where(or_(Founding.body_id == body_id, Founding.committee_id == body_id), Founding.trashed_at.is_(None))
        .where(Founding.declarant_id.in_(list(person_ids)))
        .where(Founding.published_on.is_(None), Founding.registered_on.is_(None))
        .options(joinedload(Founding.committee))
    )
    return session.scalars(statement).all()


def elected_persons(session: Session, body_id: int, *, on: date) -> dict[int, Mandate]:
    """Who sits in the council of a commune on a day, by person."""
    found: dict[int, Mandate] = {}
    for mandate in mandates_in_office(session, body_id, on=on):
        if mandate.function in {"mayor", "deputy_mayor", "councillor"}:
            found.setdefault(mandate.person_id, mandate)
    return found
