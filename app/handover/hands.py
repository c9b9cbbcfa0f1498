"""Whose hand an account is: whether its signature is its person's, or the word of who tied it.

Who administers a body ties accounts to records, writes names and addresses on them, and notes who holds an office. Done
as a board changes, one person could so be the only one behind the signatures of both sides: what is as recent as that
proves nothing, and the copy of the signed paper does. What is not known, of long ago, is held against nobody.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, func, or_, select

from app.accounts.models import Account, RoleGrant
from app.accounts.queries import openings
from app.bodies.models import Mandate
from app.handover.models import Handover, Side, Stage
from app.members.models import Member
from app.people.models import Person
from app.shared.clock import day_of
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from app.handover.models import HandoverPerson

SETTLED = timedelta(days=15)
"""What was there so long before a board changes was not made for its handover: a convocation is out by then."""
_READ_AGAIN = timedelta(days=30)
"""For how long who signed may still read what they handed over, once their access is over."""
_SETTING_UP = timedelta(days=60)
"""A body that is new here writes down everything at once, its handover too."""


@dataclass(frozen=True)
class Hands:
    """The accounts of the people of one handover by their identifier, and what their ties are measured by.

    ``began``: when the change of the board did, ``settled``: what is older proves something; ``offices``: by person,
    when the office held before was noted; ``present``: the accounts that have a role in the association; ``shared``:
    the addresses that several records outside one household give, or the association itself.
    """

    began: datetime
    settled: datetime
    offices: Mapping[int, datetime]
    accounts: Mapping[int, Account]
    present: frozenset[int]
    shared: frozenset[str]

    def is_own(self, signer: HandoverPerson, account_id: int | None) -> bool:
        """Whether an account is tied to the record of who is to sign."""
        account = self.accounts.get(account_id or 0)
        return account is not None and account.person_id == signer.person_id

    def speaks_for(self, signer: HandoverPerson, account_id: int | None) -> bool:
        """Whether an account signs for somebody by itself."""
        return self.is_own(signer, account_id) and self.objection(signer, self.accounts[account_id or 0]) is None

    def objection(self, signer: HandoverPerson, account: Account) -> Any:  # noqa: ANN401  # a sentence, or None
        """Why the account tied to somebody's record does not sign for them by itself; None when it does."""
        if any(one.account_id == account.id for one in signer.handover.people if one.person_id != signer.person_id):
            return _l("ce compte a déjà signé pour quelqu’un d’autre")
        if (signer.side == Side.OUTGOING or signer.stands_in) and not self._held_office(signer):
            return _l("la fonction n’a été notée, ou corrigée, qu’au changement de bureau")
        if self._is_fresh(_named_since(signer)):
            return _l("le nom de la fiche a changé depuis")
        return self._doubt_of_address(signer, account) if self._is_fresh(account.tied_at) else None

    def _doubt_of_address(self, signer: HandoverPerson, account: Account) -> Any:  # noqa: ANN401  # a sentence, or None
        """Whether a tie as recent as the new board stands on the address that the record gave long before."""
        return _tied_since(account) if account.email != _address(signer) else self.doubt_of_record(signer)

    def doubt_of_record(self, signer: HandoverPerson) -> Any:  # noqa: ANN401  # a sentence, or None
        """Why the address of somebody's record does not make an account theirs that is opened now."""
        address, since = _address(signer), _reached_since(signer)
        if not address:
            return _l("la fiche ne donne pas d’adresse électronique")
        others = [one for one in signer.handover.people if one.person_id != signer.person_id]
        if any(_address(one) == address and one.side != signer.side for one in others):
            return _l("quelqu’un de l’autre côté a la même adresse")
        if address in self.shared:
            return _l("d’autres fiches, ou l’association, donnent aussi cette adresse")
        if since is not None and self._is_fresh(since):
            return _l("la fiche ne donne cette adresse que depuis le %(day)s", day=said(day_of(since)))
        return None

    def _is_fresh(self, since: datetime | None) -> bool:
        return since is not None and since > self.settled

    def _held_office(self, signer: HandoverPerson) -> bool:
        noted = self.offices.get(signer.person_id)
        return noted is not None and noted <= self.began

    def stands_beside(self, signer: HandoverPerson, account_id: int | None) -> bool:
        """Whether an account is of somebody else on the same side, and on no other, for whom it speaks."""
        stands = [one for one in signer.handover.people if self.is_own(one, account_id)]
        return {one.side for one in stands} == {signer.side} and all(
            one is not signer and self.speaks_for(one, account_id) for one in stands
        )

    def may_sign_here(self, signer: HandoverPerson) -> bool:
        """Whether somebody has an account in the association that signs for them by itself."""
        return any(self.speaks_for(signer, number) for number in self.present)

    def doubtful(self, signer: HandoverPerson) -> Account | None:
        """The account of somebody, with a role in the association, that does not sign by itself."""
        mine = (self.accounts[number] for number in sorted(self.present) if self.is_own(signer, number))
        return next((one for one in mine if self.objection(signer, one) is not None), None)


def _address(signer: HandoverPerson) -> str:
    """The address of their record: as it is until the content is frozen, then as it was."""
    is_draft = signer.handover.stage == Stage.DRAFT
    return ((signer.person.email if is_draft else signer.sealed_email) or "").strip().lower()


def _reached_since(signer: HandoverPerson) -> datetime | None:
    return signer.person.email_since if signer.handover.stage == Stage.DRAFT else signer.sealed_email_since


def _named_since(signer: HandoverPerson) -> datetime | None:
    return signer.person.name_since if signer.handover.stage == Stage.DRAFT else signer.sealed_name_since


def _tied_since(account: Account) -> Any:  # noqa: ANN401  # a sentence
    day = said(account.tied_on) if account.tied_on is not None else ""
    if account.tied_on_the_word_of:
        return _l(
            "il n’est relié à la fiche que depuis le %(day)s, par %(name)s", day=day, name=account.tied_on_the_word_of
        )
    return _l("il n’est relié à la fiche que depuis le %(day)s", day=day)


def hands_of(session: Session, handover: Handover, *, on: date) -> Hands:
    """Read who stands behind the accounts of a handover, with the same few questions for any number of people."""
    people = {one.person_id for one in handover.people}
    found = {one.id: one for one in session.scalars(select(Account).where(Account.person_id.in_(people)))}
    present = frozenset(session.scalars(_still_there(handover, on).where(RoleGrant.account_id.in_(found))))
    began, settled = _since_when(session, handover)
    return Hands(began, settled, _offices(session, handover), found, present, _shared(session, handover))


def _still_there(handover: Handover, on: date) -> Select[int]:
    """The open accounts that have a role in the association, or had one shortly before the change of its board."""
    sealed, done = handover.sealed_at, handover.signed_at
    waits = sealed is not None and (done is None or on - day_of(done) <= _READ_AGAIN)
    since = min(on, day_of(sealed), handover.takes_over_on) - SETTLED if sealed is not None and waits else on
    last = func.coalesce(RoleGrant.ended_on, RoleGrant.until)
    return (
        select(RoleGrant.account_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.body_id == handover.body_id, Account.closed_at.is_(None), or_(last.is_(None), last >= since))
    )


def is_still_there(session: Session, handover: Handover, account_id: int, *, on: date) -> bool:
    """Whether an account may come to a handover: whose access ended since it was sealed still signs it."""
    return session.scalar(_still_there(handover, on).where(RoleGrant.account_id == account_id).limit(1)) is not None


def _since_when(session: Session, handover: Handover) -> tuple[datetime, datetime]:
    """When the change of the board began, and what is older than its preparations.

    It began with the first of: its day, the first draft for that day, whatever became of it, the first note of an
    office that begins with it. A body that is being set up has nothing older: there its first draft of all counts.
    """
    drafts = select(func.min(Handover.created_at)).where(Handover.body_id == handover.body_id)
    mandates = select(func.min(Mandate.created_at)).where(Mandate.body_id == handover.body_id)
    opened = openings(session, frozenset({handover.body_id})).get(handover.body_id)
    known = [one for one in (session.scalar(mandates), opened.at if opened is not None else None) if one is not None]
    if known and handover.created_at - min(known) <= _SETTING_UP:
        first = session.scalar(drafts) or handover.created_at
        return first, first
    drafted = session.scalar(drafts.where(Handover.takes_over_on == handover.takes_over_on)) or handover.created_at
    noted = session.scalar(mandates.where(Mandate.since_sort >= handover.takes_over_on - _SETTING_UP))
    taken_over = datetime.combine(handover.takes_over_on, time.min, ZoneInfo(handover.body.timezone)).astimezone(UTC)
    began = min(drafted, taken_over, noted or drafted)
    return began, began - SETTLED


def _offices(session: Session, handover: Handover) -> dict[int, datetime]:
    """When an office that somebody held until the change, or holds on, was noted as it is, in the body."""
    before = or_(Mandate.since_sort.is_(None), Mandate.since_sort < handover.takes_over_on)
    lasting = or_(Mandate.until_sort.is_(None), Mandate.until_sort >= handover.takes_over_on - timedelta(days=1))
    rows = session.execute(
        select(Mandate.person_id, Mandate.created_at, Mandate.recast_at)
        .where(Mandate.body_id == handover.body_id, Mandate.trashed_at.is_(None), before, lasting)
        .where(Mandate.person_id.in_({one.person_id for one in handover.people}))
    )
    found: dict[int, datetime] = {}
    for person, noted, recast in rows:
        since = max(noted, recast or noted)
        found[person] = min(found.get(person, since), since)
    return found


def _shared(session: Session, handover: Handover) -> frozenset[str]:
    """The addresses of a handover that are no one's own: a couple may share one, not several households."""
    wanted = {address for one in handover.people if (address := _address(one))}
    rows = session.execute(
        select(func.lower(Person.email), Person.id, Member.household_id)
        .outerjoin(Member, and_(Member.person_id == Person.id, Member.body_id == handover.body_id))
        .where(Person.kept_by_body_id == handover.body_id, Person.trashed_at.is_(None))
        .where(func.lower(Person.email).in_(wanted))
    )
    homes: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for address, person, household in rows:
        homes[address].add(("household", household) if household is not None else ("person", person))
    several = {address for address, found in homes.items() if len(found) > 1}
    return frozenset(several | ({handover.body.email.strip().lower()} & wanted))
