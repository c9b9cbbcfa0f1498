"""Whose list to open, and the list of members of a committee."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import identity, may, requires
from app.accounts.models import Account
from app.extensions import db
from app.members.firsts import first_of
from app.members.labels import STATUS_NAMES
from app.members.models import MemberStatus
from app.members.policy import MemberAction
from app.members.queries.dues import periods_of
from app.members.queries.roll import (
    PAGE,
    Roll,
    RollFilter,
    bodies_with_members,
    categories_of,
    count_by_category,
    count_by_town,
    groups_of,
    memberships_of,
    page_of_members,
    roll_of,
)
from app.members.queries.standing import standing_of
from app.members.views.ground import blueprint
from app.people.fields import whole
from app.people.paging import mark_of, place_of
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.members.models import Member


STATES = ("current", "applicant", "suspended", "left", "all")


@blueprint.get("/")
@requires(MemberAction.LIST)
def index() -> Response | str:
    """The committees whose list one may open, and one's own record."""
    session, who = db.session(), identity()
    rolls = [Roll(body) for body in bodies_with_members(session, who.body_ids)]
    kept = [one for one in rolls if may(MemberAction.READ, one)]
    account = session.get(Account, who.account_id) if who.account_id else None
    own = memberships_of(session, account.person_id) if account is not None and account.person_id else []
    if len(kept) == 1 and len(rolls) == 1 and not own:
        return redirect(url_for("members.roll", body_id=kept[0].body.id))
    return render_template(
        "members/index.html",
        kept=kept,
        others=[one for one in rolls if one not in kept],
        hosted=[one for one in rolls if may(MemberAction.HOST, one)],
        own=own,
    )


@blueprint.get("/<int:body_id>")
@requires(MemberAction.READ, on=roll_of)
def roll(roll: Roll) -> str:
    """The list of members, by name."""
    session, body, today = db.session(), roll.body, clock.today()
    wanted = filter_asked()
    after = place_of(request.args.get("apres", ""))
    found = page_of_members(session, body.id, wanted, on=today, after=after)
    page, more = found[:PAGE], len(found) > PAGE
    kept = filter_kept()
    periods = periods_of(session, body.id)
    period = next((one for one in periods if one.starts_on <= today <= one.ends_on), periods[0] if periods else None)
    is_bare = not (page or kept or after)
    last = mark_of((page[-1].organisation_folded or _folded(page[-1]), page[-1].id)) if page else ""
    return render_template(
        "members/roll.html",
        body=body,
        members=page,
        wanted=wanted,
        states=_states(),
        categories=[(one.id, one.name) for one in categories_of(session, body.id)],
        groups=[(one.id, one.name) for one in groups_of(session, body.id, on=today)],
        period=period,
        standing=(standing := standing_of(session, period) if period else None),
        paid=standing.paid_up if standing else set(),
        pages={
            "previous_url": url_for("members.roll", body_id=body.id, **kept) if after else None,
            "next_url": url_for("members.roll", body_id=body.id, **kept, apres=last) if more else None,
        },
        kept=kept,
        first=first_of(session, body.id) if is_bare and may(MemberAction.KEEP, roll) else None,
        figures=count_by_category(session, body.id, on=today),
        status_names=STATUS_NAMES,
        statuses=MemberStatus,
        may_keep=may(MemberAction.KEEP, roll),
        has_dues=may(MemberAction.ASK_DUES, roll) or bool(periods),
        links=_links(roll, trashed=wanted.trashed, may_host=may(MemberAction.HOST, roll)),
    )


@blueprint.get("/<int:body_id>/nombres")
@requires(MemberAction.FIGURES, on=roll_of)
def figures(roll: Roll) -> str:
    """How many members there are, by category and by commune; nobody is named."""
    session, body, today = db.session(), roll.body, clock.today()
    categories = count_by_category(session, body.id, on=today)
    return render_template(
        "members/figures.html",
        body=body,
        total=sum(number for _name, number in categories),
        categories=categories,
        towns=count_by_town(session, body.id, on=today),
        may_read=may(MemberAction.READ, roll),
        today=today,
    )


def filter_asked() -> RollFilter:
    """What the address of the page asks for."""
    state = request.args.get("situation", "current")
    return RollFilter(
        words=request.args.get("q", "")[:200],
        state=state if state in STATES else "current",
        category_id=whole(request.args.get("categorie")),
        group_id=whole(request.args.get("groupe")),
        period_id=whole(request.args.get("periode")),
        paid={"oui": "yes", "non": "no"}.get(request.args.get("paye", ""), ""),
        trashed="corbeille" in request.args,
    )


def filter_kept() -> dict[str, Any]:
    """The filter as it stands in the address, for the next page."""
    names = ("q", "situation", "categorie", "groupe", "periode", "paye", "corbeille")
    return {name: request.args[name][:200] for name in names if request.args.get(name)}


def _links(roll: Roll, *, trashed: bool, may_host: bool) -> list[tuple[str, str]]:
    number = roll.body.id
    if trashed:
        return [(_("Revenir à la liste"), url_for("members.roll", body_id=number))]
    stays = [(_("Accueil et voyages"), url_for("members.hosts", body_id=number))] if may_host else []
    return [
        *stays,
        (_("Bénévolat et dons en nature"), url_for("members.volunteers", body_id=number)),
        (_("Les membres en nombres"), url_for("members.figures", body_id=number)),
        (_("Importer une liste"), url_for("members.import_list", body_id=number)),
        (_("Exporter cette liste"), url_for("members.export_list", body_id=number, **filter_kept())),
        (_("Groupes et commissions"), url_for("members.groups", body_id=number)),
        (_("Données des personnes"), url_for("members.care", body_id=number)),
        (_("Catégories et questions"), url_for("members.settings", body_id=number)),
        (_("Voir la corbeille"), url_for("members.roll", body_id=number, corbeille=1)),
    ]


def _states() -> dict[str, str]:
    return {
        "current": _("Membres d’aujourd’hui"),
        "applicant": _("Demandes d’adhésion"),
        "suspended": _("Suspendus"),
        "left": _("Partis"),
        "all": _("Tous, partis compris"),
    }


def _folded(member: Member) -> str:
    return member.person.folded if member.person else ""
