"""Calendars of deadlines to subscribe to; and the calendar itself, without sign-in."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, public, requires
from app.actions.queries import project_by_id
from app.database.unit import writing
from app.extensions import db
from app.funding import catalogue, deadlines, queries
from app.funding.facts import project_facts
from app.funding.forms import FeedForm
from app.funding.policy import FundingAction
from app.funding.services import feeds as services
from app.funding.views.blueprint import blueprint, crumbs, current_body_id
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from app.actions.models import Project
    from app.funding.models import DeadlineFeed
    from app.rules.model import Edition

    Page = AnyResponse | str | tuple[str, int]


@blueprint.get("/echeances/<string(length=32):token>.ics")
@public
def feed(token: str) -> Response:
    """The calendar at a secret address."""
    found = queries.feed_by_token(db.session(), token) or abort(404)
    rules = catalogue.current(db.session())
    if found.project_id is None:
        entries = deadlines.of_programmes(rules, found.programmes, today=clock.today())
    else:
        project = project_by_id(db.session(), found.project_id)
        if project is None or project.trashed_at is not None:
            entries = []
        else:
            entries = deadlines.of_project(rules, project_facts(project), project, today=clock.today())
    content = deadlines.calendar_of(found.label, entries)
    etag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "private, max-age=3600", "X-Robots-Tag": "noindex"}
    if request.headers.get("If-None-Match", "").strip() == etag:
        return Response(status=304, headers=headers)
    return Response(content, content_type="text/calendar; charset=utf-8", headers=headers)


@blueprint.get("/financements/agendas")
@requires(FundingAction.BROWSE)
def feeds() -> str:
    """The calendars one has opened, or that one's bodies share."""
    who = identity()
    found = queries.feeds_of(db.session(), account_id=who.account_id or 0, bodies=who.readable_body_ids)
    titles = {name: several[-1].title for name, several in _programmes().items()}
    return render_template(
        "funding/feeds.html",
        open_feeds=[one for one in found if one.revoked_at is None],
        closed=[one for one in found if one.revoked_at is not None],
        titles=titles,
        may_revoke=FundingAction.REVOKE,
    )


@blueprint.route("/financements/agendas/nouveau", methods=["GET", "POST"])
@requires(FundingAction.BROWSE)
def new_feed() -> Page:
    """Open a calendar of the deadlines of some programmes, or of all."""
    form = FeedForm()
    programmes = {name: several[-1].title for name, several in _programmes().items()}
    chosen = [one for one in request.values.getlist("programme") if one in programmes]
    if not form.is_submitted():
        form.label.data = _("Dates limites des aides")
    if form.validate_on_submit():
        command = services.MakeFeed(label=form.label.data, programmes=tuple(chosen), body_id=current_body_id())
        return _made(command)
    page = render_template(
        "funding/new_feed.html", form=form, programmes=programmes, chosen=chosen, project=None, crumbs=[]
    )
    return (page, 422) if form.errors else page


@blueprint.route("/projets/<int:project_id>/agenda", methods=["GET", "POST"])
@requires(FundingAction.FOLLOW, on=project_by_id)
def new_project_feed(project: Project) -> Page:
    """Open a calendar of the dates of a project."""
    form = FeedForm()
    if not form.is_submitted():
        form.label.data = _("Dates de « %(title)s »", title=project.title)[:200]
    if form.validate_on_submit():
        command = services.MakeFeed(
            label=form.label.data,
            project_id=project.id,
            twinning_id=project.twinning_id,
            body_id=current_body_id(),
        )
        return _made(command)
    page = render_template(
        "funding/new_feed.html", form=form, programmes={}, chosen=[], project=project, crumbs=crumbs(project)
    )
    return (page, 422) if form.errors else page


def _made(command: services.MakeFeed) -> AnyResponse:
    with writing() as session:
        services.make_feed(session, command, by=actor(), at=clock.now())
    flash(_("L’agenda est ouvert. Copiez son adresse dans votre logiciel d’agenda, rubrique « s’abonner »."), "done")
    return redirect(url_for("funding.feeds"))


@blueprint.post("/financements/agendas/<int:feed_id>/retirer")
@requires(FundingAction.REVOKE, on=queries.feed_by_id)
def revoke(found: DeadlineFeed) -> AnyResponse:
    """Close a calendar for good."""
    feed_id, body_id = found.id, current_body_id()
    with writing() as session:
        kept = queries.feed_by_id(session, feed_id) or abort(404)
        services.revoke_feed(session, kept, by=actor(), at=clock.now(), body_id=body_id)
    flash(_("L’agenda est retiré : son adresse ne répond plus."), "done")
    return redirect(url_for("funding.feeds"))


def _programmes() -> dict[str, list[Edition]]:
    return catalogue.current(db.session()).catalogue.programmes()
