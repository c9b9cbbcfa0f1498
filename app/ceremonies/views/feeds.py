"""Calendars to subscribe to: opening, listing and revoking them; and the calendar itself, without sign-in."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.http import http_date

from app.accounts.gate import actor, identity, public, requires, signed_in
from app.bodies.models import BodyKind
from app.ceremonies import agenda, queries, services, subscriptions
from app.ceremonies.calendars import zones_of
from app.ceremonies.forms import FeedForm
from app.ceremonies.models import Ceremony
from app.ceremonies.policy import CeremonyPermission
from app.ceremonies.views.blueprint import blueprint
from app.ceremonies.views.parts import answer, towns
from app.ceremonies.wording import joined, said
from app.database.connection import glance
from app.database.unit import writing
from app.documents import ics
from app.extensions import db
from app.shared import clock
from app.twinnings.models import Twinning

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.wrappers import Response as AnyResponse

    from app.access.table import Identity
    from app.ceremonies.models import CalendarFeed
    from app.ceremonies.subscriptions import FeedState

_SHAPE = 3  # grows when the calendar's own text changes without its entries


@blueprint.get("/agenda/<string(length=32):token>.ics")
@public
def feed(token: str) -> Response:
    """The calendar at a secret address; « unchanged » is answered before anything is read."""
    on = clock.today()
    with glance(db.engine) as connection:
        state = subscriptions.feed_scope(connection, token, on=on)
        if state is None:
            abort(404)
        etag, changed = _etag(state, on), state.changed_at or state.created_at
        headers = {
            "ETag": f'"{etag}"',
            "Last-Modified": http_date(changed),
            "Cache-Control": "private, max-age=300",
            "X-Robots-Tag": "noindex",
        }
        if _is_unchanged(etag):
            return Response(status=304, headers=headers)
        shown = not state.is_over and not state.ceremony_id
        texts, zones = subscriptions.feed_texts(connection, state, on=on) if shown else ([], {})
    if state.is_over:
        texts = [subscriptions.over_text(state, on=on)]
    elif state.ceremony_id:
        ceremony = queries.ceremony_to_see(db.session(), state.ceremony_id)
        texts = agenda.guests_texts(ceremony) if ceremony else []
        zones = zones_of(texts, [ceremony] if ceremony else [])
    content = ics.calendar(state.label, texts, zones)
    return Response(content, content_type="text/calendar; charset=utf-8", headers=headers)


@blueprint.get("/ceremonies/agendas")
@signed_in
def feeds() -> str:
    """The calendars one has opened, or that one's bodies share."""
    who = identity()
    found = queries.feeds_of(db.session(), account_id=who.account_id or 0, body_ids=who.readable_body_ids)
    return render_template(
        "ceremonies/feeds.html",
        open_feeds=[one for one in found if one.revoked_at is None],
        known_to_leavers=queries.known_to_leavers(
            db.session(), [one for one in found if one.body_id in who.body_ids], on=clock.today()
        ),
        closed=[one for one in found if one.revoked_at is not None],
        twinnings=queries.twinnings_to_choose(db.session(), who.readable_body_ids),
        subject=_subject,
        readers=_readers,
        towns=towns,
        may_revoke=CeremonyPermission.REVOKE,
    )


@blueprint.route("/ceremonies/agendas/le-mien", methods=["GET", "POST"])
@signed_in
def new_own_feed() -> str | AnyResponse | tuple[str, int]:
    """Open a calendar of everything that one's bodies share."""
    form = FeedForm()
    if form.validate_on_submit():
        return _make(form)
    return answer(
        "ceremonies/new_feed.html", form, subject=_("toutes les cérémonies de mes organismes"), for_guests=False
    )


@blueprint.route("/ceremonies/<int:ceremony_id>/agenda", methods=["GET", "POST"])
@requires(CeremonyPermission.VIEW, on=queries.ceremony_to_see)
def new_ceremony_feed(ceremony: Ceremony) -> str | AnyResponse | tuple[str, int]:
    """Open a calendar of one ceremony."""
    form = FeedForm()
    if form.validate_on_submit():
        return _make(form, ceremony)
    subject = said(ceremony.title, ceremony.languages)
    return answer("ceremonies/new_feed.html", form, subject=subject, for_guests=True)


@blueprint.route("/jumelages/<int:twinning_id>/agenda", methods=["GET", "POST"])
@requires(CeremonyPermission.FOLLOW, on=queries.twinning_to_follow)
def new_twinning_feed(twinning: Twinning) -> str | AnyResponse | tuple[str, int]:
    """Open a calendar of all the ceremonies of a twinning."""
    form = FeedForm()
    if form.validate_on_submit():
        return _make(form, twinning)
    return answer("ceremonies/new_feed.html", form, subject=" – ".join(towns(twinning)), for_guests=False)


@blueprint.post("/ceremonies/agendas/<int:feed_id>/retirer")
@requires(CeremonyPermission.REVOKE, on=queries.feed_to_revoke)
def revoke(found: CalendarFeed) -> AnyResponse:
    """Close a calendar for good."""
    feed_id, grant = found.id, identity().current_grant
    with writing() as session:
        feed = queries.feed_to_revoke(session, feed_id) or abort(404)
        services.revoke_feed(session, feed, by=actor(), at=clock.now(), body_id=grant.body_id if grant else None)
    flash(_("L’agenda est retiré : son adresse ne répond plus."), "done")
    return redirect(url_for("ceremonies.feeds"))


def _make(form: FeedForm, thing: Ceremony | Twinning | None = None) -> AnyResponse:
    """Open a calendar of a ceremony or a twinning in the name of one's body, of both for oneself alone."""
    who = identity()
    command = services.MakeFeed(
        label=form.label.data.strip(),
        language=who.language,
        ceremony_id=thing.id if isinstance(thing, Ceremony) else None,
        twinning_id=thing.id if isinstance(thing, Twinning) else None,
        account_id=who.account_id if thing is None else None,
        body_id=_opening_body(who, thing),
    )
    with writing() as session:
        services.make_feed(session, command, by=actor(), at=clock.now())
    flash(_("L’agenda est ouvert. Copiez son adresse dans votre logiciel d’agenda, rubrique « s’abonner »."), "done")
    return redirect(url_for("ceremonies.feeds"))


def _opening_body(who: Identity, thing: Ceremony | Twinning | None) -> int | None:
    """The body in whose name somebody acts, or another of theirs where that one has no part in it."""
    sharing = queries.bodies_of(thing)
    grants = [grant for grant in (who.current_grant, *who.grants) if grant is not None]
    advising = [grant for grant in grants if grant.body_kind == BodyKind.FEDERATION]
    chosen = [grant for grant in grants if grant.body_id in sharing] or advising or grants
    return chosen[0].body_id if chosen else None


def _subject(feed: CalendarFeed) -> str:
    if feed.ceremony is not None:
        return joined(feed.ceremony.title)
    if feed.twinning is not None:
        return " – ".join(towns(feed.twinning))
    return str(_("toutes les cérémonies de mes organismes"))


def _readers(feed: CalendarFeed) -> str:
    if feed.ceremony_id is not None:
        return str(_("pour les invités, sans les préparatifs de l’équipe"))
    return str(_("pour l’équipe, préparatifs compris"))


def _etag(state: FeedState, on: date) -> str:
    if state.is_over:
        return f"{state.id}-{on.isoformat()}"
    parts = (_SHAPE, agenda.SHAPE, state.id, state.count, state.ids, state.versions, state.changed_at)
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _is_unchanged(etag: str) -> bool:
    """The mark decides alone when it is sent; a date to the second cannot tell two changes of one second apart."""
    sent = request.headers.get("If-None-Match")
    return sent is not None and (sent.strip() == "*" or f'"{etag}"' in sent)
