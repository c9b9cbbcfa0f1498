"""The hall's pages: home, search, map, leaving with everything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for

from app.access.gate import identity, may, public, requires, signed_in
from app.accounts import queries as accounts
from app.bodies.pending import leaves_pending
from app.bodies.queries import body_by_id
from app.database import migrate
from app.documents.downloads import disposition
from app.extensions import db
from app.members.occasions import offered_by
from app.shared import clock
from app.twinnings.policy import TwinningAction
from app.web.advising import SHOWN, duties_by_body, not_said_there
from app.web.atlas import draw
from app.web.board import MOST, board_of
from app.web.leaving import lonely_drafts
from app.web.occasions import occasions
from app.web.policy import HallAction
from app.web.queries import links_of
from app.web.searching import search_all
from app.web.takeaway.pack import pack

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response as Answer

    from app.bodies.models import Body

blueprint = Blueprint("web", __name__)
MOST_TYPED = 100
_ON_SMALL_SCREENS = 1.7
"""How much larger names and dots are on a map that a telephone shows."""
ALL = 200
"""Lines of a list of the home page when all are asked for."""


def install(app: Flask) -> None:
    """Open the hall's pages."""
    app.register_blueprint(blueprint)
    offered_by(occasions)
    leaves_pending(lonely_drafts)


@blueprint.get("/")
@signed_in
def home() -> str:
    """À faire, en attente des autres, à venir."""
    session, who, now = db.session(), identity(), clock.now()
    board = board_of(session, who, at=now, most=ALL if "tout" in request.args else MOST)
    advised = (
        duties_by_body(session, who, at=now, shown=ALL if "tout" in request.args else SHOWN) if who.advised else []
    )
    if advised:
        board = replace(board, waiting=not_said_there(board.waiting, who.advised))
    invited = accounts.invitations_of_account(session, who.account_id or 0, at=now)
    may_open = may(TwinningAction.CREATE)
    return render_template("web/home.html", board=board, advised=advised, invited=invited, may_open=may_open)


@blueprint.get("/recherche")
@signed_in
def search() -> str:
    """Search in all that the person may see."""
    words = request.args.get("q", "").strip()[:MOST_TYPED]
    found = search_all(db.session(), identity(), words) if words else None
    return render_template("web/search.html", words=words, found=found)


@blueprint.get("/carte")
@signed_in
def atlas() -> str:
    """The map of the twinnings with its list."""
    links, elsewhere = links_of(db.session(), identity())
    return render_template("web/map.html", links=links, elsewhere=elsewhere, may_open=may(TwinningAction.CREATE))


@blueprint.get("/carte.svg")
@signed_in
def atlas_image() -> Response:
    """The picture of the map; its list stands on the page."""
    links, _ = links_of(db.session(), identity())
    size = _ON_SMALL_SCREENS if "petite" in request.args else 1
    picture = draw([link for _, link in links], title="", size=size)
    return Response(picture, mimetype="image/svg+xml")


@blueprint.get("/journal")
@signed_in
def journal() -> Answer:
    """The journal of the body in whose name the person acts."""
    return redirect(url_for("audit.body_journal", body_id=_current_body()))


@blueprint.get("/tout-exporter")
@signed_in
def export() -> Answer:
    """Leaving with everything, for the body in whose name the person acts."""
    return redirect(url_for("web.takeaway", body_id=_current_body()))


def _current_body() -> int:
    grant = identity().current_grant
    if grant is None:
        abort(404)
    return grant.body_id


@blueprint.get("/organismes/<int:body_id>/tout-exporter")
@requires(HallAction.TAKE_AWAY, on=body_by_id)
def takeaway(body: Body) -> str:
    """Explain the archive before it is made."""
    return render_template("web/takeaway.html", body=body)


@blueprint.get("/organismes/<int:body_id>/archive.zip")
@requires(HallAction.TAKE_AWAY, on=body_by_id)
def takeaway_file(body: Body) -> Response:
    """Everything the body owns and shares, as one file."""
    at = clock.now()
    settings = current_app.config["SETTINGS"]
    archive = pack(db.session(), body.id, files=settings.files, at=at, revision=migrate.head())
    name = f"trait-d-union-{body.id}-{at:%Y-%m-%d}.zip"
    return Response(
        archive,
        mimetype="application/zip",
        headers={"Content-Disposition": disposition(name)},
    )


@blueprint.get("/sante")
@public
def health() -> tuple[dict[str, bool], int]:
    """For a watchman: whether the database answers and is up to date."""
    current = migrate.is_current(db.engine)
    return {"ok": current}, 200 if current else 503
