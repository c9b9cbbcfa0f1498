"""Keeping the answers of a page of questions beside those that others gave since it was opened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import abort, jsonify
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.gate import actor
from app.actions.queries import project_by_id
from app.actions.services import StateFacts, state_facts
from app.database.unit import writing
from app.extensions import db
from app.funding.facts import project_facts
from app.funding.forms import answer_form
from app.funding.forms.conflicts import both_answers, kept_back, label_of
from app.funding.forms.merging import merge
from app.funding.forms.told import MOST_ROWS, answers_of
from app.funding.views.blueprint import again
from app.shared import clock
from app.shared.errors import EditConflict

if TYPE_CHECKING:
    from flask import Response

    from app.actions.models import Project
    from app.funding.facts import ProjectFacts
    from app.funding.forms import AnswerForm
    from app.funding.forms.merging import Merged

_TRIES = 3


@dataclass(frozen=True)
class Conflict:
    """The page again for who answered what somebody else answered meanwhile."""

    project: Project
    known: ProjectFacts
    form: AnswerForm
    error: EditConflict


def keep(number: int, form: AnswerForm) -> Merged:
    """Keep what was answered, but for what cannot be read and what somebody else answered otherwise meanwhile.

    :raises EditConflict: when others never stop answering.
    """
    group, words, opened = form.group, form.words, form.opened()
    wrong = {name: opened.get(name) for name in form.errors if name}
    before, sent = answers_of(opened, group, words), answers_of({**form.held(), **wrong}, group, words)
    for _try in range(_TRIES):
        project = _project(number)
        seen = {fact.path: fact.revision for fact in project.facts}
        now = answer_form(group, project_facts(project), words, is_sent=False)
        merged = merge(before, answers_of(now.held(), group, words), sent, group)
        try:
            _write(number, form, merged, seen)
        except EditConflict:
            continue  # somebody answered while this was put together: put it together again
        return merged
    raise EditConflict(theirs={}, yours={})


def _write(number: int, form: AnswerForm, merged: Merged, seen: dict[str, int]) -> None:
    if not merged.stated and not merged.unknown:
        return
    command = StateFacts(
        values=merged.stated, unknown=frozenset(merged.unknown), seen=seen, about=str(form.group.title)
    )
    with writing() as session:
        state_facts(session, again(number), command, by=actor(), at=clock.now())


def conflict(number: int, sent: AnswerForm, merged: Merged) -> Conflict:
    """What is kept by now, with what was typed over it."""
    project = _project(number)
    known = project_facts(project)
    rows = min(max((one.place + 1 for one in merged.clashes), default=0), MOST_ROWS)
    form = answer_form(sent.group, known, sent.words, rows=rows, is_sent=False)
    return Conflict(project, known, form, both_answers(merged.clashes, sent, form))


def _project(number: int) -> Project:
    return project_by_id(db.session(), number) or abort(404)


def told(form: AnswerForm, merged: Merged) -> Response:
    """What a page that saves itself is told: whether all is kept, what is not and why, and its marks for the next time.

    What was not taken keeps the mark that it had, so that it is sent and compared again.
    """
    wrong = {name for name in form.errors if name}
    back = wrong | kept_back(merged.clashes, form)
    opened = form.opened()
    shown = {name: value for name, value in form.held().items() if name not in back}
    shown |= {name: opened[name] for name in back if name in opened}
    errors = {form[name].id: [str(one) for one in form[name].errors] for name in sorted(wrong)}
    sentence = _sentence(form, merged, sorted(wrong, key=list(form._fields).index))
    return jsonify(saved=not back, sentence=sentence, errors=errors, shown=json.dumps(shown))


def _sentence(form: AnswerForm, merged: Merged, wrong: list[str]) -> str:
    if wrong:
        named = [f"{label_of(form, name)}{_(' : ')}{_flat(form[name].errors)}" for name in wrong]
        lead = ngettext(
            "Tout est enregistré, sauf une réponse à corriger.",
            "Tout est enregistré, sauf %(num)s réponses à corriger.",
            len(wrong),
        )
        return " ".join([lead, *named])
    if merged.clashes:
        return str(_("Quelqu’un d’autre vient de répondre autrement : cliquez sur « Enregistrer » pour voir les deux."))
    now = clock.now().astimezone(clock.PARIS)
    hour = f"{now.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{now.minute:02d}"
    return str(_("Enregistré à %(hour)s.", hour=hour))


def _flat(errors: Any) -> str:  # noqa: ANN401  # WTForms' own
    return " ".join(str(one) for one in errors)
