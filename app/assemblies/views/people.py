"""Who is called, and the convocation itself."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import ValidationError

from app.access.gate import actor, may, requires
from app.accounts.replying import answers_to
from app.assemblies import queries
from app.assemblies.documents import convocation_text
from app.assemblies.entitled import people_to_call
from app.assemblies.forms import NamesForm, SeatForm
from app.assemblies.labels import DISPATCHES
from app.assemblies.models import Dispatch, Status
from app.assemblies.policy import AssemblyAction
from app.assemblies.queries.reach import called, unreached
from app.assemblies.reckoning import unsaid
from app.assemblies.reserves import reservations
from app.assemblies.services import calling, convening
from app.assemblies.services.doubled import changes
from app.assemblies.telling import why_unknown
from app.assemblies.views.blueprint import answer, assembly_again, blueprint, seat_again
from app.assemblies.views.crowd import crowd_of
from app.database.unit import writing
from app.extensions import db
from app.law.assembly import latest_sending
from app.mail.services import Letter
from app.people.fields import read_day
from app.people.forms import blame
from app.people.queries import likely_doubles
from app.shared import clock
from app.shared.clock import day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.assemblies.models import Assembly, AssemblySeat
    from app.law.statutes import Statutes

    Page = Response | str | tuple[str, int]


@blueprint.route("/<int:assembly_id>/personnes", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def people(assembly: Assembly) -> Page:
    """Who is called; several names may be added at once."""
    number, form = assembly.id, NamesForm()
    statutes = queries.statutes_of(db.session(), assembly, day_of(assembly.starts_at))
    proposed = people_to_call(db.session(), assembly, statutes)
    known = {seat.person_id for seat in assembly.seats if seat.person_id}
    names = {seat.name for seat in assembly.seats if not seat.person_id}
    if form.validate_on_submit():
        facts = [_voice_of(_known_person(one, assembly.body_id), proposed) for one in form.facts()]
        try:
            with writing() as session:
                calling.call_people(session, assembly_again(number), facts, by=actor(), at=clock.now())
        except DomainError as error:
            blame(form, "names", error.sentence)
        else:
            if guests := [one.name for one in facts if not one.may_vote]:
                flash(
                    _(
                        "Sans droit de vote, faute d’être sur votre liste : %(names)s. "
                        "Ouvrez la ligne d’une personne pour lui donner une voix.",
                        names=", ".join(guests),
                    ),
                    "wait",
                )
            return redirect(url_for("assemblies.people", assembly_id=number))
    fresh = assembly_again(number)
    return answer(
        "assemblies/people.html",
        form,
        assembly=fresh,
        shown=crowd_of(fresh.seats, "assemblies.people", number, section="personnes"),
        missing=[one for one in proposed if one.person_id not in known and one.name not in names],
        total=len(proposed),
        statutes=statutes,
        dispatches=DISPATCHES,
    )


def _known_person(facts: calling.SeatFacts, body_id: int) -> calling.SeatFacts:
    """Whoever has one record of that name in the association is that person; with two, nobody guesses."""
    found = likely_doubles(db.session(), frozenset({body_id}), facts.name)
    if len(found) != 1:
        return facts
    return replace(facts, person_id=found[0].id, email=facts.email or found[0].email)


def told_of_doubles(session: Session, persons: Collection[int]) -> list[object]:
    """What changes in the meetings to come once these persons are one, for who may see them."""
    return [sentence for one, sentence in changes(session, persons) if may(AssemblyAction.VIEW, one)]


def _voice_of(facts: calling.SeatFacts, proposed: Sequence[calling.SeatFacts]) -> calling.SeatFacts:
    """Who is not on the lists comes with a voice only, where there are lists; the person says otherwise afterwards."""
    listed = next((one for one in proposed if one.person_id and one.person_id == facts.person_id), None)
    if listed is not None:
        return replace(facts, may_vote=listed.may_vote, why_not=listed.why_not)
    if not proposed:
        return facts
    return replace(facts, may_vote=False, why_not=_("n’est pas sur la liste"))


@blueprint.post("/<int:assembly_id>/personnes/listes")
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def fill_people(assembly: Assembly) -> Response:
    """Call everybody whom the lists name."""
    number = assembly.id
    with writing() as session:
        fresh = assembly_again(number)
        statutes = queries.statutes_of(session, fresh, day_of(fresh.starts_at))
        proposed = people_to_call(session, fresh, statutes)
        made = len(calling.call_people(session, fresh, proposed, by=actor(), at=clock.now()))
    flash(ngettext("%(num)s personne est ajoutée.", "%(num)s personnes sont ajoutées.", made), "done")
    return redirect(url_for("assemblies.people", assembly_id=number))


@blueprint.route("/personnes/<int:seat_id>", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.seat_by_id)
def seat(seat: AssemblySeat) -> Page:
    """Correct how somebody is called."""
    number, back, person, form = seat.id, seat.assembly_id, seat.person_id, SeatForm()
    if not form.is_submitted():
        form.show(seat)
    elif form.validate():
        facts = form.facts(person)
        try:
            with writing() as session:
                calling.change_seat(session, seat_again(number), facts, by=actor(), at=clock.now())
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            flash(_("C’est noté."), "done")
            return redirect(url_for("assemblies.people", assembly_id=back))
    return answer("assemblies/seat.html", form, seat=seat_again(number), assembly=assembly_again(back))


@blueprint.post("/personnes/<int:seat_id>/retirer")
@requires(AssemblyAction.EDIT, on=queries.seat_by_id)
def uncall(seat: AssemblySeat) -> Response:
    """Take somebody off the list."""
    number, back = seat.id, seat.assembly_id
    with writing() as session:
        calling.uncall(session, seat_again(number), by=actor(), at=clock.now())
    flash(_("La personne n’est plus sur la liste."), "done")
    return redirect(url_for("assemblies.people", assembly_id=back))


@blueprint.route("/<int:assembly_id>/convocation", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def convocation(assembly: Assembly) -> Page:
    """See what leaves, for whom, by when; then send it."""
    number, error = assembly.id, None
    statutes = queries.statutes_of(db.session(), assembly, day_of(assembly.starts_at))
    if request.method == "POST":
        calls = _calls(assembly, statutes)
        try:
            with writing() as session:
                sent = convening.convene(
                    session,
                    assembly_again(number),
                    calls,
                    is_meant="is_meant" in request.form,
                    by=actor(),
                    at=clock.now(),
                )
        except DomainError as failure:
            error = failure
        else:
            flash(
                ngettext("%(num)s convocation part par courriel.", "%(num)s convocations partent par courriel.", sent)
                if sent
                else _("La convocation est arrêtée ; aucun courriel ne restait à envoyer."),
                "done",
            )
            return redirect(url_for("assemblies.convocation", assembly_id=number))
    return _convocation_page(assembly_again(number), statutes, error)


def _convocation_page(assembly: Assembly, statutes: Statutes, error: DomainError | None) -> Page:
    days, unread = convening.notice_required(assembly, statutes), unreached(db.session(), assembly)
    example = next((one for one in assembly.seats if one.email), None)
    subject, text = convocation_text(assembly, statutes, example, "") if example else ("", "")
    return answer(
        "assemblies/convocation.html",
        None,
        wrong=error is not None,
        assembly=assembly,
        shown=crowd_of(assembly.seats, "assemblies.convocation", assembly.id, section="envois"),
        held_on=day_of(assembly.starts_at),
        error=error,
        is_short=isinstance(error, convening.ShortNotice),
        statutes=statutes,
        reserved=reservations(assembly, statutes),
        sees_body=may(AssemblyAction.VIEW, assembly.body),
        unsaid=unsaid(assembly),
        notice_days=days,
        notice_clause=statutes.clause(convening.notice_source(assembly, statutes)),
        unknown_notice=why_unknown(assembly, queries.rules_of(db.session(), assembly.body_id), "notice_days")
        if days is None
        else "",
        latest=(latest := latest_sending(days, day_of(assembly.starts_at))),
        is_late=assembly.status == Status.DRAFT and latest is not None and latest < clock.today(),
        today=clock.today(),
        unsent=[one for one in called(assembly) if one.dispatch == Dispatch.UNSENT],
        by_post=[
            one for one in called(assembly) if (one.dispatch != Dispatch.EMAIL and not one.email) or one in unread
        ],
        unread=unread,
        dispatches=DISPATCHES,
        answers_to=answers_to(assembly.body),
        subject=subject,
        text=text,
        is_draft=assembly.status == Status.DRAFT,
    )


def _calls(assembly: Assembly, statutes: Statutes) -> list[convening.Call]:
    """A letter and a personal link for everybody who has an address and was sent nothing yet."""
    base = str(current_app.config["SETTINGS"].base_url).rstrip("/")
    calls, reply_to = [], answers_to(assembly.body)
    for one in called(assembly):
        if not one.email or one.dispatch != Dispatch.UNSENT:
            continue
        token = secrets.token_urlsafe(24)
        url = base + url_for("assemblies.personal", token=token)
        subject, text = convocation_text(assembly, statutes, one, url)
        letter = Letter(
            to=one.email,
            name=one.name,
            subject=subject,
            text=text,
            reply_to=reply_to,
            from_name=assembly.body.name,
            body_id=assembly.body_id,
            is_secret=True,
        )
        calls.append(convening.Call(seat_id=one.id, letter=letter, link_hash=link_hash(token)))
    return calls


def link_hash(token: str) -> str:
    """What is kept of a personal link."""
    return hashlib.sha256(token.encode()).hexdigest()


@blueprint.post("/<int:assembly_id>/envois")
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def note_dispatch(assembly: Assembly) -> Page:
    """Note the letters that were posted or handed over."""
    number = assembly.id
    try:
        day = read_day(request.form.get("day"))
    except ValidationError as error:
        flash(str(error), "stop")
        return redirect(url_for("assemblies.convocation", assembly_id=number))
    how = request.form.get("how", "")
    chosen = {int(raw) for raw in request.form.getlist("seat") if raw.isdecimal() and len(raw) < 10}  # noqa: PLR2004
    if how not in {Dispatch.LETTER, Dispatch.HAND}:
        abort(400)
    sent: dict[int, tuple[Dispatch, date]] = {one: (Dispatch(how), day or clock.today()) for one in chosen}
    with writing() as session:
        noted = convening.note_dispatch(session, assembly_again(number), sent, by=actor(), at=clock.now())
    flash(ngettext("%(num)s envoi est noté.", "%(num)s envois sont notés.", noted), "done")
    return redirect(url_for("assemblies.convocation", assembly_id=number))
