"""The page of an item on the evening: counts, candidates, rounds, the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, may, requires
from app.assemblies import queries
from app.assemblies.apart import seats_apart
from app.assemblies.course import course_of
from app.assemblies.finding import bearers
from app.assemblies.labels import BALLOTS, CHANNELS, MAJORITIES, OUTCOME_TONES, OUTCOMES, REASONS
from app.assemblies.minors import minors_told
from app.assemblies.models import Ballot, Channel, ItemKind, Status
from app.assemblies.policy import AssemblyAction
from app.assemblies.queries.reach import called
from app.assemblies.reckoning import (
    ABSTAINED,
    AGAINST,
    FOR,
    counted,
    election_of,
    has_thinned_out,
    is_opinion,
    result_of,
    room_at,
    unsaid,
    votes_in_room,
    wants_quorum,
)
from app.assemblies.reserves import reservations
from app.assemblies.services import electing, voting
from app.assemblies.services.proxies import beyond_limit
from app.assemblies.services.settling import BadVote, on_papers
from app.assemblies.views.blueprint import answer, blueprint, item_again
from app.assemblies.views.crowd import PAGE, chosen_among, offered, only_one
from app.database.unit import writing
from app.extensions import db
from app.members.policy import MemberAction
from app.members.queries.roll import Roll
from app.people.fields import whole
from app.shared import clock
from app.shared.clock import day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.assemblies.models import Assembly, AssemblyCount, AssemblyItem, AssemblySeat

    Page = Response | str | tuple[str, int]


@blueprint.get("/points/<int:item_id>")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def item(item: AssemblyItem) -> Page:
    """One item: what is voted, by whom, what it gave."""
    return _page(item)


def _page(item: AssemblyItem, error: DomainError | None = None) -> Page:
    assembly = item.assembly
    statutes = queries.statutes_of(db.session(), assembly, day_of(assembly.starts_at))
    agenda = assembly.agenda
    here = agenda.index(item) if item in agenda else 0
    found = counted(item, item.round if item.kind == ItemKind.ELECTION else None)
    room = room_at(assembly, statutes, item)
    voted = {voice.seat_id for voice in item.voices if voice.round == item.round}
    givers = {one.giver_id for one in course_of(assembly, statutes).standing(item)}
    is_election, stand_already = item.kind == ItemKind.ELECTION, _candidate_seats(item)
    voters = [one for one in assembly.members if one.id not in voted and one.id not in givers]
    choosable = [one for one in called(assembly) if one.id not in stand_already] if is_election else []
    is_great = len(assembly.seats) > PAGE
    row = next((one for one in item.counts if one.round == item.round and one.channel == Channel.ROOM), None)
    return answer(
        "assemblies/vote.html",
        None,
        wrong=error is not None,
        item=item,
        assembly=assembly,
        error=error,
        typed=request.form if error is not None else {},
        statutes=statutes,
        room=room,
        votes_here=votes_in_room(item, room),
        beyond=beyond_limit(room, statutes),
        has_thinned_out=has_thinned_out(item, statutes),
        wanted=wants_quorum(item, statutes),
        sees_body=may(AssemblyAction.VIEW, assembly.body),
        reserved=[one for one in reservations(assembly, statutes) if one.item_id == item.id],
        unsaid=[one for one in unsaid(assembly) if one is item],
        counted=found,
        row=row,
        distance=counted(item, item.round, channels=[Channel.PAPER, Channel.ELECTRONIC]),
        result=result_of(item, statutes) if found.voters and not is_election and _has_met(assembly) else None,
        rounds=[(number, counted(item, number)) for number in range(1, item.closed_round + 1)],
        election=election_of(item, statutes) if is_election and item.closed_round else None,
        standing=on_papers(item),
        number=here + 1,
        previous=agenda[here - 1] if here else None,
        following=agenda[here + 1] if here + 1 < len(agenda) else None,
        names=seats_apart(db.session(), assembly),
        has_voters=bool(voters),
        voters=offered(voters, "seat") if is_great else voters,
        voted=[voice for voice in item.voices if voice.round == item.round],
        choosable=_homonyms(choosable) if is_great else choosable,
        ballots=BALLOTS,
        channels=CHANNELS,
        majorities=MAJORITIES,
        reasons=REASONS,
        outcomes=OUTCOMES,
        outcome_tones=OUTCOME_TONES,
        voices=[(FOR, _("pour")), (AGAINST, _("contre")), (ABSTAINED, _("abstention")), ("blank", _("blanc"))],
        is_opinion=is_opinion(item, statutes),
        minors=_minors(item) if is_election and item.function else [],
        is_sealed=_is_sealed(item, row),
    )


def _homonyms(seats: Sequence[AssemblySeat]) -> list[AssemblySeat]:
    """Those who bear the name that was just typed, where several do."""
    found = bearers(seats, request.form.get("name", ""))
    return found if len(found) > 1 else []


def _has_met(assembly: Assembly) -> bool:
    """Whether it was opened: before that a few votes from screens are no result."""
    return assembly.status not in {Status.DRAFT, Status.CONVENED}


def _minors(item: AssemblyItem) -> list[str]:
    """What is to be known of candidates who are minors, for the few who see the papers of travellers."""
    body = item.assembly.body
    if not may(MemberAction.HOST, Roll(body)):
        return []
    people = [one.person_id for one in item.candidates if not one.withdrew_round]
    return minors_told(db.session(), body, people, on=day_of(item.assembly.starts_at))


def _is_sealed(item: AssemblyItem, room: AssemblyCount | None) -> bool:
    """Whether a count would tell the secret vote of those few whom the page names as having voted."""
    return item.ballot == Ballot.SECRET and not item.outcome and (item.open_since is not None or room is None)


def _candidate_seats(item: AssemblyItem) -> set[int]:
    people = {one.person_id for one in item.candidates if one.person_id}
    names = {one.name for one in item.candidates}
    return {seat.id for seat in item.assembly.seats if seat.person_id in people or seat.name in names}


def _try(item_id: int, verb: Callable[[Session, AssemblyItem], object], done: str = "") -> Page:
    """Do it, or show the item with the reason why not and what was typed."""
    try:
        with writing() as session:
            verb(session, item_again(item_id))
    except DomainError as error:
        return _page(item_again(item_id), error)
    if done:
        flash(done, "done")
    return redirect(url_for("assemblies.item", item_id=item_id))


def _do(item: AssemblyItem, verb: Callable[..., object], done: str, **more: Any) -> Page:  # noqa: ANN401  # what the verb takes
    """Do what a verb does to an item, in the person's name, now."""
    return _try(item.id, lambda session, fresh: verb(session, fresh, **more, by=actor(), at=clock.now()), done)


def _odd(names: Iterable[str]) -> str:
    """What was typed where a number of votes is meant, and is none."""
    typed = (request.form.get(name, "").strip() for name in names)
    return next((one for one in typed if one and not (one.isascii() and one.isdecimal())), "")[:40]


@blueprint.post("/points/<int:item_id>/voix")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def count(item: AssemblyItem) -> Page:
    """Note the votes of the room; « proclamer » decides at once."""
    names = [str(one.id) for one in item.candidates] if item.kind == ItemKind.ELECTION else [*voting.VOICES]
    told = voting.RoomCount(
        choices={name: whole(request.form.get(f"votes-{name}")) for name in names},
        papers=whole(request.form.get("papers")),
        blank=whole(request.form.get("blank")),
        void=whole(request.form.get("void")),
    )
    chair, note = request.form.get("president_voice", ""), request.form.get("note", "")
    goes_on, is_election = "decide" in request.form, item.kind == ItemKind.ELECTION

    odd = _odd([*(f"votes-{name}" for name in names), "papers", "blank", "void"])

    def do(session: Session, fresh: AssemblyItem) -> None:
        at = clock.now()
        if odd:
            raise BadVote(
                _("« %(typed)s » n’est pas un nombre de voix : écrivez un nombre entier, 0 ou plus.", typed=odd)
            )
        if told.papers or told.blank or told.void or any(told.choices.values()):
            voting.count_room(session, fresh, told, by=actor(), at=at)
        if goes_on and is_election:
            electing.close_round(session, fresh, by=actor(), at=at)
        elif goes_on:
            voting.decide(session, fresh, president_voice=chair, note=note, by=actor(), at=at)

    return _try(item.id, do, _("Les voix sont consignées."))


@blueprint.post("/points/<int:item_id>/vote")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def cast(item: AssemblyItem) -> Page:
    """Take a vote that came on paper."""
    choices = request.form.getlist("choice")

    def do(session: Session, fresh: AssemblyItem) -> None:
        seat = chosen_among(fresh.assembly.seats, "seat")
        if seat is None:
            raise BadVote(_("Choisissez qui vote."), field="seat")
        voting.cast(session, fresh, seat, choices, Channel.PAPER, by=actor(), at=clock.now())

    return _try(item.id, do, _("Le vote est compté."))


@blueprint.post("/points/<int:item_id>/en-ligne")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def distance(item: AssemblyItem) -> Page:
    """Open or end the vote from people's own screens."""
    is_open = request.form.get("open") == "1"
    return _try(
        item.id,
        lambda session, fresh: voting.open_distance(session, fresh, is_open=is_open, by=actor(), at=clock.now()),
        _("Le vote en ligne est ouvert.") if is_open else _("Le vote en ligne est fermé."),
    )


@blueprint.post("/points/<int:item_id>/candidatures")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def stand(item: AssemblyItem) -> Page:
    """Note a candidate: somebody who is called, or a name."""
    number, typed = whole(request.form.get("seat")), request.form.get("name", "")

    def do(session: Session, fresh: AssemblyItem) -> None:
        people = called(fresh.assembly)
        seat = next((one for one in people if one.id == number), None)
        if seat is None and (found := bearers(people, typed)):
            seat = only_one(found, typed)
        name, person = typed, None
        if seat is not None:
            name, person = seats_apart(session, fresh.assembly)[seat.id], seat.person_id
        electing.stand(session, fresh, name, person_id=person, by=actor(), at=clock.now())

    return _try(item.id, do, _("La candidature est notée."))


@blueprint.post("/points/<int:item_id>/retrait")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def stand_down(item: AssemblyItem) -> Page:
    """Note that a candidate withdraws."""
    number = whole(request.form.get("candidate"))

    def do(session: Session, fresh: AssemblyItem) -> None:
        found = next((one for one in fresh.candidates if one.id == number), None) or abort(404)
        electing.stand_down(session, found, by=actor(), at=clock.now())

    return _try(item.id, do, _("Le retrait est noté."))


@blueprint.post("/points/<int:item_id>/fin-election")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def end_election(item: AssemblyItem) -> Page:
    """End an election whose places are not all taken."""
    chosen = {whole(raw) for raw in request.form.getlist("chosen")}
    note, settles = request.form.get("note", ""), "settles" in request.form
    return _do(item, electing.end_election, _("L’élection est finie."), chosen=chosen, note=note, settles=settles)


@blueprint.post("/points/<int:item_id>/ajourner")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def adjourn(item: AssemblyItem) -> Page:
    """Leave the item for another time."""
    return _do(item, voting.adjourn, _("Le point est ajourné."))


@blueprint.post("/points/<int:item_id>/reprendre")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def reopen(item: AssemblyItem) -> Page:
    """Take the result back, to count again."""
    return _do(
        item,
        voting.reopen,
        _("Le vote est repris ; ce qui était compté reste noté. Corrigez ce qui doit l’être, puis proclamez."),
    )


@blueprint.post("/points/<int:item_id>/debats")
@requires(AssemblyAction.EDIT, on=queries.item_by_id)
def debate(item: AssemblyItem) -> Page:
    """Write down what was said."""
    text = request.form.get("debate", "").replace("\r\n", "\n")
    return _do(item, voting.note_debate, _("C’est noté."), debate=text)
