"""The town hall's part: the deliberation; and the convention, with both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.conventions import prefill
from app.conventions import services as conventions
from app.conventions.queries import oaths_of
from app.conventions.services.writing import new_identifier
from app.council.forms import choices, whole
from app.council.forms.fields import typed
from app.council.models import ActStatus
from app.council.policy import CouncilAction
from app.council.views.parts import answer
from app.database.unit import writing
from app.extensions import db
from app.founding import queries
from app.founding.forms import ConventionForm, DeliberationForm
from app.founding.place import article_of, words_of
from app.founding.policy import FoundingAction
from app.founding.services import beginning, declaring
from app.founding.services.ground import BadFounding
from app.founding.steps import steps_of
from app.founding.views.blueprint import again, blueprint
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError, NotAllowed
from app.texts import drafting
from app.texts.document import Kind
from app.texts.wording import ArticleText

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.conventions.models import Convention
    from app.founding.models import Founding


_PLACE = "representants"
"""The article of the convention, and its question, that say what the statutes say of the commune's place."""


@blueprint.post("/<int:founding_id>/deliberation/projet")
@requires(FoundingAction.DECIDE, on=queries.founding_by_id)
def draft_deliberation(founding: Founding) -> Response:
    """Write the draft of the deliberation from the council's model, and open it."""
    number = founding.id
    if not may(CouncilAction.CREATE_ACT):
        raise NotAllowed(_("C’est à la mairie d’écrire la délibération."))
    with writing() as session:
        act = beginning.draft_deliberation(session, again(number), by=actor(), at=clock.now())
        made = act.id
    flash(
        _("Le projet de délibération est écrit. Relisez-le : il se valide, puis s’inscrit à l’ordre du jour."), "done"
    )
    return redirect(url_for("council.act", act_id=made))


@blueprint.route("/<int:founding_id>/deliberation", methods=["GET", "POST"])
@requires(FoundingAction.DECIDE, on=queries.founding_by_id)
def deliberation(founding: Founding) -> Response | str | tuple[str, int]:
    """Say which deliberation creates the committee, here or on paper; and what becomes of the draft of this path."""
    number, form, draft = founding.id, DeliberationForm(), beginning.spare_draft(founding)
    acts = queries.acts_to_link(db.session(), founding.body_id)
    form.act.choices = choices([("", _("aucune")), *((str(one.id), _act_name(one)) for one in acts)])
    if draft is None or not may(CouncilAction.EDIT_ACT, draft):
        del form.drop
    if not form.is_submitted():
        form.act.data = str(founding.act_id or "") if draft is None else ""
        form.day.data, form.reference.data = typed(founding.deliberated_on), founding.deliberation_reference
    elif form.validate():
        try:
            with writing() as session:
                told = _note(session, again(number), form)
            flash(told, "done")
            return redirect(url_for("founding.page", founding_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    held = founding.deliberation
    is_on_agenda = held is not None and held.status in {ActStatus.ON_AGENDA, ActStatus.CONVENED}
    return answer("founding/deliberation.html", form, founding=founding, draft=draft, is_on_agenda=is_on_agenda)


def _note(session: Session, founding: Founding, form: DeliberationForm) -> str:
    """Note it, and say what became of the draft."""
    wanted, drops = whole(form.act.data), "drop" in form and bool(form.drop.data)
    act = next((one for one in queries.acts_to_link(session, founding.body_id) if one.id == wanted), None)
    draft, at = beginning.spare_draft(founding, act), clock.now()
    if act is not None and form.day.day is not None:
        raise BadFounding(
            _("Choisissez l’une ou l’autre : une délibération écrite ici, ou un vote gardé sur papier."), field="act"
        )
    if act is not None:
        beginning.link_deliberation(session, founding, act, drops_draft=drops, by=actor(), at=at)
    elif form.day.day is not None:
        beginning.note_deliberation(
            session, founding, form.day.day, form.reference.data or "", drops_draft=drops, by=actor(), at=at
        )
    else:
        raise BadFounding(_("Choisissez une délibération, ou écrivez le jour du vote."), field="act")
    if draft is None:
        told = _("La délibération est notée.")
    elif drops:
        told = _("La délibération est notée ; le projet « %(title)s » est à la corbeille.", title=draft.title)
    else:
        told = _(
            "La délibération est notée ; le projet « %(title)s » reste parmi les délibérations.", title=draft.title
        )
    return str(told)


def _act_name(act: object) -> str:
    number, title = getattr(act, "number", ""), getattr(act, "title", "")
    return f"{number} – {title}" if number else str(title)


@blueprint.route("/<int:founding_id>/convention", methods=["GET", "POST"])
@requires(FoundingAction.EDIT, on=queries.association_by_id)
def convention(founding: Founding) -> Response | str | tuple[str, int]:
    """Begin the convention from its model, or note the one that was signed on paper."""
    number, form = founding.id, ConventionForm()
    if form.validate_on_submit():
        try:
            with writing() as session:
                declaring.note_convention(session, again(number), form.day.sure, by=actor(), at=clock.now())
            flash(_("La convention est notée."), "done")
            return redirect(url_for("founding.page", founding_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    step = steps_of(founding, on=clock.today())[-1]
    twinnings = queries.twinnings_of(db.session(), founding.body_id)
    return answer("founding/convention.html", form, founding=founding, step=step, twinnings=twinnings)


@blueprint.post("/<int:founding_id>/convention/modele")
@requires(FoundingAction.EDIT, on=queries.association_by_id)
def begin_convention(founding: Founding) -> Response:
    """Begin the convention between the commune and its committee, from the model of the texts."""
    number = founding.id
    with writing() as session:
        held = again(number)
        if held.convention_id is None:
            made = _write_convention(session, held)
            declaring.link_convention(session, held, made, by=actor(), at=clock.now())
        text = held.convention_id
    flash(_("La convention est commencée. Ce qui manque est surligné."), "done")
    return redirect(url_for("conventions.page", convention_id=text))


def _write_convention(session: Session, founding: Founding) -> Convention:
    today = clock.today()
    bodies = {"partie-1": founding.body, "partie-2": founding.committee}
    twinnings = queries.twinnings_of(session, founding.body_id)
    wanted = [one for one in twinnings if one.id == founding.twinning_id] or twinnings
    if not wanted:
        raise BadFounding(_("La commune n’a pas encore de jumelage : la convention en nomme au moins un."))
    signatories = [prefill.signatory(session, body, name, on=today) for name, body in bodies.items()]
    own = [body.id for body in bodies.values()]
    start = drafting.Beginning(
        id=new_identifier(Kind.TOWN_COMMITTEE.value),
        kind=Kind.TOWN_COMMITTEE,
        languages=("fr",),
        parties=tuple(prefill.party(body, name) for name, body in bodies.items()),
        about=tuple(prefill.relation(one, oaths_of(session, one.id), own) for one in wanted),
        signatories=tuple(one for one in signatories if one is not None),
    )
    model = drafting.model_of(Kind.TOWN_COMMITTEE)
    place = article_of(founding)
    sits = place is not None and place.id != "elus_aucune"
    answers = drafting.Answers({**model.defaults, _PLACE: "yes" if sits else "no"}, {})
    who = identity()
    owner = founding.body_id if founding.body_id in who.written_body_ids else founding.committee_id
    command = conventions.StartConvention(
        start, answers, {name: body.id for name, body in bodies.items()}, wanted, owner
    )
    made = conventions.start_convention(session, command, by=actor(), at=clock.now())
    if sits and place is not None and (place.is_rewritten or place.id != "elus_consultative"):
        words = {"fr": ArticleText(heading=place.heading, body=words_of(place))}
        edit = conventions.EditArticle(_PLACE, words, made.revision)
        conventions.edit_article(session, made, edit, by=actor(), at=clock.now())
    return made
