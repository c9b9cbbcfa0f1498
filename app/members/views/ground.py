"""The room's blueprint, and what several of its pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.bodies.models import BodyKind, Function
from app.bodies.queries import mandates_in_office
from app.extensions import db
from app.members.queries.dues import period_by_id
from app.members.queries.roll import member_by_id, members_of_household, roll_of
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.members.models import DuesPeriod, Member
    from app.members.queries.roll import Roll

blueprint = Blueprint("members", __name__, url_prefix="/membres")


def crumbs(body: Body, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to the list."""
    return [
        (_("Membres"), url_for("members.index")),
        (body.name, url_for("members.roll", body_id=body.id)),
        *more,
    ]


def member_again(member_id: int) -> Member:
    """The member as it is now, inside the writing transaction."""
    return member_by_id(db.session(), member_id) or abort(404)


def body_again(body_id: int) -> Body:
    """The body as it is now, inside the writing transaction."""
    roll: Roll | None = roll_of(db.session(), body_id)
    return roll.body if roll else abort(404)


def family(body: Body) -> frozenset[int]:
    """The bodies whose address book a list of members may draw from: a régie shares that of its commune."""
    is_service = body.kind == BodyKind.COMMITTEE_SERVICE and body.parent_id is not None
    return frozenset({body.id, body.parent_id} if is_service else {body.id})  # type: ignore[arg-type]  # not None here


def treasurer_of(body: Body, on: date | None = None) -> str:
    """Who keeps the money on a day, else who presides; empty when nobody is known."""
    held = {one.function: one.person.name for one in mandates_in_office(db.session(), body.id, on=on or clock.today())}
    return held.get(Function.TREASURER) or held.get(Function.PRESIDENT, "")


def dues_crumbs(body_id: int, thing: Roll | DuesPeriod) -> list[tuple[str, str]]:
    """The way back to the dues."""
    return crumbs(thing.body, (_("Cotisations"), url_for("members.dues", body_id=body_id)))


def paid_period(session: Session, period_id: int, member_id: int) -> DuesPeriod | None:
    """The period; the member is looked for in its body."""
    del member_id
    return period_by_id(session, period_id)


def household_of(period: DuesPeriod, member_id: int) -> Sequence[Member]:
    """A member with the household, of the body of this period."""
    member = member_by_id(db.session(), member_id)
    if member is None or member.body_id != period.body_id or member.trashed_at or member.erased_at:
        abort(404)
    if member.household_id is None:
        return [member]
    together = [one for one in members_of_household(db.session(), member.household_id) if one.erased_at is None]
    return sorted(together, key=lambda one: one.until is not None)


def number(value: Decimal) -> str:
    """A number without useless zeros, as the reader writes it: « 7,5 », "7.5"."""
    return str(format_decimal(value, format="#,##0.##"))


def pdf(content: bytes, name: str) -> Response:
    """A PDF to be opened in the browser."""
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=name)
    return response
