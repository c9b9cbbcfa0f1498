"""What an agenda at a secret address shows today; telephones ask for it every hour.

It shows nothing that those for whom it was opened may no longer see: the person of a personal one, otherwise the body
in whose name it was opened. The team's own, which says telephones and preparations, ends with the access of who opened
it, for they know its address. Whoever reads it is then told so (:func:`over_text`): an agenda never just falls silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import Integer, and_, bindparam, exists, false, func, not_, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account, RoleGrant
from app.bodies.models import Body, FederationMember
from app.ceremonies.models import CalendarFeed, Ceremony, ceremony_twinning
from app.ceremonies.queries import is_visible_to
from app.documents import ics
from app.shared.clock import PARIS
from app.twinnings.models import TwinningParty

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import BindParameter, ColumnElement, Connection, Select


@dataclass(frozen=True)
class FeedState:
    """What an open calendar shows and when that last changed: enough to answer « unchanged »."""

    id: int
    label: str
    language: str
    ceremony_id: int | None
    twinning_id: int | None
    account_id: int | None
    body_id: int | None
    created_at: datetime
    opener_id: int | None
    count: int
    ids: int
    versions: int
    changed_at: datetime | None
    is_shared: bool
    is_opener_gone: bool

    @property
    def is_over(self) -> bool:
        """Whether those for whom it was opened may no longer see any of it."""
        return not self.is_shared or self.is_opener_gone


_ON: BindParameter[date] = bindparam("on")
_ACCOUNT: BindParameter[int] = bindparam("account")
_WANTED: BindParameter[int] = bindparam("wanted")
_BODY: BindParameter[int | None] = bindparam("body", type_=Integer)
_TOKEN: BindParameter[str] = bindparam("token")
_OPENER: BindParameter[int | None] = bindparam("opener", type_=Integer)


def _bodies_of(account: ColumnElement[int] | ColumnElement[int | None]) -> Select[int]:
    """The bodies in which an account holds a role on the day."""
    return (
        select(RoleGrant.body_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .join(Body, Body.id == RoleGrant.body_id)
        .where(
            RoleGrant.account_id == account,
            RoleGrant.since <= _ON,
            or_(RoleGrant.until.is_(None), RoleGrant.until >= _ON),
            Account.closed_at.is_(None),
            Body.trashed_at.is_(None),
        )
    )


_ADVISED = select(FederationMember.body_id).where(FederationMember.federation_id == _BODY)
_PARTY = and_(TwinningParty.left_on.is_(None), or_(TwinningParty.body_id == _BODY, TwinningParty.body_id.in_(_ADVISED)))
_ONE = aliased(Ceremony)
_HELD = exists(1).where(
    _ONE.id == _WANTED,
    or_(
        _ONE.owner_body_id == _BODY,
        _ONE.host_body_id == _BODY,
        exists(1).where(
            ceremony_twinning.c.ceremony_id == _ONE.id,
            ceremony_twinning.c.twinning_id == TwinningParty.twinning_id,
            _PARTY,
        ),
    ),
)
_STILL_SHARED = {
    "ceremony_id": or_(_BODY.is_(None), _HELD),
    "twinning_id": or_(_BODY.is_(None), exists(1).where(TwinningParty.twinning_id == _WANTED, _PARTY)),
    "account_id": _bodies_of(_ACCOUNT).exists(),
}
_OPENERS = _bodies_of(_OPENER)
_STAYS = or_(
    _OPENER.is_(None),
    _BODY.is_(None),
    _BODY.in_(_OPENERS),
    exists(1).where(
        TwinningParty.twinning_id == _WANTED, TwinningParty.left_on.is_(None), TwinningParty.body_id.in_(_OPENERS)
    ),
)
_OPENER_GONE = {"twinning_id": not_(_STAYS)}
_IN_FEED = {
    "ceremony_id": Ceremony.id == _WANTED,
    "twinning_id": Ceremony.id.in_(
        select(ceremony_twinning.c.ceremony_id).where(ceremony_twinning.c.twinning_id == _WANTED)
    ),
    "account_id": is_visible_to(_bodies_of(_ACCOUNT)),
}
_FEED = select(
    CalendarFeed.id,
    CalendarFeed.label,
    CalendarFeed.language,
    CalendarFeed.ceremony_id,
    CalendarFeed.twinning_id,
    CalendarFeed.account_id,
    CalendarFeed.body_id,
    CalendarFeed.created_at,
    CalendarFeed.created_by_id,
).where(CalendarFeed.token == _TOKEN, CalendarFeed.revoked_at.is_(None))
_SUMS = {
    scope: select(
        func.count(Ceremony.id),
        func.coalesce(func.sum(Ceremony.id), 0),
        func.coalesce(func.sum(Ceremony.calendar_version), 0),
        func.max(Ceremony.calendar_changed_at),
        _STILL_SHARED[scope].label("is_shared"),
        _OPENER_GONE.get(scope, false()).label("is_opener_gone"),
    ).where(shown, Ceremony.trashed_at.is_(None))
    for scope, shown in _IN_FEED.items()
}
_TEXTS = {
    scope: select(Ceremony.calendar_text, Ceremony.calendar_zones)
    .where(shown, Ceremony.trashed_at.is_(None), Ceremony.calendar_text != "")
    .order_by(Ceremony.sort_day, Ceremony.id)
    for scope, shown in _IN_FEED.items()
}
"""Statements of the feeds, built once: building one costs more than running it."""


def feed_scope(connection: Connection, token: str, *, on: date) -> FeedState | None:
    """The state of the calendar at a secret address, or None when it never was or is revoked; two small reads.

    A bare connection: a session costs as much again, and phones ask this every hour.
    """
    row = connection.execute(_FEED, {"token": token}).first()
    if row is None:
        return None
    scope, wanted = _scope(row.ceremony_id, row.twinning_id)
    given = {"wanted": wanted, "account": row.account_id, "body": row.body_id, "opener": row.created_by_id, "on": on}
    sums = connection.execute(_SUMS[scope], given).one()
    return FeedState(*row, *sums)


def feed_texts(connection: Connection, state: FeedState, *, on: date) -> tuple[list[str], dict[str, tuple[int, int]]]:
    """The entries of several ceremonies as they are kept, and the zones and years they fall in."""
    scope, wanted = _scope(state.ceremony_id, state.twinning_id)
    given = {"wanted": wanted, "account": state.account_id, "on": on}
    texts: list[str] = []
    zones: dict[str, tuple[int, int]] = {}
    for text, named in connection.execute(_TEXTS[scope], given):
        texts.append(text)
        for zone, (first, last) in named.items():
            known = zones.get(zone, (first, last))
            zones[zone] = (min(known[0], first), max(known[1], last))
    return texts, zones


def over_text(state: FeedState, *, on: date) -> str:
    """The one entry, on today's page, of an agenda that shows nothing any more: why, and what to do."""
    with force_locale(state.language):
        summary = _("L’agenda « %(label)s » ne montre plus rien", label=state.label)
        if state.account_id is not None:
            why = _("La personne qui suivait cet agenda n’a plus de rôle dans aucun organisme.")
        elif state.is_shared:
            why = _("La personne qui a ouvert cet agenda n’a plus de rôle dans l’organisme.")
        else:
            why = _("L’organisme qui a ouvert cet agenda ne fait plus partie de ce jumelage.")
        what = _("Supprimez cet abonnement. Au besoin, demandez une nouvelle adresse à l’organisme.")
    entry = ics.CalendarEntry(
        uid=f"agenda-{state.id}@trait-d-union",
        summary=summary,
        stamp=datetime.combine(on, time(), PARIS).astimezone(UTC),
        start=on,
        sequence=on.toordinal(),
        description=f"{why}\n{what}",
    )
    return ics.vevent(entry)


def _scope(ceremony_id: int | None, twinning_id: int | None) -> tuple[str, int | None]:
    if ceremony_id is not None:
        return "ceremony_id", ceremony_id
    return ("twinning_id", twinning_id) if twinning_id is not None else ("account_id", None)
