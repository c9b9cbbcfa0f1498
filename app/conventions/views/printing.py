"""Downloads, versions and their comparison, the three prints, and the scan of what was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, may, requires
from app.conventions import guards, queries, services
from app.conventions.documents import MEDIA, Print, draft_print, print_name, write, write_version
from app.conventions.forms import ClearForm, FreezeForm, read_number
from app.conventions.labels import PRINT_NAMES
from app.conventions.models import PrintKind
from app.conventions.policy import ConventionAction
from app.conventions.queries.words import seal_now, texts_now, words_of
from app.conventions.sentences import remark_sentence
from app.conventions.views.blueprint import about, blueprint, language
from app.conventions.views.clearing import withheld_now
from app.conventions.views.reading import has_model, lacks_of
from app.conventions.views.waiting import decisions_to_come, departed_signatories
from app.database.unit import writing
from app.documents.downloads import disposition
from app.extensions import db
from app.shared import clock
from app.shared.errors import DomainError, NotAllowed
from app.texts import checks, difference, formats, pending, seal
from app.texts.merge import missing

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from app.conventions.models import Convention, ConventionVersion
    from app.texts.document import Document


@blueprint.get("/<int:convention_id>/brouillon.<string:form>")
@requires(ConventionAction.VIEW, on=queries.convention_to_print)
def draft(convention: Convention) -> Response:
    """The draft as it stands, with its blanks and its watermark."""
    form = str((request.view_args or {})["form"])
    wanted, words = draft_print(db.session(), convention)
    document = queries.document_of(convention)
    return _download(write(document, wanted, form, language(), words), wanted, form, document)


@blueprint.get("/<int:convention_id>/versions/<int:number>.<string:form>")
@requires(ConventionAction.VIEW, on=queries.version_to_print)
def frozen(version: ConventionVersion) -> Response:
    """A frozen version: the same bytes every time, in the words that it was frozen with.

    An original whose clearance is withheld is not given out to be signed.
    """
    form = str((request.view_args or {})["form"])
    wanted = Print(PrintKind(version.kind), version.made_at, version.number)
    withheld = withheld_now(db.session(), version)
    if withheld is not None:
        raise NotAllowed(withheld.sentence)
    content = write_version(db.session(), version, form, language())
    return _download(content, wanted, form, queries.document_of(version))


@blueprint.get("/<int:convention_id>/versions")
@requires(ConventionAction.VIEW, on=queries.convention_by_id)
def versions(convention: Convention) -> str:
    """Every frozen version."""
    found = queries.versions_of(db.session(), convention.id)
    return render_template(
        "conventions/versions.html",
        **about(convention),
        versions=found,
        withheld={one.number: withheld_now(db.session(), one) for one in found},
        prints=PRINT_NAMES,
        grouped=seal.grouped,
        may_freeze=may(ConventionAction.FREEZE, convention),
        form=FreezeForm(),
    )


@blueprint.get("/<int:convention_id>/comparer")
@requires(ConventionAction.VIEW, on=queries.convention_by_id)
def compare(convention: Convention) -> str:
    """Two versions, article by article; the draft is number 0."""
    found = queries.versions_of(db.session(), convention.id)
    known = {version.number: version for version in found}
    old, new = read_number(request.args.get("de")), read_number(request.args.get("a"))
    session = db.session()
    before, after = (
        words_of(session, known[number]).texts if number in known else texts_now(session, convention)
        for number in (old, new)
    )
    changes = [one for one in difference.compare_texts(before, after) if one.state != "same"]
    return render_template(
        "conventions/compare.html",
        **about(convention),
        versions=found,
        old=old,
        new=new,
        changes=changes,
        language_name=lambda code: formats.language_name(code, language()),
    )


@blueprint.post("/<int:convention_id>/versions")
@requires(ConventionAction.FREEZE, on=queries.convention_by_id)
def keep(convention: Convention) -> Answer:
    """Keep the draft as it stands as a version."""
    number, form = convention.id, FreezeForm()
    with writing() as session:
        services.keep_version(session, convention, form.reason.data or "", by=actor(), at=clock.now())
    flash(_("Cette version est gardée."), "done")
    return redirect(url_for("conventions.versions", convention_id=number))


@blueprint.route("/<int:convention_id>/projet", methods=["GET", "POST"])
@requires(ConventionAction.FREEZE, on=queries.convention_by_id)
def submit(convention: Convention) -> Answer | str | tuple[str, int]:
    """Freeze the complete text that the council will vote."""
    number, form = convention.id, FreezeForm()
    document = queries.document_of(convention)
    if form.validate_on_submit():
        command = services.SubmitText(form.reason.data or "", days_open=bool(form.days_open.data))
        try:
            with writing() as session:
                version = services.submit(session, convention, command, by=actor(), at=clock.now())
                made = version.number
            flash(_("Le projet est figé, version %(number)s.", number=made), "done")
            return redirect(url_for("conventions.versions", convention_id=number))
        except DomainError as error:
            form.form_errors.append(str(error))
    remarks = [(one.blocks, remark_sentence(document, one, language())) for one in checks.examine(document)]
    return render_template(
        "conventions/submit.html",
        **about(convention),
        form=form,
        remarks=remarks,
        lacks=lacks_of(document),
        only_days=_lacks_only_days(document),
        seal=seal.grouped(seal_now(db.session(), convention)),
        to_come=decisions_to_come(document),
        departed=departed_signatories(db.session(), convention),
        may_edit=may(ConventionAction.EDIT, convention),
        has_model=has_model(document),
    ), 422 if form.errors else 200


def _lacks_only_days(document: Document) -> bool:
    """Whether all that keeps a text from being frozen are days that may be written by hand."""
    lacking = len(missing(document))
    blocking = sum(one.blocks for one in checks.examine(document))
    return blocking == 1 and 0 < lacking == len(pending.days_lacking(document))


@blueprint.route("/<int:convention_id>/versions/<int:number>/original", methods=["GET", "POST"])
@requires(ConventionAction.VIEW, on=queries.version_by_number)
def clear(version: ConventionVersion) -> Answer | str | tuple[str, int]:
    """Make the original to be signed: a named person says why it may be signed."""
    convention, number = version.convention, version.number
    if not may(ConventionAction.FREEZE, convention) or version.kind != PrintKind.SUBMITTED:
        abort(404)
    form, holder = ClearForm(), convention.id
    held_back = guards.hindrance(db.session(), guards.Question(version, clock.today()))
    if held_back is not None and form.is_submitted():
        form.form_errors.append(str(held_back.sentence))
    elif form.validate_on_submit():
        clearance = services.Clearance(
            granted_by=(form.granted_by.data or "").strip(),
            reason=(form.reason.data or "").strip(),
            granted_at=clock.now(),
            sha256=version.sha256,
            deliberation=(form.deliberation.data or "").strip(),
        )
        try:
            with writing() as session:
                services.clear_original(
                    session, convention, services.ClearOriginal(number, clearance), by=actor(), at=clock.now()
                )
            flash(_("L’original à signer est prêt."), "done")
            return redirect(url_for("conventions.versions", convention_id=holder))
        except DomainError as error:
            form.form_errors.append(str(error))
    return render_template(
        "conventions/clear.html",
        **about(convention),
        form=form,
        version=version,
        grouped=seal.grouped,
        held_back=held_back,
        to_come=decisions_to_come(queries.document_of(version)),
        departed=departed_signatories(db.session(), convention, version),
        may_edit=may(ConventionAction.EDIT, convention),
        has_model=has_model(queries.document_of(convention)),
    ), 422 if form.errors else 200


def _download(content: bytes, wanted: Print, form: str, document: Document) -> Response:
    answer = Response(content, mimetype=MEDIA[form])
    shown = form == "pdf" and "telecharger" not in request.args
    answer.headers["Content-Disposition"] = disposition(print_name(document, wanted, form, language()), inline=shown)
    return answer
