"""The facts beside the words: those a town hall enters, and, to be read only, the rest of what an import brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.conventions import guards, queries, services
from app.conventions.documents import recorded
from app.conventions.forms import (
    asked_parties,
    further_form,
    moved,
    people_of,
    read_further,
    read_number,
    signing_rows,
)
from app.conventions.policy import ConventionAction
from app.conventions.views.blueprint import about, blueprint, language
from app.conventions.views.clearing import Withheld, may_be_signed
from app.conventions.views.reading import has_model
from app.conventions.views.signing import proposals
from app.database.unit import alone_on, writing
from app.extensions import db
from app.shared import clock
from app.shared.errors import DomainError, EditConflict
from app.shared.fuzzydate import understand
from app.texts import recording
from app.texts.wording import load_model

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.conventions.guards import Hindrance
    from app.conventions.models import Convention
    from app.texts.document import Document
    from app.texts.recording import FurtherFacts

_TERM = {"duree_mois", "preavis_mois", "reconduction"}


@blueprint.route("/<int:convention_id>/autres-faits", methods=["GET", "POST"])
@requires(ConventionAction.EDIT, on=queries.convention_by_id)
def further_facts(convention: Convention) -> Response | str | tuple[str, int]:
    """Note where and when a text is signed, its notice, where it is kept, which town comes first."""
    document, number = queries.document_of(convention), convention.id
    typed = request.form if request.method == "POST" else None
    people = moved(typed, document) if typed and document.model is None else None
    form = further_form(
        document, language(), has_term=not _says_its_term(document), typed=people.typed if people else typed
    )
    conflict: EditConflict | None = None
    withheld: Hindrance | None = None
    if typed is None:
        form["revision"].data = str(convention.revision)
    elif people is None and form.validate():
        facts, known = read_further(form, document), read_number(form["revision"].data)
        try:
            with writing() as session:
                alone_on(session, convention)
                _require_clearance(session, convention, facts, form["motif"].data or "")
                services.note_facts(session, convention, facts, revision=known, by=actor(), at=clock.now())
            flash(_("Les faits sont enregistrés."), "done")
            return redirect(url_for("conventions.page", convention_id=number))
        except EditConflict as error:
            conflict = error
            form["revision"].data = str(convention.revision)
            form["revision"].raw_data = None
        except Withheld as error:
            withheld = error.hindrance
            form.form_errors.append(_("La signature est retenue : lisez plus bas pourquoi, et ce qui reste possible."))
        except DomainError as error:
            form["s0_place"].errors = [*form["s0_place"].errors, str(error)]
    imported = queries.was_imported(db.session(), number)
    return render_template(
        "conventions/further_facts.html",
        **about(convention),
        form=form,
        rows=signing_rows(form),
        firsts=[one for one in form if one.name.startswith("first_")],
        others=recorded(document, language(), imported=True) if imported else [],
        conflict=conflict,
        withheld=withheld,
        signing=[people_of(form, one, document) for one in asked_parties(document)],
        moved=people,
        proposals=proposals(db.session(), {one.party: one.body for one in convention.bodies}, convention.twinnings),
    ), 409 if conflict else 422 if form.errors else 200


def _require_clearance(session: Session, convention: Convention, facts: FurtherFacts, reason: str) -> None:
    """A signing that took place is one that the council let take place; its act then notes the day.

    :raises Withheld: with what to do.
    """
    told = {(one.date, one.status) for one in recording.told(queries.document_of(convention)).signings}
    for one in facts.signings:
        if one.status != "held" or (one.date, "held") in told:
            continue
        day, today = understand(one.date) if one.date else None, clock.today()
        on = min(day.latest, today) if day else today
        version = may_be_signed(session, convention, on, reason.strip(), by_all=False, by=actor(), at=clock.now())
        if version is not None and day is not None and day.earliest == day.latest <= today:
            guards.bear_witness(session, version, day.latest, by=actor(), at=clock.now())


def _says_its_term(document: Document) -> bool:
    """Whether the questions of the text's model ask how long it holds."""
    if not has_model(document) or document.model is None:
        return False
    return bool(_TERM & {field.id for field in load_model(document.model.kind).fields})
