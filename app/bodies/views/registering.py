"""Registering a body: which kind, which place or which name, then its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.bodies.doubles import Sought, registered_already
from app.bodies.forms import RegisterForm, whole
from app.bodies.labels import KIND_HINTS, KIND_NAMES, kind_name
from app.bodies.models import BodyKind
from app.bodies.policy import BodyAction
from app.bodies.services import records
from app.bodies.views.ground import acting_body_id, blueprint, own_towns, runs_the_installation
from app.database.unit import writing
from app.extensions import db
from app.people.forms import blame
from app.people.naming import clean
from app.places import telling
from app.places.models import PlaceKind
from app.places.queries import found_places, missing_lists, place_by_id, present_commune
from app.shared import clock
from app.shared.errors import DomainError
from app.texts import formats

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.bodies.models import Body
    from app.places.models import Place

_FRENCH = (BodyKind.COMMUNE, BodyKind.COMMITTEE, BodyKind.COMMITTEE_SERVICE)


@blueprint.route("/nouveau", methods=["GET", "POST"])
@requires(BodyAction.CREATE)
def new() -> Response | str | tuple[str, int]:
    """Register a body, from a place of the lists or freely."""
    place = _place()
    kind = _kind(place)
    name = clean(request.values.get("nom", ""))[:200]
    if kind is None or not (place or name or request.method == "POST"):
        return _choose(kind, name)
    form = RegisterForm()
    form.prepare(kind, telling.countries(), own_towns())
    if not form.is_submitted():
        _suggest(form, kind, place, name)
    known = _known(form, kind, place)
    if form.is_submitted() and form.validate():
        try:
            if known is not None and not form.another.data:
                raise records.BadRecord(_already(known), field="another")  # told at its field
            return _register(form, kind, place)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    if known is None:
        del form.another
    page = render_template(
        "bodies/form.html",
        form=form,
        body=None,
        kind=kind_name(kind),
        place=_told(place),
        known=known,
        may_open_known=known is not None and may(BodyAction.VIEW, known),
        conflict=None,
    )
    return page, 422 if form.errors else 200


def _known(form: RegisterForm, kind: BodyKind, place: Place | None) -> Body | None:
    """A body that is registered already, among those of which the person may know: never a stranger's."""
    country = place.country if place else form.country.data or "FR" if "country" in form else "FR"
    sought = Sought(kind, clean(form.name.data or "")[:200], country, place.id if place else None)
    who = identity()
    return registered_already(
        db.session(), sought, known_to=None if runs_the_installation(who) else who.readable_body_ids
    )


def _already(known: Body) -> str:
    return str(
        _(
            "%(name)s est déjà inscrit ici : servez-vous de sa fiche, ou cochez la case si c’est un autre organisme.",
            name=known.name,
        )
    )


def _choose(kind: BodyKind | None, name: str) -> str:
    """The first page: what kind of body, and where; works without a script."""
    words = request.args.get("q", "")[:200] or name
    return render_template(
        "bodies/new.html",
        kinds=[(one.value, KIND_NAMES[one], KIND_HINTS[one]) for one in BodyKind if _is_offered(one)],
        chosen=kind,
        words=words,
        found=found_places(db.session(), words) if words.strip() and kind else [],
        missing=missing_lists(db.session()),
    )


def _is_offered(kind: BodyKind) -> bool:
    return kind != BodyKind.FEDERATION or may(BodyAction.CREATE_FREE)


def _kind(place: Place | None) -> BodyKind | None:
    raw = request.values.get("genre", "")
    if raw in set(BodyKind):
        kind = BodyKind(raw)
        if not _is_offered(kind):
            abort(404)
        if place is not None and place.kind == PlaceKind.FOREIGN and kind in _FRENCH:
            return BodyKind.FOREIGN_AUTHORITY if kind == BodyKind.COMMUNE else BodyKind.PARTNER_COMMITTEE
        return kind
    if place is None:
        return None
    return BodyKind.FOREIGN_AUTHORITY if place.kind == PlaceKind.FOREIGN else BodyKind.COMMUNE


def _place() -> Place | None:
    number = whole(request.values.get("lieu", ""))
    place = place_by_id(db.session(), number) if number else None
    return present_commune(db.session(), place) if place else None


def _told(place: Place | None) -> dict[str, object] | None:
    return {"id": place.id, "label": telling.label(place), "detail": telling.detail(place)} if place else None


def _suggest(form: RegisterForm, kind: BodyKind, place: Place | None, name: str) -> None:
    facts = records.facts_for(place, kind) if place else records.BodyFacts(name=name)
    form.show(facts)
    if place and not facts.name:
        form.name.data = (
            _("Comité de jumelage %(of_town)s", of_town=formats.of(place.name)) if _is_committee(kind) else place.name
        )
    if not place and kind in {BodyKind.FOREIGN_AUTHORITY, BodyKind.PARTNER_COMMITTEE}:
        form.country.data = "DE"
    if "parent" in form:
        towns = [town for town in own_towns() if place is None or town.place_id == place.id]
        form.parent.data = str(towns[0].id) if len(towns) == 1 else ""


def _is_committee(kind: BodyKind) -> bool:
    return kind in {BodyKind.COMMITTEE, BodyKind.COMMITTEE_SERVICE, BodyKind.PARTNER_COMMITTEE}


def _register(form: RegisterForm, kind: BodyKind, place: Place | None) -> Response:
    keeper = None if may(BodyAction.CREATE_FREE) and not acting_body_id() else acting_body_id()
    command = records.RegisterBody(
        kind=kind,
        facts=form.facts(),
        place_id=place.id if place else None,
        parent_id=form.parent_id(),
        kept_by_id=keeper,
    )
    with writing() as session:
        body = records.register_body(session, command, by=actor(), at=clock.now())
        number, name = body.id, body.name
    flash(_("%(name)s est inscrit.", name=name), "done")
    if keeper is None and acting_body_id() is None:  # who runs the installation lets its first administrator in
        return redirect(url_for("accounts.body_access", body_id=number))
    return redirect(url_for("bodies.page", body_id=number))
