"""The assembly itself: the roll on a tablet, proxies, opening, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.assemblies import queries
from app.assemblies.models import Channel, Presence
from app.assemblies.policy import AssemblyAction
from app.assemblies.services import holding
from app.assemblies.views.blueprint import assembly_again, blueprint, seat_again
from app.assemblies.views.crowd import chosen_among
from app.assemblies.views.sheet import sheet_page, sheet_url
from app.database.unit import writing
from app.people.fields import whole
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.assemblies.models import Assembly, AssemblyProxy, AssemblySeat

    Page = Response | str | tuple[str, int]


@blueprint.get("/<int:assembly_id>/feuille")
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def sheet(assembly: Assembly) -> Page:
    """Who is there, who is represented, whether that is a quorum."""
    return sheet_page(assembly)


def _try(assembly_id: int, verb: Callable[[Session, Assembly], object], done: str, back: str = "") -> Page:
    """Do it, or show the sheet with the reason why not."""
    try:
        with writing() as session:
            verb(session, assembly_again(assembly_id))
    except DomainError as error:
        return sheet_page(assembly_again(assembly_id), error)
    flash(done, "done")
    return redirect(back or sheet_url(assembly_id))


@blueprint.post("/<int:assembly_id>/feuille")
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def note_roll(assembly: Assembly) -> Page:
    """Note who is there, who presides, who writes."""
    said: dict[int, Presence] = {}
    for one in assembly.seats:
        raw = _changed(f"presence-{one.id}")
        if raw is not None:
            said[one.id] = Presence(raw) if raw in set(Presence) else abort(400)
    president, secretary, teller = _changed("president"), _changed("secretary"), _changed("teller")
    roll = holding.Roll(
        presences=said,
        president_id=None if president is None else whole(president),
        secretary_id=None if secretary is None else whole(secretary),
        teller_ids=None if teller is None else frozenset(map(whole, request.form.getlist("teller"))),
    )
    number = assembly.id
    return _try(
        number,
        lambda session, fresh: holding.note_roll(session, fresh, roll, by=actor(), at=clock.now()),
        _("Les présences sont notées."),
        sheet_url(number, q="", apres="") if request.args.get("q") else "",
    )


def _changed(name: str) -> str | None:
    """What was chosen, where it is not what the page showed: at two doors, nobody writes over what the other noted."""
    raw = request.form.get(name)
    return None if raw == request.form.get(f"was-{name}") else raw


@blueprint.post("/<int:assembly_id>/pouvoirs")
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def give_proxy(assembly: Assembly) -> Page:
    """Note a proxy received on paper."""
    since_id = whole(request.form.get("since"))

    def note(session: Session, fresh: Assembly) -> None:
        giver, holder = _meant(fresh, "giver"), _meant(fresh, "holder")
        since = next((one for one in fresh.items if one.id == since_id), None)
        holding.give_proxy(
            session, fresh, giver, holder, since=since, channel=Channel.PAPER, by=actor(), at=clock.now()
        )

    return _try(assembly.id, note, _("Le pouvoir est noté."))


def _meant(assembly: Assembly, name: str) -> AssemblySeat:
    found = chosen_among(assembly.members, name)
    if found is None:
        raise holding.BadProxy(_("Choisissez qui donne le pouvoir, et qui le reçoit."))
    return found


@blueprint.post("/pouvoirs/<int:proxy_id>/retirer")
@requires(AssemblyAction.EDIT, on=queries.proxy_by_id)
def take_back_proxy(proxy: AssemblyProxy) -> Page:
    """Take a proxy back."""
    number = proxy.id

    def take(session: Session, fresh: Assembly) -> None:
        del fresh
        found = queries.proxy_by_id(session, number) or abort(404)
        holding.take_back_proxy(session, found, by=actor(), at=clock.now())

    return _try(proxy.assembly_id, take, _("Le pouvoir ne compte plus."))


@blueprint.post("/<int:assembly_id>/ouvrir")
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def open_assembly(assembly: Assembly) -> Page:
    """Open the assembly."""
    hour = _hour(request.form.get("hour", ""))
    return _try(
        assembly.id,
        lambda session, fresh: holding.open_assembly(session, fresh, hour, by=actor(), at=clock.now()),
        _("La réunion est ouverte."),
    )


@blueprint.post("/<int:assembly_id>/sans-quorum")
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def no_quorum(assembly: Assembly) -> Page:
    """Write down that there was no quorum."""
    number = assembly.id
    try:
        with writing() as session:
            holding.close_without_quorum(session, assembly_again(number), by=actor(), at=clock.now())
    except DomainError as error:
        return sheet_page(assembly_again(number), error)
    flash(_("L’absence de quorum est constatée."), "done")
    return redirect(url_for("assemblies.page", assembly_id=number))


@blueprint.post("/<int:assembly_id>/clore")
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def close_assembly(assembly: Assembly) -> Page:
    """Close the assembly."""
    number, hour = assembly.id, _hour(request.form.get("hour", ""))
    try:
        with writing() as session:
            holding.close_assembly(session, assembly_again(number), hour, by=actor(), at=clock.now())
    except DomainError as error:
        return sheet_page(assembly_again(number), error)
    flash(_("La réunion est close. Le procès-verbal est écrit de ce qui a été consigné."), "done")
    return redirect(url_for("assemblies.page", assembly_id=number))


@blueprint.post("/personnes/<int:seat_id>/mouvement")
@requires(AssemblyAction.EDIT, on=queries.seat_by_id)
def move(seat: AssemblySeat) -> Page:
    """Note that somebody arrives or leaves before an item."""
    number, item_id, comes = seat.id, whole(request.form.get("item")), request.form.get("what") == "came"

    def note(session: Session, fresh: Assembly) -> None:
        item = next((one for one in fresh.items if one.id == item_id), None)
        if item is None:
            raise holding.CannotOpen(_("Choisissez avant quel point."))
        holding.note_move(session, seat_again(number), item, comes=comes, by=actor(), at=clock.now())

    left = _("Le départ est noté. Un pouvoir écrit avant de partir se note sous « Pouvoirs ».")
    return _try(seat.assembly_id, note, _("C’est noté.") if comes else left)


def _hour(raw: str) -> str:
    """« 18:30 », or nothing when what was sent is no hour."""
    text = raw.strip().lower().replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace("h", ":")
    hours, _colon, minutes = text.partition(":")
    minutes = minutes or "0"
    if not (hours.isascii() and hours.isdecimal() and minutes.isascii() and minutes.isdecimal()):
        return ""
    if len(hours) > 2 or len(minutes) > 2 or int(hours) > 23 or int(minutes) > 59:  # noqa: PLR2004  # a clock
        return ""
    return f"{int(hours):02d}:{int(minutes):02d}"
