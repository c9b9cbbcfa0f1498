"""What volunteers give, with yearly totals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.database.unit import writing
from app.extensions import db
from app.members.forms.stays import TimeForm
from app.members.models import VolunteerEntry
from app.members.policy import MemberAction
from app.members.queries.roll import members_since, roll_of
from app.members.queries.volunteers import PAGE, page_of_gifts, yearly_totals
from app.members.services.volunteers import note_gift, trash_gift
from app.members.views.ground import blueprint, body_again, crumbs
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.members.queries.roll import Roll

    Page = Response | str | tuple[str, int]

_MOST = 2000


@blueprint.route("/<int:body_id>/benevolat", methods=["GET", "POST"])
@requires(MemberAction.KEEP, on=roll_of)
def volunteers(roll: Roll) -> Page:
    """Hours and contributions in kind, and how to note one."""
    session, body, number = db.session(), roll.body, roll.body.id
    today = clock.today()
    known = members_since(number, date(today.year - 1, 1, 1), on=today)
    members = session.scalars(known.limit(_MOST)).all()
    form = TimeForm().offer(members)
    if not form.is_submitted():
        form.given_on.data = f"{clock.today():%d/%m/%Y}"
    if form.validate_on_submit():
        try:
            command = form.command()
            with writing() as unit:
                note_gift(unit, body_again(number), command, by=actor(), at=clock.now())
            flash(_("C’est noté : merci à qui a donné."), "done")
            return redirect(url_for("members.volunteers", body_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    after = _after(request.args.get("apres", ""))
    found = page_of_gifts(session, number, after=after)
    last = f"{found[PAGE - 1].given_on.isoformat()}~{found[PAGE - 1].id}" if len(found) > PAGE else ""
    page = render_template(
        "members/volunteers.html",
        body=body,
        form=form,
        gifts=found[:PAGE],
        totals=yearly_totals(session, number),
        pages={
            "previous_url": url_for("members.volunteers", body_id=number) if after else None,
            "next_url": url_for("members.volunteers", body_id=number, apres=last) if last else None,
        },
        crumbs=crumbs(body),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _of_list(session: Session, body_id: int, entry_id: int) -> Roll | None:
    del entry_id
    return roll_of(session, body_id)


@blueprint.post("/<int:body_id>/benevolat/<int:entry_id>/corbeille")
@requires(MemberAction.KEEP, on=_of_list)
def trash_volunteer(roll: Roll) -> Response:
    """Take back what was noted by mistake."""
    number, entry_id = roll.body.id, int((request.view_args or {})["entry_id"])
    with writing() as unit:
        entry = unit.get(VolunteerEntry, entry_id)
        if entry is None or entry.body_id != number:
            abort(404)
        trash_gift(unit, entry, by=actor(), at=clock.now())
    flash(_("C’est retiré."), "done")
    return redirect(url_for("members.volunteers", body_id=number))


def _after(raw: str) -> tuple[date, int] | None:
    day, _tilde, number = raw.partition("~")
    try:
        read = date.fromisoformat(day)
    except ValueError:
        return None
    return (read, int(number)) if number.isascii() and number.isdecimal() and len(number) < 10 else None  # noqa: PLR2004  # an integer
