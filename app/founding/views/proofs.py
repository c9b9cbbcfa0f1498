"""Files that prove a step; the questions on independence."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.utils import secure_filename

from app import attached
from app.access.gate import actor, check, requires
from app.council.views.parts import answer
from app.database.unit import writing
from app.documents.errors import DocumentError
from app.documents.images import check_scan
from app.founding import queries
from app.founding.forms import IndependenceForm, ProofForm
from app.founding.independence import signs_of
from app.founding.labels import STAGES
from app.founding.models import Stage
from app.founding.policy import FoundingAction
from app.founding.services import beginning, independence
from app.founding.views.blueprint import again, blueprint, language
from app.shared import clock

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Answer

    from app.founding.models import Founding, FoundingProof
    from app.founding.queries import StageOf


@blueprint.route("/<int:founding_id>/preuves/<string:stage>", methods=["GET", "POST"])
@requires(FoundingAction.EDIT, on=queries.stage_of)
def attach(step: StageOf) -> Answer | str | tuple[str, int]:
    """Attach a file that proves a step."""
    number, stage, form = step.founding.id, step.stage, ProofForm()
    if form.validate_on_submit():
        upload = form.file.data
        content = upload.read(attached.LARGEST + 1) if upload else b""
        try:
            checked = check_scan(content, max_size=attached.LARGEST)
            digest = hashlib.sha256(content).hexdigest()
            name = f"preuve-{digest[:40]}.{checked.suffix}"
            attached.keep(name, content)
            command = beginning.AttachProof(
                stage=stage,
                about=form.about.data or "",
                filename=secure_filename(upload.filename or "") or f"preuve.{checked.suffix}",
                file=name,
                media_type=checked.media_type,
                size=len(content),
                sha256=digest,
            )
            with writing() as session:
                beginning.attach_proof(session, again(number), command, by=actor(), at=clock.now())
            flash(_("La preuve est jointe."), "done")
            return redirect(url_for("founding.page", founding_id=number, _anchor=stage.value))
        except DocumentError as error:
            form.file.errors = [*form.file.errors, error.sentence(language())]
    return answer("founding/attach.html", form, founding=step.founding, stage=stage, title=STAGES[stage])


@blueprint.get("/<int:founding_id>/preuves/<int:proof_id>/fichier")
@requires(FoundingAction.VIEW, on=queries.proof_by_id)
def proof(held: FoundingProof) -> Response:
    """The file as it came, always as a download."""
    if held.stage in {Stage.ASSEMBLY, Stage.DECLARATION}:
        check(FoundingAction.SEE_FOUNDERS, held)
    return attached.handed_out(held.file, held.filename, held.media_type)


@blueprint.post("/<int:founding_id>/preuves/<int:proof_id>/corbeille")
@requires(FoundingAction.EDIT, on=queries.proof_by_id)
def trash_proof(held: FoundingProof) -> Answer:
    """Put a proof in the trash."""
    number, wanted = held.founding_id, held.id
    with writing() as session:
        found = queries.proof_by_id(session, number, wanted) or abort(404)
        beginning.trash_proof(session, found, by=actor(), at=clock.now())
    flash(_("La preuve est à la corbeille ; le fichier est gardé."), "done")
    return redirect(url_for("founding.page", founding_id=number))


@blueprint.route("/<int:founding_id>/independance", methods=["GET", "POST"], endpoint="independence")
@requires(FoundingAction.EDIT, on=queries.association_by_id)
def independence_page(founding: Founding) -> Answer | str | tuple[str, int]:
    """What tells whether the association stands on its own feet."""
    number, form = founding.id, IndependenceForm()
    if not form.is_submitted():
        form.show(founding.independence)
    elif form.validate():
        facts = form.facts()
        with writing() as session:
            independence.tell_independence(session, again(number), facts, by=actor(), at=clock.now())
        flash(_("C’est noté : voyez ce que cela veut dire."), "done")
        return redirect(url_for("founding.page", founding_id=number, _anchor="independance"))
    return answer("founding/independence.html", form, founding=founding, signs=signs_of(founding, on=clock.today()))
