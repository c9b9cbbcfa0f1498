"""What a project can have: all programmes at once, one of them whole, on paper, and tried out on a copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, may, requires
from app.actions.models import FactOrigin
from app.actions.queries import project_by_id
from app.actions.services import TITLE, StateFacts, copy_project, state_facts
from app.audit.services import record
from app.database.unit import writing
from app.extensions import db
from app.funding import catalogue, groups, labels, queries
from app.funding.asked import asked as asked_for
from app.funding.documents import one_page, write
from app.funding.facts import project_facts, taken_apart
from app.funding.forms import TickForm
from app.funding.overview import Group, day_of, is_over, told_by
from app.funding.overview import overview as overview_of
from app.funding.policy import FundingAction
from app.funding.sheet import sheet, tick_values
from app.funding.views.blueprint import again, blueprint, crumbs, file_answer
from app.rules.comparing import changes
from app.rules.evaluate import assess
from app.rules.told import changed
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from app.actions.models import Project
    from app.funding.asked import Asked
    from app.funding.facts import ProjectFacts
    from app.funding.sheet import Sheet
    from app.rules.model import Edition


_SHOWN_FIRST = (Group.ELIGIBLE, Group.NEARLY, Group.TO_CHECK, Group.NOT_ELIGIBLE)


@blueprint.get("/projets/<int:project_id>/aides")
@requires(FundingAction.ASSESS, on=project_by_id)
def overview(project: Project) -> str:
    """Every programme at once, the nearest first."""
    rules = catalogue.current(db.session())
    found = overview_of(rules, project_facts(project), today=clock.today())
    return render_template(
        "funding/overview.html",
        project=project,
        crumbs=crumbs(project),
        found=found,
        groups=[(group.value, labels.GROUPS[group], found.of(group)) for group in Group if group in _SHOWN_FIRST]
        + [("helpers", labels.HELPERS, found.helpers), ("closed", labels.CLOSED, found.closed)]
        + [(group.value, labels.GROUPS[group], found.of(group)) for group in Group if group not in _SHOWN_FIRST],
        edition_kinds=labels.EDITION_KINDS,
        may_answer=may(FundingAction.ANSWER, project),
    )


@blueprint.get("/projets/<int:project_id>/aides/<string:programme>/<string:edition>")
@requires(FundingAction.ASSESS, on=asked_for)
def answer(asked: Asked) -> str:
    """What one edition says of the project, whole."""
    known, laid, problems = assessed(asked)
    before = request.args.get("avant", "")
    checks, older = queries.checks_of(
        db.session(), asked.project.id, asked.edition.id, before=int(before) if _is_number(before) else None
    )
    return render_template(
        "funding/answer.html",
        project=asked.project,
        sheet=laid,
        problems=problems,
        crumbs=crumbs(asked.project, (_("Les aides"), url_for("funding.overview", project_id=asked.project.id))),
        since=since(asked, laid.told),
        ended=is_over(asked.edition, day_of(known, clock.today()), clock.today()),
        words=labels,
        group_key=lambda path: groups.group_of(path).key,
        unknown=known.unknown,
        checks=checks,
        older=older,
        others=[
            one
            for one in asked.rules.catalogue.programmes()[asked.edition.programme]
            if one.edition != asked.edition.edition
        ],
        tick_form=TickForm(),
        may_answer=may(FundingAction.ANSWER, asked.project),
        may_keep=may(FundingAction.KEEP, asked.project),
        kept=None,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004  # a number of ours


@blueprint.get("/projets/<int:project_id>/aides/<string:programme>/<string:edition>/fiche.pdf")
@requires(FundingAction.ASSESS, on=asked_for)
def answer_pdf(asked: Asked) -> Response:
    """The answer on one page, for the mayor's file."""
    _known, laid, _problems = assessed(asked)
    pages = one_page(asked.project, laid, on=clock.today())
    name = f"aide-{asked.edition.programme}-{asked.edition.edition}-projet-{asked.project.id}.pdf"
    db.session.rollback()
    return file_answer(write(pages), "application/pdf", name)


def assessed(asked: Asked) -> tuple[ProjectFacts, Sheet, tuple[str, ...]]:
    """The answer of an edition to a project today, laid out."""
    today = clock.today()
    known = project_facts(asked.project)
    facts, problems = known.read(asked.rules.catalogue.words)
    told = told_by(asked.rules, asked.edition, facts, today=today)
    ticks = tick_values(queries.ticks_of(db.session(), asked.project.id, asked.edition.id))
    warnings = cumulation(asked, known, told)
    return known, sheet(asked.edition, told, facts, today=today, ticks=ticks, warnings=warnings), problems


@dataclass(frozen=True)
class Since:
    """What changed for a project since the edition before."""

    edition: Edition
    verdict: str
    changes: tuple[str, ...]


def since(asked: Asked, told: Mapping[str, Any]) -> Since | None:
    """What the edition before says of the same project, and which rules that concern it changed."""
    editions = [one for one in asked.rules.catalogue.programmes()[asked.edition.programme] if one.automatic]
    if asked.edition not in editions or editions.index(asked.edition) == 0:
        return None
    before = editions[editions.index(asked.edition) - 1]
    facts, _problems = project_facts(asked.project).read(asked.rules.catalogue.words)
    idle = {one["id"] for one in told["criteria"] if one["status"] == "not_applicable"}
    found = tuple(one.sentence() for one in changes(before, asked.edition) if one.id not in idle)
    return Since(before, str(assess(before, facts).verdict), found)


def cumulation(asked: Asked, known: ProjectFacts, told: Mapping[str, Any]) -> list[str]:
    """What the edition says about other money, and which of it the project has or wants."""
    del told
    held: set[str] = set()
    for name in ("fundings", "requests"):
        stated = known.plain.get(name) or {}
        items = stated.get("items", []) if isinstance(stated, dict) else stated
        held |= {str(one.get("programme")) for one in items if isinstance(one, dict) and one.get("state") != "refused"}
        held |= {f"level:{one.get('level')}" for one in items if isinstance(one, dict)}
    titles = {name: several[-1].title for name, several in asked.rules.catalogue.programmes().items()}
    found = []
    for rule in asked.edition.cumulation:
        named = ", ".join(titles.get(one, one) for one in rule.programmes)
        hits = {*rule.programmes, *(f"level:{one}" for one in rule.levels)} & held
        sentence = f"{rule.says} ({named})" if named else rule.says
        found.append(
            _("Attention, ce projet l’a déjà\N{NO-BREAK SPACE}: %(rule)s", rule=sentence) if hits else sentence
        )
    return found


@blueprint.post("/projets/<int:project_id>/aides/<string:programme>/<string:edition>/essayer")
@requires(FundingAction.ANSWER, on=asked_for)
def try_advice(asked: Asked) -> AnyResponse:
    """Apply a suggestion to a copy of the project."""
    raw = request.form.get("conseil", "")
    rank = int(raw) if _is_number(raw) else -1
    programme, edition = asked.edition.programme, asked.edition.edition
    return to_answer(apply_advice(asked, rank), programme, edition)


class NoSuchAdvice(DomainError):
    """The facts changed since the page was shown, and the suggestion with them."""


def _plain_changes(advice: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    changes = [moved for one in advice.get("changes", ()) for moved in (one, *one.get("also", ()))]
    put = {str(one["path"]): one["value"] for one in changes if one.get("value") is not None}
    return put, [str(one["path"]) for one in changes if one.get("value") is None]


def apply_advice(asked: Asked, rank: int) -> int:
    """Copy the project and state on the copy what the suggestion changes; gives the copy's number."""
    known, laid, _problems = assessed(asked)
    advice = laid.told["advice"]
    if not 0 <= rank < len(advice):
        raise NoSuchAdvice(_("Ce conseil n’est plus le même depuis que la page a été affichée. Revenez à la réponse."))
    put, unset = _plain_changes(advice[rank])
    after = taken_apart(changed(known.plain, put, unset))
    values = {path: value for path, value in after.items() if value != known.values.get(path)}
    values |= {path: None for path in known.values if path not in after}
    sentence = str(advice[rank]["sentence"])
    title = _("%(title)s (essai)", title=asked.project.title)[:TITLE]
    number = asked.project.id
    with writing() as session:
        project = again(number)
        copy = copy_project(session, project, title=title, by=actor(), at=clock.now())
        state_facts(session, copy, StateFacts(values=values, origin=FactOrigin.ADVICE), by=actor(), at=clock.now())
        record(
            session,
            "funding.advised",
            by=actor(),
            at=clock.now(),
            body_id=project.owner_body_id,
            twinning_id=project.twinning_id,
            subject=("project", project.id),
            title=project.title,
            change=sentence[:200],
        )
        made = copy.id
    flash(_("La copie est faite avec ce changement. Le projet lui-même n’a pas bougé."), "done")
    return made


def to_answer(project_id: int, programme: str, edition: str) -> AnyResponse:
    """Go to the answer of an edition."""
    return redirect(url_for("funding.answer", project_id=project_id, programme=programme, edition=edition))
