"""Reading kept checks, ticks, own rule files, feeds and who follows which programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.actions.models import Project
from app.actions.queries import is_visible_to, project_by_id
from app.funding.models import (
    Check,
    DeadlineFeed,
    RuleFile,
    RuleFileState,
    RuleText,
    SeenEdition,
    SentAlert,
    Tick,
    Watch,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

Bodies = frozenset[int]
PAGE = 25


CHECKS = 25


def checks_of(
    session: Session, project_id: int, edition: str, *, before: int | None = None
) -> tuple[Sequence[Check], int | None]:
    """The kept checks of a project against an edition, the newest first, and where the older ones begin, if any."""
    statement = (
        select(Check)
        .where(Check.project_id == project_id, Check.edition == edition, Check.trashed_at.is_(None))
        .order_by(Check.id.desc())
        .limit(CHECKS + 1)
    )
    found = session.scalars(statement if before is None else statement.where(Check.id < before)).all()
    return found[:CHECKS], found[CHECKS - 1].id if len(found) > CHECKS else None


def check_by_id(session: Session, check_id: int) -> Check | None:
    """A kept check with its project."""
    found = session.get(Check, check_id)
    return found if found is not None and project_by_id(session, found.project_id) is not None else None


def texts_of(session: Session, fingerprints: Iterable[str]) -> dict[str, str]:
    """Texts of rule files by their fingerprint."""
    wanted = list(fingerprints)
    return {one.sha256: one.text for one in session.scalars(select(RuleText).where(RuleText.sha256.in_(wanted)))}


def ticks_of(session: Session, project_id: int, edition: str) -> Sequence[Tick]:
    """What people ticked for a project and an edition, the newest first; what was taken back included."""
    statement = (
        select(Tick).where(Tick.project_id == project_id, Tick.edition == edition).order_by(Tick.id.desc()).limit(200)
    )
    return session.scalars(statement).all()


def tick_by_id(session: Session, tick_id: int) -> Tick | None:
    """A tick that stands, with its project."""
    found = session.get(Tick, tick_id)
    if found is None or found.taken_back_at is not None or project_by_id(session, found.project_id) is None:
        return None
    return found


def rule_file_switches(session: Session) -> dict[str, int]:
    """How often the files of each name were put into use, out of it, away or back: it only ever grows."""
    rows = session.execute(select(RuleFile.name, func.sum(RuleFile.revision)).group_by(RuleFile.name))
    return {name: int(total) for name, total in rows}


def rule_files_on(session: Session) -> Sequence[RuleFile]:
    """The own rule files that are switched on, by name."""
    statement = (
        select(RuleFile)
        .where(RuleFile.state == RuleFileState.ON, RuleFile.trashed_at.is_(None))
        .order_by(RuleFile.name, RuleFile.id)
    )
    return session.scalars(statement).all()


def rule_files(session: Session, *, trashed: bool = False) -> Sequence[RuleFile]:
    """Every version of the own rule files, by name, the newest first."""
    statement = (
        select(RuleFile)
        .where(RuleFile.trashed_at.is_not(None) if trashed else RuleFile.trashed_at.is_(None))
        .options(joinedload(RuleFile.body))
        .order_by(RuleFile.name, RuleFile.id.desc())
        .limit(200)
    )
    return session.scalars(statement).all()


def rule_file_before(session: Session, kept: RuleFile) -> RuleFile | None:
    """The version that was in use before this one."""
    statement = (
        select(RuleFile)
        .where(RuleFile.name == kept.name, RuleFile.id != kept.id, RuleFile.switched_at.is_not(None))
        .order_by(RuleFile.switched_at.desc(), RuleFile.id.desc())
        .limit(1)
    )
    return session.scalars(statement).first()


def rule_file_by_id(session: Session, rule_file_id: int) -> RuleFile | None:
    """A version of an own rule file."""
    return session.get(RuleFile, rule_file_id, options=[joinedload(RuleFile.body)])


def feed_by_token(session: Session, token: str) -> DeadlineFeed | None:
    """The open calendar at a secret address."""
    return session.scalar(select(DeadlineFeed).where(DeadlineFeed.token == token, DeadlineFeed.revoked_at.is_(None)))


def feed_by_id(session: Session, feed_id: int) -> DeadlineFeed | None:
    """An open calendar."""
    found = session.get(DeadlineFeed, feed_id)
    return found if found is not None and found.revoked_at is None else None


def feeds_of(session: Session, *, account_id: int, bodies: Bodies) -> Sequence[DeadlineFeed]:
    """A person's own calendars of the programmes, and those of the projects of their bodies: not of those left."""
    shared = select(Project.id).where(is_visible_to(bodies))
    own = and_(DeadlineFeed.created_by_id == account_id, DeadlineFeed.project_id.is_(None))
    statement = (
        select(DeadlineFeed)
        .where(or_(own, DeadlineFeed.project_id.in_(shared)))
        .options(selectinload(DeadlineFeed.project))
        .order_by(DeadlineFeed.revoked_at.is_not(None), DeadlineFeed.id.desc())
        .limit(200)
    )
    return session.scalars(statement).all()


def watches_of(session: Session, account_id: int) -> dict[str, Watch]:
    """What a person follows, by programme."""
    statement = select(Watch).where(Watch.account_id == account_id, Watch.ended_at.is_(None))
    return {one.programme: one for one in session.scalars(statement)}


def watch_of(session: Session, account_id: int, programme: str) -> Watch | None:
    """Whether a person follows, or once followed, a programme."""
    return session.scalar(select(Watch).where(Watch.account_id == account_id, Watch.programme == programme))


def watchers(session: Session) -> Sequence[tuple[Watch, Account]]:
    """Everybody who follows a programme and still has an account."""
    statement = (
        select(Watch, Account)
        .join(Account, Account.id == Watch.account_id)
        .where(Watch.ended_at.is_(None), Account.closed_at.is_(None))
        .order_by(Watch.id)
    )
    return [(watch, account) for watch, account in session.execute(statement)]


def sent_marks(session: Session, account_id: int) -> frozenset[str]:
    """What a person was told already."""
    return frozenset(session.scalars(select(SentAlert.mark).where(SentAlert.account_id == account_id)))


def seen_editions(session: Session) -> dict[str, SeenEdition]:
    """Every edition as it was last looked at."""
    return {one.edition: one for one in session.scalars(select(SeenEdition))}
