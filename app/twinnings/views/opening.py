"""Opening a dossier: one's own side, the partner's, two or more towns on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import flash, render_template, request
from flask_babel import gettext as _

from app.access.gate import actor, identity, requires
from app.bodies.forms import whole
from app.database.unit import writing
from app.extensions import db
from app.people.forms import blame
from app.people.naming import clean
from app.places import telling
from app.places.queries import found_places, named_exactly, place_by_id, present_commune
from app.shared import clock
from app.shared.errors import DomainError
from app.twinnings import queries
from app.twinnings.forms import FREE, NewTwinningForm
from app.twinnings.models import Stage
from app.twinnings.policy import TwinningAction
from app.twinnings.services import dossiers
from app.twinnings.services.dossiers import BadTwinning
from app.twinnings.services.towns import NamedTown, known_town, settle_town
from app.twinnings.views.ground import acting_body_id, back, blueprint, own_candidates, plain_title, told_apart

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.places.models import Place
    from app.twinnings.forms import TownForm
    from app.twinnings.models import Twinning


_ALIKE = 6


@dataclass(frozen=True)
class Proposal:
    """Places that bear the name typed; the person says which, or none."""

    value: int
    label: str
    detail: str


@blueprint.route("/nouveau", methods=["GET", "POST"])
@requires(TwinningAction.CREATE)
def new() -> Response | str | tuple[str, int]:
    """Open a dossier."""
    session, more = db.session(), request.form.get("more", "")
    form = NewTwinningForm().prepare(queries.kinds(session), told_apart(own_candidates()), telling.countries(), more)
    proposals: dict[str, list[Proposal]] = {}
    doubles: list[Twinning] = []
    if not form.is_submitted():
        form.own.data = _proposed_own()
        form.stage.data = Stage.CONTACT.value
    elif not more and form.validate():
        lines = [line.form for line in (*form.partners, *form.allies)]
        proposals = {line.name.name: found for line in lines if (found := proposals_for(session, line))}
        if not proposals:
            try:
                doubles = [] if "confirmed" in request.form else _doubles(session, form)
                if not doubles:
                    return _opened(form)
            except DomainError as error:
                blame(form, error.field if error.field != "partner" else "partners", error.sentence)
                proposals = _asked_again(session, form)
    page = render_template(
        "twinnings/new.html",
        form=form,
        proposals=proposals,
        free=FREE,
        doubles=[(one.id, plain_title(one), one.trashed_at is not None) for one in doubles],
    )
    return page, 422 if form.errors else 200


def _doubles(session: Session, form: NewTwinningForm) -> list[Twinning]:
    """The dossiers that may be this very twinning: the same kind, between bodies that are known already."""
    known_to = identity().readable_body_ids
    own = [whole(number) for number in form.own.data or ()]
    named = [town_of(session, line.form) for line in form.partners if not line.form.is_blank()]
    partners = [body.id for town in named if (body := known_town(session, town, known_to)) is not None]
    return queries.twinnings_between(session, whole(form.kind.data), own, partners, visible_to=known_to)


def _asked_again(session: Session, form: NewTwinningForm) -> dict[str, list[Proposal]]:
    """The places to choose from once more, for a town written freely without the country that it then needs."""
    lines = [line.form for line in (*form.partners, *form.allies)]
    unsaid = [line for line in lines if line.place.data == FREE and not line.country.data]
    return {line.name.name: found for line in unsaid if (found := places_named(session, line))}


def _proposed_own() -> list[str]:
    """The acting body; for a committee, its town too: it is the town that is twinned."""
    acting = acting_body_id()
    near = {body.id: body for body in own_candidates()}
    body = near.get(acting or 0)
    parent = body.parent_id if body is not None and body.parent_id in near else None
    return [str(number) for number in (acting, parent) if number]


def proposals_for(session: Session, line: TownForm) -> list[Proposal]:
    """The places that bear the name of a line on which the person has not chosen yet.

    Without a country nothing else says which town is meant: a postcode, part of a name or a slip finds it too, as the
    list under the field does where scripts run.
    """
    return [] if line.is_blank() or line.place.data else places_named(session, line)


def places_named(session: Session, line: TownForm) -> list[Proposal]:
    """The places that bear the name of a line, whatever was chosen on it."""
    country = line.country.data or ""
    found: dict[int, Place] = {}
    for place in named_exactly(session, line.name.data or "", country=country):
        now = present_commune(session, place)
        found.setdefault(now.id, now)
    if not found and not country:
        alike = found_places(session, line.name.data or "", limit=_ALIKE)
        return [Proposal(one.value, one.label, one.detail) for one in alike]
    return [Proposal(place.id, telling.label(place), telling.detail(place)) for place in list(found.values())[:12]]


def town_of(session: Session, line: TownForm) -> NamedTown:
    """What a line names.

    :raises BadTwinning: when a free name has no country.
    """
    number = whole(line.place.data)
    place = place_by_id(session, number) if number else None
    if place is not None:
        now = present_commune(session, place)
        return NamedTown(name=now.name, country=now.country, place_id=now.id)
    name = clean(line.name.data or "")
    if not line.country.data:
        sentence = _("« %(name)s » n’a pas été choisie dans la liste : dites dans quel pays elle se trouve.", name=name)
        raise BadTwinning(sentence, field="partner")
    if line.country.data not in dict(telling.countries()):
        sentence = _("Le pays « %(code)s » n’existe pas : choisissez-le dans la liste.", code=line.country.data[:20])
        raise BadTwinning(sentence, field="partner")
    return NamedTown(name=name, country=line.country.data)


def _opened(form: NewTwinningForm) -> Response:
    who, reading = identity(), db.session()
    partners = [town_of(reading, line.form) for line in form.partners if not line.form.is_blank()]
    allies = [town_of(reading, line.form) for line in form.allies if not line.form.is_blank()]
    own, acting = [whole(number) for number in form.own.data or ()], acting_body_id()
    visible, by, at = who.readable_body_ids, actor(), clock.now()
    with writing() as session:
        sides = [
            [*own, *(settle_town(session, town, known_to=visible, keeper=acting, by=by, at=at).id for town in allies)],
            [settle_town(session, town, known_to=visible, keeper=acting, by=by, at=at).id for town in partners],
        ]
        _refuse_stranger(sides, who.written_body_ids)
        command = dossiers.OpenTwinning(
            kind_id=whole(form.kind.data),
            sides=[dossiers.Side(side) for side in sides],
            stage=Stage(form.stage.data),
        )
        twinning = dossiers.open_twinning(session, command, by=by, at=at, acting=acting)
        number = twinning.id
    flash(_("Le dossier est ouvert. Il est le même pour les deux villes."), "done")
    return back(number)


def _refuse_stranger(sides: list[list[int]], own: frozenset[int]) -> None:
    """Whoever opens a dossier must be in it, or they would not see it again."""
    if not own & {number for side in sides for number in side}:
        raise BadTwinning(_("Cochez au moins un de vos organismes : le dossier est ouvert en son nom."), field="own")
