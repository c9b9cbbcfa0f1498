"""Downloads: the documents of a meeting and of an act, the register, the file for the State's platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.council import documents, queries
from app.council.duties import list_due
from app.council.forms import AfterForm, typed
from app.council.policy import CouncilAction
from app.council.services import minutes as services
from app.council.views.blueprint import blueprint
from app.council.views.parts import answer, meeting_again
from app.database.unit import writing
from app.documents.downloads import disposition
from app.extensions import db
from app.people.forms import blame
from app.printing import print_paper
from app.shared import clock
from app.shared.clock import day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from app.bodies.models import Body
    from app.council.models import Act, Meeting


def _pdf(content: bytes, name: str) -> Response:
    found = Response(content, mimetype="application/pdf")
    found.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline="telecharger" not in request.args)
    return found


@blueprint.get("/seances/<int:meeting_id>/<string:document>.pdf")
@requires(CouncilAction.VIEW, on=queries.meeting_to_print)
def meeting_document(meeting: Meeting) -> Response:
    """A document of a meeting."""
    name = str((request.view_args or {})["document"])
    paper = documents.meeting_paper(db.session(), meeting, name)
    return _pdf(print_paper(paper), f"{name}-{day_of(meeting.starts_at).isoformat()}")


@blueprint.get("/deliberations/<int:act_id>/<string:document>.pdf")
@requires(CouncilAction.READ_ACT, on=queries.act_to_print)
def act_document(act: Act) -> Response:
    """A document of an act."""
    name = str((request.view_args or {})["document"])
    paper = documents.act_paper(db.session(), act, name, today=clock.today())
    return _pdf(print_paper(paper), f"{name}-{act.number or act.id}")


@blueprint.get("/<int:body_id>/registre/<int:year>.pdf")
@requires(CouncilAction.VIEW, on=queries.commune_of_year)
def register(body: Body) -> Response:
    """The register of a year."""
    year = int((request.view_args or {})["year"])
    paper = documents.register_paper(db.session(), body, year, at=clock.now())
    return _pdf(print_paper(paper), f"registre-{year}")


@blueprint.get("/deliberations/<int:act_id>/transmission.zip")
@requires(CouncilAction.EDIT_ACT, on=queries.act_by_id)
def package(act: Act) -> Response:
    """The files to hand to the platform of tele-transmission."""
    content = documents.package(db.session(), act, today=clock.today())
    found = Response(content, mimetype="application/zip")
    found.headers["Content-Disposition"] = disposition(f"transmission-{act.number}.zip")
    return found


@blueprint.route("/seances/<int:meeting_id>/suites", methods=["GET", "POST"])
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def after_meeting(meeting: Meeting) -> Answer | str | tuple[str, int]:
    """Note when the list was put up, the minutes adopted and published."""
    number, form = meeting.id, AfterForm()
    if not form.is_submitted():
        for name in form.DAYS:
            form[name].data = typed(getattr(meeting, name))
        form.minutes_text.data = meeting.minutes_text
    elif form.validate():
        try:
            with writing() as session:
                held = meeting_again(number)
                services.note_after(session, held, form.command(), by=actor(), at=clock.now())
                is_odd = services.is_adopted_apart(session, held)
            flash(_("C’est noté."), "done")
            if is_odd:
                flash(
                    _(
                        "Le jour noté pour l’arrêt du procès-verbal n’est pas celui de la séance suivante connue ici : "
                        "vérifiez la date (CGCT, art. L. 2121-15)."
                    ),
                    "wait",
                )
            return redirect(url_for("council.meeting", meeting_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer("council/after.html", form, meeting=meeting, list_due=list_due(meeting))
