"""What the statutes say, kind of assembly by kind of assembly."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, may, requires
from app.assemblies import queries
from app.assemblies.forms import RuleForm
from app.assemblies.labels import KINDS
from app.assemblies.models import AssemblyKind
from app.assemblies.policy import AssemblyAction
from app.assemblies.services import statutes as services
from app.assemblies.telling import lines_of
from app.assemblies.views.blueprint import answer, blueprint
from app.bodies.queries import mandates_in_office
from app.bodies.services.renewal import Occasion, functions_of
from app.database.unit import writing
from app.extensions import db
from app.members.queries.voters import voters
from app.people.forms import blame
from app.shared import clock
from app.shared.conflicts import both_texts, said
from app.shared.errors import DomainError, EditConflict
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Sequence, Sized

    from werkzeug.wrappers import Response

    from app.assemblies.models import StatutesRule
    from app.bodies.models import Body
    from app.law.statutes import Statutes

    Page = Response | str | tuple[str, int]

_OF_OFFICERS = frozenset({AssemblyKind.BOARD, AssemblyKind.OFFICE})


@blueprint.get("/statuts/<int:body_id>")
@requires(AssemblyAction.VIEW, on=queries.association_by_id)
def rules(body: Body) -> str:
    """Everything that is noted of the statutes."""
    session = db.session()
    found = queries.rules_of(session, body.id)
    members, board = (len(people) for people in _voting(body))
    counts = {rule.id: board if rule.kind in _OF_OFFICERS else members for rule in found}
    unreachable = {
        rule.id: (rule.quorum_number, counts[rule.id])
        for rule in found
        if rule.quorum == "number" and 0 < counts[rule.id] < (rule.quorum_number or 0)
    }
    return render_template(
        "assemblies/rules.html",
        body=body,
        groups=[(kind, label, [one for one in found if one.kind == kind]) for kind, label in KINDS.items()],
        lines={rule.id: lines_of(_with_reserved(rule, found)) for rule in found},
        unreachable=unreachable,
        may_edit=may(AssemblyAction.EDIT, body),
    )


def _with_reserved(rule: StatutesRule, others: Sequence[StatutesRule]) -> Statutes:
    """A rule, with what the newest of the other kinds of assemblies keep for themselves."""
    newest = {one.kind: one.statutes for one in reversed(others)}
    return queries.statutes_among(newest | {rule.kind: rule.statutes}, rule.kind)


def _voting(body: Body) -> tuple[Sized, Sized]:
    """Who votes today in an assembly of members, and in a meeting of officers."""
    board = set(functions_of(body.kind, Occasion.BOARD))
    held = mandates_in_office(db.session(), body.id, on=clock.today())
    return (
        voters(db.session(), body.id, clock.today()),
        {mandate.person_id for mandate in held if mandate.function in board},
    )


@blueprint.route("/statuts/<int:body_id>/noter", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.association_by_id)
def add_rule(body: Body) -> Page:
    """Note what the statutes say for a kind of assembly, starting from what is in force for it."""
    number, form = body.id, RuleForm().offer()
    wanted = (form.kind.data if form.is_submitted() else request.args.get("genre")) or ""
    kind = AssemblyKind(wanted) if wanted in set(AssemblyKind) else AssemblyKind.ORDINARY
    forgets: services.WouldForget | None = None
    if not form.is_submitted():
        form.kind.data = kind.value
        if (start := _start(number, kind)) is not None:
            form.start_from(start)
    elif form.validate():
        command = form.command()
        try:
            with writing() as session:
                services.record_rule(session, number, command, by=actor(), at=clock.now())
        except services.WouldForget as error:
            forgets = error
        except DomainError as error:
            _blame(form, error)
        else:
            flash(_noted(number, command), "done")
            return redirect(url_for("assemblies.rules", body_id=number))
    return answer(
        "assemblies/rule.html",
        form,
        wrong=forgets is not None,
        body=queries.association_by_id(db.session(), number),
        rule=None,
        kind=KINDS[kind],
        start=_start(number, kind),
        later=queries.rule_after(db.session(), number, kind, clock.today()),
        today=clock.today(),
        forgets=forgets,
        lost=_lost(number, kind, forgets) if forgets else [],
    )


def _start(body_id: int, kind: AssemblyKind) -> StatutesRule | None:
    """What new statutes start from: what is in force today, else the first that will be."""
    found = queries.rule_on(db.session(), body_id, kind, clock.today())
    return found or queries.rule_after(db.session(), body_id, kind, clock.today())


def _noted(body_id: int, command: services.RecordRule) -> str:
    """What was noted holds from its day on, up to that of a version noted for later."""
    later = queries.rule_after(db.session(), body_id, command.kind, command.since)
    if later is None:
        return str(_("C’est noté. Chaque réunion suit désormais cette règle, à partir de ce jour."))
    return str(
        _(
            "C’est noté. Cette règle vaut jusqu’au %(last)s : la version déjà notée commence le lendemain.",
            last=full_day(later.since - timedelta(days=1)),
        )
    )


def _lost(body_id: int, kind: AssemblyKind, forgets: services.WouldForget) -> list[tuple[str, str]]:
    """What the statutes in force say and the new ones leave out, field by field."""
    before = queries.rule_on(db.session(), body_id, kind, forgets.since)
    if before is None:
        return []
    shown = RuleForm(formdata=None).offer().show(before)
    return [(str(shown[name].label.text), said(shown[name])) for name in forgets.names]


@blueprint.route("/statuts/regles/<int:rule_id>", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.rule_by_id)
def edit_rule(rule: StatutesRule) -> Page:
    """Correct what was noted."""
    number, back, form = rule.id, rule.body_id, RuleForm().offer()
    conflict: EditConflict | None = None
    if not form.is_submitted():
        form.show(rule)
    elif form.validate():
        command = form.command()
        try:
            with writing() as session:
                services.correct_rule(session, _again(number), command, by=actor(), at=clock.now())
        except EditConflict:
            conflict = both_texts(form, RuleForm(formdata=None).offer().show(_again(number)))
        except DomainError as error:
            _blame(form, error)
        else:
            flash(_("C’est corrigé. Les réunions déjà ouvertes gardent ce qui valait alors."), "done")
            return redirect(url_for("assemblies.rules", body_id=back))
    shown = _again(number)
    return answer("assemblies/rule.html", form, conflict, body=shown.body, rule=shown, forgets=None)


@blueprint.post("/statuts/regles/<int:rule_id>/retirer")
@requires(AssemblyAction.EDIT, on=queries.rule_by_id)
def trash_rule(rule: StatutesRule) -> Response:
    """Take a rule back."""
    number, back = rule.id, rule.body_id
    with writing() as session:
        services.trash_rule(session, _again(number), by=actor(), at=clock.now())
    flash(_("La règle est retirée."), "done")
    return redirect(url_for("assemblies.rules", body_id=back))


def _again(rule_id: int) -> StatutesRule:
    found = queries.rule_by_id(db.session(), rule_id)
    if found is None:
        raise services.BadRule(_("Cette règle vient d’être retirée."))
    return found


def _blame(form: RuleForm, error: DomainError) -> None:
    names = {"quorum": "quorum_share" if form.quorum.data == "fraction" else "quorum_number"}
    blame(form, names.get(error.field or "", error.field), error.sentence)
