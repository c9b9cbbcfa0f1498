"""Whose hand an account is: whether its signature is its person's, or the word of who tied it.

Who administers a body ties accounts to records and writes addresses on them. Done since the handover began, one person
could so be the only one behind the signatures of both sides: such an account signs with the copy of the paper, or
somebody of its person's own side says that they signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.accounts.models import Account
from app.accounts.queries import openings, roles_of_body
from app.handover.models import Handover

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from app.handover.models import HandoverPerson


@dataclass(frozen=True)
class Hands:
    """The accounts of the people of one handover by their identifier, and from when on their ties are looked at.

    ``present``: those that have a role in the association; an account without one signs nothing.
    """

    began: datetime
    accounts: Mapping[int, Account]
    present: frozenset[int]

    def is_own(self, signer: HandoverPerson, account_id: int | None) -> bool:
        """Whether an account is tied to the record of who is to sign."""
        account = self.accounts.get(account_id or 0)
        return account is not None and account.person_id == signer.person_id

    def speaks_for(
        self, signer: HandoverPerson, account_id: int | None, *, asked: Collection[int] = frozenset()
    ) -> bool:
        """Whether an account is this person's on more than the word of who could stand on the other side.

        It is when it was tied before the handover began, when the record gave its address by then, or when somebody
        who speaks for that side, and no other, tied it. What is not known, of long ago, is held against nobody.
        """
        account = self.accounts.get(account_id or 0)
        if account is None or account.person_id != signer.person_id:
            return False
        if account.tied_at is None or account.tied_at <= self.began:
            return True
        since = signer.sealed_email_since
        if account.email == (signer.sealed_email or "").strip().lower() and (since is None or since <= self.began):
            return True
        said = account.tied_by_id
        return said not in {None, account.id, *asked} and self.vouches_for(signer, said, asked={*asked, account.id})

    def vouches_for(
        self, signer: HandoverPerson, account_id: int | None, *, asked: Collection[int] = frozenset()
    ) -> bool:
        """Whether the word of an account is enough for somebody: it stands on their side, and on no other."""
        account = self.accounts.get(account_id or 0)
        stands = [one for one in signer.handover.people if account is not None and one.person_id == account.person_id]
        return {one.side for one in stands} == {signer.side} and all(
            self.speaks_for(one, account_id, asked=asked) for one in stands
        )

    def may_sign_here(self, signer: HandoverPerson) -> bool:
        """Whether somebody has an account in the association that speaks for them."""
        return any(number in self.present and self.speaks_for(signer, number) for number in self.accounts)

    def doubtful(self, signer: HandoverPerson) -> Account | None:
        """The account of somebody, with a role in the association, that does not sign by itself."""
        mine = (self.accounts[number] for number in sorted(self.present) if self.is_own(signer, number))
        return next((one for one in mine if not self.speaks_for(signer, one.id)), None)


def hands_of(session: Session, handover: Handover, *, on: date) -> Hands:
    """Read who stands behind the accounts of a handover, with the same few questions for any number of people."""
    people = {one.person_id for one in handover.people}
    found = {one.id: one for one in session.scalars(select(Account).where(Account.person_id.in_(people)))}
    present = {one.account_id for one in roles_of_body(session, handover.body_id, on=on)}
    return Hands(_began(session, handover), found, frozenset(present & set(found)))


def _began(session: Session, handover: Handover) -> datetime:
    """From when on no tie and no address is taken on one word: the first hour of the new board.

    A body that came later is set up to prepare its handover: there it is the first draft for that day that counts,
    whatever became of it.
    """
    of_that_day = (Handover.body_id == handover.body_id, Handover.takes_over_on == handover.takes_over_on)
    drafted = session.scalar(select(func.min(Handover.created_at)).where(*of_that_day)) or handover.created_at
    taken_over = datetime.combine(handover.takes_over_on, time.min, ZoneInfo(handover.body.timezone)).astimezone(UTC)
    opened = openings(session, frozenset({handover.body_id})).get(handover.body_id)
    return drafted if opened is not None and opened.at > taken_over else min(drafted, taken_over)
