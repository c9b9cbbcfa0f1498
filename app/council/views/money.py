"""Subsidies: what the commune gives to each association, year by year, and the papers it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.bodies.apart import choices_apart
from app.council import queries
from app.council.forms import SubsidyForm, choices, whole
from app.council.models import ActStatus
from app.council.policy import CouncilAction
from app.council.services import money as services
from app.council.spending import duties_of, lacks_in_kind, year_of
from app.council.views.blueprint import blueprint
from app.council.views.parts import (
    answer,
    blame_unless_blocked,
    blocked_by,
    given_reason,
    own_communes,
)
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.conflicts import both_texts
from app.shared.errors import DomainError, EditConflict
from app.shared.marks import BadPage

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.council.models import Subsidy


@blueprint.get("/subventions")
@requires(CouncilAction.LIST)
def subsidies() -> str:
    """The aids that one's bodies give or receive, the latest year first."""
    trashed, raw = "corbeille" in request.args, request.args.get("apres", "")
    found = queries.page_of_subsidies(db.session(), identity().readable_body_ids, before=_mark(raw), trashed=trashed)
    rows, more = found[: queries.PAGE], len(found) > queries.PAGE
    kept: dict[str, Any] = {"corbeille": "1"} if trashed else {}
    return render_template(
        "council/subsidies.html",
        rows=rows,
        trashed=trashed,
        pages={
            "previous_url": url_for("council.subsidies", **kept) if raw else None,
            "next_url": url_for("council.subsidies", **kept, apres=f"{rows[-1].year}~{rows[-1].id}") if more else None,
        },
        may_add=bool(queries.communes_among(db.session(), identity().written_body_ids)),
    )


def _mark(raw: str) -> tuple[int, int] | None:
    if not raw:
        return None
    year, number = (whole(part) for part in (raw.partition("~")[0], raw.partition("~")[2]))
    if not year or not number:
        raise BadPage(_("Cette page de la liste n’existe pas. Revenez au début de la liste."))
    return year, number


def _offered(form: SubsidyForm, body_id: int, kept: int | None = None) -> SubsidyForm:
    """The associations that the commune knows, and its adopted acts; ``kept``: the act that the aid has already."""
    session = db.session()
    form.beneficiary.choices = choices((str(one.id), one.name) for one in queries.associations_known(session, body_id))
    acts = [
        one
        for one in queries.page_of_acts(session, frozenset({body_id}))
        if one.body_id == body_id and (one.status == ActStatus.ADOPTED or one.id == kept)
    ]
    form.act.choices = choices([("", _("aucune")), *((str(one.id), f"{one.number} – {one.title}") for one in acts)])
    return form


@blueprint.route("/subventions/nouvelle", methods=["GET", "POST"])
@requires(CouncilAction.CREATE_ACT)
def note_subsidy() -> Response | str | tuple[str, int]:
    """Note an aid."""
    communes = own_communes()
    if not communes:
        return answer("council/subsidy_form.html", None, subsidy=None, communes=(), conflict=None, blocked=None)
    wanted = whole(request.values.get("body"))
    aiding = (one for one in communes if queries.associations_known(db.session(), one.id))
    body = next((one for one in communes if one.id == wanted), None) or next(aiding, communes[0])
    form, blocked = _offered(SubsidyForm(), body.id), blocked_by(None)
    form.body.choices = choices(choices_apart(communes))
    if not form.is_submitted():
        form.year.data, form.body.data = clock.today().year, str(body.id)
    elif form.validate():
        try:
            with writing() as session:
                made = services.note_subsidy(
                    session, body.id, form.command(), reasons=given_reason(), by=actor(), at=clock.now()
                )
                number = made.id
            flash(_("L’aide est notée."), "done")
            return redirect(url_for("council.subsidy", subsidy_id=number))
        except DomainError as error:
            blocked = blame_unless_blocked(form, error)
    return answer(
        "council/subsidy_form.html",
        form,
        subsidy=None,
        communes=communes,
        conflict=None,
        wrong=blocked["blocked"] is not None,
        **blocked,
    )


@blueprint.get("/subventions/<int:subsidy_id>")
@requires(CouncilAction.VIEW_SUBSIDY, on=queries.subsidy_by_id)
def subsidy(subsidy: Subsidy) -> str:
    """One aid: the year's total against the threshold, what the law asks, the report."""
    session, today = db.session(), clock.today()
    aids = queries.subsidies_of_year(session, subsidy.body_id, subsidy.beneficiary_id, subsidy.year)
    earlier = queries.reports_of(session, subsidy.body_id, subsidy.beneficiary_id)
    return render_template(
        "council/subsidy.html",
        subsidy=subsidy,
        year=year_of(aids, on=today),
        lacks_in_kind=lacks_in_kind(aids),
        aids=aids,
        duties=duties_of(subsidy, aids, earlier, queries.council_of(session, subsidy.body_id), today),
        may_edit=may(CouncilAction.EDIT_SUBSIDY, subsidy),
        overrides=queries.overrides_of(session, subsidy_id=subsidy.id),
    )


@blueprint.route("/subventions/<int:subsidy_id>/modifier", methods=["GET", "POST"])
@requires(CouncilAction.EDIT_SUBSIDY, on=queries.subsidy_by_id)
def edit_subsidy(subsidy: Subsidy) -> Response | str | tuple[str, int]:
    """Correct an aid."""
    number, conflict, blocked = subsidy.id, None, blocked_by(None)
    form = _offered(SubsidyForm(), subsidy.body_id, subsidy.act_id)
    del form.body
    if not form.is_submitted():
        form.show(subsidy)
    elif form.validate():
        revision = whole(form.revision.data)
        try:
            with writing() as session:
                services.edit_subsidy(
                    session,
                    subsidy,
                    form.command(),
                    revision=revision,
                    reasons=given_reason(),
                    by=actor(),
                    at=clock.now(),
                )
            flash(_("C’est enregistré."), "done")
            return redirect(url_for("council.subsidy", subsidy_id=number))
        except EditConflict:
            kept = _offered(SubsidyForm(formdata=None), subsidy.body_id, subsidy.act_id)
            del kept.body
            kept.show(subsidy)
            conflict = both_texts(form, kept)
        except DomainError as error:
            blocked = blame_unless_blocked(form, error)
    return answer(
        "council/subsidy_form.html",
        form,
        subsidy=subsidy,
        communes=(),
        conflict=conflict,
        wrong=conflict is not None or blocked["blocked"] is not None,
        **blocked,
    )


@blueprint.post("/subventions/<int:subsidy_id>/corbeille")
@requires(CouncilAction.EDIT_SUBSIDY, on=queries.subsidy_by_id)
def trash_subsidy(subsidy: Subsidy) -> Response:
    """Put an aid in the trash."""
    with writing() as session:
        services.trash_subsidy(session, subsidy, by=actor(), at=clock.now())
    flash(_("L’aide est à la corbeille ; vous pouvez la remettre en place."), "done")
    return redirect(url_for("council.subsidies"))


@blueprint.post("/subventions/<int:subsidy_id>/restaurer")
@requires(CouncilAction.EDIT_SUBSIDY, on=queries.subsidy_by_id)
def restore_subsidy(subsidy: Subsidy) -> Response:
    """Take an aid out of the trash."""
    number = subsidy.id
    with writing() as session:
        services.restore_subsidy(session, subsidy, by=actor(), at=clock.now())
    flash(_("L’aide est remise en place."), "done")
    return redirect(url_for("council.subsidy", subsidy_id=number))
