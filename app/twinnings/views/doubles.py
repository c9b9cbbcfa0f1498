"""A body that has two records: its own, and the one that a partner opened in a dossier without knowing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.accounts.models import Account
from app.accounts.services.accounts import choose_body
from app.bodies.doubles import doubles_among, either_way, may_be_one
from app.bodies.labels import opening_said
from app.bodies.panels import BodyPanel, PanelLine, register
from app.database.unit import alone_on, writing
from app.extensions import db
from app.shared import clock
from app.shared.fuzzydate import understand
from app.twinnings import queries
from app.twinnings.panels import Entry
from app.twinnings.policy import TwinningAction
from app.twinnings.services.dossiers import BadTwinning
from app.twinnings.services.replacing import replace_party
from app.twinnings.views.ground import back, blueprint, plain_title

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.access.table import Identity
    from app.bodies.doubles import Double
    from app.bodies.models import Body
    from app.twinnings.models import Twinning, TwinningParty


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A step offered on a dossier: one's own body in the place of another record of it."""

    name: str
    opened: str
    url: str


def offers(twinning: Twinning) -> list[Offer]:
    """The parties whose place one may take with one's own record of the same body."""
    found = doubles_among(db.session(), identity().written_body_ids)
    return [
        Offer(
            name=found[party.body_id].first.name,
            opened=opening_said(found[party.body_id].second_opened),
            url=url_for("twinnings.replace", party_id=party.id),
        )
        for party in queries.present_parties(twinning)
        if party.body_id in found and _is_open_to(twinning, found[party.body_id]) and may(TwinningAction.REPLACE, party)
    ]


def takings(twinning: Twinning) -> list[Entry]:
    """The points of the timeline at which a body took its own place: the one came as the other left."""
    return [
        Entry(
            when=understand(left.left_on.isoformat()),
            title=_("%(name)s a mis sa propre fiche dans ce dossier", name=come.body.name),
            text=_("Elle prend la place d’une autre fiche du même organisme."),
        )
        for left in twinning.parties
        for come in twinning.parties
        if left.left_on is not None
        and come.joined_on == left.left_on
        and come.side == left.side
        and may_be_one(left.body, come.body)
    ]


@blueprint.route("/organismes/<int:party_id>/remplacer", methods=["GET", "POST"])
@requires(TwinningAction.REPLACE, on=queries.party_by_id)
def replace(party: TwinningParty) -> Response | str:
    """Put one's own body in the place of another record of it: what happens is said first."""
    session, who = db.session(), identity()
    number, left = party.twinning_id, party.body_id
    double = either_way(doubles_among(session, who.written_body_ids)).get(left)
    if double is None or not _is_open_to(party.twinning, double):
        raise BadTwinning(_("Vous ne tenez pas d’autre fiche de cet organisme qui puisse entrer dans ce dossier."))
    if request.method == "POST":
        with writing() as unit:
            alone_on(unit, party.twinning)  # two people do not take one place at once
            replace_party(unit, party, double.first, on=clock.today(), by=actor(), at=clock.now())
            name = double.first.name
            if who.current_body_id == left and who.account_id is not None:
                choose_body(unit.get_one(Account, who.account_id), double.first.id)
        flash(_("%(name)s est dans le dossier avec la fiche que vous avez choisie.", name=name), "done")
        return back(number)
    return render_template(
        "twinnings/replace.html",
        party=party,
        double=double,
        first=_told(double.first, opening_said(double.first_opened)),
        second=_told(double.second, opening_said(double.second_opened)),
        title=plain_title(party.twinning),
    )


def _told(body: Body, opened: str) -> str:
    return f"{body.name} · {opened}"


def _is_open_to(twinning: Twinning, double: Double) -> bool:
    """Whether one's own record is not in the dossier yet."""
    return double.first.id not in {party.body_id for party in queries.present_parties(twinning)}


def double_panel(session: Session, body: Body, who: Identity) -> BodyPanel | None:
    """On the second record of a body, for who writes for both: which is which, and the dossiers to bring over."""
    if body.id not in who.written_body_ids or body.trashed_at is not None:
        return None
    double = either_way(doubles_among(session, who.written_body_ids)).get(body.id)
    if double is None:
        return None
    shared = queries.twinnings_of_body(session, body.id)
    text = _(
        "Vous tenez deux fiches de %(name)s. Celle-ci : %(second)s. L’autre : %(first)s. "
        "Ce qui est noté sur l’une ne se voit pas sur l’autre.",
        name=double.first.name,
        second=opening_said(double.second_opened),
        first=opening_said(double.first_opened),
    )
    return BodyPanel(
        title=_("Deux fiches du même organisme ?"),
        text=text,
        items=tuple(
            PanelLine(
                title=_("C’est votre organisme : mettre l’autre fiche à la place de celle-ci dans le dossier"),
                url=url_for("twinnings.replace", party_id=party.id),
                reason=plain_title(party.twinning),
            )
            for party in shared
            if _is_open_to(party.twinning, double) and may(TwinningAction.REPLACE, party)
        ),
        empty=_("Cette fiche n’est dans aucun jumelage.") if not shared else "",
    )


register(double_panel)
