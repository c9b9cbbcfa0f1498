"""The personal link of the convocation: no account, one page, answer and vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.access.gate import public
from app.assemblies import queries
from app.assemblies.course import course_of, in_hand
from app.assemblies.finding import bearers
from app.assemblies.labels import KINDS
from app.assemblies.models import AssemblyKind, Channel, ItemKind, Presence, Status
from app.assemblies.services import answering, holding, voting
from app.assemblies.services.settling import BadVote
from app.assemblies.views.blueprint import answer, assembly_again, blueprint, item_again, seat_again
from app.assemblies.views.people import link_hash
from app.database.unit import writing
from app.extensions import db
from app.people.fields import whole
from app.shared import clock
from app.shared.actor import Actor
from app.shared.clock import PARIS, day_of
from app.shared.errors import DomainError
from app.shared.folding import fold

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.assemblies.models import Assembly, AssemblySeat

    Page = Response | str | tuple[str, int]


def _seat(token: str) -> AssemblySeat:
    return queries.seat_of_link(db.session(), link_hash(token)) or abort(404)


def _somebody() -> Actor:
    """Who answers or votes, as the journal names them: not everybody who reads it may see who is called."""
    return Actor(None, _("Une personne convoquée"))


@blueprint.get("/reponse/<string:token>")
@public
def personal(token: str) -> Page:
    """What one person needs: when, where, what, and what to answer."""
    return _page(token, _seat(token))


def _page(token: str, seat: AssemblySeat, error: DomainError | None = None) -> Page:
    assembly = assembly_again(seat.assembly_id)
    statutes = queries.statutes_of(db.session(), assembly, day_of(assembly.starts_at))
    open_items = [
        item
        for item in assembly.agenda
        if item.open_since is not None and not item.outcome and item.kind != ItemKind.INFORMATION
    ]
    course = course_of(assembly, statutes)
    mine = [one for one, fate in course.carried if one.giver_id == seat.id and fate.stands_at(0)]
    given = next(iter(mine), None)
    carried = [one.giver.name for one in course.standing(in_hand(assembly)) if one.holder_id == seat.id]
    voted = {
        (voice.item_id, voice.seat_id) for item in open_items for voice in item.voices if voice.round == item.round
    }
    standing = [(item, one) for item in open_items for one in course.standing(item)]
    return answer(
        "assemblies/personal.html",
        None,
        wrong=error is not None,
        token=token,
        seat=seat,
        assembly=assembly,
        error=error,
        kind=KINDS[AssemblyKind(assembly.kind)],
        held_on=day_of(assembly.starts_at),
        local=assembly.starts_at.astimezone(PARIS),
        statutes=statutes,
        given=given,
        carried=carried,
        lost=given is not None and not given.holder.votes,
        is_beyond=given is not None and given in course.aside(None),
        through={item.id: one.holder.name for item, one in standing if one.giver_id == seat.id},
        behalf={
            item.id: [one.giver for other, one in standing if other is item and one.holder_id == seat.id]
            for item in open_items
        },
        typed_holder=request.form.get("holder", "")[:240] if error is not None else given.holder.name if given else "",
        open_items=open_items,
        voted=voted,
        may_answer=assembly.status == Status.CONVENED,
    )


@blueprint.post("/reponse/<string:token>")
@public
def respond(token: str) -> Page:
    """Say that one comes, or not, or give a proxy."""
    seat = _seat(token)
    number, assembly_id, by = seat.id, seat.assembly_id, _somebody()
    what = request.form.get("answer", "")
    if what not in {"come", "remote", "excused", "proxy"}:
        abort(400)
    try:
        with writing() as session:
            assembly = assembly_again(assembly_id)
            mine = seat_again(number)
            holder = _holder(assembly, request.form.get("holder", "")) if what == "proxy" else None
            answering.answer(
                session,
                mine,
                Presence.EXCUSED if what in {"excused", "proxy"} else Presence.UNSAID,
                holder,
                by=by,
                at=clock.now(),
            )
    except DomainError as error:
        return _page(token, _seat(token), error)
    flash(_("Merci, votre réponse est notée. Vous pouvez encore en changer."), "done")
    return redirect(url_for("assemblies.personal", token=token))


def _holder(assembly: Assembly, typed: str) -> AssemblySeat:
    """Whom a name means: people know whom they trust, and a link shows nobody the list of members."""
    found = bearers(assembly.members, typed)
    if not fold(typed):
        raise holding.BadProxy(_("Écrivez à qui vous donnez pouvoir."))
    if len(found) > 1:
        sentence = _(
            "Plusieurs personnes portent le nom « %(name)s » : demandez à l’association de noter votre pouvoir.",
            name=typed[:240],
        )
        raise holding.BadProxy(sentence)
    if not found:
        sentence = _(
            "Aucune personne qui vote ne porte le nom « %(name)s » : écrivez son prénom et son nom en entier.",
            name=typed[:240],
        )
        raise holding.BadProxy(sentence)
    return found[0]


@blueprint.post("/reponse/<string:token>/vote/<int:item_id>")
@public
def vote(token: str, item_id: int) -> Page:
    """Vote on an item that is open, for oneself or for somebody whose proxy one carries."""
    seat = _seat(token)
    asked = request.form.get("giver", "")
    giver_id = whole(asked)
    number, assembly_id, by = seat.id, seat.assembly_id, _somebody()
    choices = request.form.getlist("choice")
    try:
        with writing() as session:
            item = item_again(item_id)
            if item.assembly_id != assembly_id:
                abort(404)
            mine = seat_again(number)
            giver = next((one for one in item.assembly.members if one.id == giver_id), None)
            if asked and giver is None:
                raise BadVote(_("Cette personne ne vote pas dans cette réunion."))
            whose, through = (mine, None) if giver is None else (giver, mine)
            voting.cast(session, item, whose, choices, Channel.ELECTRONIC, through=through, by=by, at=clock.now())
    except DomainError as error:
        return _page(token, _seat(token), error)
    flash(_("Votre vote est compté."), "done")
    return redirect(url_for("assemblies.personal", token=token))
