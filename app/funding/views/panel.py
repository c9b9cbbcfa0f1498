"""What the page of a project shows of its funding, and the next step it suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.gate import may
from app.funding import catalogue, labels
from app.funding.asking import asked
from app.funding.facts import project_facts
from app.funding.overview import Group, overview
from app.funding.policy import FundingAction
from app.shared import clock
from app.twinnings.panels import Link, Panel, PanelItem, Suggestion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.actions.models import Project
    from app.funding.overview import Line

_SHOWN = (Group.ELIGIBLE, Group.NEARLY, Group.TO_CHECK)
_TONES = {Group.ELIGIBLE: "done", Group.NEARLY: "info", Group.TO_CHECK: "wait"}
MOST = 6


def funding_panel(session: Session, project: Project) -> Panel:
    """The nearest programmes, and the question that decides most."""
    found = overview(catalogue.current(session), project_facts(project), today=clock.today())
    shown = [line for group in _SHOWN for line in found.of(group)][:MOST]
    number = project.id
    actions = [Link(label=_("Toutes les aides"), url=url_for("funding.overview", project_id=number))]
    suggestion = None
    if may(FundingAction.ANSWER, project):
        actions.append(Link(label=_("Toutes les questions"), url=url_for("funding.questions", project_id=number)))
        suggestion = _suggestion(number, found.of(Group.ELIGIBLE), found.of(Group.TO_CHECK))
    return Panel(
        title=_("Les aides"),
        items=tuple(_item(line, number) for line in shown),
        actions=tuple(actions),
        empty=_("Aucun programme connu ne convient à ce projet pour l’instant."),
        suggestion=suggestion,
    )


def _suggestion(number: int, eligible: list[Line], to_check: list[Line]) -> Suggestion:
    if to_check:
        title = _("répondre à quelques questions")
        text = ngettext(
            "Un programme attend encore une réponse. La première question est celle qui décide le plus.",
            "%(num)s programmes attendent encore une réponse. La première question est celle qui décide le plus.",
            len(to_check),
        )
        step = Link(label=_("Question suivante"), url=url_for("funding.next_question", project_id=number))
        return Suggestion(title=title, text=text, actions=(step,), weight=10)
    text = ngettext("Le projet peut avoir %(num)s aide.", "Le projet peut avoir %(num)s aides.", len(eligible))
    step = Link(label=_("Voir les aides"), url=url_for("funding.overview", project_id=number))
    return Suggestion(title=_("choisir une aide"), text=text, actions=(step,), weight=10)


def _item(line: Line, number: int) -> PanelItem:
    edition = line.edition
    return PanelItem(
        title=labels.french(edition.title),
        url=url_for("funding.answer", project_id=number, programme=edition.programme, edition=edition.edition),
        reason=_reason(line),
        state=str(labels.GROUPS[line.group][0]),
        kind=_TONES[line.group],
    )


def _reason(line: Line) -> str:
    if line.group is Group.ELIGIBLE:
        return labels.french(str(line.told["amount"]["sentence"]))
    if line.question and not line.one_change:
        return asked(line.question, line.asks)
    return labels.french(line.one_change or str(line.told["sentence"]))
